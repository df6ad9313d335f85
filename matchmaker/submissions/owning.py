"""What the owner of a need can do with it, by the link of the status page."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.inbox import forget_words
from matchmaker.profiles import NeedChanges, PartyChanges, get_record, update_record
from matchmaker.submissions.confirming import ACTOR
from matchmaker.tables import Consent, Contact, Need, Party, Submission
from matchmaker.tokens import token_hash


def find_by_status(session: Session, token: str) -> Submission | None:
    """The submission that a status link opens, locked for the transaction."""
    return session.scalar(
        select(Submission).where(Submission.status_hash == token_hash(token)).with_for_update()
    )


def rewrite(session: Session, submission: Submission, answers: Mapping[str, Any]) -> None:
    """Change the words of the need; the old ones stay in the lists that quote them.

    Raises
    ------
    ConflictError
        The need was withdrawn.
    """
    if submission.state != "confirmed":
        raise ConflictError("This need was withdrawn.")
    submission.answers = {**submission.answers, **answers}
    submission.updated_at = now()
    if submission.need_id is not None and "text" in answers:
        update_record(
            session,
            Need,
            submission.owner_office_id,
            submission.need_id,
            NeedChanges(text=answers["text"]),
            actor=ACTOR,
        )
    session.flush()


def withdraw(session: Session, submission: Submission) -> None:
    """Take the need back: it is closed, and its consents end at once. The record of them stays."""
    if submission.state == "withdrawn" or submission.need_id is None:
        return
    office_id = submission.owner_office_id
    need = get_record(session, Need, office_id, submission.need_id)
    update_record(session, Need, office_id, need.id, NeedChanges(status="closed"), actor=ACTOR)
    session.execute(
        update(Consent)
        .where(Consent.party_id == need.party_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )
    submission.state, submission.updated_at = "withdrawn", now()
    session.flush()
    ledger.record(session, office_id, "withdraw_submission", actor=ACTOR, subject_id=submission.id)


def erase(session: Session, submission: Submission) -> None:
    """Withdraw the need and delete who had it: the answers, the contact, the firm's name, the link.

    The closed need keeps its place in the lists that quote it; erasing it from them, from
    backups and from trained scorers is the office's part.
    """
    withdraw(session, submission)
    need = get_record(session, Need, submission.owner_office_id, _need_id(submission))
    for contact in session.scalars(select(Contact).where(Contact.party_id == need.party_id)):
        session.delete(contact)
    if need.party_id is not None:
        nameless = PartyChanges(name=None)
        update_record(
            session, Party, submission.owner_office_id, need.party_id, nameless, actor=ACTOR
        )
    forget_words(session, need.id)
    submission.answers, submission.status_hash = {}, None
    session.flush()
    ledger.record(
        session,
        submission.owner_office_id,
        "erase_submission",
        actor=ACTOR,
        subject_id=submission.id,
    )


def owner_document(session: Session, submission: Submission) -> dict[str, Any]:
    """Everything that is stored of the owner, to take along."""
    need = get_record(session, Need, submission.owner_office_id, _need_id(submission))
    consents = session.scalars(select(Consent).where(Consent.party_id == need.party_id))
    return {
        "answers": submission.answers,
        "language": submission.language,
        "submitted_at": submission.submitted_at,
        "confirmed_at": submission.confirmed_at,
        "state": submission.state,
        "consents": [
            {
                "purpose": consent.purpose,
                "wording_sha256": consent.wording_hash,
                "requested_at": consent.requested_at,
                "confirmed_at": consent.confirmed_at,
                "withdrawn_at": consent.withdrawn_at,
            }
            for consent in consents
        ],
    }


def _need_id(submission: Submission) -> Any:
    assert submission.need_id is not None  # noqa: S101  # a status link is made on confirmation
    return submission.need_id
