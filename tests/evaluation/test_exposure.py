"""Exposure is even where all are shown alike, and everyone who may be shown counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import gini, shown_share

counts = st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any)


def test_all_alike_is_even_and_one_with_all_is_not() -> None:
    assert gini([3, 3, 3, 3]) == 0.0
    assert gini([0, 0, 0, 8]) == pytest.approx(3 / 4)
    assert shown_share([0, 0, 1, 8]) == 0.5


@given(counts)
def test_gini_is_half_the_mean_difference_over_the_mean(exposure: list[int]) -> None:
    every = np.array(exposure, dtype=float)
    difference = np.abs(every[:, None] - every[None, :]).mean()

    assert gini(exposure) == pytest.approx(difference / (2 * every.mean()))


@given(counts)
def test_neither_order_nor_scale_matters(exposure: list[int]) -> None:
    turned = exposure[::-1]

    assert gini([7 * count for count in turned]) == pytest.approx(gini(exposure))


@given(counts)
def test_a_startup_that_is_never_shown_makes_lists_less_even(exposure: list[int]) -> None:
    assert gini([*exposure, 0]) > gini(exposure)
    assert shown_share([*exposure, 0]) < shown_share(exposure)


@pytest.mark.parametrize("exposure", [[], [0, 0], [1, -1], [np.nan, 1], [[1, 2]], [np.inf, 1]])
def test_what_is_no_exposure_is_refused(exposure: list[float]) -> None:
    for measure in (gini, shown_share):
        with pytest.raises(InvalidInputError):
            measure(exposure)
