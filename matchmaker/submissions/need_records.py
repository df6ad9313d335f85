"""The answers of the need form as records of the office: a firm and its need."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.profiles import (
    NeedChanges,
    NeedFacts,
    PartyFacts,
    create_record,
    update_record,
)
from matchmaker.submissions.drafts import FORM
from matchmaker.tables import Need, Party, Submission

# The least technology readiness level that each answer stands for.
TRL = {"idea": 3, "pilot": 6, "ready": 8}
MONTHS = {"3_months": 3, "6_months": 6, "12_months": 12}


def take_need(session: Session, submission: Submission) -> None:
    """Make the firm and its need."""
    office_id, answers = submission.owner_office_id, submission.answers
    party = create_record(
        session, Party, office_id, _party_facts(answers), source=FORM, actor=FORM
    )  # fmt: skip
    need = create_record(
        session,
        Need,
        office_id,
        NeedFacts(
            text=answers["text"],
            party_id=party.id,
            maturity_wanted_trl=TRL.get(answers.get("maturity", "")),
            cooperation_forms=answers.get("cooperation", []),
            needed_by_on=_needed_by(answers, submission.submitted_at or now()),
            seat_country="DE" if answers.get("seat") == "germany" else None,
            it_security=answers.get("proofs") or [],
        ),
        source=FORM,
        actor=FORM,
    )
    submission.party_id, submission.need_id = party.id, need.id


def rewrite_need(session: Session, submission: Submission, _before: Mapping[str, Any]) -> None:
    """Give the need the words of the answers."""
    _change(session, submission, NeedChanges(text=submission.answers["text"]))


def close_need(session: Session, submission: Submission) -> None:
    """Take the need out of every later list."""
    _change(session, submission, NeedChanges(status="closed"))


def _change(session: Session, submission: Submission, changes: NeedChanges) -> None:
    assert submission.need_id is not None  # noqa: S101  # confirming made it
    update_record(
        session, Need, submission.owner_office_id, submission.need_id, changes, actor=FORM
    )


def _party_facts(answers: Mapping[str, Any]) -> PartyFacts:
    return PartyFacts(
        kind="sme",
        name=answers["company"],
        postcode=answers["postcode"],
        country="DE",
        branches=[answers["branch"]] if answers.get("branch") else [],
        employees=answers.get("employees"),
    )


def _needed_by(answers: Mapping[str, Any], since: datetime) -> date | None:
    months = MONTHS.get(answers.get("time_frame", ""))
    # Thirty days a month: the question was rough, and so is the answer.
    return (since + timedelta(days=30 * months)).date() if months else None
