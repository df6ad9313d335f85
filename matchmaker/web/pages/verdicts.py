"""What the office said about proposals and what follows from it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker import feedback
from matchmaker.database import now
from matchmaker.tables import Event, Hold
from matchmaker.web.pages.consequences import consequence

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
# The key that chooses each reason, where the officer wants keys.
REASON_KEYS = dict(zip("123456789abc", REASON_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the office said about a pair last; `reason` only with a no.

    `follows` says what that does to later lists, `answer` what the startup said when it was
    asked; both in the language of the page. `can_be_undone` for ten minutes.
    """

    words: str
    reason: str | None
    follows: str
    answer: str | None
    can_be_undone: bool


def verdicts_on(
    session: Session, office_id: UUID, entries: Sequence[str], language: str
) -> dict[str, Verdict]:
    """The newest verdict on the pair of each entry, by the entry's id."""
    ids = [UUID(entry) for entry in entries if entry]
    standing = feedback.standing_verdicts(session, office_id, ids)
    holds = {
        hold.made_by_event_id: hold
        for hold in session.scalars(
            select(Hold).where(Hold.made_by_event_id.in_([one.id for one in standing.values()]))
        )
    }
    return {
        str(entry): _verdict(event, holds.get(event.id), language)
        for entry, event in standing.items()
    }


def _verdict(event: Event, hold: Hold | None, language: str) -> Verdict:
    return Verdict(
        words=VERDICTS[event.kind],
        reason=REASON_WORDS.get(event.reason or ""),
        follows=consequence(hold, language) if hold else "",
        answer=hold.answer if hold else None,
        # A minute less than the domain allows: whoever reads the page still has time to click.
        can_be_undone=event.recorded_at > now() - feedback.UNDO_WITHIN + timedelta(minutes=1),
    )


def holds_on(
    session: Session, office_id: UUID, need_id: UUID, firm_id: UUID | None
) -> Sequence[Hold]:
    """The holds in force that concern a need, or its firm wherever it appears; newest first."""
    concerned = or_(
        Hold.need_id == need_id, (Hold.sme_party_id == firm_id) & Hold.sme_party_id.is_not(None)
    )
    return session.scalars(feedback.in_force(office_id).where(concerned)).all()
