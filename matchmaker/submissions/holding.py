"""Submissions that came without a proof of work: a person of the office looks at them first."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import NotFoundError
from matchmaker.submissions.confirming import make_record
from matchmaker.tables import Submission

# Why somebody sends one away; the sender is not told.
REJECTIONS = ("advertising", "no_need", "not_ours", "double")


def count_held(session: Session, office_id: UUID) -> int:
    """How many submissions wait for the office."""
    return session.scalar(select(func.count()).select_from(_held(office_id).subquery())) or 0


def list_held(session: Session, office_id: UUID) -> Sequence[Submission]:
    """What waits, the oldest first."""
    return session.scalars(_held(office_id).order_by(Submission.confirmed_at, Submission.id)).all()


def get_held(session: Session, office_id: UUID, submission_id: UUID) -> Submission:
    """One that waits for this office, locked for the transaction.

    Raises
    ------
    NotFoundError
        There is none: it is another office's, or somebody has decided already.
    """
    query = _held(office_id).where(Submission.id == submission_id).with_for_update()
    submission = session.scalar(query)
    if submission is None:
        raise NotFoundError("This submission does not wait any more.")
    return submission


def release(session: Session, submission: Submission, *, actor: str) -> None:
    """Let it go on as if it had never been held."""
    make_record(session, submission)
    ledger.record(
        session, submission.owner_office_id, "release_submission", actor=actor,
        subject_id=submission.id, changes_profiles=False,
    )  # fmt: skip


def reject(session: Session, submission: Submission, reason: str, *, actor: str) -> None:
    """Delete it with all its files; only the reason stays, in the ledger."""
    ledger.record(
        session, submission.owner_office_id, "reject_submission", actor=actor,
        subject_id=submission.id, details={"reason": reason}, changes_profiles=False,
    )  # fmt: skip
    session.delete(submission)
    session.flush()


def _held(office_id: UUID) -> Select[Submission]:
    return select(Submission).where(
        Submission.owner_office_id == office_id, Submission.state == "held"
    )
