"""What one pair teaches, worked by hand: each step, each reason, each side."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.feedback import (
    GRADES,
    SPEAKS_FOR,
    TAKES,
    FollowUp,
    Label,
    derive_labels,
    undo_move,
)
from matchmaker.tables import REASONS, MatchListEntry, Need, Office, Solution, Tandem
from tests.factories import add_entry
from tests.feedback.conftest import Step

WAY = ("proposed", "sme_asked", "startup_asked", "both_agreed", "first_talk", "pilot",
       "agreement", "alive_after_12_months")  # fmt: skip
TOLD = {
    "until": "2099-12-31", "maturity": 9, "evidence": "tisax", "country": "DE",
    "asked_side": "sme", "question": "Was spart sie?",
}  # fmt: skip


def told(reason: str) -> FollowUp:
    return FollowUp.of({name: TOLD[name] for name in TAKES[reason]})


def labels(session: Session, office: Office, at: datetime | None = None) -> dict[str, Label]:
    """The labels of the only pair, by side."""
    session.flush()
    found = derive_labels(session, office.id, at or now())
    assert len({label.side for label in found}) == len(found)
    return {label.side: label for label in found}


def grades(session: Session, office: Office) -> dict[str, float | None]:
    return {side: label.grade for side, label in labels(session, office).items()}


def test_a_shown_pair_waits_for_its_firm_and_no_startup_was_asked_yet(
    session: Session, office: Office, begin: Step
) -> None:
    shown = begin("shown")
    begin("opened")

    (label,) = derive_labels(session, office.id, now())
    assert (label.side, label.grade, label.outcome, label.stage) == ("sme", None, "open", None)
    assert label.shown_at == label.open_since == shown.happened_at
    assert (label.decided_at, label.source) == (None, None)
    assert label.waited(shown.happened_at + timedelta(days=90)) == timedelta(days=90)


def test_each_step_says_more_than_the_one_before(
    session: Session, office: Office, begin: Step
) -> None:
    agreed = GRADES["both_agreed"]
    says: dict[str, tuple[Any, ...]] = {
        "proposed": (None,),
        "sme_asked": (None,),
        "startup_asked": (agreed, None),
        "both_agreed": (agreed, agreed),
    }
    for step in WAY:
        begin(step)
        found = labels(session, office)
        expected = says.get(step, (GRADES.get(step), GRADES.get(step)))
        assert tuple(label.grade for label in found.values()) == expected, step
        assert list(found) == ["sme", "startup"][: len(expected)]
        assert {label.stage for label in found.values()} == {step}
    assert all(0.5 < a < b <= 1 for a, b in pairwise(GRADES.values()))


@pytest.mark.parametrize("side", [None, "sme", "startup"])
def test_a_fit_is_the_firms_yes_unless_it_is_somebody_elses_word(
    session: Session, office: Office, begin: Step, side: str | None
) -> None:
    begin("judged_fit", side=side)

    assert grades(session, office) == {"sme": None} | {side or "sme": GRADES["judged_fit"]}


NOS = {
    "poor_fit": "sme", "too_early": "sme", "it_security": "sme", "no_capacity": "startup",
    "price": None, "timing": None, "benefit_unclear": None, "description_unclear": None,
    "wrong_region": None, "already_solved": None, "competitor": None, "trust": None,
}  # fmt: skip


def test_every_reason_has_its_place_in_the_table() -> None:
    assert set(SPEAKS_FOR) == set(NOS) == set(REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_a_no_is_a_label_of_whom_it_speaks_for_or_of_nobody(
    session: Session, office: Office, begin: Step, reason: str
) -> None:
    begin("shown")
    begin("judged_no_fit", reason=reason, told=told(reason))

    side = NOS[reason]
    assert grades(session, office) == ({side: 0.0} if side else {})
    for label in labels(session, office).values():
        assert (label.outcome, label.source) == ("no", "cli")


@pytest.mark.parametrize("side", ["sme", "startup"])
@pytest.mark.parametrize("reason", ["poor_fit", "no_capacity", "price", "trust"])
def test_the_side_that_said_no_beats_the_table_but_makes_no_label_of_none(
    session: Session, office: Office, begin: Step, reason: str, side: str
) -> None:
    begin("judged_no_fit", reason=reason, side=side, told=told(reason))

    assert grades(session, office) == ({side: 0.0} if NOS[reason] else {})


@pytest.mark.parametrize(
    ("until", "reason", "left"),
    [
        ("sme_asked", "poor_fit", {"sme": 0.0}),
        ("sme_asked", "no_capacity", {"sme": 0.0}),
        ("sme_asked", "price", {}),
        ("startup_asked", "poor_fit", {"sme": 0.7, "startup": 0.0}),
        ("startup_asked", "no_capacity", {"sme": 0.7, "startup": 0.0}),
        ("startup_asked", "already_solved", {"sme": 0.7}),
        ("pilot", "poor_fit", {"sme": 0.0, "startup": 0.9}),
        ("pilot", "price", {"sme": 0.9, "startup": 0.9}),
        ("pilot", "trust", {}),
        ("pilot", "succeeded", {"sme": 0.95, "startup": 0.95}),
        ("alive_after_12_months", "succeeded", {"sme": 1.0, "startup": 1.0}),
        ("pilot", "rests", {"sme": 0.9, "startup": 0.9}),
        ("startup_asked", "rests", {"sme": 0.7, "startup": None}),
    ],
)
def test_an_end_is_the_word_of_whose_turn_it_was(
    session: Session,
    office: Office,
    begin: Step,
    until: str,
    reason: str,
    left: dict[str, float | None],
) -> None:
    for step in WAY[: WAY.index(until) + 1]:
        begin(step)
    begin("ended", reason=reason)

    assert grades(session, office) == left
    assert {label.stage for label in labels(session, office).values()} <= {until}


def test_the_newest_standing_word_wins(session: Session, office: Office, begin: Step) -> None:
    begin("judged_fit")
    begin("judged_no_fit", reason="poor_fit")
    assert grades(session, office) == {"sme": 0.0}
    begin("verdict_withdrawn")
    assert grades(session, office) == {"sme": GRADES["judged_fit"]}
    begin("judged_no_fit", reason="trust")
    assert grades(session, office) == {}
    begin("judged_fit")
    assert grades(session, office) == {"sme": GRADES["judged_fit"]}


def test_a_verdict_that_was_taken_back_leaves_the_pair_open(
    session: Session, office: Office, begin: Step
) -> None:
    begin("judged_no_fit", reason="timing", told=told("timing"))
    assert labels(session, office) == {}
    begin("verdict_withdrawn")

    assert grades(session, office) == {"sme": None}


def test_a_smaller_yes_after_a_larger_one_takes_nothing_away(
    session: Session, office: Office, begin: Step
) -> None:
    for step in WAY[:6]:
        begin(step)
    before = labels(session, office)
    begin("judged_fit")

    assert labels(session, office) == before


def test_a_move_that_was_undone_was_never_made(
    session: Session, office: Office, begin: Step, move: Step, tandem: Tandem
) -> None:
    move("sme_asked")
    move("startup_asked")
    undo_move(session, office.id, tandem.id, version=tandem.version, origin="desk", actor="test")

    assert grades(session, office) == {"sme": None}
    assert labels(session, office)["sme"].stage == "sme_asked"


def test_who_is_asked_again_is_waited_for_again(
    session: Session, office: Office, entry: MatchListEntry, begin: Step
) -> None:
    for step in WAY[:3]:
        begin(step)
    begin("ended", reason="timing")
    assert grades(session, office) == {"sme": GRADES["both_agreed"]}
    need, solution = (
        session.get_one(Need, entry.need_id),
        session.get_one(Solution, entry.solution_id),
    )
    newer = add_entry(session, office.id, need, solution)
    for step in WAY[:3]:
        asked = begin(step, list_entry_id=newer.id)

    startup = labels(session, office)["startup"]
    assert (startup.outcome, startup.open_since) == ("open", asked.happened_at)
    assert startup.list_entry_id == newer.id


def test_news_of_an_older_day_does_not_beat_a_newer_word(
    session: Session, office: Office, begin: Step
) -> None:
    noon = datetime(2025, 3, 10, 12, tzinfo=UTC)
    begin("judged_fit", at=noon)
    begin("judged_no_fit", reason="poor_fit", at=noon - timedelta(days=6))
    assert grades(session, office) == {"sme": GRADES["judged_fit"]}

    # On one day the order in which they were told counts: a step told later has no hour.
    begin("judged_no_fit", reason="poor_fit", at=noon - timedelta(hours=1))
    assert grades(session, office) == {"sme": 0.0}
