"""Bootstrap intervals cover the mean they estimate, and repeat."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import bayesian_bootstrap, bootstrap_interval


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.0, 1.0, 0.5, 0.25]
    assert bootstrap_interval(values, seed=7) == bootstrap_interval(values, seed=7)
    assert bootstrap_interval(values, seed=7) != bootstrap_interval(values, seed=8)


def test_equal_values_leave_no_doubt() -> None:
    assert bootstrap_interval([0.5] * 9, seed=1) == (0.5, 0.5)


def test_the_width_is_that_of_the_normal_approximation_for_many_queries() -> None:
    values = np.random.default_rng(3).random(2000)
    low, high = bootstrap_interval(values, seed=3)
    error = values.std() / math.sqrt(values.size)
    assert low == pytest.approx(values.mean() - 1.96 * error, abs=0.15 * error)
    assert high == pytest.approx(values.mean() + 1.96 * error, abs=0.15 * error)


def test_nineteen_of_twenty_intervals_cover_the_true_mean() -> None:
    generator = np.random.default_rng(5)
    covered = 0
    for seed in range(200):
        low, high = bootstrap_interval(generator.random(60), seed=seed, resamples=300)
        covered += low <= 0.5 <= high
    assert 0.90 <= covered / 200 <= 0.99


@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=20),
    st.integers(min_value=0, max_value=1000),
)
def test_a_higher_level_contains_a_lower_one(values: list[float], seed: int) -> None:
    low, high = bootstrap_interval(values, seed, level=0.95, resamples=50)
    inner_low, inner_high = bootstrap_interval(values, seed, level=0.5, resamples=50)
    assert min(values) - 1e-12 <= low <= inner_low <= inner_high <= high <= max(values) + 1e-12


@pytest.mark.parametrize("values", [[], [math.nan], [[1.0, 2.0]]])
def test_values_that_are_not_one_number_per_query_are_refused(values: list[float]) -> None:
    with pytest.raises(InvalidInputError, match="one finite number per query"):
        bootstrap_interval(values, seed=1)
    with pytest.raises(InvalidInputError, match="one finite number per query"):
        bayesian_bootstrap(values, seed=1)


@pytest.mark.parametrize(("level", "resamples"), [(0.0, 10), (1.0, 10), (95.0, 10), (0.9, 0)])
def test_an_impossible_level_is_refused(level: float, resamples: int) -> None:
    with pytest.raises(InvalidInputError, match="level between 0 and 1"):
        bootstrap_interval([1.0], seed=1, level=level, resamples=resamples)
    if resamples == 0:
        with pytest.raises(InvalidInputError, match="at least one draw"):
            bayesian_bootstrap([1.0], seed=1, draws=0)


def test_of_two_values_every_mean_between_is_equally_likely() -> None:
    draws = bayesian_bootstrap([0.0, 1.0], seed=2, draws=40_000)

    assert np.quantile(draws, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.01)


def test_the_posterior_of_the_mean_has_the_moments_of_the_dirichlet() -> None:
    values = np.array([0.1, 0.4, 0.4, 0.9, 1.0])
    draws = bayesian_bootstrap(values, seed=3, draws=200_000)

    assert draws.mean() == pytest.approx(values.mean(), abs=1e-3)
    assert draws.var() == pytest.approx(values.var() / (values.size + 1), rel=0.02)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20), st.integers(0, 1000))
def test_a_drawn_mean_lies_among_the_values_and_repeats(values: list[float], seed: int) -> None:
    draws = bayesian_bootstrap(values, seed, draws=50)

    assert min(values) - 1e-12 <= draws.min() <= draws.max() <= max(values) + 1e-12
    assert np.array_equal(draws, bayesian_bootstrap(values, seed, draws=50))
