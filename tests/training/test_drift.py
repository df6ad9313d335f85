"""Weekly checks notice when needs change, and are quiet while they do not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from matchmaker.training import DRIFTS, Finding, Period, check_drift, finding_text
from matchmaker.training.drift import LEVEL, _holm

NOTHING = np.array([])


def period(seed: int, count: int = 200) -> Period:
    generator = np.random.default_rng(seed)
    expected = generator.uniform(0.1, 0.5, count)
    return Period(
        features={"distance": generator.normal(size=count), "tags": generator.normal(size=count)},
        sector=generator.choice(["metal", "wood", "food"], size=count, p=[0.5, 0.3, 0.2]),
        top_score=generator.uniform(0.4, 0.9, count),
        expected=expected,
        happened=generator.random(count) < expected,
    )


def drifted(reference: Period, recent: Period) -> list[tuple[str, str]]:
    return [(one.check, one.subject) for one in check_drift(reference, recent) if one.drifted]


def test_needs_like_before_raise_no_alarm() -> None:
    assert drifted(period(1), period(2)) == []
    assert [one.check for one in check_drift(period(1), period(2))] == [
        "feature",
        "feature",
        "sector",
        "calibration",
        "top_score",
    ]


def test_each_change_is_found_and_named() -> None:
    before, now = period(1), period(2)

    moved = {**now.features, "tags": now.features["tags"] + 1}
    assert drifted(before, replace(now, features=moved)) == [("feature", "tags")]

    doubled = np.where(np.arange(200) < 80, "food", now.sector)
    assert drifted(before, replace(now, sector=doubled)) == [("sector", "food")]

    assert drifted(before, replace(now, happened=now.expected > 0)) == [("calibration", "")]

    low = np.where(np.arange(200) % 4 == 0, 0.3, now.top_score)
    assert drifted(before, replace(now, top_score=low)) == [("top_score", "")]


def test_better_partners_than_before_are_no_alarm() -> None:
    assert drifted(period(1), replace(period(2), top_score=np.full(200, 0.99))) == []


def test_a_new_branch_is_found_though_it_was_never_seen() -> None:
    sector = np.where(np.arange(200) < 60, "chips", period(2).sector)

    assert drifted(period(1), replace(period(2), sector=sector)) == [("sector", "chips")]


def test_the_calibration_is_tested_exactly() -> None:
    recent = replace(period(1), expected=np.full(50, 0.2), happened=np.arange(50) < 18)
    only = Period({}, np.array([], dtype=str), NOTHING, recent.expected, recent.happened)
    (found,) = check_drift(only, only)

    assert found.p_value == pytest.approx(binomtest(18, 50, 0.2).pvalue)
    assert (found.before, found.now) == pytest.approx((0.2, 0.36))


def test_the_lowest_twentieth_is_tested_exactly() -> None:
    """By brute force: both periods drawn 20,000 times from one distribution."""
    generator = np.random.default_rng(5)
    before = np.sort(generator.random((20_000, 60)), axis=1)[:, 2]
    as_many = (generator.random((20_000, 40)) < before[:, None]).sum(axis=1) >= 6
    now = np.where(np.arange(40) < 6, -1.0, 1.0)
    only = Period({}, np.array([], dtype=str), np.linspace(0, 1, 60), NOTHING, NOTHING.astype(bool))
    (found,) = check_drift(only, replace(only, top_score=now))

    assert found.p_value == pytest.approx(as_many.mean(), abs=0.005)
    assert found.now == pytest.approx(6 / 40)


def test_holm_worked_by_hand() -> None:
    assert _holm([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert _holm([0.9, 0.8]).tolist() == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_makes_a_finding_stronger_nor_changes_the_order(p_values: list[float]) -> None:
    corrected = _holm(p_values)

    assert (corrected >= np.array(p_values)).all()
    assert (corrected <= 1).all()
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(corrected[order]) >= 0).all()


def test_what_is_unknown_is_not_asked_about() -> None:
    nothing = Period({}, np.array([], dtype=str), NOTHING, NOTHING, NOTHING.astype(bool))
    assert check_drift(nothing, nothing) == ()
    assert check_drift(period(1), nothing) == ()

    unknown = replace(
        period(2), features={"distance": np.full(200, np.nan)}, sector=np.full(200, "")
    )
    assert [one.check for one in check_drift(period(1), unknown)] == ["calibration", "top_score"]


def test_one_alarm_among_twenty_needs_a_difference_that_chance_rarely_makes() -> None:
    """A shift that a single test would call drift is none when nineteen others are asked too."""
    generator = np.random.default_rng(6)
    alone = {"shifted": generator.normal(size=300)}
    many = alone | {f"feature {n}": generator.normal(size=300) for n in range(19)}
    shift = {"shifted": alone["shifted"] + 0.22}
    like = {name: values for name, values in many.items() if name != "shifted"}
    empty = Period({}, np.array([], dtype=str), NOTHING, NOTHING, NOTHING.astype(bool))

    assert drifted(replace(empty, features=alone), replace(empty, features=shift))
    assert not drifted(replace(empty, features=many), replace(empty, features=like | shift))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_is_a_sentence(language: str) -> None:
    for check, changed in DRIFTS:
        finding = Finding(check, "tags", LEVEL / 2 if changed else 1.0, before=0.05, now=0.2)
        said = finding_text(finding, language, "Stichwörter")
        assert finding.drifted is changed
        assert "{" not in said
        assert said.endswith(".")
    worse = finding_text(Finding("top_score", "", 0.001, 0.05, 0.2), "de", "")
    assert worse == (
        "Mehr Bedarfe finden keinen guten Partner: Bei 20 % der neuen ist selbst der beste "
        "Vorschlag schwach, früher waren es 5 %."
    )
