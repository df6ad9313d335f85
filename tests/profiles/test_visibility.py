"""What one office keeps to itself, another one's lists do not show."""

from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.profiles import get_need, take_snapshot
from tests.factories import add_need, add_office, add_party, add_solution


def test_a_shared_solution_of_a_startup_that_is_not_shared_stays_unseen(session: Session) -> None:
    owner, other = add_office(session), add_office(session)
    hidden = add_party(session, owner.id, kind="startup")
    shared = add_party(session, owner.id, kind="startup", visibility="network")
    for party in (hidden, shared):
        add_solution(session, owner.id, party_id=party.id, visibility="network")

    seen = take_snapshot(session, other.id, now()).solutions

    assert [solution.party.id for solution in seen] == [shared.id]
    assert len(take_snapshot(session, owner.id, now()).solutions) == 2


def test_a_shared_need_does_not_carry_the_words_of_a_firm_that_is_not_shared(
    session: Session,
) -> None:
    owner, other = add_office(session), add_office(session)
    firm = add_party(session, owner.id, description="Wir bauen Rahmen aus Stahl.")
    need = add_need(session, owner.id, party_id=firm.id, visibility="network")

    assert get_need(session, other.id, need.id, now()).party is None
    own = get_need(session, owner.id, need.id, now()).party
    assert own is not None
    assert own.description is not None
