"""Parameters: the expert's give what they always gave, learned ones what their numbers say."""

import hashlib
from math import exp, log, nan

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.scoring import (
    RECIPROCAL_RULES,
    Calibration,
    Scorer,
    ScorerParameters,
    SideParameters,
    expert_parameters,
    logistic,
)
from matchmaker.scoring.reciprocal import interval_width
from matchmaker.values import FloatArray
from tests.regions import shipped_settings
from tests.scoring.test_scorer import candidates, columns, settings


def test_the_shipped_weights_keep_the_version_that_stored_lists_name() -> None:
    scoring = shipped_settings().scoring
    content = orjson.dumps(scoring.model_dump(), option=orjson.OPT_SORT_KEYS)

    version = expert_parameters(scoring).version
    assert version == f"expert-{hashlib.sha256(content).hexdigest()[:12]}"


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_expert_weights_are_as_sure_as_ever_bit_by_bit(seed: int, count: int) -> None:
    """The formula from before there were covariances."""
    generator = np.random.default_rng(seed)
    for side, parameters in (
        (getattr(shipped_settings().scoring, name), getattr(expert, name))
        for name in ("sme", "startup")
        for expert in [expert_parameters(shipped_settings().scoring)]
    ):
        names = list(side.features)
        signals = np.column_stack([generator.normal(size=count) for _ in names])
        spreads = np.array([side.features[name].prior_sd for name in names])
        then = np.sqrt(side.intercept_sd**2 + ((signals * spreads) ** 2).sum(axis=1))

        assert parameters.spread(signals).tobytes() == then.tobytes()
        assert list(parameters.weights) == names


@given(st.integers(0, 2**32 - 1))
def test_the_spread_is_that_of_draws_from_the_posterior(seed: int) -> None:
    generator = np.random.default_rng(seed)
    root = generator.normal(size=(3, 3))
    side = SideParameters(0.0, {"tag_fit": 1.0, "days_late": 1.0}, root @ root.T)
    signals = generator.normal(size=(4, 2))
    points = np.column_stack([np.ones(4), signals])

    # Along the root each point has a length, and that is its standard deviation.
    lengths = np.linalg.norm(points @ root, axis=1)
    np.testing.assert_allclose(side.spread(signals), lengths, rtol=1e-9, atol=1e-9)


def test_weights_that_are_sure_together_leave_no_spread() -> None:
    singular = np.array([[1.0, -1.0], [-1.0, 1.0]])
    side = SideParameters(0.0, {"tag_fit": 1.0}, singular)

    assert side.spread(np.array([[1.0], [2.0]])) == pytest.approx([0.0, 1.0], abs=1e-9)


def a_learned_one(calibration: Calibration | None = None) -> ScorerParameters:
    """The intercept and the weight of the firm's side move against each other."""
    sme = SideParameters(-0.5, {"maturity_gap": 1.2}, np.array([[0.04, -0.03], [-0.03, 0.09]]))
    startup = SideParameters(0.1, {"days_late": -0.4}, np.diag([0.01, 0.02]))
    return ScorerParameters("learned-test", sme, startup, calibration)


def test_learned_weights_by_hand() -> None:
    scorer = Scorer(a_learned_one(Calibration(0.5, -1.0)), settings())
    scored = scorer.score(candidates(2), columns([4.0, 8.0], [100.0, nan]))

    # Row 0 is three levels short, a point against, and in time, half a point; row 1 is mature
    # enough, half a point, and its date is unknown.
    assert scored.row.tolist() == [1, 0]
    sme, startup = (
        logistic(np.array([-0.5 + 0.6, -0.5 - 1.2])),
        logistic(np.array([0.1, 0.1 - 0.2])),
    )
    assert scored.sme.preference.tolist() == pytest.approx(sme.tolist())
    assert scored.startup.preference.tolist() == pytest.approx(startup.tolist())
    assert scored.coverage.tolist() == pytest.approx([1.2 / 1.6, 1.0])
    sds = (
        np.sqrt([0.04 - 2 * 0.5 * 0.03 + 0.25 * 0.09, 0.04 + 2 * 0.03 + 0.09]),
        np.sqrt([0.01, 0.01 + 0.25 * 0.02]),
    )
    width = interval_width(RECIPROCAL_RULES["harmonic_mean"], sme, startup, *sds)
    assert scored.confidence.tolist() == pytest.approx((1 - width).tolist())
    assert scored.match_probability is not None
    for score, probability in zip(scored.reciprocal_score, scored.match_probability, strict=True):
        assert probability == pytest.approx(1 / (1 + exp(-(0.5 * log(score / (1 - score)) - 1.0))))
    assert scorer.version == "learned-test"


def test_without_a_calibration_for_the_rule_there_is_no_probability() -> None:
    facts = columns([4.0], [100.0])

    assert Scorer(a_learned_one(), settings()).score(candidates(1), facts).match_probability is None
    other = a_learned_one(Calibration(1.0, 0.0, rule="product"))
    assert Scorer(other, settings()).score(candidates(1), facts).match_probability is None


@pytest.mark.parametrize("score", [0.0, 1e-300, 0.5, 1.0])
def test_a_probability_is_one_even_at_the_ends(score: float) -> None:
    found: FloatArray = Calibration(3.0, 1.0).probability(np.array([score]))

    assert 0.0 <= found[0] <= 1.0


def test_a_weight_for_what_the_office_says_is_refused() -> None:
    # That has a fixed amount, and is measured only where somebody said something.
    side = SideParameters(0.0, {"judged_poor_fit": 1.0}, np.eye(2))

    with pytest.raises(InvalidInputError, match="judged_poor_fit"):
        Scorer(ScorerParameters("learned-test", side, side), settings())
