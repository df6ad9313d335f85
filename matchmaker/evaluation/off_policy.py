"""What another scorer's lists would have brought, from answers to the lists that were shown.

Each shown pair counts by how much likelier the other scorer would have shown it (importance
sampling). At the volumes of a county few pairs count much, so every estimate says as how many
answers it counts, and below `LEAST_EFFECTIVE` there is none: a number would be taken for one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matchmaker.errors import InvalidInputError

FloatArray = NDArray[np.float64]

LEAST_EFFECTIVE = 200.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean reward per shown pair under the other scorer, in the reward's unit.

    `standard_error` is large-sample; `effective` is the number of answers from the other
    scorer's own lists that would be as telling, up to `count`, the answers there are.
    """

    value: float
    standard_error: float
    effective: float
    count: int


def effective_sample_size(weight: ArrayLike) -> float:
    """As how many equally weighted answers these count (Kish 1965): (Σw)² / Σw², 0 for none."""
    w = np.asarray(weight, dtype=np.float64)
    if not w.any():
        return 0.0
    w = w / w.max()  # only proportions count, and squares of huge weights would not fit
    return float(w.sum() ** 2 / (w @ w))


def estimate_ips(reward: ArrayLike, propensity: ArrayLike, other: ArrayLike) -> Estimate:
    """Inverse propensity scoring (Horvitz and Thompson 1952): the mean of weight · reward.

    Right on average over all logs, whatever the rewards; swings where propensities are small.

    Parameters
    ----------
    reward : array-like of shape (n,)
        What came of each shown pair, such as 1 for a talk and 0 for none.
    propensity : array-like of shape (n,)
        Probability with which the pair was shown, above 0 to 1.
    other : array-like of shape (n,)
        Probability with which the other scorer would have shown it, 0 to 1. Their quotient is
        the pair's weight.

    Raises
    ------
    InvalidInputError
        If lengths differ, a number is out of its range, or the answers count as fewer than
        200: then nothing can be said.
    """
    r, w, effective = _weighed(reward, propensity, other)
    return _mean(w * r, effective)


def estimate_snips(reward: ArrayLike, propensity: ArrayLike, other: ArrayLike) -> Estimate:
    """Self-normalized (Swaminathan and Joachims 2015): Σ weight · reward / Σ weight.

    Slightly off on average and much steadier than IPS; stays within the range of the rewards,
    and adding a constant to all rewards adds it to the value. Parameters and errors are those
    of `estimate_ips`.
    """
    r, w, effective = _weighed(reward, propensity, other)
    value = float(w @ r / w.sum())
    error = float(np.sqrt(((w * (r - value)) ** 2).sum()) / w.sum())
    return Estimate(value, error, effective, r.size)


def estimate_doubly_robust(
    reward: ArrayLike,
    propensity: ArrayLike,
    other: ArrayLike,
    predicted: ArrayLike,
    predicted_other: ArrayLike,
) -> Estimate:
    """Doubly robust (Dudík, Langford and Li 2011): a model's guess, corrected where it erred.

    Right on average if either the propensities or the guesses are.

    Parameters
    ----------
    reward, propensity, other :
        As for `estimate_ips`.
    predicted : array-like of shape (n,)
        The reward that a model, not taught with these answers, expects of each shown pair.
    predicted_other : array-like of shape (n,)
        What it expects on average of what the other scorer would show in the same place.
    """
    r, w, effective = _weighed(reward, propensity, other)
    here, there = _column(predicted, r.shape), _column(predicted_other, r.shape)
    return _mean(there + w * (r - here), effective)


def _mean(terms: FloatArray, effective: float) -> Estimate:
    error = float(terms.std(ddof=1) / np.sqrt(terms.size))
    return Estimate(float(terms.mean()), error, effective, terms.size)


def _weighed(
    reward: ArrayLike, propensity: ArrayLike, other: ArrayLike
) -> tuple[FloatArray, FloatArray, float]:
    r = _column(reward, np.shape(reward))
    shown, wanted = _column(propensity, r.shape), _column(other, r.shape)
    if (shown <= 0).any() or (shown > 1).any() or (wanted < 0).any() or (wanted > 1).any():
        raise InvalidInputError(
            "Every shown pair needs the probability with which it was shown, above 0 to 1, and "
            "that of the other scorer, 0 to 1."
        )
    weight = wanted / shown
    effective = effective_sample_size(weight)
    if effective < LEAST_EFFECTIVE:
        raise InvalidInputError(
            f"The {r.size} answers count as {effective:.0f} from the other scorer's own lists; "
            f"below {LEAST_EFFECTIVE:.0f} nothing can be said about what they would bring. "
            "Collect more answers, or leave more of each list to discovery."
        )
    return r, weight, effective


def _column(values: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1 or column.shape != shape or not np.isfinite(column).all():
        raise InvalidInputError("An estimate needs one finite number of each kind per shown pair.")
    return column
