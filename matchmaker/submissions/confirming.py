"""From a sent form to a record of the office: only the answer of the mail box makes it one.

The link in the mail opens a page with a button, because mail scanners open links by themselves.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.submissions.drafts import FORM
from matchmaker.submissions.kinds import RECORDS
from matchmaker.tables import Consent, Contact, Submission
from matchmaker.tokens import new_token, token_hash

LINK_LIVES = timedelta(hours=72)
MOST_CONFIRMATIONS = 3


def submit(session: Session, draft: Submission, *, is_proven: bool) -> str:
    """Close the draft and return the token for the link that confirms it.

    Without a proof of work it is held for a person of the office once it is confirmed.
    """
    draft.state, draft.submitted_at, draft.is_proven = "unconfirmed", now(), is_proven
    draft.draft_hash = None
    return _new_link(session, draft)


def renew_confirmation(session: Session, submission: Submission) -> str:
    """A new link in place of the old one.

    Raises
    ------
    ConflictError
        It is confirmed already, or three links were sent.
    """
    if submission.state != "unconfirmed":
        raise ConflictError("This is confirmed already.")
    if submission.confirmations_sent >= MOST_CONFIRMATIONS:
        raise ConflictError("Three links were sent already.")
    return _new_link(session, submission)


def find_by_confirmation(session: Session, token: str) -> Submission | None:
    """The submission that a link belongs to, locked; used and expired links find theirs, too."""
    return session.scalar(
        select(Submission)
        .where(Submission.confirmation_hash == token_hash(token))
        .with_for_update()
    )


def confirm(session: Session, submission: Submission, wordings: dict[str, str]) -> str | None:
    """Make what was sent a record of the office, or hold it for a person to look at it first;
    return the token of its owner's page, or None if the link has expired.

    `wordings` are the texts that the sender agreed to, by the purpose of the consent.

    Raises
    ------
    ConflictError
        It is confirmed already.
    """
    if submission.state != "unconfirmed":
        raise ConflictError("This is confirmed already.")
    expires_at = submission.confirmation_expires_at
    if expires_at is None or expires_at < now():
        return None
    return _accept(session, submission, wordings, FORM)


def accept_brought(session: Session, draft: Submission, *, actor: str) -> str:
    """Make what a partner entered a record at once, and return the token of its owner's page.

    Nobody agreed to anything here: the startup is told by mail and decides on its own page.
    """
    draft.draft_hash, draft.submitted_at, draft.is_proven = None, now(), True
    return _accept(session, draft, {}, actor)


def _accept(session: Session, submission: Submission, wordings: dict[str, str], actor: str) -> str:
    submission.agreed = {
        purpose: hashlib.sha256(wording.encode()).hexdigest()
        for purpose, wording in wordings.items()
    }
    submission.confirmed_at = now()
    token, submission.status_hash = new_token()
    if submission.is_proven:
        make_record(session, submission)
    else:
        submission.state = "held"
    session.flush()
    ledger.record(
        session,
        submission.owner_office_id,
        "confirm_submission",
        actor=actor,
        subject_id=submission.id,
        changes_profiles=False,  # the lines of the records that were made say it
    )
    return token


def make_record(session: Session, submission: Submission) -> None:
    """Make firm, contact, need or solutions, and consents out of what its sender confirmed."""
    RECORDS[submission.kind].take(session, submission)
    session.add(_contact(submission))
    for purpose, wording_hash in submission.agreed.items():
        session.add(
            Consent(
                owner_office_id=submission.owner_office_id,
                party_id=submission.party_id,
                purpose=purpose,
                wording_hash=wording_hash,
                language=submission.language,
                requested_at=submission.submitted_at,
                confirmed_at=submission.confirmed_at,
            )
        )
    submission.state = "confirmed"
    session.flush()


def _new_link(session: Session, submission: Submission) -> str:
    token, submission.confirmation_hash = new_token()
    submission.confirmation_expires_at = now() + LINK_LIVES
    submission.confirmations_sent += 1
    session.flush()
    return token


def _contact(submission: Submission) -> Contact:
    answers = submission.answers
    return Contact(
        owner_office_id=submission.owner_office_id,
        party_id=submission.party_id,
        name=answers["contact"],
        email=answers["email"],
        phone=answers.get("phone"),
    )
