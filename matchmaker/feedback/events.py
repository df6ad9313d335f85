"""Events about the entries of match lists."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.tables import SIDES, Event, MatchList, MatchListEntry, MatchRun

EVENT_KINDS = (
    "shown",
    "opened",
    "judged_fit",
    "judged_no_fit",
    "sme_asked",
    "startup_asked",
    "both_agreed",
    "first_talk",
    "pilot",
    "agreement",
    "alive_after_12_months",
    "ended",
)

# Why a proposal is refused; `contract.md` says what each one leads to.
REASONS = (
    "poor_fit",
    "too_early",
    "benefit_unclear",
    "price",
    "no_capacity",
    "competitor",
    "wrong_region",
    "already_solved",
    "trust",
    "it_security",
    "timing",
    "description_unclear",
)

_REFUSAL = "judged_no_fit"
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
    origin: str,
    actor: str,
) -> Event:
    """Record what happened to one entry of one of the office's match lists.

    Parameters
    ----------
    kind : one of `EVENT_KINDS`.
    reason : one of `REASONS`; a no (`judged_no_fit`) has one, nothing else does.
    side : whose word it was, `sme` or `startup`; None for the office's own.
    at : when it happened, aware; None is now.
    origin : through what we learned of it: desk, api, cli or import.
    actor : who said so, for the ledger.

    Raises
    ------
    InvalidInputError
        A word is not on its list, a reason is missing or out of place, `at` lies in the
        future or has no time zone.
    NotFoundError
        There is no such entry, or it stands in a list of another office.
    """
    _require_word("kind", kind, EVENT_KINDS)
    if side is not None:
        _require_word("side", side, SIDES)
    _check_reason(kind, reason)
    recorded_at = now()
    _require_entry(session, office_id, list_entry_id)
    event = Event(
        owner_office_id=office_id,
        kind=kind,
        match_list_entry_id=list_entry_id,
        side=side,
        reason=reason,
        origin=origin,
        happened_at=recorded_at if at is None else _checked_moment(at, recorded_at),
        recorded_at=recorded_at,
    )
    session.add(event)
    session.flush()
    ledger.record(
        session,
        office_id,
        "record_event",
        actor=actor,
        subject_id=event.id,
        details={"kind": kind, "list_entry": str(list_entry_id)},
        changes_profiles=False,
    )
    return event


def _check_reason(kind: str, reason: str | None) -> None:
    if reason is None:
        if kind == _REFUSAL:
            raise InvalidInputError(
                f"A no needs its reason, one of {', '.join(REASONS)}.", field="reason"
            )
        return
    if kind != _REFUSAL:
        raise InvalidInputError(f"Only the kind {_REFUSAL} has a reason.", field="reason")
    _require_word("reason", reason, REASONS)


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


def _require_entry(session: Session, office_id: UUID, list_entry_id: UUID) -> None:
    entry = session.scalar(
        select(MatchListEntry.id)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(MatchListEntry.id == list_entry_id, MatchRun.owner_office_id == office_id)
    )
    if entry is None:
        raise NotFoundError(f"There is no list entry with the id {list_entry_id}.")
