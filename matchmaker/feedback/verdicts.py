"""What the office says about a proposal, and how it takes that back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError
from matchmaker.feedback.stages import UNDO_WITHIN
from matchmaker.tables import Event, MatchListEntry

FIT, NO_FIT = VERDICTS = ("judged_fit", "judged_no_fit")
WITHDRAWN = "verdict_withdrawn"


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


def verdict_to_withdraw(
    session: Session, office_id: UUID, list_entry_id: UUID, present: datetime
) -> Event:
    """The newest verdict on the pair of an entry.

    Raises
    ------
    ConflictError
        There is none, or it is older than ten minutes.
    """
    verdict = standing_verdicts(session, office_id, [list_entry_id]).get(list_entry_id)
    if verdict is None:
        raise ConflictError("There is no verdict on this proposal that could be taken back.")
    if verdict.recorded_at < present - UNDO_WITHIN:
        raise ConflictError("A verdict can be taken back for ten minutes. Lift what followed.")
    return verdict
