"""How near a solution's text is to everything: profiles full of general words are no good answer.

In spaces of many dimensions some texts are among the nearest of very many others (hubs), such
as a profile that lists every buzzword. Half the mean cosine with its nearest texts is taken off
its similarities: the part of CSLS (Conneau et al. 2018, "Word translation without parallel
data") that differs between the candidates of one need.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from matchmaker.values import FloatArray

NEAREST = 10
# Beyond so many texts a random part of them stands in for all.
STAND_INS = 2_000
_CHUNK = 4_096


def hubness(vectors: FloatArray, owners: Sequence[Hashable], seed: int) -> FloatArray:
    """Return what to take off a solution's cosines, shape (n,), 0 on average.

    Parameters
    ----------
    vectors : ndarray of shape (n, dimension), unit rows; a zero row is near to nothing.
    owners : whose text each row is; texts of one owner are alike for good reason and do not
        count as near to each other.
    seed : draws the texts that stand in for all where there are more than `STAND_INS`.
    """
    count = len(vectors)
    drawn = np.arange(count)
    if count > STAND_INS:
        drawn = np.sort(np.random.default_rng(seed).choice(count, STAND_INS, replace=False))
    numbers = {owner: number for number, owner in enumerate(dict.fromkeys(owners))}
    owner_of = np.array([numbers[owner] for owner in owners], dtype=np.intp)
    nearest = min(NEAREST, len(numbers) - 1)
    if nearest < 1:
        return np.zeros(count)
    result = np.zeros(count)
    for start in range(0, count, _CHUNK):
        stop = min(start + _CHUNK, count)
        cosines = vectors[start:stop] @ vectors[drawn].T
        cosines[owner_of[start:stop, None] == owner_of[drawn][None, :]] = -1.0
        result[start:stop] = np.partition(cosines, -nearest, axis=1)[:, -nearest:].mean(axis=1) / 2
    centered: FloatArray = result - result.mean()
    return centered
