"""Whose word the weights are: no single source may carry them away."""

from dataclasses import dataclass, replace

import numpy as np

from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Posterior, Prior, fit
from matchmaker.values import FloatArray

FEWEST_SOURCES = 5
# Leaving one source out may move no weight by more than so many of its prior deviations.
LARGEST_SHIFT = 0.25
# Aim a little lower, so that the search ends.
AIM = 0.95


@dataclass(frozen=True, slots=True)
class Influence:
    """What one source did.

    `share` is its part of the examples' weight, 0 to 1, before anything was taken off it;
    `factor` what was left of every example's weight, above 0 and at most 1; `shift` how far
    leaving it out moves the weight that moves most, in prior standard deviations.
    """

    source: int
    share: float
    factor: float
    shift: float


def fit_guarded(
    examples: Examples, prior: Prior, strength: float
) -> tuple[Posterior, tuple[Influence, ...]]:
    """Fit, with each source's word weighted down until it alone moves no weight far.

    With fewer than `FEWEST_SOURCES` sources nothing is weighted down: then the influences say
    whose word the weights are. They come largest shift first.

    It ends: each round weights at least one source down by 5 % or more, and what a source can
    do falls to nothing with its weight, because the prior holds every weight.
    """
    sources, who = np.unique(examples.source, return_inverse=True)
    factors = np.ones(len(sources))
    while True:
        weighed = replace(examples, weight=examples.weight * factors[who])
        posterior = fit(weighed, prior, strength)
        shifts = _shifts(weighed, who, len(sources), prior, posterior)
        too_far = shifts > LARGEST_SHIFT
        if len(sources) < FEWEST_SOURCES or not too_far.any():
            break
        factors[too_far] *= AIM * LARGEST_SHIFT / shifts[too_far]
    shares = np.bincount(who, examples.weight) / examples.weight.sum() if len(sources) else factors
    found = [
        Influence(int(sources[at]), float(shares[at]), float(factors[at]), float(shifts[at]))
        for at in np.argsort(-shifts, kind="stable")
    ]
    return posterior, tuple(found)


def _shifts(
    examples: Examples, who: np.ndarray, count: int, prior: Prior, posterior: Posterior
) -> FloatArray:
    """How far each source's absence moves the weight that moves most, shape (count,)."""
    without = [
        fit(examples.take(who != one), prior, posterior.strength, start=posterior)
        for one in range(count)
    ]
    # What the prior allows a weight as a whole, its free scale included.
    sds = np.sqrt(np.diagonal(prior.covariance(1.0)))[1:]
    moved = [np.abs(other.weights - posterior.weights) / sds for other in without]
    return np.array([np.max(one, initial=0.0) for one in moved])
