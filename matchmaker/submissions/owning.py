"""What the owner of a submission can do with it, by the link of the own page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.attachments import erase_attachments, list_attachments
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.inbox import forget_words
from matchmaker.profiles import PartyChanges, update_record
from matchmaker.submissions.drafts import FORM
from matchmaker.submissions.kinds import RECORDS
from matchmaker.tables import Consent, Contact, Party, Submission
from matchmaker.tokens import token_hash

# What is in one of these is over; only its owner's data can still be deleted.
ENDED = ("withdrawn", "rejected")


def find_by_status(session: Session, kind: str, token: str) -> Submission | None:
    """The submission of a kind that a link opens, locked for the transaction."""
    return session.scalar(
        select(Submission)
        .where(Submission.status_hash == token_hash(token), Submission.kind == kind)
        .with_for_update()
    )


def rewrite(session: Session, submission: Submission, answers: Mapping[str, Any]) -> None:
    """Change the answers and the records made of them; lists keep the words that they quote.

    Raises
    ------
    ConflictError
        It was withdrawn or rejected.
    """
    if submission.state in ENDED:
        raise ConflictError("This was withdrawn.")
    before = submission.answers
    submission.answers = {**before, **answers}
    submission.updated_at = now()
    if submission.party_id is not None:
        RECORDS[submission.kind].rewrite(session, submission, before)
    session.flush()


def withdraw(session: Session, submission: Submission) -> None:
    """Take it back: it is in no later list, its files are deleted, and its consents end at once.
    Their record stays."""
    if submission.state == "withdrawn":
        return
    if submission.party_id is not None:  # nothing was made yet of what is held
        RECORDS[submission.kind].close(session, submission)
        session.execute(
            update(Consent)
            .where(Consent.party_id == submission.party_id, Consent.withdrawn_at.is_(None))
            .values(withdrawn_at=now())
        )
    erase_attachments(session, submission)
    submission.state, submission.updated_at = "withdrawn", now()
    submission.suspected_party_id = None
    session.flush()
    _note(session, submission, "withdraw_submission")


def erase(session: Session, submission: Submission) -> None:
    """Withdraw it and delete who had it: answers, files, contact, the firm's name, the link.

    The bare texts keep their place in the lists that quote them; erasing them from there, from
    backups and from trained scorers is the office's part.
    """
    withdraw(session, submission)
    if submission.party_id is not None:
        _erase_who(session, submission, submission.party_id)
    if submission.need_id is not None:
        forget_words(session, submission.need_id)
    submission.answers, submission.status_hash = {}, None
    session.flush()
    _note(session, submission, "erase_submission")


def owner_document(session: Session, submission: Submission) -> dict[str, Any]:
    """Everything that is stored of the owner, to take along; files by name and digest."""
    consents = session.scalars(select(Consent).where(Consent.party_id == submission.party_id))
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
            for consent in consents
        ],
        "attachments": [
            {"name": one.name, "kind": one.kind, "bytes": one.size_bytes, "sha256": one.sha256}
            for one in list_attachments(session, submission.id)
        ],
    }


def _erase_who(session: Session, submission: Submission, party_id: UUID) -> None:
    session.execute(
        delete(Contact).where(
            Contact.party_id == party_id, Contact.email == submission.answers.get("email")
        )
    )
    nameless = PartyChanges(name=None, website=None)
    update_record(session, Party, submission.owner_office_id, party_id, nameless, actor=FORM)


def _note(session: Session, submission: Submission, action: str) -> None:
    ledger.record(
        session, submission.owner_office_id, action, actor=FORM, subject_id=submission.id
    )  # fmt: skip
