"""What a county office sees of its region: answers only to the few pairs that were shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.simulation.worlds import FloatArray, Needs


@dataclass(frozen=True, slots=True)
class Shown:
    """The shown pairs, one row each.

    `signals` has shape (n, n_features); `answer` whether it worked; `need` the row of the need;
    `rank` from 1 on; `propensity` the probability that the pair was shown at all, above 0.
    """

    signals: FloatArray
    answer: NDArray[np.bool_]
    need: NDArray[np.intp]
    rank: NDArray[np.intp]
    propensity: FloatArray


def show(needs: Needs, scores: FloatArray, seed: int, *, top: int = 8, random: int = 2) -> Shown:
    """Show each need the best `top` by an incumbent's scores, and `random` of the others.

    Parameters
    ----------
    scores : array of shape (n_needs, n_candidates), larger is better.
    """
    generator = np.random.default_rng([seed, 5])
    count, candidates = needs.probability.shape
    order = np.argsort(-scores, axis=1, kind="stable")
    # The others in a random order of their own for every need; the first few are shown.
    behind = generator.permuted(order[:, top:], axis=1)[:, :random]
    shown = np.concatenate([order[:, :top], behind], axis=1)
    row = np.repeat(np.arange(count), top + random)
    column = shown.ravel()
    propensity = np.where(np.arange(top + random) < top, 1.0, random / max(candidates - top, 1))
    return Shown(
        signals=needs.signals[row, column],
        answer=needs.answers(generator)[row, column],
        need=row,
        rank=np.tile(np.arange(1, top + random + 1), count),
        propensity=np.tile(propensity, count),
    )
