"""How evenly lists show those who may be shown."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matchmaker.errors import InvalidInputError


def gini(exposure: ArrayLike) -> float:
    """Gini coefficient of exposure: half the mean difference of any two, over the mean.

    Parameters
    ----------
    exposure : array-like of shape (n_startups,)
        How often each startup that may be shown stands in the lists, 0 or more. Whoever is
        never shown belongs to it, with 0.

    Returns
    -------
    float
        0 where all are shown alike, (n - 1) / n where one has it all.

    Raises
    ------
    InvalidInputError
        If a number is not finite or below 0, or nobody is shown.
    """
    counts = np.sort(_checked(exposure))
    rank = np.arange(1, counts.size + 1)
    return float((2 * rank - counts.size - 1) @ counts / (counts.size * counts.sum()))


def shown_share(exposure: ArrayLike) -> float:
    """Share of those that may be shown that stand in any list, above 0 to 1; errors as `gini`."""
    return float((_checked(exposure) > 0).mean())


def _checked(exposure: ArrayLike) -> NDArray[np.float64]:
    counts = np.asarray(exposure, dtype=np.float64)
    if counts.ndim != 1 or not np.isfinite(counts).all() or (counts < 0).any():
        raise InvalidInputError("Exposure needs one number per startup, 0 or more.")
    if not counts.sum() > 0:
        raise InvalidInputError("Nobody is shown, so there is no exposure to compare.")
    return counts
