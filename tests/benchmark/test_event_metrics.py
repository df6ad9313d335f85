"""Metrics over meetings agree with hand-worked cases and with scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from matchmaker.benchmark.event_metrics import draw_events, measure_orders, measure_pooled
from matchmaker.benchmark.meetings import Meetings


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 3)), min_size=2, max_size=30
    )
)
def test_pooled_metrics_are_those_of_scikit_learn_with_ties_and_weights(
    rows: list[tuple[int, bool, int]],
) -> None:
    # One right and one wrong row that count, or nothing is defined.
    rows = [*rows, (1, True, 1), (2, False, 1)]
    scores, right, weight = (np.array(column) for column in zip(*rows, strict=True))

    area, precision = measure_pooled(scores.astype(float), right, weight[None])[0]

    assert area == pytest.approx(roc_auc_score(right, scores, sample_weight=weight))
    assert precision == pytest.approx(average_precision_score(right, scores, sample_weight=weight))


def two_events() -> Meetings:
    """Person 0 meets 1 to 3 and matches with 2; person 4 meets 5 and 6 and with nobody."""
    pairs = [(0, 1), (0, 2), (0, 3), (1, 0), (2, 0), (3, 0), (4, 5), (4, 6), (5, 4), (6, 4)]
    decider, target = np.array(pairs).T
    yes = [False, True, True, True, True, False, True, True, False, False]
    return Meetings(
        decider=decider,
        target=target,
        event=np.array([1] * 6 + [2] * 4),
        side=np.isin(decider, [0, 4]).astype(int),
        yes=np.array(yes),
        back=np.array([pairs.index((b, a)) for a, b in pairs]),
        people={},
        of_pair={},
    )


def test_people_are_measured_by_their_own_meetings() -> None:
    scores = np.array([0.9, 0.8, 0.1, 0.5, 0.5, 0.5, 0.3, 0.2, 0.5, 0.5])

    both, second_out = measure_orders(two_events(), scores, np.array([[1, 1], [2, 0]]))

    # Of those with a match, 0 finds it at rank 2, and 2 has met nobody else.
    assert both[2] == second_out[2] == pytest.approx((1 / math.log2(3) + 1) / 2)
    # First three: a third of person 0, all of person 2, nothing of the others.
    assert both[3] == pytest.approx((1 / 3 + 1) / 7)
    assert second_out[3] == pytest.approx((1 / 3 + 1) / 4)


def test_a_drawn_event_counts_as_often_as_it_was_drawn() -> None:
    draws = draw_events(21, 400, seed=5)

    assert (draws[0] == 1).all()
    assert (draws.sum(axis=1) == 21).all()
    assert (draws == draw_events(21, 400, seed=5)).all()
    assert draws[1:].mean(axis=0) == pytest.approx(np.ones(21), abs=0.2)
