"""From a score to "6 of 10 such pairs": Platt scaling, once there are enough answers."""

import numpy as np

from matchmaker.training.fitting import find_mode
from matchmaker.values import FloatArray

FEWEST_LABELS = 50
# Holds slope and intercept of scores that are all alike; nothing against fifty labels.
PRECISION = 1e-4


def scale_by_platt(
    log_odds: FloatArray, label: FloatArray, weight: FloatArray
) -> tuple[float, float] | None:
    """Slope and intercept that turn a scorer's log-odds into those of the answers.

    Platt (1999): a logistic regression on the score, towards targets that are drawn a little
    from 0 and 1, as if one more yes and one more no had been seen.

    Parameters
    ----------
    log_odds : array of shape (n,)
        What a scorer said that had not learned from these examples (`held_out`).
    label : array of shape (n,)
        0 to 1.
    weight : array of shape (n,)
        Above 0.

    Returns
    -------
    (slope, intercept), or None
        The slope is above 0, so the order stays. None with fewer than `FEWEST_LABELS` labels,
        with answers of one kind only, and where they contradict the order: then no
        probability would be true.
    """
    yes, no = weight @ label, weight @ (1.0 - label)
    if len(label) < FEWEST_LABELS or yes == 0.0 or no == 0.0:
        return None
    target = label * (yes + 1.0) / (yes + 2.0) + (1.0 - label) / (no + 2.0)
    identity = np.array([0.0, 1.0])
    design = np.column_stack([np.ones(len(label)), log_odds])
    mode, _ = find_mode(design, target, weight, identity, identity, PRECISION * np.eye(2))
    intercept, slope = (float(number) for number in mode)
    return (slope, intercept) if slope > 0.0 else None
