"""What the owner of a need is told about the next step, and by when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from matchmaker import inbox
from matchmaker.config import PromiseSettings
from matchmaker.inbox import Progress, progress_of, working_days_after
from matchmaker.tables import Need, Officer, Review, TextVersion
from tests.factories import add_need, add_office

PROMISES = PromiseSettings(review_working_days=3, answer_working_days=10)
# A Thursday.
CAME = datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 11, 19), 1, date(2026, 11, 20)),
        (date(2026, 11, 19), 2, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
        (date(2026, 11, 19), 10, date(2026, 12, 3)),
    ],
)
def test_saturdays_and_sundays_are_no_working_days(day: date, days: int, expected: date) -> None:
    assert working_days_after(day, days) == expected


@pytest.fixture
def need(session: Session) -> Need:
    need = add_need(session, add_office(session).id)
    need.text = session.get_one(TextVersion, need.text_id)
    need.text.created_at = CAME
    session.flush()
    return need


def progress(session: Session, need: Need, days: int = 0) -> Progress:
    return progress_of(session, need, PROMISES, CAME + timedelta(days=days))


def review(session: Session, need: Need, decision: str, name: str = "Eva Amt") -> Review:
    officer = Officer(office_id=need.owner_office_id, email=f"{name}@amt.example", name=name)
    session.add(officer)
    session.flush()
    number = len(session.query(Review).all()) + 1
    made = Review(
        owner_office_id=need.owner_office_id, need_id=need.id, number=number,
        text_version_id=need.text_id, decision=decision, officer_id=officer.id,
        question="Wie viele?" if decision == "question" else None, decided_at=CAME,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def test_a_new_need_is_looked_at_within_the_promised_days(session: Session, need: Need) -> None:
    now = progress(session, need)
    assert (now.state, now.due_on, now.is_late) == ("new", date(2026, 11, 24), False)
    assert now.officer is None
    assert not progress(session, need, days=5).is_late
    assert progress(session, need, days=6).is_late


def test_a_question_waits_for_the_owner_and_a_review_for_the_office(
    session: Session, need: Need
) -> None:
    review(session, need, "question")
    asked = progress(session, need, days=99)
    assert (asked.state, asked.question, asked.due_on) == ("question", "Wie viele?", None)
    review(session, need, "reviewed", "Ben Amt")
    read = progress(session, need)
    assert (read.state, read.question, read.due_on) == ("reviewed", None, date(2026, 12, 3))
    assert read.officer is not None
    assert read.officer.name == "Ben Amt"
    read.officer.is_active = False
    session.flush()
    left = progress(session, need).officer
    assert left is not None
    assert left.name == "Eva Amt"


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_a_need_that_the_office_stopped_promises_nothing(
    session: Session, need: Need, status: str
) -> None:
    review(session, need, "reviewed")
    need.status = status
    session.flush()

    stopped = progress(session, need)
    assert (stopped.state, stopped.due_on, stopped.is_late) == (status, None, False)


def test_the_owner_sees_what_startups_may_see(session: Session, need: Need) -> None:
    officer = review(session, need, "reviewed").officer_id
    who = {"officer_id": officer, "actor": "test"}
    teaser = inbox.save_teaser(
        session, need.owner_office_id, need.id, "Gesucht: eine Kamera.", seen=need.text_id,
        seen_number=0, **who,
    )  # type: ignore[arg-type]  # fmt: skip
    assert progress(session, need).teaser is None
    held = inbox.lock_need(session, need.owner_office_id, need.id, need.text_id)
    session.refresh(held, ["party"])
    held.party = None
    inbox.approve_teaser(session, held, teaser, despite=False, **who)  # type: ignore[arg-type]
    assert progress(session, need).teaser == "Gesucht: eine Kamera."
