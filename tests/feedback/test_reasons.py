"""What each reason for a no does to later lists, and how its pair comes back exactly once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.database import now
from matchmaker.errors import InvalidInputError
from matchmaker.feedback import REASONS, TAKES, answer_question
from matchmaker.profiles import get_record
from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import Mail, Need
from matchmaker.tandems.holds import HOLD_RULES, release_due
from tests.factories import add_need, add_solution
from tests.feedback.judge import Officer
from tests.regions import shipped_settings


def later(officer: Officer, days: int) -> None:
    """Let days pass for everything that waits for one."""
    with officer.region.session as session:
        release_due(session, officer.region.office.id, now() + timedelta(days=days))
        session.commit()


def reword(officer: Officer, record: Any, words: str) -> None:
    version = new_text_version(officer.region.office.id, words)
    officer.region.session.add(version)
    officer.region.session.flush()
    record.text_id = version.id
    officer.region.changed()


def test_every_reason_says_what_it_takes() -> None:
    assert tuple(TAKES) == REASONS


def test_a_poor_fit_is_ranked_lower_and_says_why(officer: Officer) -> None:
    before = {name: officer.row(name)["reciprocal_score"] for name in officer.names()}
    officer.no("Camera", "poor_fit")

    names = officer.names()
    assert names[-1] == "Camera"
    row = officer.row("Camera")
    assert row["reciprocal_score"] < before["Camera"]
    said = "Our office judged this pair: it does not fit in substance."
    assert said in [found["text"] for found in row["against"]]
    sme = row["sides"]["sme"]
    (verdict,) = [one for one in sme["contributions"] if one["feature"] == "judged_poor_fit"]
    assert verdict["contribution"] == shipped_settings().scoring.poor_fit_log_odds
    for name in names:
        if name != "Camera":
            assert officer.row(name)["reciprocal_score"] == before[name]
            assert said not in str(officer.row(name))


def test_too_early_waits_for_the_named_maturity_and_comes_back_once(officer: Officer) -> None:
    camera = officer.region.solutions["camera"]
    camera.maturity_trl = 4
    officer.region.changed()
    officer.names()
    officer.no("Camera", "too_early", maturity=6)
    assert "Camera" not in officer.names()
    assert officer.answer["excluded"] == {"judged_too_early": 1}
    why = officer.matching.why_not(officer.region.need.id, camera.id)
    assert (why.cause, why.detail["rule"]) == ("rule", "judged_too_early")

    camera.maturity_trl = 5
    officer.region.changed()
    assert "Camera" not in officer.names()
    camera.maturity_trl = 6
    officer.region.changed()
    assert "Camera" in officer.names()
    # Once it is back it stays, whatever becomes of the fact.
    camera.maturity_trl = 3
    officer.region.changed()
    assert "Camera" in officer.names()
    officer.no("Camera", "too_early", maturity=6)
    assert "Camera" not in officer.names()


def test_too_early_waits_for_what_the_need_wants_unless_told_otherwise(officer: Officer) -> None:
    with pytest.raises(InvalidInputError) as refused:
        officer.no("Camera", "too_early")
    assert refused.value.field == "maturity"
    officer.region.need.maturity_wanted_trl = 7
    officer.region.changed()
    assert officer.no("Camera", "too_early").until_maturity_trl == 7


def test_an_unclear_benefit_waits_for_a_sentence(officer: Officer) -> None:
    hold = officer.no("Camera", "benefit_unclear", question="Was bringt die Kamera einem Betrieb?")
    assert officer.region.session.scalars(select(Mail)).all() == []
    assert "Camera" not in officer.names()

    answer_question(
        officer.region.session, officer.region.office.id, hold.id,
        " Sie spart die Nacharbeit. ", actor="test",
    )  # fmt: skip
    officer.region.session.commit()
    assert "Camera" in officer.names()
    assert hold.answer == "Sie spart die Nacharbeit."


def test_an_unclear_benefit_is_over_when_the_profile_is_reworded(officer: Officer) -> None:
    officer.no("Camera", "benefit_unclear")
    assert "Camera" not in officer.names()
    reword(officer, officer.region.need, "Wir suchen eine Prüfung unserer Nähte. Sie ist neu.")
    assert "Camera" not in officer.names()

    text = "Unsere Kamera erkennt Fehler in Schweißnähten. Das spart die Nacharbeit."
    reword(officer, officer.region.solutions["camera"], text)
    assert "Camera" in officer.names()


@pytest.mark.parametrize(("before", "after"), [(None, "up_to_5000"), ("up_to_5000", None)])
def test_a_price_waits_until_the_stated_class_changes(
    officer: Officer, before: str | None, after: str | None
) -> None:
    camera = officer.region.solutions["camera"]
    camera.price_class = before
    officer.region.changed()
    officer.no("Camera", "price")
    assert "Camera" not in officer.names()

    camera.capacity = 3
    officer.region.changed()
    assert "Camera" not in officer.names()
    camera.price_class = after
    officer.region.changed()
    assert "Camera" in officer.names()
    camera.price_class = before
    officer.region.changed()
    assert "Camera" in officer.names()


@pytest.mark.parametrize("reason", ["no_capacity", "timing"])
def test_a_date_is_asked_for_and_waited_for(officer: Officer, reason: str) -> None:
    for told in ({}, {"until": now().date()}, {"until": now().date() - timedelta(days=1)}):
        with pytest.raises(InvalidInputError) as refused:
            officer.no("Camera", reason, **told)
        assert refused.value.field == "until"
    officer.no("Camera", reason, until=now().date() + timedelta(days=3))
    assert "Camera" not in officer.names()
    assert officer.answer["excluded"] == {f"judged_{reason}": 1}

    later(officer, days=2)
    assert "Camera" not in officer.names()
    later(officer, days=3)
    assert "Camera" in officer.names()


@pytest.mark.parametrize("reason", ["competitor", "trust"])
def test_two_firms_are_parted_for_good_and_nobody_else_is(officer: Officer, reason: str) -> None:
    region = officer.region
    of_the_same_firm = add_need(region.session, region.office.id, party_id=region.need.party_id)
    of_another_firm = add_need(region.session, region.office.id)
    add_solution(
        region.session, region.office.id, "Wir prüfen Nähte mit Ultraschall in der Fertigung.",
        party_id=region.startups["camera"].id,
    )  # fmt: skip
    region.changed()

    def listed(need: Need) -> list[tuple[str, float]]:
        answer = officer.matching.match_need(need.id, "en")
        # Rows that are computed beside others differ in the last digits of a float32.
        rows = [(r["startup"]["name"], r["reciprocal_score"]) for r in answer["results"]]
        return [(name, round(score, 6)) for name, score in rows]

    officer.names()
    before = listed(of_another_firm)
    others = [row for row in listed(of_the_same_firm) if row[0] != "Camera"]
    officer.no("Camera", reason)

    assert "Camera" not in officer.names()
    assert officer.answer["excluded"] == {f"judged_{reason}": 2}
    # No label against others: their scores stay what they were.
    assert listed(of_the_same_firm) == others
    assert listed(of_another_firm) == before
    later(officer, days=10_000)
    assert "Camera" not in officer.names()


def test_a_wrong_region_becomes_the_seat_rule_of_the_need(officer: Officer) -> None:
    region = officer.region
    region.startups["planner"].country = "FR"
    region.startups["energy"].country = "DE"
    region.changed()
    officer.names()
    officer.no("Camera", "wrong_region")

    assert officer.names() == ["Energy"]
    assert officer.answer["excluded"] == {"judged_wrong_region": 1, "wrong_seat": 1}
    region.session.expire_all()
    assert get_record(region.session, Need, region.office.id, region.need.id).seat_country == "DE"


def test_a_solved_need_is_closed_and_its_lists_say_so(officer: Officer) -> None:
    assert officer.answer["need"]["status"] == "open"
    officer.no("Planner", "already_solved")

    officer.names()
    assert officer.answer["need"]["status"] == "closed"
    _, pairs = officer.matching.publish_all("test")
    assert pairs == 0


def test_missing_it_security_waits_for_the_named_proof(officer: Officer) -> None:
    with pytest.raises(InvalidInputError) as refused:
        officer.no("Camera", "it_security")
    assert refused.value.field == "evidence"
    assert officer.no("Camera", "it_security", evidence="ISO 27001").until_evidence == "iso27001"
    assert "Camera" not in officer.names()

    officer.region.solutions["camera"].it_security = ["tisax"]
    officer.region.changed()
    assert "Camera" not in officer.names()
    officer.region.solutions["camera"].it_security = ["tisax", "iso27001"]
    officer.region.changed()
    assert "Camera" in officer.names()


@pytest.mark.parametrize("side", ["sme", "startup"])
def test_an_unclear_description_waits_for_new_words_of_its_writer(
    officer: Officer, side: str
) -> None:
    region = officer.region
    with pytest.raises(InvalidInputError) as refused:
        officer.no("Camera", "description_unclear")
    assert refused.value.field == "asked_side"
    officer.no("Camera", "description_unclear", asked_side=side)
    assert "Camera" not in officer.names()

    need, solution = region.need, region.solutions["camera"]
    text = "Wir prüfen Schweißnähte mit einer Kamera. Das geht automatisch."
    reword(officer, solution if side == "sme" else need, text)
    assert "Camera" not in officer.names()
    reword(officer, need if side == "sme" else solution, text + " Es ist schnell.")
    assert "Camera" in officer.names()


def test_each_reason_has_its_own_word_in_the_list() -> None:
    assert len(set(HOLD_RULES.values())) == len(HOLD_RULES) == len(REASONS) - 2
