"""From a sent form to a record of the office: only the answer of the mail box makes it one.

The link in the mail opens a page with a button, because mail scanners open links by themselves.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.profiles import NeedFacts, PartyFacts, create_record
from matchmaker.tables import Consent, Contact, Need, Party, Submission
from matchmaker.tokens import new_token, token_hash

LINK_LIVES = timedelta(hours=72)
MOST_CONFIRMATIONS = 3
SOURCE = "form"
ACTOR = "form"
# The least technology readiness level that each answer stands for.
TRL = {"idea": 3, "pilot": 6, "ready": 8}
MONTHS = {"3_months": 3, "6_months": 6, "12_months": 12}


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
        raise ConflictError("This need is confirmed already.")
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
    """Make the need a record of the office, or hold it for a person to look at it first; return
    the token of its owner's page, or None if the link has expired.

    `wordings` are the texts that the sender agreed to, by the purpose of the consent.

    Raises
    ------
    ConflictError
        It is confirmed already.
    """
    if submission.state != "unconfirmed":
        raise ConflictError("This need is confirmed already.")
    expires_at = submission.confirmation_expires_at
    if expires_at is None or expires_at < now():
        return None
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
        actor=ACTOR,
        subject_id=submission.id,
        changes_profiles=submission.is_proven,
    )
    return token


def make_record(session: Session, submission: Submission) -> None:
    """Make firm, contact, need and consents out of a submission that its sender confirmed."""
    office_id = submission.owner_office_id
    facts = _party_facts(submission.answers)
    party = create_record(session, Party, office_id, facts, source=SOURCE, actor=ACTOR)
    session.add(_contact(submission, party))
    need = create_record(
        session,
        Need,
        office_id,
        need_facts(submission, party),
        source=SOURCE,
        actor=ACTOR,
    )
    for purpose, wording_hash in submission.agreed.items():
        session.add(
            Consent(
                owner_office_id=office_id,
                party_id=party.id,
                purpose=purpose,
                wording_hash=wording_hash,
                language=submission.language,
                requested_at=submission.submitted_at,
                confirmed_at=submission.confirmed_at,
            )
        )
    submission.state, submission.need_id = "confirmed", need.id
    session.flush()


def need_facts(submission: Submission, party: Party) -> NeedFacts:
    """The answers as facts about a need."""
    answers = submission.answers
    return NeedFacts(
        text=answers["text"],
        party_id=party.id,
        maturity_wanted_trl=TRL.get(answers.get("maturity", "")),
        cooperation_forms=answers.get("cooperation", []),
        needed_by_on=_needed_by(answers, submission.submitted_at or now()),
    )


def _new_link(session: Session, submission: Submission) -> str:
    token, submission.confirmation_hash = new_token()
    submission.confirmation_expires_at = now() + LINK_LIVES
    submission.confirmations_sent += 1
    session.flush()
    return token


def _party_facts(answers: dict[str, Any]) -> PartyFacts:
    return PartyFacts(
        kind="sme",
        name=answers["company"],
        postcode=answers["postcode"],
        country="DE",
        branches=[answers["branch"]] if answers.get("branch") else [],
        employees=answers.get("employees"),
    )


def _contact(submission: Submission, party: Party) -> Contact:
    answers = submission.answers
    return Contact(
        owner_office_id=submission.owner_office_id,
        party_id=party.id,
        name=answers["contact"],
        email=answers["email"],
        phone=answers.get("phone"),
    )


def _needed_by(answers: dict[str, Any], since: datetime) -> date | None:
    months = MONTHS.get(answers.get("time_frame", ""))
    # Thirty days a month: the question was rough, and so is the answer.
    return (since + timedelta(days=30 * months)).date() if months else None
