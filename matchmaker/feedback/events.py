"""Events about the entries of match lists, and what follows from them in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback.asking import UNDO_WITHIN, ask
from matchmaker.feedback.follow_up import NOTHING, FollowUp, plan_hold, read_pair
from matchmaker.feedback.lifting import enforce, lift_of_pair, replace_older, undo
from matchmaker.tables import REASONS, SIDES, Event, MatchList, MatchListEntry, MatchRun

EVENT_KINDS = (
    "shown",
    "opened",
    "judged_fit",
    "judged_no_fit",
    "verdict_withdrawn",
    "sme_asked",
    "startup_asked",
    "both_agreed",
    "first_talk",
    "pilot",
    "agreement",
    "alive_after_12_months",
    "ended",
)

# What the office says about a proposal, and how it takes that back.
VERDICTS = ("judged_fit", "judged_no_fit")
WITHDRAWN = "verdict_withdrawn"
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
    told: FollowUp = NOTHING,
    origin: str,
    actor: str,
    reply_to: str | None = None,
) -> Event:
    """Record what happened to one entry of one of the office's match lists, and what follows.

    A no leads to a hold on the pair (`tables.Hold`), in place of that of an older no of the
    same side on the same pair; a later yes lifts everything that holds the pair back;
    `verdict_withdrawn` takes back the newest verdict on the pair and what followed from it.
    Everything is checked before anything is written.

    Parameters
    ----------
    kind : one of `EVENT_KINDS`.
    reason : one of `REASONS`; a no (`judged_no_fit`) has one, nothing else does.
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
    ConflictError
        There is no verdict to take back, or it is older than ten minutes.
    """
    _require_word("kind", kind, EVENT_KINDS)
    if side is not None:
        _require_word("side", side, SIDES)
    _check_reason(kind, reason)
    recorded_at = now()
    happened_at = recorded_at if at is None else _checked_moment(at, recorded_at)
    entry = _get_entry(session, office_id, list_entry_id)
    details = told.told
    hold = withdrawn = None
    if reason is not None:
        pair = read_pair(session, office_id, entry)
        hold = plan_hold(pair, office_id, reason, told, happened_at.date())
    elif details:
        raise InvalidInputError(f"Only the kind {_REFUSAL} takes this.", field=next(iter(details)))
    if kind == WITHDRAWN:
        withdrawn = _verdict_to_withdraw(session, office_id, list_entry_id, recorded_at)
        details = {"withdraws": str(withdrawn.id)}
    event = Event(
        owner_office_id=office_id,
        kind=kind,
        match_list_entry_id=list_entry_id,
        side=side,
        reason=reason,
        details=details,
        origin=origin,
        happened_at=happened_at,
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
    if hold is not None:
        hold.made_by_event_id = event.id
        replace_older(session, pair, event, actor)
        enforce(session, hold, actor)
        ask(session, hold, pair, reply_to)
    elif withdrawn is not None:
        undo(session, withdrawn, event, actor)
    elif kind == "judged_fit":
        lift_of_pair(session, read_pair(session, office_id, entry), event, actor)
    return event


def standing_verdicts(
    session: Session, office_id: UUID, list_entry_ids: Sequence[UUID]
) -> dict[UUID, Event]:
    """What the office said last about the pair of each entry and did not take back, by entry.

    A pair stands in many lists; a verdict on one of its entries is one on the pair.
    """
    pairs = {
        entry_id: (need_id, solution_id)
        for entry_id, need_id, solution_id in session.execute(
            select(MatchListEntry.id, MatchListEntry.need_id, MatchListEntry.solution_id).where(
                MatchListEntry.id.in_(list_entry_ids)
            )
        )
    }
    events = session.execute(
        select(Event, MatchListEntry.need_id, MatchListEntry.solution_id)
        .join(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
        .where(
            Event.owner_office_id == office_id,
            Event.kind.in_((*VERDICTS, WITHDRAWN)),
            MatchListEntry.need_id.in_({need_id for need_id, _ in pairs.values()}),
            MatchListEntry.solution_id.in_({solution_id for _, solution_id in pairs.values()}),
        )
        .order_by(Event.recorded_at)
    ).all()
    withdrawn = {event.details["withdraws"] for event, *_ in events if event.kind == WITHDRAWN}
    newest = {
        (need_id, solution_id): event
        for event, need_id, solution_id in events
        if event.kind in VERDICTS and str(event.id) not in withdrawn
    }
    return {entry_id: newest[pair] for entry_id, pair in pairs.items() if pair in newest}


def _verdict_to_withdraw(
    session: Session, office_id: UUID, list_entry_id: UUID, present: datetime
) -> Event:
    verdict = standing_verdicts(session, office_id, [list_entry_id]).get(list_entry_id)
    if verdict is None:
        raise ConflictError("There is no verdict on this proposal that could be taken back.")
    if verdict.recorded_at < present - UNDO_WITHIN:
        raise ConflictError("A verdict can be taken back for ten minutes. Lift what followed.")
    return verdict


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


def _get_entry(session: Session, office_id: UUID, list_entry_id: UUID) -> MatchListEntry:
    entry = session.scalar(
        select(MatchListEntry)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(MatchListEntry.id == list_entry_id, MatchRun.owner_office_id == office_id)
    )
    if entry is None:
        raise NotFoundError(f"There is no list entry with the id {list_entry_id}.")
    return entry
