"""Reviews: about one wording, by a person of the office that owns the need."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import inbox, ledger
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.inbox import ChangedMeanwhileError
from matchmaker.tables import (
    Need,
    Office,
    Review,
    Teaser,
    TextVersion,
)
from tests.factories import add_office
from tests.inbox.conftest import add_officer, change


def test_a_review_holds_until_the_need_is_changed(
    session: Session, office: Office, need: Need, officer: UUID
) -> None:
    who = {"officer_id": officer, "actor": "test"}
    seen = need.text_id
    assert inbox.find_review(session, need) is None
    inbox.ask_back(session, office.id, need.id, "Wie viele?", seen=seen, **who)  # type: ignore[arg-type]
    asked = inbox.find_review(session, need)
    assert asked is not None
    assert (asked.decision, asked.question) == ("question", "Wie viele?")
    inbox.mark_reviewed(session, office.id, need.id, seen=seen, **who)  # type: ignore[arg-type]
    reviewed = inbox.find_review(session, need)
    assert reviewed is not None
    assert (reviewed.decision, reviewed.number) == ("reviewed", 2)

    change(session, need)
    assert inbox.find_review(session, need) is None
    with pytest.raises(ChangedMeanwhileError):
        inbox.mark_reviewed(session, office.id, need.id, seen=seen, **who)  # type: ignore[arg-type]
    assert len(session.scalars(select(Review)).all()) == 2
    assert ledger.altered_lines(session, office.id) == []


def test_only_the_office_that_owns_a_need_reviews_it(
    session: Session, need: Need, officer: UUID
) -> None:
    other = add_office(session)
    who = {"seen": need.text_id, "officer_id": add_officer(session, other), "actor": "test"}
    with pytest.raises(NotFoundError):
        inbox.mark_reviewed(session, other.id, need.id, **who)  # type: ignore[arg-type]
    need.visibility = "network"
    session.flush()
    with pytest.raises(ConflictError, match="another office"):
        inbox.mark_reviewed(session, other.id, need.id, **who)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        inbox.mark_reviewed(session, other.id, uuid4(), **who)  # type: ignore[arg-type]


def test_a_question_has_words(session: Session, office: Office, need: Need, officer: UUID) -> None:
    for question in (" \n", "x" * 2_001):
        with pytest.raises(InvalidInputError):
            inbox.ask_back(
                session, office.id, need.id, question, seen=need.text_id, officer_id=officer,
                actor="test",
            )  # fmt: skip


def test_erasing_forgets_what_was_written_about_a_need(
    session: Session, office: Office, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    text_id = save().text_id
    inbox.ask_back(
        session, office.id, need.id, "Wie viele?", seen=need.text_id, officer_id=officer,
        actor="test",
    )  # fmt: skip
    inbox.forget_words(session, need.id)
    session.expire_all()

    assert inbox.find_teaser(session, need) is None
    assert session.get(TextVersion, text_id) is None
    assert session.scalars(select(Review.question)).all() == [None]
