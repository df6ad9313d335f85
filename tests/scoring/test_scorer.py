"""Two logistic models and the rule that joins them."""

from math import exp, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchmaker.config import ScoringSettings
from matchmaker.errors import InvalidInputError
from matchmaker.scoring import RECIPROCAL_RULES, Scorer, expert_parameters, logistic
from matchmaker.scoring.reciprocal import interval_width
from matchmaker.values import Candidates, FloatArray
from tests.regions import shipped_settings

SHARES = st.floats(0.001, 0.999)


@pytest.mark.parametrize("name", RECIPROCAL_RULES)
@given(a=SHARES, b=SHARES, more=st.floats(0, 0.5))
def test_a_rule_is_symmetric_rises_with_either_side_and_stays_below_the_larger(
    name: str, a: float, b: float, more: float
) -> None:
    join = RECIPROCAL_RULES[name].join
    joined = join(np.float64(a), np.float64(b))

    assert joined == pytest.approx(join(np.float64(b), np.float64(a)))
    assert 0 <= joined <= max(a, b) + 1e-12
    assert joined <= 2 * min(a, b)
    assert join(np.float64(min(a + more, 1)), np.float64(b)) >= joined - 1e-12
    # The less interested side decides: equal interest is worth more than the same sum apart.
    middle = np.float64((a + b) / 2)
    assert join(middle, middle) >= joined - 1e-12


def test_rules_by_hand() -> None:
    a, b = np.float64(0.6), np.float64(0.3)

    assert RECIPROCAL_RULES["harmonic_mean"].join(a, b) == pytest.approx(0.4)
    assert RECIPROCAL_RULES["product"].join(a, b) == pytest.approx(0.18)


@pytest.mark.parametrize("name", RECIPROCAL_RULES)
@given(a=SHARES, b=SHARES)
def test_the_slope_of_a_rule_is_its_derivative(name: str, a: float, b: float) -> None:
    rule, step = RECIPROCAL_RULES[name], 1e-6
    around, other = np.array([a - step, a + step]), np.full(2, b)
    numeric = np.diff(rule.join(around, other))[0] / (2 * step)

    slope = rule.slope(np.array([a]), np.array([b]))[0]
    assert slope == pytest.approx(numeric, rel=1e-3, abs=1e-4)


def test_logistic_of_extreme_log_odds_does_not_overflow() -> None:
    assert logistic(np.array([-1000.0, 0.0, 1000.0])).tolist() == [0.0, 0.5, 1.0]
    assert logistic(np.array([-1.5]))[0] == pytest.approx(1 / (1 + exp(1.5)))


@pytest.mark.parametrize("name", RECIPROCAL_RULES)
@pytest.mark.parametrize("odds", [(-1.5, -0.5), (0.0, 1.0), (2.0, -2.0)])
@pytest.mark.parametrize("sds", [(0.5, 0.5), (0.3, 0.8)])
def test_the_interval_width_agrees_with_simulation(
    name: str, odds: tuple[float, float], sds: tuple[float, float]
) -> None:
    rule = RECIPROCAL_RULES[name]
    generator = np.random.default_rng(10)
    sme, startup = (
        logistic(generator.normal(mean, sd, 40_000)) for mean, sd in zip(odds, sds, strict=True)
    )
    low, high = np.quantile(rule.join(sme, startup), [0.05, 0.95])

    a, b = (logistic(np.array([mean])) for mean in odds)
    width = interval_width(rule, a, b, *map(np.array, sds))

    assert width[0] == pytest.approx(high - low, abs=0.03)


def test_sure_weights_leave_no_interval() -> None:
    rule, none = RECIPROCAL_RULES["harmonic_mean"], np.zeros(1)

    assert interval_width(rule, np.array([0.4]), np.array([0.7]), none, none)[0] == pytest.approx(0)


def settings(**changes: Any) -> ScoringSettings:
    small = {
        "rule": "harmonic_mean",
        "bands": {"strong": 0.6, "plausible": 0.4},
        "evidence_quantile": 0.99,
        "poor_fit_log_odds": -2.0,
        "sme": {
            "intercept": -1.0,
            "intercept_sd": 0.5,
            "features": {
                "maturity_gap": {"weight": 0.6, "prior_sd": 0.2},
                "days_late": {"weight": 0.3, "prior_sd": 0.1},
            },
        },
        "startup": {
            "intercept": 0.2,
            "intercept_sd": 0.4,
            "features": {"maturity_gap": {"weight": 0.1, "prior_sd": 0.3}},
        },
    }
    return ScoringSettings.model_validate(small | changes)


def a_scorer(settings: ScoringSettings) -> Scorer:
    return Scorer(expert_parameters(settings), settings)


def candidates(count: int) -> Candidates:
    nothing = np.zeros(count)
    return Candidates(np.arange(count), nothing, nothing, nothing, count, {})


