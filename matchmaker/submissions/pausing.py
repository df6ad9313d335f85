"""A startup that pauses and goes on, and the yearly question whether its profile is right.

Two questions that nobody answered let a profile rest: it is in no list until its owner answers.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import RetentionSettings
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.submissions.drafts import FORM
from matchmaker.submissions.startup_records import pause_party
from matchmaker.tables import Submission
from matchmaker.tokens import new_token

MOST_QUESTIONS = 2
_ASKED = ("confirmed", "paused")
Question = Literal["still_right", "profile_rests"]
# Writes to the owner: what about, and the token of the link that answers.
Write = Callable[[Session, Submission, Question, str], None]


def pause(session: Session, submission: Submission) -> None:
    """Take the profile out of later lists until its owner goes on; one that is out stays so."""
    if submission.state == "confirmed":
        _move(session, submission, "paused")


def resume(session: Session, submission: Submission) -> None:
    """Go on after a pause or a rest; that is an answer to the yearly question, too."""
    if submission.state in ("paused", "rests"):
        _answer(submission)
        _move(session, submission, "confirmed")


def is_asked(submission: Submission) -> bool:
    """Whether a yearly question is open."""
    return submission.questions_open > 0 and submission.state in (*_ASKED, "rests")


def say_still_right(session: Session, submission: Submission) -> str:
    """The owner's yes to the yearly question; returns the token of a new link to the own page.

    A profile that rests goes on; one that its owner paused stays paused.

    Raises
    ------
    ConflictError
        No question is open.
    """
    if not is_asked(submission):
        raise ConflictError("No question is open.")
    _answer(submission)
    token, submission.status_hash = new_token()
    if submission.state == "rests":
        _move(session, submission, "confirmed")
    session.flush()
    _note(session, submission, "say_still_right")
    return token


def ask_owners(
    session: Session, retention: RetentionSettings, as_of: datetime, write: Write
) -> dict[Question, int]:
    """Ask what is due, let rest what stayed silent, and return how many of each it was."""
    year = timedelta(days=retention.profile_question_days)
    patience = timedelta(days=retention.profile_answer_days)
    done: dict[Question, int] = {"still_right": 0, "profile_rests": 0}
    profiles = (
        select(Submission)
        .where(Submission.kind == "startup", Submission.state.in_(_ASKED))
        .order_by(Submission.id)
        .with_for_update()
    )
    for submission in session.scalars(profiles):
        question = _due(submission, year, patience, as_of)
        if question is None:
            continue
        token, submission.confirmation_hash = new_token()
        submission.confirmation_expires_at, submission.asked_at = None, as_of
        if question == "still_right":
            submission.questions_open += 1
        else:
            _move(session, submission, "rests")
        session.flush()
        write(session, submission, question, token)
        _note(session, submission, f"ask_{question}")
        done[question] += 1
    return done


def _due(
    submission: Submission, year: timedelta, patience: timedelta, as_of: datetime
) -> Question | None:
    said_at = submission.still_right_at or submission.confirmed_at
    asked_at = submission.asked_at or said_at
    if asked_at is None:
        return None
    if submission.questions_open >= MOST_QUESTIONS:
        return "profile_rests" if as_of - asked_at >= patience else None
    return "still_right" if as_of - asked_at >= year else None


def _answer(submission: Submission) -> None:
    submission.still_right_at = now()
    submission.asked_at, submission.questions_open = None, 0


def _move(session: Session, submission: Submission, state: str) -> None:
    submission.state, submission.updated_at = state, now()
    is_out = state != "confirmed" or submission.suspected_party_id is not None
    pause_party(session, submission, is_out)
    _note(session, submission, f"submission_{state}")


def _note(session: Session, submission: Submission, action: str) -> None:
    ledger.record(
        session,
        submission.owner_office_id,
        action,
        actor=FORM,
        subject_id=submission.id,
        changes_profiles=False,
    )
