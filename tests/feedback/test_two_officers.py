"""Two officers at the same moment, on databases of their own: exactly one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import SessionFactory, open_engine, open_sessions, reading, transaction
from matchmaker.errors import ConflictError
from matchmaker.feedback import StaleTandemError, begin_tandem, get_history, move_tandem, undo_move
from matchmaker.tables import Event, Tandem
from tests.factories import add_entry, add_need, add_office, add_solution

SHARED: dict[str, Any] = {"origin": "desk", "actor": "test"}


def at_once(factory: SessionFactory, *acts: Callable[[Session], Any]) -> list[Any]:
    """What became of each act, all begun together: its answer, or the error that it met."""
    gate = Barrier(len(acts))

    def run(act: Callable[[Session], Any]) -> Any:
        gate.wait()
        try:
            with transaction(factory) as session:
                return act(session)
        except ConflictError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def factory(database_url: str) -> Any:
    engine = open_engine(database_url)
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def pair(factory: SessionFactory) -> tuple[UUID, list[UUID]]:
    """An office, and two proposals of the same pair."""
    with transaction(factory) as session:
        office = add_office(session)
        need, solution = add_need(session, office.id), add_solution(session, office.id)
        entries = [add_entry(session, office.id, need, solution).id for _ in range(2)]
    return office.id, entries


def test_of_two_moves_at_once_exactly_one_wins(
    factory: SessionFactory, pair: tuple[UUID, list[UUID]]
) -> None:
    office_id, (entry_id, _) = pair
    with transaction(factory) as session:
        tandem_id = begin_tandem(session, office_id, entry_id, actor="test")

    def act(to: str, version: int) -> Callable[[Session], Any]:
        def look_and_move(session: Session) -> Any:
            seen = get_history(session, office_id, tandem_id)
            moved = move_tandem(session, office_id, tandem_id, to=to, version=version, **SHARED)
            assert seen.tandem.version > version
            return moved

        return look_and_move

    def undo(session: Session) -> Any:
        return undo_move(session, office_id, tandem_id, version=2, **SHARED)

    outcomes = at_once(factory, *(act(to, 1) for to in ("reviewed", "sme_asked") * 2))
    assert sum(isinstance(outcome, Event) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, StaleTandemError) for outcome in outcomes) == 3
    outcomes = at_once(factory, undo, undo, undo)
    assert sum(isinstance(outcome, Event) for outcome in outcomes) == 1
    with reading(factory) as session:
        history = get_history(session, office_id, tandem_id)
        assert (history.tandem.stage, history.tandem.version) == ("proposed", 3)
        assert [event.kind for event in history.events][2:] == ["move_undone"]
        assert ledger.altered_lines(session, office_id) == []


def test_two_proposals_at_once_make_one_tandem(
    factory: SessionFactory, pair: tuple[UUID, list[UUID]]
) -> None:
    office_id, entries = pair

    def begin(entry_id: UUID) -> Callable[[Session], Any]:
        return lambda session: begin_tandem(session, office_id, entry_id, actor="test")

    outcomes = at_once(factory, *(begin(entry_id) for entry_id in entries * 2))
    assert len({*outcomes}) == 1
    with reading(factory) as session:
        assert session.scalar(select(func.count()).select_from(Tandem)) == 1
        assert session.scalar(select(func.count()).select_from(Event)) == 2
