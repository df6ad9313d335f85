"""Log-odds become probabilities only where enough answers support them."""

import numpy as np
import pytest
from scipy.optimize import minimize

from matchmaker.evaluation import expected_calibration_error
from matchmaker.scoring import logistic
from matchmaker.training import scale_by_platt
from matchmaker.training.calibrating import FEWEST_LABELS


def answers(count: int, slope: float, intercept: float) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(3)
    said = generator.normal(-1, 2, count)
    return said, (generator.random(count) < logistic(slope * said + intercept)).astype(float)


def test_the_true_slope_and_intercept_are_found() -> None:
    said, label = answers(20_000, slope=0.5, intercept=1.2)
    found = scale_by_platt(said, label, np.ones(20_000))

    assert found == pytest.approx((0.5, 1.2), abs=0.05)


def test_a_score_that_is_too_sure_becomes_true() -> None:
    said, label = answers(300, slope=0.4, intercept=-1.0)
    found = scale_by_platt(said, label, np.ones(300))
    assert found is not None
    fresh = np.random.default_rng(9).normal(-1, 2, 10_000)
    true = logistic(0.4 * fresh - 1.0)

    assert expected_calibration_error(logistic(fresh), true) > 0.15
    assert expected_calibration_error(logistic(found[0] * fresh + found[1]), true) < 0.05


def test_it_is_the_regression_that_platt_describes() -> None:
    said, label = answers(80, slope=1.0, intercept=0.0)
    yes, no = label.sum(), (1 - label).sum()
    target = np.where(label == 1, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(at: np.ndarray) -> float:
        z = at[0] * said + at[1]
        return float((np.logaddexp(0, z) - target * z).sum())

    best = minimize(loss, [1.0, 0.0], method="BFGS", options={"gtol": 1e-8}).x
    assert scale_by_platt(said, label, np.ones(80)) == pytest.approx(tuple(best), abs=1e-3)


def test_perfectly_separated_answers_do_not_make_sure() -> None:
    said = np.linspace(-3, 3, 60)
    found = scale_by_platt(said, (said > 0).astype(float), np.ones(60))

    assert found is not None
    assert 0.9 < logistic(np.array([found[0] * 3 + found[1]]))[0] < 0.9999


def test_there_are_no_probabilities_without_support() -> None:
    said, label = answers(FEWEST_LABELS, slope=1.0, intercept=0.0)
    alike = np.ones(FEWEST_LABELS)

    assert scale_by_platt(said, label, alike) is not None
    assert scale_by_platt(said[1:], label[1:], alike[1:]) is None
    assert scale_by_platt(-said, label, alike) is None
    assert scale_by_platt(said, alike, alike) is None
    assert scale_by_platt(said, 0 * alike, alike) is None


def test_scores_that_are_all_alike_get_the_rate_of_the_answers() -> None:
    found = scale_by_platt(np.full(100, -2.0), np.repeat([1.0, 0.0], [30, 70]), np.ones(100))

    assert found is not None
    assert logistic(np.array([found[0] * -2.0 + found[1]]))[0] == pytest.approx(0.3, abs=0.01)
