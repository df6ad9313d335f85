"""Finding needs: the database finds what reading every need would find, and nothing else."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.inbox import Filter, find_needs, mark_reviewed
from matchmaker.language import search_key
from matchmaker.profiles import search_terms
from matchmaker.tables import (
    MatchList,
    MatchListEntry,
    MatchRun,
    Need,
    Office,
    Officer,
    TextVersion,
)
from tests.factories import add_need, add_office, add_party, add_solution

# Few letters, so that they meet; what LIKE and the search itself take for signs.
LETTERS = "aäeuüßsS%_/\\-\"'.* \n"
A_DAY = timedelta(days=1)


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


def found(session: Session, office: Office, **wanted: object) -> set[UUID]:
    rows, count = find_needs(session, office.id, Filter(**wanted), 1000)  # type: ignore[arg-type]
    assert count == len(rows)
    return {row.id for row in rows}


@pytest.fixture
def many(session: Session, office: Office) -> dict[UUID, list[str]]:
    """Random needs, of this office and of another one; what of each the office may read."""
    other = add_office(session)
    chance = random.Random(7)

    def words() -> str:
        return "".join(chance.choices(LETTERS, k=chance.randrange(0, 14)))

    readable: dict[UUID, list[str]] = {}
    for number in range(80):
        owner = (office, other)[number % 2]
        shared = "network" if number % 3 else "office"
        firm = add_party(
            session, owner.id, name=words() or None,
            visibility="network" if number % 5 == 0 else "office",
        )  # fmt: skip
        party_id = None if number % 7 == 0 else firm.id
        need = add_need(
            session, owner.id, words(), title=words() or None, party_id=party_id, visibility=shared
        )
        if owner is office or shared == "network":
            text = session.get_one(TextVersion, need.text_id).text
            sees_firm = party_id and (owner is office or firm.visibility == "network")
            readable[need.id] = [need.title or "", text, (firm.name or "") if sees_firm else ""]
    return readable


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from(LETTERS), max_size=8))
def test_the_database_finds_what_reading_every_need_finds(
    session: Session, office: Office, many: dict[UUID, list[str]], search: str
) -> None:
    by_hand = {
        need
        for need, parts in many.items()
        if all(
            any(term.key in search_key(part) for part in parts) != term.is_excluded
            for term in search_terms(search)
        )
    }
    assert found(session, office, search=search, status="all") == by_hand


def test_a_firm_that_is_not_seen_finds_no_need(session: Session, office: Office) -> None:
    other = add_office(session)
    firm = add_party(session, other.id, name="Geheim GmbH")
    need = add_need(session, other.id, "Offener Text.", party_id=firm.id, visibility="network")

    assert found(session, office, search="geheim") == set()
    assert found(session, office, search="offen -geheim") == {need.id}
    assert found(session, other, search="geheim") == {need.id}
    firm.visibility = "network"
    session.flush()
    assert found(session, office, search="geheim") == {need.id}


def test_the_newest_come_first_and_all_are_counted(session: Session, office: Office) -> None:
    needs = [add_need(session, office.id, created_at=now() - A_DAY * age) for age in range(5)]

    rows, count = find_needs(session, office.id, Filter(), 3)
    assert [row.id for row in rows] == [need.id for need in needs[:3]]
    assert count == 5
    assert find_needs(session, office.id, Filter(status="closed"), 3) == ([], 0)


def add_list(session: Session, need: Need, *, entries: int, published: bool = True) -> None:
    office_id = need.owner_office_id
    run = MatchRun(
        owner_office_id=office_id, as_of=now(), encoder_version="e", scorer_version="s",
        feature_version="f", seed=1, published_at=now() if published else None,
    )  # fmt: skip
    session.add(run)
    session.flush()
    kept = MatchList(
        match_run_id=run.id, need_id=need.id, need_text_version_id=need.text_id, considered=1,
        excluded={}, length=10, input_digest="0" * 64,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    for rank in range(1, entries + 1):
        solution = add_solution(session, office_id)
        session.add(
            MatchListEntry(
                match_list_id=kept.id,
                need_id=need.id,
                solution_id=solution.id,
                solution_text_version_id=solution.text_id,
                rank=rank,
                sme_preference=0.5,
                startup_preference=0.5,
                reciprocal_score=0.5,
                exposure_propensity=1.0,
                document=b"{}",
            )
        )
    session.flush()


def test_needs_are_found_by_their_proposals(session: Session, office: Office) -> None:
    past = now() - A_DAY
    ranked, empty, never, stale, unpublished = (
        add_need(session, office.id, updated_at=past) for _ in range(5)
    )
    add_list(session, ranked, entries=0)
    add_list(session, ranked, entries=2)
    add_list(session, empty, entries=1)
    add_list(session, empty, entries=0)
    add_list(session, stale, entries=1)
    add_list(session, unpublished, entries=1, published=False)
    stale.updated_at = now()
    session.flush()

    assert found(session, office, proposals="some") == {ranked.id, stale.id}
    assert found(session, office, proposals="none") == {empty.id, never.id, unpublished.id}
    assert found(session, office, proposals="stale") == {stale.id}
    rows, _ = find_needs(session, office.id, Filter(), 10)
    assert {row.id for row in rows if row.is_stale} == {stale.id}
    assert {row.id for row in rows if row.ranked_at} == {ranked.id, empty.id, stale.id}


def test_needs_are_found_by_owner_day_and_review(session: Session, office: Office) -> None:
    other = add_office(session)
    officer = Officer(office_id=office.id, email=f"{office.slug}@amt.example", name="Eva")
    session.add(officer)
    # Midnight of Berlin is an hour earlier in UTC in winter.
    midnight = datetime(2026, 11, 20, 23, tzinfo=UTC)
    own = add_need(session, office.id, created_at=midnight)
    old = add_need(session, office.id, created_at=midnight - timedelta(seconds=1))
    shared = add_need(session, other.id, visibility="network", created_at=midnight)
    mark_reviewed(session, office.id, own.id, seen=own.text_id, officer_id=officer.id, actor="test")

    assert found(session, office, owner="own") == {own.id, old.id}
    assert found(session, office, owner="shared") == {shared.id}
    assert found(session, office, since=date(2026, 11, 21)) == {own.id, shared.id}
    assert found(session, office, review="reviewed") == {own.id}
    assert found(session, office, review="new", owner="own") == {old.id}
    own.text_id = old.text_id
    session.flush()
    assert found(session, office, review="new", owner="own") == {own.id, old.id}


def test_a_need_without_a_firm_is_found(session: Session, office: Office) -> None:
    need = add_need(session, office.id, party_id=None)

    assert found(session, office, search="prufung -muster") == {need.id}
