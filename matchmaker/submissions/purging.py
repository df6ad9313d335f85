"""Deleting what was never finished, by the days that the privacy notice states."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.challenges import forget_expired
from matchmaker.config import RetentionSettings
from matchmaker.tables import Submission


def purge(session: Session, retention: RetentionSettings, as_of: datetime) -> int:
    """Delete what is older than the retention allows, and return how many submissions it was.

    Their files go with them.
    """
    deleted = 0
    for state, since, days in (
        ("draft", Submission.updated_at, retention.draft_days),
        ("unconfirmed", Submission.submitted_at, retention.unconfirmed_days),
    ):
        old = select(Submission).where(
            Submission.state == state, since < as_of - timedelta(days=days)
        )
        for submission in session.scalars(old):
            session.delete(submission)
            deleted += 1
    session.flush()
    forget_expired(session, as_of)
    return deleted
