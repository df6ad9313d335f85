"""Features of the texts themselves, each read against unrelated texts (`background.py`)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchmaker.scoring.feature import Measured, feature
from matchmaker.values import FloatArray

# Beyond these many standard deviations a text feature says no more than it already said.
LEAST_DEVIATION, GREATEST_DEVIATION = -2.0, 4.0


class Yardstick(NamedTuple):
    """Mean and standard deviation over unrelated texts, per pair, each of shape (n_pairs,)."""

    mean: FloatArray
    sd: FloatArray

    def signal(self, value: FloatArray) -> FloatArray:
        """Standard deviations above unrelated texts, within bounds, small ones made smaller.

        Unrelated texts scatter by one deviation, so being half a deviation nearer says next to
        nothing. z|z| / (1 + |z|) keeps the order and takes 0.5 to 0.17, 1 to 0.5 and 4 to 3.2.
        """
        deviations = np.clip((value - self.mean) / self.sd, LEAST_DEVIATION, GREATEST_DEVIATION)
        softened: FloatArray = deviations * np.abs(deviations) / (1 + np.abs(deviations))
        return softened


@feature(unit="cosine")
def need_solution_similarity(
    need_solution_cosine: FloatArray, cosine_yardstick: Yardstick
) -> Measured:
    """Nearness of the two whole texts, -1 to 1. Missing where either text is empty."""
    return Measured(need_solution_cosine, cosine_yardstick.signal(need_solution_cosine))


@feature(unit="cosine")
def sentence_similarity(
    need_sentence_answers: FloatArray, sentences_yardstick: Yardstick
) -> Measured:
    """How well single sentences answer each other, -1 to 1.

    Mean over the need's sentences of the nearest sentence of the solution (late interaction,
    Khattab & Zaharia 2020). Missing where either side has no sentence.
    """
    return Measured(need_sentence_answers, sentences_yardstick.signal(need_sentence_answers))


@feature(unit="share")
def lexical_overlap(need_solution_overlap: FloatArray, overlap_yardstick: Yardstick) -> Measured:
    """Share of the need's words and compound parts, by rarity, that the solution uses, 0 to 1.

    Whole words and lemmas only. Missing where the need has no content word.
    """
    return Measured(need_solution_overlap, overlap_yardstick.signal(need_solution_overlap))


@feature(unit="cosine")
def looks_for_similarity(sme_looked_for_cosine: FloatArray, wish_yardstick: Yardstick) -> Measured:
    """Nearness of what the startup looks for to what the firm says of itself, -1 to 1.

    Source: the startup's text on the customers it looks for, against the firm's description,
    else the need. Missing where the startup did not say.
    """
    return Measured(sme_looked_for_cosine, wish_yardstick.signal(sme_looked_for_cosine))


def sentence_answers(
    need_sentences: FloatArray, solution_sentences: Sequence[FloatArray]
) -> FloatArray:
    """Mean over need sentences of the largest cosine to any sentence of each solution.

    Parameters
    ----------
    need_sentences : ndarray of shape (n_need_sentences, dimension), unit rows.
    solution_sentences : n_pairs arrays of shape (n_sentences, dimension), unit rows.
        A row of zeros is a sentence without anything to read; it asks and answers nothing.

    Returns
    -------
    ndarray of shape (n_pairs,)
        NaN where either side has no sentence to read.
    """
    need_sentences, *solution_sentences = (
        sentences[sentences.any(axis=1)] for sentences in (need_sentences, *solution_sentences)
    )
    result = np.full(len(solution_sentences), np.nan)
    if len(need_sentences) == 0 or not len(solution_sentences):
        return result
    counts = np.array([len(sentences) for sentences in solution_sentences])
    if not counts.any():
        return result
    stacked = np.concatenate([s for s in solution_sentences if len(s)])
    cosines = need_sentences @ stacked.T
    starts = np.concatenate([[0], np.cumsum(counts[counts > 0])[:-1]])
    result[counts > 0] = np.maximum.reduceat(cosines, starts, axis=1).mean(axis=0)
    return result
