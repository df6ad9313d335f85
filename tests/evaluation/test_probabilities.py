"""Losses, calibration and order of probabilities are what their definitions say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import (
    brier_loss,
    expected_calibration_error,
    log_loss,
    roc_auc,
)

METRICS = [brier_loss, expected_calibration_error, log_loss, roc_auc]
answered = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.1, 0.5, 0.8, 1.0]), st.floats(0, 1), st.floats(0.1, 9)),
    min_size=2,
    max_size=30,
).filter(lambda rows: 0.01 < sum(row[1] for row in rows) < len(rows) - 0.01)


def test_losses_by_hand() -> None:
    assert log_loss([0.5, 0.5], [1, 0]) == pytest.approx(math.log(2))
    assert log_loss([0.9, 0.2], [1, 0]) == pytest.approx(-(math.log(0.9) + math.log(0.8)) / 2)
    assert brier_loss([0.9, 0.2], [1, 0]) == pytest.approx((0.01 + 0.04) / 2)
    assert brier_loss([0.9, 0.2], [1, 0], [3, 1]) == pytest.approx((0.03 + 0.04) / 4)


def test_a_sure_mistake_is_dear_but_not_infinite() -> None:
    assert log_loss([1.0], [0]) == pytest.approx(34.5, abs=0.1)
    assert log_loss([1.0, 0.0], [1, 0]) == pytest.approx(0.0, abs=1e-12)


def test_calibration_by_hand() -> None:
    """Two bins: 0.2 was said where 0.5 came true, 0.8 where 1.0 did."""
    said, true = [0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1]

    assert expected_calibration_error(said, true, bins=2) == pytest.approx((0.3 + 0.2) / 2)
    # In one bin the two mistakes add up; over the whole, 0.5 was said and 0.75 came true.
    assert expected_calibration_error(said, true, bins=1) == pytest.approx(0.25)


def test_calibrated_probabilities_have_no_error_but_chance() -> None:
    generator = np.random.default_rng(2)
    said = generator.random(50_000)

    assert expected_calibration_error(said, said) == pytest.approx(0.0, abs=1e-12)
    assert expected_calibration_error(said, generator.random(50_000) < said) < 0.01
    assert expected_calibration_error(said, np.sqrt(said)) == pytest.approx(1 / 6, abs=0.01)


def test_order_by_hand() -> None:
    assert roc_auc([3, 2, 1], [1, 1, 0]) == 1.0
    assert roc_auc([1, 2, 3], [1, 1, 0]) == 0.0
    assert roc_auc([1, 1, 1], [1, 0, 0]) == 0.5
    assert roc_auc([4, 3, 2, 1], [1, 0, 1, 0]) == 0.75


def test_order_agrees_with_counting_every_pair() -> None:
    generator = np.random.default_rng(4)
    score = generator.integers(0, 9, size=60)
    label, weight = generator.random(60), generator.random(60) + 0.1
    yes, no = weight * label, weight * (1 - label)
    above = (score[:, None] > score) + 0.5 * (score[:, None] == score)

    assert roc_auc(score, label, weight) == pytest.approx(yes @ above @ no / yes.sum() / no.sum())


@given(answered)
def test_the_order_of_the_pairs_does_not_matter(
    rows: list[tuple[float, float, float]],
) -> None:
    shuffled = np.array(rows)[np.random.default_rng(1).permutation(len(rows))]
    for metric in METRICS:
        once, again = metric(*np.array(rows).T), metric(*shuffled.T)
        assert once == pytest.approx(again, abs=1e-9)


@given(answered)
def test_a_weight_of_two_is_the_pair_twice(rows: list[tuple[float, float, float]]) -> None:
    p, y, _ = np.array(rows).T
    double = np.ones(len(p))
    double[0] = 2.0
    for metric in METRICS:
        twice = metric(np.append(p, p[0]), np.append(y, y[0]))
        assert metric(p, y, double) == pytest.approx(twice, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_what_cannot_be_measured_is_refused_with_words(metric: object) -> None:
    assert callable(metric)
    for p, y, w in (
        ([], [], []),
        ([0.5], [0.0, 1.0], [1.0, 1.0]),
        ([math.nan, 0.5], [0, 1], [1, 1]),
        ([0.5, 0.5], [0, math.inf], [1, 1]),
        ([0.5, 0.5], [0, 2], [1, 1]),
        ([0.5, 0.5], [0, 1], [1, 0]),
        ([0.5, 0.5], [0, 1], [1, math.nan]),
    ):
        with pytest.raises(InvalidInputError, match=r"number|one number per answered pair"):
            metric(p, y, w)


def test_more_words_about_impossible_input() -> None:
    with pytest.raises(InvalidInputError, match="from 0 to 1"):
        log_loss([1.5], [1])
    with pytest.raises(InvalidInputError, match="at least one bin"):
        expected_calibration_error([0.5], [1], bins=0)
    with pytest.raises(InvalidInputError, match="one of them is missing"):
        roc_auc([0.1, 0.2], [1, 1])
