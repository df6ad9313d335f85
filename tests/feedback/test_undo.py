"""Taking the last step back: within ten minutes, by an event of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.feedback import UNDO_WITHIN, find_undoable, get_history, undo_move
from matchmaker.tables import Event, Office, Tandem
from tests.clock import age_events
from tests.feedback.conftest import Step, stages_say

Undo = Callable[[], Event]


@pytest.fixture
def undo(session: Session, office: Office, tandem: Tandem) -> Undo:
    def undo() -> Event:
        return undo_move(
            session, office.id, tandem.id, version=tandem.version, origin="desk", actor="test"
        )

    return undo


def test_the_last_step_is_taken_back_and_stays_on_record(
    session: Session, office: Office, tandem: Tandem, move: Step, undo: Undo
) -> None:
    move("reviewed")
    asked = move("sme_asked")
    event = undo()

    assert (tandem.stage, event.kind) == ("reviewed", "move_undone")
    assert event.details == {"event": str(asked.id)}
    assert session.get_one(Event, asked.id).kind == "sme_asked"
    assert stages_say(session, office.id, tandem.id) == "reviewed"
    assert ledger.altered_lines(session, office.id) == []
    move("sme_asked")


def test_steps_are_taken_back_one_after_the_other_but_not_the_beginning(
    tandem: Tandem, move: Step, undo: Undo
) -> None:
    move("sme_asked")
    move("startup_asked")
    undo()
    undo()
    assert tandem.stage == "proposed"
    with pytest.raises(ConflictError):
        undo()


def test_a_tandem_that_began_with_a_later_step_goes_back_to_being_proposed(
    session: Session, office: Office, begin: Step
) -> None:
    tandem = session.get_one(Tandem, begin("sme_asked").tandem_id)
    undo_move(session, office.id, tandem.id, version=1, origin="desk", actor="test")

    assert tandem.stage == "proposed" == stages_say(session, office.id, tandem.id)


@pytest.mark.parametrize(
    ("passed", "is_possible"),
    [
        (timedelta(0), True),
        (UNDO_WITHIN - timedelta(seconds=5), True),
        (UNDO_WITHIN + timedelta(seconds=1), False),
        (timedelta(days=1), False),
    ],
)
def test_the_way_back_is_open_for_ten_minutes(
    session: Session, tandem: Tandem, move: Step, undo: Undo, passed: timedelta, is_possible: bool
) -> None:
    move("sme_asked")
    age_events(session, passed)

    if is_possible:
        undo()
        assert tandem.stage == "proposed"
    else:
        with pytest.raises(ConflictError, match="ten minutes"):
            undo()
        assert tandem.stage == "sme_asked"


def test_taking_back_does_not_start_the_ten_minutes_of_the_step_before(
    session: Session, tandem: Tandem, move: Step, undo: Undo
) -> None:
    move("reviewed")
    age_events(session, timedelta(minutes=11))
    move("sme_asked")
    undo()
    with pytest.raises(ConflictError):
        undo()
    assert tandem.stage == "reviewed"


def test_the_last_moment_belongs_to_the_ten_minutes(
    session: Session, office: Office, tandem: Tandem, move: Step
) -> None:
    event = move("sme_asked")
    history = get_history(session, office.id, tandem.id)
    last_moment = event.recorded_at + UNDO_WITHIN

    assert find_undoable(history, last_moment) is not None
    assert find_undoable(history, last_moment + timedelta(microseconds=1)) is None
    assert event.recorded_at <= now()
