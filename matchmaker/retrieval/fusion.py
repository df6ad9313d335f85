"""Making scores of different rankings, and of different languages, comparable."""

from collections.abc import Sequence

import numpy as np

from matchmaker.values import FloatArray

# A language with few profiles borrows mean and spread from all profiles, as if this many
# average ones had been added to it.
BORROWED_PROFILES = 10


def standardize_per_language(scores: FloatArray, languages: Sequence[str | None]) -> FloatArray:
    """Center and scale scores within each language of the candidates.

    A German need is nearer to German texts for their language alone, and shares words with
    hardly any English one. Within a language that advantage is the same for all, so after
    subtracting the language's mean and dividing by its standard deviation the best English
    profile competes with the best German one.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        One ranking's scores of the candidates for one need.
    languages : sequence of n language codes
        None, "unknown", is a language of its own.

    Returns
    -------
    ndarray of shape (n,)
        Standard deviations above the mean; all 0 where every score is the same.
    """
    codes = np.array([language or "" for language in languages])
    result = np.zeros(len(scores))
    if len(scores) == 0:
        return result
    overall_mean, overall_variance = scores.mean(), scores.var()
    for code in np.unique(codes):
        members = codes == code
        own = scores[members]
        count = len(own)
        mean = (own.sum() + BORROWED_PROFILES * overall_mean) / (count + BORROWED_PROFILES)
        variance = (count * own.var() + BORROWED_PROFILES * overall_variance) / (
            count + BORROWED_PROFILES
        )
        if variance > 0:
            result[members] = (own - mean) / np.sqrt(variance)
    return result
