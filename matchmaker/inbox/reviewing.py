"""Looking at a need before it goes further: reviewed, or back to its owner with a question."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.profiles import clean_text, get_record
from matchmaker.tables import Need, Review

LONGEST_QUESTION = 2_000


class ChangedMeanwhileError(ConflictError):
    """Somebody changed what the officer had before their eyes."""


def find_review(session: Session, need: Need) -> Review | None:
    """What was decided last about the present wording of the need; None while that is new."""
    return session.scalar(
        select(Review)
        .where(Review.need_id == need.id, Review.text_version_id == need.text_id)
        .order_by(Review.number.desc())
        .limit(1)
    )


def mark_reviewed(
    session: Session, office_id: UUID, need_id: UUID, *, seen: UUID, officer_id: UUID, actor: str
) -> Review:
    """Say that the need can go on; `seen` is the version of its text that was read.

    Raises
    ------
    NotFoundError, ConflictError
        There is no such need for this office, or it belongs to another one.
    ChangedMeanwhileError
        The need has another wording by now.
    """
    return _decide(session, office_id, need_id, "reviewed", None, seen, officer_id, actor)


def ask_back(
    session: Session,
    office_id: UUID,
    need_id: UUID,
    question: str,
    *,
    seen: UUID,
    officer_id: UUID,
    actor: str,
) -> Review:
    """Send the need back with a question; sending the mail is the caller's.

    Raises
    ------
    InvalidInputError
        The question is missing or too long.
    NotFoundError, ConflictError, ChangedMeanwhileError
        As for `mark_reviewed`.
    """
    words = clean_text(question)
    if not 1 <= len(words) <= LONGEST_QUESTION:
        raise InvalidInputError("Please write your question.", field="question")
    return _decide(session, office_id, need_id, "question", words, seen, officer_id, actor)


def lock_need(session: Session, office_id: UUID, need_id: UUID, seen: UUID) -> Need:
    """The office's own need, held until the transaction ends.

    Raises
    ------
    NotFoundError, ConflictError, ChangedMeanwhileError
        As for `mark_reviewed`.
    """
    # Locked before it is read: what is read is then what stays.
    held = session.scalar(select(Need.text_id).where(Need.id == need_id).with_for_update())
    need = get_record(session, Need, office_id, need_id)
    if need.owner_office_id != office_id:
        raise ConflictError("This need belongs to another office: it can be read, not reviewed.")
    if held != seen:
        raise ChangedMeanwhileError("The text of the need was changed meanwhile.")
    return need


def _decide(
    session: Session,
    office_id: UUID,
    need_id: UUID,
    decision: str,
    question: str | None,
    seen: UUID,
    officer_id: UUID,
    actor: str,
) -> Review:
    need = lock_need(session, office_id, need_id, seen)
    count = session.scalar(select(func.count()).where(Review.need_id == need.id)) or 0
    review = Review(
        owner_office_id=office_id,
        need_id=need.id,
        number=count + 1,
        text_version_id=seen,
        decision=decision,
        question=question,
        officer_id=officer_id,
    )
    session.add(review)
    session.flush()
    action = "review_need" if decision == "reviewed" else "ask_owner"
    ledger.record(
        session,
        office_id,
        action,
        actor=actor,
        subject_id=need.id,
        details={"text_version": str(seen)},
        changes_profiles=False,
    )
    return review
