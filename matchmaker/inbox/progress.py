"""How far the office has come with a need, as its owner is told: state, next step, by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.config import PromiseSettings
from matchmaker.days import day_of
from matchmaker.inbox.reviewing import find_review
from matchmaker.inbox.teasers import find_teaser
from matchmaker.tables import Need, Officer, Review

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """`state` is new, question, reviewed, paused or closed. `officer` looked at the need last.

    `due_on` is the day by which the office promised its next step, None where it promised none;
    `teaser` is what startups may see, None while nothing is approved.
    """

    state: str
    question: str | None
    officer: Officer | None
    due_on: date | None
    is_late: bool
    teaser: str | None


def progress_of(session: Session, need: Need, promises: PromiseSettings, at: datetime) -> Progress:
    """How far the office has come with the need at a moment."""
    review = find_review(session, need)
    state = need.status if need.status != "open" else review.decision if review else "new"
    since, days = {
        "new": (need.text.created_at, promises.review_working_days),
        "reviewed": (review.decided_at if review else at, promises.answer_working_days),
    }.get(state, (at, None))
    due_on = None if days is None else working_days_after(day_of(since), days)
    teaser = find_teaser(session, need)
    return Progress(
        state=state,
        question=review.question if review and state == "question" else None,
        officer=_last_officer(session, need),
        due_on=due_on,
        is_late=due_on is not None and due_on < day_of(at),
        teaser=teaser.text if teaser and teaser.is_approved else None,
    )


def working_days_after(day: date, days: int) -> date:
    """The day that comes `days` Mondays to Fridays after `day`; holidays count as working days."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def _last_officer(session: Session, need: Need) -> Officer | None:
    return session.scalar(
        select(Officer)
        .join(Review, Review.officer_id == Officer.id)
        .where(Review.need_id == need.id, Officer.is_active)
        .order_by(Review.number.desc())
        .limit(1)
    )
