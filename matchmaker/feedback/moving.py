"""What officers do with a tandem: begin it, lead it on, take the last step back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError
from matchmaker.feedback.events import get_entry, record_event, write_event
from matchmaker.feedback.histories import (
    History,
    IllegalMoveError,
    hold_history,
    hold_history_of,
    lead,
    refusal,
)
from matchmaker.feedback.notes import add_note
from matchmaker.feedback.stages import (
    FIRST,
    UNDO_WITHIN,
    UNDONE,
    Move,
    leads_on,
    legal_moves,
    stage_of,
    standing_moves,
)
from matchmaker.tables import Event


@dataclass(frozen=True, slots=True)
class Change:
    """The newest change of a stage: by which event, from where, to where."""

    event: Event
    before: str
    after: str


class StaleTandemError(ConflictError):
    """The tandem was changed since the one who asks has looked at it."""

    def __init__(self, change: Change) -> None:
        at = change.event.recorded_at
        super().__init__(
            f"This tandem went from {change.before} to {change.after} at {at:%Y-%m-%d %H:%M} UTC. "
            "Read it again and repeat the change with its new version."
        )
        self.change = change


def begin_tandem(
    session: Session,
    office_id: UUID,
    list_entry_id: UUID,
    *,
    officer_id: UUID | None = None,
    actor: str,
) -> UUID:
    """Make a tandem of a proposal, or add the proposal to the tandem of its pair; the tandem's id.

    A proposal that led to a tandem before leads to it again, and nothing is recorded.

    Raises
    ------
    NotFoundError, ConflictError
        As `record_event`.
    """
    history = hold_history_of(session, office_id, get_entry(session, office_id, list_entry_id))
    if list_entry_id in history.entry_ids:
        return history.tandem.id
    event = record_event(
        session,
        office_id,
        list_entry_id=list_entry_id,
        kind=FIRST,
        officer_id=officer_id,
        origin="desk",
        actor=actor,
    )
    assert event.tandem_id is not None  # noqa: S101  # the kind has a tandem
    return event.tandem_id


def move_tandem(
    session: Session,
    office_id: UUID,
    tandem_id: UUID,
    *,
    to: str,
    version: int,
    at: datetime | None = None,
    reason: str | None = None,
    note: str | None = None,
    officer_id: UUID | None = None,
    origin: str,
    actor: str,
) -> Event:
    """Lead a tandem one step further, by the proposal that led to it last.

    Parameters
    ----------
    to : one of the tandem's legal moves.
    version : the version of the tandem that the one who asks has seen.
    note : why, in words; kept as a note of the step.

    Raises
    ------
    NotFoundError, InvalidInputError, IllegalMoveError
        As `record_event`.
    StaleTandemError
        Somebody else has changed the tandem since.
    """
    history = hold_history(session, office_id, tandem_id)
    _require_version(history, version)
    allowed = legal_moves(history.standing)
    if to not in allowed:
        raise IllegalMoveError(refusal(stage_of(history.standing), allowed))
    event = record_event(
        session,
        office_id,
        list_entry_id=history.entry_ids[-1],
        kind=to,
        reason=reason,
        at=at,
        officer_id=officer_id,
        origin=origin,
        actor=actor,
    )
    if note and note.strip():
        add_note(
            session, history.tandem, note, event_id=event.id, officer_id=officer_id, actor=actor
        )
    return event


def undo_move(
    session: Session,
    office_id: UUID,
    tandem_id: UUID,
    *,
    version: int,
    officer_id: UUID | None = None,
    origin: str,
    actor: str,
) -> Event:
    """Take the last move back by an event of its own; the move stays on record.

    Raises
    ------
    NotFoundError, StaleTandemError
        As `move_tandem`.
    ConflictError
        The last move is older than `UNDO_WITHIN`, or the tandem has only begun.
    """
    history = hold_history(session, office_id, tandem_id)
    _require_version(history, version)
    recorded_at = history.next_moment()
    last = find_undoable(history, recorded_at)
    if last is None:
        raise ConflictError("There is no step of the last ten minutes to take back.")
    event = Event(
        owner_office_id=office_id,
        kind=UNDONE,
        match_list_entry_id=last.event.match_list_entry_id,
        tandem_id=tandem_id,
        officer_id=officer_id,
        details={"event": str(last.event.id)},
        origin=origin,
        happened_at=recorded_at,
        recorded_at=recorded_at,
    )
    lead(session, history, event)
    return write_event(session, event, actor=actor)


def find_undoable(history: History, moment: datetime) -> Move | None:
    """The move that may be taken back at this moment. A tandem stays begun."""
    standing = history.standing
    if not standing or (len(standing) == 1 and standing[0].event.kind == FIRST):
        return None
    last = standing[-1]
    return last if moment <= last.event.recorded_at + UNDO_WITHIN else None


def newest_change(history: History) -> Change:
    """The last event that led somewhere."""
    events = history.events
    for number in reversed(range(len(events))):
        if leads_on(events, number):
            before, after = standing_moves(events[:number]), standing_moves(events[: number + 1])
            return Change(events[number], stage_of(before), stage_of(after))
    raise ValueError("a tandem without events has no change")


def _require_version(history: History, version: int) -> None:
    if version != history.tandem.version:
        raise StaleTandemError(newest_change(history))
