"""How strongly the expert's weights hold: what predicts the needs that were not learned from."""

import math

import numpy as np

from matchmaker.evaluation import log_loss
from matchmaker.scoring import logistic
from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Prior, fit
from matchmaker.values import FloatArray, IntArray

FOLDS = 10
# With fewer needs than this there is nothing to compare, and the expert's word stands as it is.
FEWEST_NEEDS = 3
# From a quarter of the expert's sureness to nearly three times as much.
STRENGTHS: tuple[float, ...] = tuple(2.0 ** (step / 2) for step in range(-4, 4))
# The expert's sureness counts as right within a factor of e**(2 * SPREAD) in 19 of 20 cases.
# Without this, thirty answers choose at random and a good expert is let go for nothing; with less
# a poor expert is held too long (decision 14 has the figures).
SPREAD = 0.4


def choose_strength(examples: Examples, prior: Prior) -> float:
    """The strength whose fits best predict the needs that they did not see.

    Cross-validated log-loss, summed over the examples, and what the strength itself costs: its
    logarithm is normal around 0 with a standard deviation of `SPREAD`. 1 with few needs.
    """
    if len(np.unique(examples.need)) < FEWEST_NEEDS:
        return 1.0
    return min(STRENGTHS, key=lambda strength: _cost(examples, prior, strength))


def _cost(examples: Examples, prior: Prior, strength: float) -> float:
    probability = logistic(held_out(examples, prior, strength))
    loss = log_loss(probability, examples.label, examples.weight) * examples.weight.sum()
    return float(loss + math.log(strength) ** 2 / (2 * SPREAD**2))


def held_out(examples: Examples, prior: Prior, strength: float) -> FloatArray:
    """Log-odds of every example from a fit without its need's fold, shape (n,)."""
    fold = need_folds(examples.need)
    log_odds = np.empty(len(examples))
    for one in np.unique(fold):
        inside = fold == one
        log_odds[inside] = fit(examples.take(~inside), prior, strength).log_odds(
            examples.signals[inside]
        )
    return log_odds


def need_folds(need: IntArray) -> IntArray:
    """The fold of every example, shape (n,): whole needs, dealt out in the order of their ids."""
    _, position = np.unique(need, return_inverse=True)
    return np.asarray(position % FOLDS)
