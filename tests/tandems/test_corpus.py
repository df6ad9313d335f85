"""What a server keeps in memory, and what it reads again after a change."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import transaction
from matchmaker.profiles import (
    NeedFacts,
    PartyChanges,
    PartyFacts,
    SolutionFacts,
    create_record,
    update_record,
)
from matchmaker.tables import MatchRun, Need, Party, Solution
from tests.tandems.conftest import Region

MADE = {"source": "test", "actor": "test"}


def test_a_new_firm_with_a_need_is_answered_without_reading_the_solutions_again(
    region: Region,
) -> None:
    matching, office_id = region.matching(), region.office.id
    before = matching.proposer()
    with transaction(region.factory) as session:
        firm = create_record(session, Party, office_id, PartyFacts(kind="sme"), **MADE)
        facts = NeedFacts(text="Wir suchen eine Prüfung für unsere Fugen.", party_id=firm.id)
        need_id = create_record(session, Need, office_id, facts, **MADE).id

    assert matching.match_need(need_id, "en")["considered"] == len(before.corpus.snapshot.solutions)
    assert matching.proposer() is before


def test_a_changed_firm_keeps_the_index_and_a_new_solution_makes_a_new_one(region: Region) -> None:
    matching, office_id = region.matching(), region.office.id
    before = matching.proposer()
    with transaction(region.factory) as session:
        assert region.need.party_id is not None
        changes = PartyChanges(name="Anders GmbH")
        update_record(session, Party, office_id, region.need.party_id, changes, actor="test")
    renewed = matching.proposer()
    assert renewed is not before
    assert renewed.corpus.index is before.corpus.index

    with transaction(region.factory) as session:
        startup = create_record(session, Party, office_id, PartyFacts(kind="startup"), **MADE)
        facts = SolutionFacts(text="Unsere Kamera prüft jede Fuge im Takt.", party_id=startup.id)
        solution_id = create_record(session, Solution, office_id, facts, **MADE).id
    rebuilt = matching.proposer().corpus
    assert rebuilt.index is not before.corpus.index
    assert solution_id in {solution.id for solution in rebuilt.snapshot.solutions}


def test_a_night_in_a_running_server_knows_the_needs_that_came_meanwhile(region: Region) -> None:
    matching, office_id = region.matching(), region.office.id
    matching.proposer()
    with transaction(region.factory) as session:
        facts = NeedFacts(text="Wir suchen eine Prüfung für unsere Fugen.")
        need_id = create_record(session, Need, office_id, facts, **MADE).id

    matching.publish_all("test")
    newest = matching.match_need(need_id, "en")
    assert newest["need"]["id"] == str(need_id)
    with transaction(region.factory) as session:
        assert newest["run"] == str(_only_run(session))


def _only_run(session: Session) -> UUID:
    return session.scalars(select(MatchRun.id)).one()
