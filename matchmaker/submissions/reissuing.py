"""A new link to the owner's page, in place of one that was lost or fell into wrong hands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError
from matchmaker.tables import LedgerEntry, Submission
from matchmaker.tokens import new_token

_REISSUE = "reissue_status_link"


def find_by_need(session: Session, office_id: UUID, need_id: UUID) -> Submission | None:
    """What the owner of a need sent; None where nobody could get mail: the need did not come
    through the form, or its owner had everything deleted."""
    return session.scalar(
        select(Submission).where(
            Submission.need_id == need_id,
            Submission.owner_office_id == office_id,
            Submission.status_hash.is_not(None),
        )
    )


def link_issued_at(session: Session, submission: Submission) -> datetime | None:
    """When the link that opens the owner's page was made."""
    again = session.scalar(
        select(func.max(LedgerEntry.happened_at)).where(
            LedgerEntry.subject_id == submission.id, LedgerEntry.action == _REISSUE
        )
    )
    return again or submission.confirmed_at


def reissue_status_link(session: Session, submission: Submission, *, actor: str) -> str:
    """The token of a new link; the one before opens nothing from now on.

    Raises
    ------
    ConflictError
        The owner had everything deleted meanwhile.
    """
    session.refresh(submission, with_for_update=True)
    if submission.status_hash is None:
        raise ConflictError("The owner had everything deleted.")
    token, submission.status_hash = new_token()
    session.flush()
    ledger.record(
        session,
        submission.owner_office_id,
        _REISSUE,
        actor=actor,
        subject_id=submission.id,
        changes_profiles=False,
    )
    return token
