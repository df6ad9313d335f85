"""Holds are lifted by a yes, by an undo, by hand; whatever is lifted leaves nothing behind."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback import REASONS, answer_question, lift_hold, standing_verdicts
from matchmaker.tables import Event, Hold, Need, Submission
from tests.campaign import examples
from tests.factories import add_office, add_solution
from tests.feedback.judge import Officer
from tests.tandems.conftest import SOLUTIONS

TOLD: dict[str, dict[str, Any]] = {
    "too_early": {"maturity": 9},
    "no_capacity": {"until": "2099-12-31"},
    "timing": {"until": "2099-12-31"},
    "it_security": {"evidence": "tisax"},
    "description_unclear": {"asked_side": "sme"},
}
STARTUPS = [name.title() for name in SOLUTIONS]


def lift_everything(officer: Officer) -> None:
    session = officer.region.session
    session.expire_all()
    for hold in session.scalars(select(Hold)).all():
        lift_hold(session, officer.region.office.id, hold.id, actor="test")
    session.commit()


@pytest.mark.parametrize("way", ["yes", "undo", "by hand"])
@pytest.mark.parametrize("reason", REASONS)
def test_what_is_lifted_leaves_the_list_as_it_was(officer: Officer, reason: str, way: str) -> None:
    before = officer.bytes()
    officer.no("Camera", reason, **TOLD.get(reason, {}))
    if reason != "already_solved":
        assert officer.bytes() != before

    if way == "yes":
        officer.record("Camera", "judged_fit")
    elif way == "undo":
        officer.record("Camera", "verdict_withdrawn")
    else:
        lift_everything(officer)
    assert officer.bytes() == before
    need = officer.region.session.get_one(Need, officer.region.need.id, populate_existing=True)
    assert (need.status, need.seat_country) == ("open", None)
    # Nothing is deleted, and no event is edited.
    hold = officer.region.session.scalars(select(Hold)).one()
    assert hold.lifted_by == ("test" if way == "by hand" else "officer:eva@amt.example")
    assert ledger.altered_lines(officer.region.session, officer.region.office.id) == []


def test_a_stored_list_is_not_fresh_any_more_and_is_kept(officer: Officer) -> None:
    first = officer.answer["match_list"]
    officer.no("Camera", "price")
    officer.names()

    assert officer.answer["match_list"] != first
    officer.record("Camera", "verdict_withdrawn")
    officer.names()
    assert officer.answer["match_list"] != first


def test_an_undo_of_a_yes_sets_again_what_the_yes_lifted(officer: Officer) -> None:
    officer.no("Camera", "wrong_region")
    held = officer.bytes()
    officer.record("Camera", "judged_fit")
    assert officer.bytes() != held
    officer.record("Camera", "verdict_withdrawn")
    assert officer.bytes() == held


def test_a_newer_no_takes_the_place_of_the_older_of_the_same_side(officer: Officer) -> None:
    trust = officer.no("Camera", "trust")
    of_the_startup = officer.no("Camera", "price", side="startup")
    price = officer.no("Camera", "price")
    officer.region.session.expire_all()
    assert [bool(hold.lifted_at) for hold in (trust, of_the_startup, price)] == [True, False, False]

    officer.record("Camera", "verdict_withdrawn")
    officer.region.session.expire_all()
    assert [bool(hold.lifted_at) for hold in (trust, of_the_startup, price)] == [False, False, True]


def test_a_verdict_is_taken_back_for_ten_minutes_only(officer: Officer) -> None:
    with pytest.raises(ConflictError):
        officer.record("Camera", "verdict_withdrawn")
    hold = officer.no("Camera", "price")
    event = officer.region.session.get_one(Event, hold.made_by_event_id)
    event.recorded_at = now() - timedelta(minutes=11)
    officer.region.session.commit()

    with pytest.raises(ConflictError):
        officer.record("Camera", "verdict_withdrawn")
    assert officer.names() == [name for name in STARTUPS if name != "Camera"]


def test_a_verdict_that_was_taken_back_no_longer_stands(officer: Officer) -> None:
    session, office = officer.region.session, officer.region.office

    def standing() -> str | None:
        found = standing_verdicts(session, office.id, [officer.entries["Camera"]])
        return found[officer.entries["Camera"]].kind if found else None

    officer.record("Camera", "judged_fit")
    officer.no("Camera", "price")
    assert standing() == "judged_no_fit"
    officer.record("Camera", "verdict_withdrawn")
    assert standing() == "judged_fit"
    officer.record("Camera", "verdict_withdrawn")
    assert standing() is None
    with pytest.raises(ConflictError):
        officer.record("Camera", "verdict_withdrawn")


def test_a_hold_of_one_office_is_none_of_another(officer: Officer) -> None:
    region = officer.region
    region.need.visibility = "network"
    other = add_office(region.session)
    add_solution(region.session, other.id, visibility="network")
    region.changed()
    theirs = region.matching(office_id=other.id)
    before = theirs.match_need(region.need.id, "en")
    officer.names()
    for name in list(officer.entries):
        hold = officer.no(name, "price")
        with pytest.raises(NotFoundError):
            lift_hold(region.session, other.id, hold.id, actor="test")
    with pytest.raises(NotFoundError):
        lift_hold(region.session, region.office.id, uuid4(), actor="test")

    assert officer.names() == []
    assert theirs.match_need(region.need.id, "en") == before


@pytest.mark.parametrize("reason", ["already_solved", "wrong_region"])
def test_the_need_of_another_office_is_theirs_to_change(officer: Officer, reason: str) -> None:
    region = officer.region
    region.need.visibility = "network"
    other = add_office(region.session)
    region.need.owner_office_id = other.id
    region.changed()
    officer.names()

    with pytest.raises(InvalidInputError) as refused:
        officer.no("Camera", reason)
    assert refused.value.field == "reason"
    assert region.session.scalars(select(Hold)).all() == []


def test_a_need_that_its_owner_took_back_stays_closed(officer: Officer) -> None:
    region = officer.region
    officer.no("Camera", "already_solved")
    region.session.add(
        Submission(
            owner_office_id=region.office.id,
            language="de",
            state="withdrawn",
            need_id=region.need.id,
        )
    )
    region.session.commit()
    officer.record("Camera", "verdict_withdrawn")

    need = region.session.get_one(Need, region.need.id, populate_existing=True)
    assert need.status == "closed"


def test_what_somebody_changed_since_is_not_changed_back(officer: Officer) -> None:
    region = officer.region
    officer.no("Camera", "wrong_region", country="DE")
    need = region.session.get_one(Need, region.need.id, populate_existing=True)
    need.seat_country = "AT"
    region.changed()
    lift_everything(officer)

    assert region.session.get_one(Need, region.need.id, populate_existing=True).seat_country == "AT"


def test_only_an_open_question_is_answered_and_with_words(officer: Officer) -> None:
    session, office_id = officer.region.session, officer.region.office.id
    asked, price = officer.no("Camera", "benefit_unclear"), officer.no("Planner", "price")
    for answer in ("", " \n", "x" * 2001):
        with pytest.raises(InvalidInputError):
            answer_question(session, office_id, asked.id, answer, actor="test")
    with pytest.raises(ConflictError):
        answer_question(session, office_id, price.id, "Ja.", actor="test")
    answer_question(session, office_id, asked.id, "Ja.", actor="test")
    with pytest.raises(ConflictError):
        answer_question(session, office_id, asked.id, "Doch.", actor="test")


WORDS = st.lists(
    st.tuples(
        st.sampled_from(STARTUPS),
        st.sampled_from([*REASONS, "judged_fit", "verdict_withdrawn", "ask"]),
        st.sampled_from([None, None, "sme", "startup"]),
    ),
    max_size=12,
)


@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(words=WORDS)
def test_whatever_is_said_in_whatever_order(officer: Officer, words: Any) -> None:
    """No sequence of judgments crashes or shows a blocked pair, and lifting all undoes all."""
    lift_everything(officer)
    first = officer.bytes()
    blocked: set[str] = set()
    for startup, word, side in words:
        if word == "ask":
            assert not blocked & set(officer.names())
        elif word == "verdict_withdrawn":
            try:
                officer.record(startup, word)
            except ConflictError:
                continue
        elif word == "judged_fit":
            officer.record(startup, word, side=side)
        else:
            officer.no(startup, word, side=side, **TOLD.get(word, {}))
        in_force = officer.region.session.scalars(select(Hold).where(Hold.lifted_at.is_(None)))
        names = {party.id: name.title() for name, party in officer.region.startups.items()}
        blocked = {
            names[hold.startup_party_id]
            for hold in in_force
            if hold.code in ("trust", "competitor")
        }
    assert not blocked & set(officer.names())
    assert ledger.altered_lines(officer.region.session, officer.region.office.id) == []
    lift_everything(officer)
    assert officer.bytes() == first
