"""Which scorer serves: one at most, each step written down, the way back always open."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import open_engine, open_sessions, reading, transaction
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import LedgerEntry, Office, ScorerVersion
from matchmaker.training import (
    find_before,
    find_champion,
    get_version,
    list_versions,
    promote,
    rollback,
)
from tests.campaign import examples
from tests.factories import add_office
from tests.feedback.test_two_officers import at_once
from tests.training.saved import add_scorer


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


def serving(session: Session, office: Office) -> str | None:
    champion = find_champion(session, office.id)
    return champion.version if champion else None


def test_a_trained_scorer_is_known_with_what_it_was_trained_on_and_serves_nothing_yet(
    session: Session, office: Office, tmp_path: Path
) -> None:
    added = add_scorer(session, office.id, tmp_path, state="shadow")

    assert find_champion(session, office.id) is None
    (found,) = list_versions(session, office.id)
    assert found is added is get_version(session, office.id, added.version)
    assert (found.state, found.reason, found.details["needs"]) == ("shadow", "too_few_needs", 11)
    assert found.labels == {"sme": 30, "startup": 21}
    assert str(found.first_label_on) == "2026-01-05"
    # A figure that is none is no reason to lose the scorer.
    assert found.metrics == {"log_loss": 0.4, "spoiled": None}
    with pytest.raises(ConflictError, match="known already"):
        add_scorer(session, office.id, tmp_path)


def test_another_office_neither_sees_nor_promotes_it(
    session: Session, office: Office, tmp_path: Path
) -> None:
    ours, other = add_scorer(session, office.id, tmp_path), add_office(session)

    assert list_versions(session, other.id) == []
    with pytest.raises(NotFoundError):
        promote(session, other.id, ours.version, seen=None, actor="test")
    # The same numbers may serve both.
    add_scorer(session, other.id, tmp_path)
    promote(session, other.id, ours.version, seen=None, actor="test")
    assert (serving(session, office), serving(session, other)) == (None, ours.version)


def test_the_way_back_leads_from_champion_to_champion_and_at_last_to_the_expert(
    session: Session, office: Office, tmp_path: Path
) -> None:
    a, b = (add_scorer(session, office.id, tmp_path, factor) for factor in (2.0, 3.0))
    promote(session, office.id, a.version, seen=None, actor="eva")
    promote(session, office.id, b.version, seen=a.version, actor="eva", reason="won")
    assert (a.state, a.reason, b.state, b.reason) == ("retired", "replaced", "champion", "won")
    assert b.details["needs"] == 11
    assert find_before(session, b) is a

    assert rollback(session, office.id, seen=b.version, actor="eva") is a
    assert (b.state, b.reason, a.state, a.reason) == (
        "retired", "rolled_back", "champion", "restored",
    )  # fmt: skip
    assert rollback(session, office.id, seen=a.version, actor="eva") is None
    assert find_champion(session, office.id) is None
    with pytest.raises(ConflictError, match="expert"):
        rollback(session, office.id, seen=None, actor="eva")
    lines = session.execute(
        select(LedgerEntry.action, LedgerEntry.actor, LedgerEntry.details)
        .where(LedgerEntry.owner_office_id == office.id)
        .order_by(LedgerEntry.id)
    ).all()
    assert [tuple(line[:2]) for line in lines] == [
        *[("train_scorer", "test")] * 2,
        *[("promote_scorer", "eva")] * 2,
        *[("roll_back_scorer", "eva")] * 2,
    ]
    assert lines[-2].details == {"version": b.version, "to": a.version}
    assert ledger.altered_lines(session, office.id) == []


def test_whoever_saw_another_champion_decides_nothing(
    session: Session, office: Office, tmp_path: Path
) -> None:
    a, b = (add_scorer(session, office.id, tmp_path, factor) for factor in (2.0, 3.0))
    promote(session, office.id, a.version, seen=None, actor="eva")

    with pytest.raises(ConflictError, match="Somebody else"):
        promote(session, office.id, b.version, seen=None, actor="max")
    with pytest.raises(ConflictError, match="Somebody else"):
        rollback(session, office.id, seen=b.version, actor="max")
    with pytest.raises(ConflictError, match="serves already"):
        promote(session, office.id, a.version, seen=a.version, actor="max")
    assert serving(session, office) == a.version


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 3) | st.none(), max_size=12))
def test_any_sequence_of_steps_goes_as_a_stack_would(
    session: Session, tmp_path_factory: pytest.TempPathFactory, steps: list[int | None]
) -> None:
    office = add_office(session)
    folder = tmp_path_factory.getbasetemp() / "stack"
    versions = [add_scorer(session, office.id, folder, 2.0 + n).version for n in range(4)]
    stack: list[str] = []
    for step in steps:
        seen = stack[-1] if stack else None
        try:
            if step is None:
                rollback(session, office.id, seen=seen, actor="test")
                stack.pop()
            else:
                promote(session, office.id, versions[step], seen=seen, actor="test")
                # One that served before leaves its older place.
                stack = [one for one in stack if one != versions[step]] + [versions[step]]
        except ConflictError:
            assert step is None if seen is None else versions.index(seen) == step
        assert serving(session, office) == (stack[-1] if stack else None)
        states = [one.state for one in list_versions(session, office.id)]
        assert states.count("champion") == bool(stack)


def test_the_database_itself_holds_one_champion_an_office(
    session: Session, office: Office, tmp_path: Path
) -> None:
    a, b = (add_scorer(session, office.id, tmp_path, factor) for factor in (2.0, 3.0))
    promote(session, office.id, a.version, seen=None, actor="test")

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            update(ScorerVersion).where(ScorerVersion.id == b.id).values(state="champion", place=9)
        )


def test_of_two_at_once_one_wins_and_the_other_is_told(database_url: str, tmp_path: Path) -> None:
    engine = open_engine(database_url)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office_id = add_office(session).id
        versions = [add_scorer(session, office_id, tmp_path, 2.0 + n).version for n in range(3)]
        promote(session, office_id, versions[0], seen=None, actor="test")

    def put(version: str) -> Any:
        return lambda session: promote(session, office_id, version, seen=versions[0], actor="t")

    def back(session: Session) -> Any:
        return rollback(session, office_id, seen=versions[0], actor="t")

    outcomes = at_once(factory, put(versions[1]), back, put(versions[2]), back)

    assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 3
    with reading(factory) as session:
        states = [one.state for one in list_versions(session, office_id)]
        assert states.count("champion") <= 1
        assert ledger.altered_lines(session, office_id) == []
    engine.dispose()
