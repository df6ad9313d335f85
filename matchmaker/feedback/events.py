"""Events about the entries of match lists, and what follows from them in the same transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.feedback.asking import ask
from matchmaker.feedback.follow_up import NOTHING, FollowUp, JudgedPair, plan_hold, read_pair
from matchmaker.feedback.histories import hold_history_of, take_step
from matchmaker.feedback.lifting import enforce, lift_of_pair, replace_older, undo
from matchmaker.feedback.stages import END, RESTS, STEPS
from matchmaker.feedback.verdicts import FIT, NO_FIT, WITHDRAWN, verdict_to_withdraw
from matchmaker.tables import REASONS, SIDES, Event, Hold, MatchList, MatchListEntry, MatchRun

EVENT_KINDS = ("shown", "opened", FIT, NO_FIT, WITHDRAWN, *STEPS)

# Why a tandem ended: for one of the reasons of a no, or well.
END_REASONS = (*REASONS, "succeeded", RESTS)

# The kinds that have a reason, and which.
_REASONS_OF = {NO_FIT: REASONS, END: END_REASONS}
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def record_event(
    session: Session,
    office_id: UUID,
    *,
    list_entry_id: UUID,
    kind: str,
    reason: str | None = None,
    side: str | None = None,
    at: datetime | None = None,
    told: FollowUp = NOTHING,
    officer_id: UUID | None = None,
    origin: str,
    actor: str,
    reply_to: str | None = None,
) -> Event:
    """Record what happened to one entry of one of the office's match lists, and what follows.

    A no leads to a hold on the pair (`tables.Hold`), in place of that of an older no of the
    same side on the same pair; a later yes lifts everything that holds the pair back;
    `verdict_withdrawn` takes back the newest verdict on the pair and what followed from it.
    Everything is checked before anything is written.

    The kinds in `STEPS` belong to the tandem of the entry's pair: the first one begins it, and
    the others lead it on, in the same transaction.

    Parameters
    ----------
    kind : one of `EVENT_KINDS`.
    reason : a no (`judged_no_fit`) has one of `REASONS`, an end one of `END_REASONS`,
        nothing else has any.
    officer_id : who recorded it, where that is a person of the office.
    side : whose word it was, `sme` or `startup`; None for the office's own.
    at : when it happened, aware; None is now.
    told : what a no is told besides its reason (`follow_up.TAKES`).
    origin : through what we learned of it: desk, api, cli or import.
    actor : who said so, for the ledger.
    reply_to : where the answer to a question goes that is asked by mail.

    Raises
    ------
    InvalidInputError
        A word is not on its list, a reason or what it must be told is missing or out of place,
        `at` lies in the future or has no time zone.
    NotFoundError
        There is no such entry, or it stands in a list of another office.
    IllegalMoveError, ConflictError
        The tandem cannot take this step now, or the need has no firm to make a tandem of; or
        there is no verdict to take back, or it is older than ten minutes.
    """
    _require_word("kind", kind, EVENT_KINDS)
    if side is not None:
        _require_word("side", side, SIDES)
    check_reason(kind, reason)
    entry = get_entry(session, office_id, list_entry_id)
    history = hold_history_of(session, office_id, entry) if kind in STEPS else None
    recorded_at = now() if history is None else history.next_moment()
    happened_at = recorded_at if at is None else _checked_moment(at, recorded_at)
    pair: JudgedPair | None = None
    hold: Hold | None = None
    withdrawn: Event | None = None
    details = told.told
    if kind == NO_FIT and reason is not None:
        pair = read_pair(session, office_id, entry)
        hold = plan_hold(pair, office_id, reason, told, happened_at.date())
    elif details:
        raise InvalidInputError(f"Only the kind {NO_FIT} takes this.", field=next(iter(details)))
    if kind == WITHDRAWN:
        withdrawn = verdict_to_withdraw(session, office_id, list_entry_id, recorded_at)
        details = {"withdraws": str(withdrawn.id)}
    event = Event(
        owner_office_id=office_id,
        kind=kind,
        match_list_entry_id=list_entry_id,
        officer_id=officer_id,
        side=side,
        reason=reason,
        details=details,
        origin=origin,
        happened_at=happened_at,
        recorded_at=recorded_at,
    )
    if history is not None:
        take_step(session, history, entry, event)
    write_event(session, event, actor=actor)
    if hold is not None and pair is not None:
        hold.made_by_event_id = event.id
        replace_older(session, pair, event, actor)
        enforce(session, hold, actor)
        ask(session, hold, pair, reply_to)
    elif withdrawn is not None:
        undo(session, withdrawn, event, actor)
    elif kind == FIT:
        lift_of_pair(session, read_pair(session, office_id, entry), event, actor)
    return event


def write_event(session: Session, event: Event, *, actor: str) -> Event:
    """Store an event that was found sound, with its line in the ledger."""
    session.add(event)
    session.flush()
    ledger.record(
        session,
        event.owner_office_id,
        "record_event",
        actor=actor,
        subject_id=event.id,
        details={"kind": event.kind, "list_entry": str(event.match_list_entry_id)},
        changes_profiles=False,
    )
    return event


def check_reason(kind: str, reason: str | None) -> None:
    """Raise `InvalidInputError` where a reason is missing, out of place or not of this kind."""
    known = _REASONS_OF.get(kind)
    if known is None:
        if reason is not None:
            raise InvalidInputError(
                f"Only {' and '.join(_REASONS_OF)} have a reason.", field="reason"
            )
    elif reason is None:
        raise InvalidInputError(f"This needs a reason, one of {', '.join(known)}.", field="reason")
    else:
        _require_word("reason", reason, known)


def _require_word(field: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise InvalidInputError(f"The {field} must be one of {', '.join(known)}.", field=field)


def _checked_moment(at: datetime, present: datetime) -> datetime:
    if at.tzinfo is None:
        raise InvalidInputError("The time needs a time zone.", field="at")
    if at > present:
        raise InvalidInputError("The time lies in the future.", field="at")
    if at < _EARLIEST:
        raise InvalidInputError("The time lies before the year 2000.", field="at")
    return at.astimezone(UTC)


def get_entry(session: Session, office_id: UUID, list_entry_id: UUID) -> MatchListEntry:
    """A row of one of the office's match lists, or `NotFoundError`."""
    entry = session.scalar(
        select(MatchListEntry)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(MatchListEntry.id == list_entry_id, MatchRun.owner_office_id == office_id)
    )
    if entry is None:
        raise NotFoundError(f"There is no list entry with the id {list_entry_id}.")
    return entry
