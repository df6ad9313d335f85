"""How far a mean over queries can be trusted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaker.errors import InvalidInputError


def bootstrap_interval(
    values: Sequence[float] | NDArray[np.float64],
    seed: int,
    level: float = 0.95,
    resamples: int = 2000,
) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean (Efron 1979).

    Parameters
    ----------
    values : array-like of shape (n_queries,)
        One finite number per query, such as its nDCG, or the difference of two scorers on
        the same query for a paired comparison. Queries are what is drawn anew.
    seed : int
        The same seed gives the same interval.
    level : float
        Share of the resampled means inside the interval, between 0 and 1.
    resamples : int
        How many times as many queries are drawn with replacement, at least 1.

    Returns
    -------
    (low, high)
        In the unit of the values. Both equal the mean where all values are equal.

    Raises
    ------
    InvalidInputError
        If there are no values, one is not finite, or ``level`` is not between 0 and 1.
    """
    sample = _checked(values)
    if not 0.0 < level < 1.0 or resamples < 1:
        raise InvalidInputError(
            f"An interval needs a level between 0 and 1 and at least one resample, "
            f"not {level} and {resamples}."
        )
    generator = np.random.default_rng(seed)
    # One resample at a time: all at once would need resamples × queries numbers in memory.
    means = [
        sample[generator.integers(sample.size, size=sample.size)].mean() for _ in range(resamples)
    ]
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(means, (tail, 1.0 - tail))
    return float(low), float(high)


def bayesian_bootstrap(
    values: Sequence[float] | NDArray[np.float64], seed: int, draws: int = 10_000
) -> NDArray[np.float64]:
    """Draws from what the mean may be, given the values (Rubin 1981).

    Each draw weighs the values anew, by one point of the flat Dirichlet distribution, rather
    than drawing values anew: so no value drops out, and a share of the draws is a posterior
    probability, such as that one scorer is not worse than another.

    Parameters
    ----------
    values : array-like of shape (n_queries,)
        One finite number per query, as for `bootstrap_interval`.
    seed : int
        The same seed gives the same draws.
    draws : int
        How many, at least 1.

    Returns
    -------
    array of shape (draws,)
        Means, between the least and the largest value up to rounding.

    Raises
    ------
    InvalidInputError
        If there are no values, one is not finite, or there is no draw.
    """
    sample = _checked(values)
    if draws < 1:
        raise InvalidInputError(f"A bootstrap needs at least one draw, not {draws}.")
    weights = np.random.default_rng(seed).dirichlet(np.ones(sample.size), size=draws)
    means: NDArray[np.float64] = weights @ sample
    return means


def _checked(values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim != 1 or sample.size == 0 or not np.isfinite(sample).all():
        raise InvalidInputError(
            "An interval needs one finite number per query and at least one query."
        )
    return sample
