"""What the owner of a need can do with it, by the link of the status page."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.attachments import erase_attachments, list_attachments
from matchmaker.database import now
from matchmaker.errors import ConflictError
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
    if submission.state not in ("held", "confirmed"):
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
    """Take the need back: it is closed, its files are deleted, and its consents end at once.
    The record of them stays."""
    if submission.state == "withdrawn":
        return
    office_id = submission.owner_office_id
    if submission.need_id is not None:
        need = get_record(session, Need, office_id, submission.need_id)
        update_record(session, Need, office_id, need.id, NeedChanges(status="closed"), actor=ACTOR)
        session.execute(
            update(Consent)
            .where(Consent.party_id == need.party_id, Consent.withdrawn_at.is_(None))
            .values(withdrawn_at=now())
        )
    erase_attachments(session, submission)
    submission.state, submission.updated_at = "withdrawn", now()
    session.flush()
    ledger.record(session, office_id, "withdraw_submission", actor=ACTOR, subject_id=submission.id)


def erase(session: Session, submission: Submission) -> None:
    """Withdraw the need and delete who had it: answers, files, contact, the firm's name, the link.

    The closed need keeps its place in the lists that quote it; erasing it from them, from
    backups and from trained scorers is the office's part.
    """
    withdraw(session, submission)
    if submission.need_id is not None:
        _erase_who(session, submission.owner_office_id, submission.need_id)
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
    """Everything that is stored of the owner, to take along; files by name and digest."""
    return {
        "answers": submission.answers,
        "language": submission.language,
        "submitted_at": submission.submitted_at,
        "confirmed_at": submission.confirmed_at,
        "state": submission.state,
        "agreed": submission.agreed,
        "consents": [
            {
                "purpose": consent.purpose,
                "wording_sha256": consent.wording_hash,
                "requested_at": consent.requested_at,
                "confirmed_at": consent.confirmed_at,
                "withdrawn_at": consent.withdrawn_at,
            }
            for consent in _consents(session, submission)
        ],
        "attachments": [
            {"name": one.name, "kind": one.kind, "bytes": one.size_bytes, "sha256": one.sha256}
            for one in list_attachments(session, submission.id)
        ],
    }


def _erase_who(session: Session, office_id: UUID, need_id: UUID) -> None:
    need = get_record(session, Need, office_id, need_id)
    for contact in session.scalars(select(Contact).where(Contact.party_id == need.party_id)):
        session.delete(contact)
    if need.party_id is not None:
        nameless = PartyChanges(name=None)
        update_record(session, Party, office_id, need.party_id, nameless, actor=ACTOR)


def _consents(session: Session, submission: Submission) -> Sequence[Consent]:
    if submission.need_id is None:
        return ()
    need = get_record(session, Need, submission.owner_office_id, submission.need_id)
    return session.scalars(select(Consent).where(Consent.party_id == need.party_id)).all()
