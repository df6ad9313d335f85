"""How good probabilities are: losses, calibration and order, over answered pairs.

A label is the answer, 0 to 1: a share in between is so much of a yes and the rest of a no. A
weight is how often a pair counts; only the proportions of weights matter.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matchmaker.errors import InvalidInputError

FloatArray = NDArray[np.float64]

# As near to 0 and 1 as a probability counts: a sure mistake costs 34.5, not infinity.
NEAREST = 1e-15


def log_loss(probability: ArrayLike, label: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Mean negative log-likelihood of the labels, in nats.

    Parameters
    ----------
    probability : array-like of shape (n,)
        0 to 1; what is nearer to 0 or 1 than 1e-15 counts as 1e-15.
    label : array-like of shape (n,)
        0 to 1.
    weight : array-like of shape (n,), optional
        Above 0; all the same where missing.

    Returns
    -------
    float
        0 or more, down is good; divided by the sum of the weights. Always saying 0.5 has
        log(2).

    Raises
    ------
    InvalidInputError
        If there is nothing to measure, lengths differ, or a number is not finite or out of
        its range.
    """
    p, y, w = _checked_probabilities(probability, label, weight)
    p = np.clip(p, NEAREST, 1.0 - NEAREST)
    return float(np.average(-y * np.log(p) - (1.0 - y) * np.log1p(-p), weights=w))


def brier_loss(probability: ArrayLike, label: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Mean squared distance of probability and label (Brier 1950, for two outcomes).

    Parameters and errors are those of `log_loss`.

    Returns
    -------
    float
        0 to 1, down is good; divided by the sum of the weights.
    """
    p, y, w = _checked_probabilities(probability, label, weight)
    return float(np.average((p - y) ** 2, weights=w))


def expected_calibration_error(
    probability: ArrayLike, label: ArrayLike, weight: ArrayLike | None = None, *, bins: int = 10
) -> float:
    """Mean distance of what was said and what came true, over bins of equal mass.

    Parameters
    ----------
    probability, label, weight :
        As for `log_loss`.
    bins : int
        At least 1. A pair goes into a bin by the share of the weight below it; equal
        probabilities share a bin, so the order of the pairs does not matter and a bin may
        stay empty.

    Returns
    -------
    float
        0 to 1, down is good: the mean over the bins of |mean probability - mean label|, each
        bin counting by its weight. With few labels it is far above 0 by chance alone.

    Raises
    ------
    InvalidInputError
        As for `log_loss`, and where there is no bin.
    """
    if bins < 1:
        raise InvalidInputError(f"Calibration needs at least one bin, not {bins}.")
    p, y, w = _checked_probabilities(probability, label, weight)
    _, group = np.unique(p, return_inverse=True)
    mass = np.bincount(group, w)
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    which = np.minimum((middle * bins).astype(int), bins - 1)[group]
    said, true = np.bincount(which, w * p), np.bincount(which, w * y)
    return float(np.abs(said - true).sum() / w.sum())


def roc_auc(score: ArrayLike, label: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Probability that a yes stands above a no (area under the ROC curve).

    Parameters
    ----------
    score : array-like of shape (n,)
        Finite, larger is better; only the order counts. A tie counts half.
    label, weight :
        As for `log_loss`. A label between 0 and 1 is partly a yes and partly a no.

    Returns
    -------
    float
        0 to 1, up is good, 0.5 is chance; divided by the weight of all pairs of a yes and a
        no.

    Raises
    ------
    InvalidInputError
        As for `log_loss`, and where there is no yes or no no: then nothing can be put above
        anything.
    """
    s, y, w = _checked(score, label, weight)
    _, group = np.unique(s, return_inverse=True)
    yes, no = np.bincount(group, w * y), np.bincount(group, w * (1.0 - y))
    if yes.sum() == 0.0 or no.sum() == 0.0:
        raise InvalidInputError("An order is measured between yes and no; one of them is missing.")
    below = np.cumsum(no) - no / 2
    return float(yes @ below / (yes.sum() * no.sum()))


def _checked_probabilities(
    probability: ArrayLike, label: ArrayLike, weight: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    p, y, w = _checked(probability, label, weight)
    if p.min() < 0.0 or p.max() > 1.0:
        raise InvalidInputError("A probability is a number from 0 to 1.")
    return p, y, w


def _checked(
    score: ArrayLike, label: ArrayLike, weight: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    s, y = np.asarray(score, dtype=np.float64), np.asarray(label, dtype=np.float64)
    w = np.ones(y.shape) if weight is None else np.asarray(weight, dtype=np.float64)
    if y.ndim != 1 or y.size == 0 or s.shape != y.shape or w.shape != y.shape:
        raise InvalidInputError(
            "Probabilities, labels and weights need one number per answered pair, and at least "
            "one pair."
        )
    if not (np.isfinite(s).all() and np.isfinite(y).all() and np.isfinite(w).all()):
        raise InvalidInputError("Every probability, label and weight needs to be a finite number.")
    if y.min() < 0.0 or y.max() > 1.0 or w.min() <= 0.0:
        raise InvalidInputError("A label is a number from 0 to 1, a weight one above 0.")
    return s, y, w
