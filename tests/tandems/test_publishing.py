"""Lists are published together or not at all."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.database import now, reading, transaction
from matchmaker.tables import LedgerEntry, MatchList, MatchListEntry, MatchRun
from matchmaker.tandems import publish
from matchmaker.values import ProposedList
from tests.factories import add_need
from tests.regions import a_need
from tests.tandems.conftest import Region
from tests.tandems.test_matching import count


def test_one_run_publishes_the_lists_of_all_open_needs(region: Region) -> None:
    other = add_need(region.session, region.office.id, "Wer senkt den Stromverbrauch im Kühlraum?")
    closed = add_need(region.session, region.office.id, status="closed")
    region.changed()
    done: list[int] = []

    run_id, pairs = region.matching().publish_all("nightly", done.append)

    with reading(region.factory) as session:
        needs = set(session.scalars(select(MatchList.need_id)))
        runs = set(session.scalars(select(MatchList.match_run_id)))
    assert needs == {region.need.id, other.id}
    assert closed.id not in needs
    assert runs == {run_id}
    assert pairs == 6
    assert sum(done) == 2


def test_a_failing_publication_leaves_nothing_behind(region: Region) -> None:
    matching = region.matching()
    proposer = matching.proposer()
    (need,) = proposer.corpus.snapshot.needs
    good = proposer.propose(proposer.read_stored(need), 20)
    unknown = ProposedList(a_need(), 0, {}, 0, None, ())
    before = count(region, MatchRun, MatchList, MatchListEntry, LedgerEntry)

    with pytest.raises(IntegrityError), transaction(region.factory) as session:
        publish(
            session,
            region.office.id,
            [(good, "0" * 64), (unknown, "0" * 64)],
            proposer.versions,
            length=20,
            as_of=now(),
            actor="test",
        )

    assert count(region, MatchRun, MatchList, MatchListEntry, LedgerEntry) == before
