"""A tandem with its events: found, begun, and led one step further."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback.stages import END, FIRST, Move, legal_moves, stage_of, standing_moves
from matchmaker.tables import Event, MatchList, MatchListEntry, Need, Solution, Tandem

_TICK = timedelta(microseconds=1)


class IllegalMoveError(ConflictError):
    """The step cannot follow; the message names those that can."""


@dataclass(frozen=True, slots=True)
class History:
    """A tandem and its events, in the order in which they were recorded."""

    tandem: Tandem
    events: Sequence[Event]

    @property
    def standing(self) -> list[Move]:
        """The moves that nobody took back."""
        return standing_moves(self.events)

    @property
    def entry_ids(self) -> list[UUID]:
        """The proposals that led here, the first one first."""
        ids = [event.match_list_entry_id for event in self.events]
        return list(dict.fromkeys(found for found in ids if found is not None))

    def next_moment(self) -> datetime:
        """The present, and in any case later than the newest event: their order is their time."""
        newest = [event.recorded_at + _TICK for event in self.events[-1:]]
        return max([now(), *newest])


def get_history(session: Session, office_id: UUID, tandem_id: UUID) -> History:
    """One of the office's tandems.

    Raises
    ------
    NotFoundError
        The office has no such tandem.
    """
    query = select(Tandem).where(Tandem.id == tandem_id, Tandem.owner_office_id == office_id)
    # Whoever waited for the office sees what was committed meanwhile.
    tandem = session.scalar(query.execution_options(populate_existing=True))
    if tandem is None:
        raise NotFoundError(f"There is no tandem with the id {tandem_id}.")
    return History(tandem, _events_of(session, tandem.id))


def hold_history(session: Session, office_id: UUID, tandem_id: UUID) -> History:
    """`get_history`, with the office held: nobody else changes a tandem until we are done."""
    ledger.hold(session, office_id)
    return get_history(session, office_id, tandem_id)


def hold_history_of(session: Session, office_id: UUID, entry: MatchListEntry) -> History:
    """The tandem that a proposal led to, or that of its pair, or a new one that is not stored.

    Raises
    ------
    ConflictError
        Nobody knows whose need it is, so there is no pair.
    """
    ledger.hold(session, office_id)
    found = session.scalar(
        select(Event.tandem_id)
        .where(Event.match_list_entry_id == entry.id, Event.tandem_id.is_not(None))
        .limit(1)
    )
    if found is not None:
        return get_history(session, office_id, found)
    firm = session.scalar(select(Need.party_id).where(Need.id == entry.need_id))
    startup = session.scalar(select(Solution.party_id).where(Solution.id == entry.solution_id))
    if firm is None or startup is None:
        raise ConflictError("This need names no firm, so there is no tandem. Give it a firm first.")
    pair = {"owner_office_id": office_id, "sme_party_id": firm, "startup_party_id": startup}
    tandem = session.scalar(select(Tandem).filter_by(**pair))
    return History(
        tandem or Tandem(**pair), [] if tandem is None else _events_of(session, tandem.id)
    )


def take_step(session: Session, history: History, entry: MatchListEntry, event: Event) -> None:
    """Lead the tandem where an event leads it, and let the event belong to it.

    Raises
    ------
    IllegalMoveError
        An event of this kind cannot come next.
    InvalidInputError
        It would have happened on a day before the last move.
    """
    standing = history.standing
    is_beginning = event.kind == FIRST and _may_begin(session, history, entry)
    allowed = legal_moves(standing)
    if event.kind not in allowed and not is_beginning:
        raise IllegalMoveError(refusal(stage_of(standing), allowed))
    is_one_more = event.kind == FIRST and standing and stage_of(standing) != END
    if not is_one_more:
        if standing and day_of(event.happened_at) < (last := _last_day(standing)):
            raise InvalidInputError(
                f"The last step was on {last}; this one cannot be earlier.", field="at"
            )
        lead(session, history, event)
    event.tandem_id = history.tandem.id


def lead(session: Session, history: History, event: Event) -> None:
    """Set the stage to what the events and this new one add up to."""
    tandem = history.tandem
    tandem.stage = stage_of(standing_moves([*history.events, event]))
    tandem.updated_at = event.recorded_at
    session.add(tandem)
    session.flush()


def refusal(stage: str, allowed: Sequence[str]) -> str:
    """Why a step cannot follow, with those that can."""
    if allowed:
        return f"This tandem is at {stage}. What can come next: {', '.join(allowed)}."
    return "This tandem has ended. Only a proposal that was made since then begins it again."


def _last_day(standing: Sequence[Move]) -> date:
    return day_of(standing[-1].event.happened_at)


def _may_begin(session: Session, history: History, entry: MatchListEntry) -> bool:
    """Whether a proposal leads here for the first time; to an ended tandem, only a newer one."""
    if entry.id in history.entry_ids:
        return False
    standing = history.standing
    if stage_of(standing) != END:
        return True
    made_at = session.scalars(
        select(MatchList.created_at).where(MatchList.id == entry.match_list_id)
    ).one()
    return made_at > standing[-1].event.recorded_at


def _events_of(session: Session, tandem_id: UUID) -> Sequence[Event]:
    query = select(Event).where(Event.tandem_id == tandem_id)
    return session.scalars(query.order_by(Event.recorded_at, Event.id)).all()
