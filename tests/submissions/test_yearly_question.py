"""The yearly question whether a profile is right: the clock is a parameter."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import submissions
from matchmaker.config import RetentionSettings, Settings, load_settings
from matchmaker.database import now
from matchmaker.tables import Mail, Party, Submission
from matchmaker.web import owner_writer
from tests.factories import add_office

ANSWERS: dict[str, Any] = {
    "text": "Unsere Kamera findet Fehler in Schweißnähten.",
    "company": "Nahtblick GmbH",
    "postcode": "76131",
    "contact": "Kim Beispiel",
    "email": "kim@nahtblick.example",
}
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings()


@pytest.fixture
def retention(settings: Settings) -> RetentionSettings:
    return settings.retention


@pytest.fixture
def profile(session: Session) -> Submission:
    """A confirmed profile."""
    return confirmed(session, add_office(session).id)


def confirmed(session: Session, office_id: UUID, kind: str = "startup") -> Submission:
    draft, _ = submissions.start_draft(session, office_id, kind, "de")
    submissions.save_answers(session, draft, ANSWERS)
    submissions.submit(session, draft, is_proven=True)
    assert submissions.confirm(session, draft, {"matching": "Ja."})
    return draft


class Clock:
    """Nights, one after the other, from the day of the confirmation on."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self.started = now()
        self.tokens: list[str] = []

    def night(self, days: float) -> tuple[int, int]:
        """How many were asked, and how many were laid to rest, that many days on."""
        write = owner_writer(self._settings)

        def remember(session: Session, one: Submission, about: Any, token: str) -> None:
            self.tokens.append(token)
            write(session, one, about, token)

        done = submissions.ask_owners(
            self._session, self._settings.retention, self.started + days * DAY, remember
        )
        return done["still_right"], done["profile_rests"]

    def subjects(self) -> list[str]:
        return list(self._session.scalars(select(Mail.subject).order_by(Mail.created_at)))


@pytest.fixture
def clock(session: Session, settings: Settings, profile: Submission) -> Clock:
    return Clock(session, settings)


def is_paused(session: Session, profile: Submission) -> bool:
    return session.scalars(select(Party.is_paused).where(Party.id == profile.party_id)).one()


def test_two_silent_years_let_a_profile_rest_and_say_why(
    session: Session, profile: Submission, clock: Clock
) -> None:
    assert clock.night(364) == (0, 0)
    assert clock.night(366) == (1, 0)
    assert clock.night(367) == (0, 0)
    assert clock.night(366 + 364) == (0, 0)
    assert clock.night(366 + 365) == (1, 0)
    assert clock.night(731 + 29) == (0, 0)
    assert (profile.state, is_paused(session, profile)) == ("confirmed", False)

    assert clock.night(731 + 30) == (0, 1)
    assert (profile.state, is_paused(session, profile)) == ("rests", True)
    assert clock.night(2000) == (0, 0)
    assert clock.subjects() == ["Stimmt Ihr Profil noch?"] * 2 + ["Ihr Profil ruht"]


def test_an_answer_starts_the_year_anew(
    session: Session, profile: Submission, clock: Clock
) -> None:
    clock.night(366)
    found = submissions.find_by_confirmation(session, clock.tokens[-1])
    assert found is profile
    assert submissions.is_asked(profile)
    token = submissions.say_still_right(session, profile)

    assert submissions.find_by_status(session, "startup", token) is profile
    assert not submissions.is_asked(profile)
    clock.started = now()
    assert clock.night(364) == (0, 0)
    assert clock.night(366) == (1, 0)


def test_a_resting_profile_returns_by_the_button_of_its_mail(
    session: Session, profile: Submission, clock: Clock
) -> None:
    for days in (366, 732, 763):
        clock.night(days)
    assert profile.state == "rests"
    submissions.say_still_right(session, profile)

    assert (profile.state, is_paused(session, profile)) == ("confirmed", False)
    assert profile.questions_open == 0


def test_a_paused_profile_is_asked_and_stays_paused(
    session: Session, profile: Submission, clock: Clock
) -> None:
    submissions.pause(session, profile)
    assert clock.night(366) == (1, 0)
    submissions.say_still_right(session, profile)

    assert (profile.state, is_paused(session, profile)) == ("paused", True)


@pytest.mark.parametrize("end", ["withdraw", "erase"])
def test_what_has_ended_is_not_asked(
    session: Session, profile: Submission, clock: Clock, end: str
) -> None:
    clock.night(366)
    getattr(submissions, end)(session, profile)

    assert clock.night(800) == (0, 0)
    assert not submissions.is_asked(profile)


def test_needs_and_what_is_not_confirmed_are_not_asked(
    session: Session, profile: Submission, clock: Clock
) -> None:
    confirmed(session, profile.owner_office_id, "need")
    draft, _ = submissions.start_draft(session, profile.owner_office_id, "startup", "de")
    submissions.save_answers(session, draft, ANSWERS)
    submissions.submit(session, draft, is_proven=True)

    assert clock.night(366) == (1, 0)


def test_a_long_stopped_nightly_run_lets_nobody_rest_unasked(
    session: Session, profile: Submission, clock: Clock
) -> None:
    assert clock.night(3000) == (1, 0)
    assert clock.night(3001) == (0, 0)
    assert profile.state == "confirmed"


def test_a_suspected_profile_that_returns_still_waits_for_the_desk(
    session: Session, profile: Submission, clock: Clock
) -> None:
    again = confirmed(session, profile.owner_office_id)
    assert again.suspected_party_id == profile.party_id
    for days in (366, 732, 763):
        clock.night(days)
    submissions.say_still_right(session, again)

    assert (again.state, is_paused(session, again)) == ("confirmed", True)


def test_the_question_never_changes_when_it_is_only_read(
    session: Session, profile: Submission, clock: Clock
) -> None:
    clock.night(366)
    before: datetime | None = profile.asked_at
    submissions.find_by_confirmation(session, clock.tokens[-1])

    assert (profile.asked_at, profile.questions_open) == (before, 1)
