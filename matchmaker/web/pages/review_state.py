"""How far the office has come with looking at a need: the part of other pages that says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker import inbox, submissions
from matchmaker.tables import Need, Officer
from matchmaker.web.pages.need_fields import VISIBILITY

TEASER_WORDS = {
    "none": "There is none yet.",
    "draft": "Written, not approved yet.",
    "approved": "Approved: startups may see it.",
    "lapsed": "The approval has lapsed, because the need was changed.",
}


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What was decided last about the present wording of a need, and how far its teaser is.

    `link_issued_at` is None where the need has no owner's page.
    """

    state: str
    by: str | None
    decided_at: datetime | None
    question: str | None
    teaser: str
    link_issued_at: datetime | None


def review_state(session: Session, need: Need, office_id: UUID) -> ReviewState | None:
    """The state of a need of the office; None for that of another one."""
    if need.owner_office_id != office_id:
        return None
    review = inbox.find_review(session, need)
    submission = submissions.find_by_need(session, office_id, need.id)
    return ReviewState(
        state=review.decision if review else inbox.NEW,
        by=session.get_one(Officer, review.officer_id).name if review else None,
        decided_at=review.decided_at if review else None,
        question=review.question if review else None,
        teaser=_teaser_words(session, need),
        link_issued_at=submissions.link_issued_at(session, submission) if submission else None,
    )


def wish_of(session: Session, need: Need) -> str | None:
    """What startups may see, in the words that the sender of the form chose."""
    return dict(VISIBILITY.choices).get(inbox.find_wish(session, need) or "")


def _teaser_words(session: Session, need: Need) -> str:
    teaser = inbox.find_teaser(session, need)
    if teaser is None:
        return TEASER_WORDS["none"]
    if teaser.has_lapsed:
        return TEASER_WORDS["lapsed"]
    return TEASER_WORDS["approved" if teaser.is_approved else "draft"]