def columns(trl: list[float], free: list[float]) -> dict[str, Any]:
    return {
        "need_maturity_wanted_trl": 7.0,
        "solution_maturity_trl": np.array(trl),
        "need_needed_by_day": 100.0,
        "solution_available_day": np.array(free),
    }


def test_scores_by_hand() -> None:
    scored = a_scorer(settings()).score(candidates(2), columns([4.0, 8.0], [100.0, nan]))

    # Row 1: mature enough, half a point; its date is unknown. Row 0: three levels short,
    # one point against, and in time, half a point.
    assert scored.row.tolist() == [1, 0]
    assert scored.sme.contributions.tolist() == [
        pytest.approx([0.3, 0.0]),
        pytest.approx([-0.6, 0.15]),
    ]
    sme = logistic(np.array([-1 + 0.3, -1 - 0.6 + 0.15]))
    startup = logistic(np.array([0.2 + 0.05, 0.2 - 0.1]))
    assert scored.sme.preference.tolist() == pytest.approx(sme.tolist())
    assert scored.startup.preference.tolist() == pytest.approx(startup.tolist())
    assert scored.reciprocal_score.tolist() == pytest.approx(
        (2 * sme * startup / (sme + startup)).tolist()
    )
    assert scored.coverage.tolist() == pytest.approx([0.7 / 1.0, 1.0])
    assert np.isnan(scored.values["days_late"][0])
    sds = np.array([sqrt(0.5**2 + (0.5 * 0.2) ** 2)]), np.array([sqrt(0.4**2 + (0.5 * 0.3) ** 2)])
    width = interval_width(RECIPROCAL_RULES["harmonic_mean"], sme[:1], startup[:1], *sds)
    assert scored.confidence[0] == pytest.approx(1 - width[0])


def test_ties_go_to_the_smaller_row() -> None:
    scored = a_scorer(settings()).score(candidates(30), columns([5.0] * 30, [nan] * 30))

    assert scored.row.tolist() == list(range(30))


def test_no_candidates_give_no_scores() -> None:
    scored = a_scorer(settings()).score(candidates(0), columns([], []))

    assert scored.row.shape == scored.reciprocal_score.shape == scored.coverage.shape == (0,)


def test_exchanging_the_sides_exchanges_the_preferences_and_keeps_the_score() -> None:
    usual = settings()
    exchanged = settings(sme=usual.startup.model_dump(), startup=usual.sme.model_dump())
    facts = columns([4.0, 8.0, nan], [100.0, 130.0, 90.0])

    one, other = (a_scorer(each).score(candidates(3), facts) for each in (usual, exchanged))

    np.testing.assert_allclose(one.sme.preference, other.startup.preference)
    np.testing.assert_allclose(one.startup.preference, other.sme.preference)
    np.testing.assert_allclose(one.reciprocal_score, other.reciprocal_score)
    np.testing.assert_allclose(one.coverage, other.coverage)


@given(st.permutations(range(6)), st.lists(st.integers(1, 9), min_size=6, max_size=6, unique=True))
def test_the_order_of_the_candidates_does_not_matter(order: list[int], trl: list[int]) -> None:
    assume(order != sorted(order))
    facts = columns([float(level) for level in trl], [nan] * 6)
    scorer = a_scorer(settings())
    straight = scorer.score(candidates(6), facts)
    shuffled = candidates(6)
    shuffled = Candidates(np.array(order), shuffled.cosine, shuffled.overlap, shuffled.fused, 6, {})
    moved = columns([float(trl[row]) for row in order], [nan] * 6)

    found = scorer.score(shuffled, moved)

    assert found.row.tolist() == straight.row.tolist()
    np.testing.assert_array_equal(found.reciprocal_score, straight.reciprocal_score)


def test_a_surer_prior_gives_a_narrower_interval() -> None:
    def confidence(prior_sd: float) -> FloatArray:
        sme = settings().sme.model_dump()
        sme["features"]["maturity_gap"]["prior_sd"] = prior_sd
        return a_scorer(settings(sme=sme)).score(candidates(1), columns([1.0], [nan])).confidence

    assert confidence(0.05)[0] > confidence(0.5)[0]


def test_the_version_changes_with_every_weight_and_with_nothing_else() -> None:
    changed = settings().sme.model_dump()
    changed["features"]["days_late"]["weight"] = 0.31

    assert a_scorer(settings()).version == a_scorer(settings()).version
    assert a_scorer(settings()).version != a_scorer(settings(sme=changed)).version
    assert a_scorer(settings()).version != a_scorer(settings(rule="product")).version


def test_an_unknown_feature_is_refused_by_name() -> None:
    sme = settings().sme.model_dump()
    sme["features"]["moon_phase"] = {"weight": 1.0, "prior_sd": 1.0}

    with pytest.raises(InvalidInputError, match="moon_phase"):
        a_scorer(settings(sme=sme))


def test_every_shipped_weight_names_a_feature() -> None:
    a_scorer(shipped_settings().scoring)
