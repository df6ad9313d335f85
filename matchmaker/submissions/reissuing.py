"""A new link to the owner's page, in place of one that was lost or fell into wrong hands."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.tables import Submission
from matchmaker.tokens import new_token


def find_by_need(session: Session, office_id: UUID, need_id: UUID) -> Submission | None:
    """What the owner of a need sent, locked for the transaction; None where there is no owner
    who could get mail: the need did not come through the form, or the owner had it deleted."""
    return session.scalar(
        select(Submission)
        .where(
            Submission.need_id == need_id,
            Submission.owner_office_id == office_id,
            Submission.status_hash.is_not(None),
        )
        .with_for_update()
    )


def reissue_status_link(session: Session, submission: Submission, *, actor: str) -> str:
    """The token of a new link; the one before opens nothing from now on."""
    token, submission.status_hash = new_token()
    session.flush()
    ledger.record(
        session,
        submission.owner_office_id,
        "reissue_status_link",
        actor=actor,
        subject_id=submission.id,
        changes_profiles=False,
    )
    return token
