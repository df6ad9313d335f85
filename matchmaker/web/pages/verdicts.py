"""What the office said about proposals, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import Event

VERDICTS = {"judged_fit": "fits", "judged_no_fit": "does not fit"}
REASON_WORDS = {
    "poor_fit": "does not fit in substance",
    "too_early": "too early",
    "benefit_unclear": "benefit unclear",
    "price": "price",
    "no_capacity": "no capacity",
    "competitor": "competitor",
    "wrong_region": "wrong region",
    "already_solved": "solved already",
    "trust": "trust",
    "it_security": "IT security",
    "timing": "timing",
    "description_unclear": "description unclear",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the office said about a proposal last; `reason` only with a no."""

    words: str
    reason: str | None


def verdicts_on(session: Session, office_id: UUID, entries: Sequence[str]) -> dict[str, Verdict]:
    """The newest verdict on each entry, by the entry's id."""
    events = session.scalars(
        select(Event)
        .where(
            Event.owner_office_id == office_id,
            Event.match_list_entry_id.in_([UUID(entry) for entry in entries if entry]),
            Event.kind.in_(VERDICTS),
        )
        .order_by(Event.recorded_at)
    )
    return {
        str(event.match_list_entry_id): Verdict(
            VERDICTS[event.kind], REASON_WORDS.get(event.reason or "")
        )
        for event in events
    }
