"""nDCG where some items are worth more than others, worked out by hand."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.evaluation import graded_ndcg_at_k, ndcg_at_k


def test_gains_are_discounted_by_rank_and_held_against_the_best_order() -> None:
    reached = 0.6 / log2(2) + 0.0 / log2(3) + 1.0 / log2(4)
    ideal = 1.0 / log2(2) + 0.6 / log2(3)

    assert graded_ndcg_at_k(np.array([0.6, 0.0, 1.0]), 10) == pytest.approx(reached / ideal)


def test_only_the_first_count_for_the_list_and_for_the_best_order() -> None:
    assert graded_ndcg_at_k(np.array([0.0, 1.0, 1.0]), 1) == 0.0
    assert graded_ndcg_at_k(np.array([1.0, 1.0, 0.0]), 1) == 1.0


def test_where_nothing_is_worth_anything_it_is_zero() -> None:
    assert graded_ndcg_at_k(np.zeros(4), 10) == 0.0


@given(st.lists(st.booleans(), min_size=1, max_size=15), st.integers(1, 12))
def test_with_gains_of_one_it_is_the_binary_measure(gains: list[bool], k: int) -> None:
    ids = [str(number) for number in range(len(gains))]
    relevant = {number for number, gain in zip(ids, gains, strict=True) if gain}

    assert graded_ndcg_at_k(np.array(gains, dtype=float), k) == pytest.approx(
        ndcg_at_k(ids, relevant, k)
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=15))
def test_it_lies_between_zero_and_one(gains: list[float]) -> None:
    assert 0.0 <= graded_ndcg_at_k(np.array(gains), 10) <= 1.0
