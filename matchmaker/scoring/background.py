"""What unrelated texts look like: the yardstick for every similarity.

A cosine of 0.7 is much for one encoder and little for another, and a German and an English
text are less alike than two German ones. So similarities are read against those of random
pairs of texts in the same two languages, drawn with a fixed seed from the stored solutions
of different parties. The same pairs fix the floor above which a quote counts as evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from matchmaker.values import FloatArray, SolutionProfile

Languages = tuple[str | None, str | None]

# For any two languages so many texts stand in for needs, each against so many others.
STAND_INS, PAIRS_EACH = 60, 8
# With few random pairs the yardstick leans on this cautious guess, as if so many pairs had
# been seen that scatter around it.
GUESSED_PAIRS = 20


@dataclass(frozen=True, slots=True)
class Level:
    """Mean and standard deviation of a measure over unrelated pairs."""

    mean: float
    sd: float


GUESS = {"cosine": Level(0.2, 0.15), "sentences": Level(0.25, 0.15), "overlap": Level(0.01, 0.015)}
GUESSED_FLOOR = 0.6


@dataclass(frozen=True, slots=True)
class Background:
    """Levels per measure and per (need language, solution language), and evidence floors.

    Languages that were never seen are judged by the levels over all pairs, under the key
    (None, None).
    """

    levels: Mapping[str, Mapping[Languages, Level]]
    floors: Mapping[Languages, float]

    def level(self, measure: str, languages: Sequence[Languages]) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation for each pair, two arrays of shape (n_pairs,)."""
        levels = self.levels[measure]
        found = [levels.get(pair, levels[None, None]) for pair in languages]
        return np.array([level.mean for level in found]), np.array([level.sd for level in found])

    def floor(self, languages: Languages) -> float:
        """The cosine that a pair of sentences must reach to be quoted."""
        return self.floors.get(languages, self.floors[None, None])


def random_pairs(
    solutions: Sequence[SolutionProfile], eligible: Sequence[int], seed: int
) -> list[tuple[int, int]]:
    """Draw rows of solutions of different parties, equally often for any two languages.

    `eligible` are the rows to draw from.

    Returns at most `STAND_INS` times `PAIRS_EACH` pairs for each ordered pair of languages;
    fewer, down to none, where chance keeps meeting the same party.
    """
    rows: dict[str | None, list[int]] = {}
    for row in eligible:
        rows.setdefault(solutions[row].text.language, []).append(row)
    generator = np.random.default_rng(seed)
    pairs: list[tuple[int, int]] = []
    for first, second in product(sorted(rows, key=str), repeat=2):
        left = np.repeat(generator.choice(rows[first], STAND_INS), PAIRS_EACH)
        right = generator.choice(rows[second], STAND_INS * PAIRS_EACH)
        drawn = dict.fromkeys(zip(left.tolist(), right.tolist(), strict=True))
        pairs += [(a, b) for a, b in drawn if solutions[a].party.id != solutions[b].party.id]
    return pairs


def measure_background(
    languages: Sequence[Languages],
    measures: Mapping[str, FloatArray],
    sentence_cosines: Sequence[FloatArray],
    evidence_quantile: float,
) -> Background:
    """Summarize what was measured on random pairs.

    Parameters
    ----------
    languages : the two languages of each pair, n of them.
    measures : "cosine", "sentences" and "overlap", each of shape (n,).
    sentence_cosines : per pair, the cosines of all its sentence pairs, any shape.
    evidence_quantile : which quantile of the sentence cosines a quote has to reach.
    """
    groups: dict[Languages, list[int]] = {(None, None): list(range(len(languages)))}
    for position, pair in enumerate(languages):
        if pair != (None, None):
            groups.setdefault(pair, []).append(position)
    return Background(
        levels={name: _levels(values, groups, GUESS[name]) for name, values in measures.items()},
        floors=_floors(sentence_cosines, groups, evidence_quantile),
    )


def _levels(
    values: FloatArray, groups: Mapping[Languages, list[int]], guess: Level
) -> dict[Languages, Level]:
    """Levels per pair of languages; half of each variance is that of all pairs together.

    In two languages that hardly share a word, one shared word would else count for several.
    """
    overall = _level(values, guess)
    levels = {pair: _level(values[rows], guess) for pair, rows in groups.items()}
    return {
        pair: Level(level.mean, float(np.sqrt((level.sd**2 + overall.sd**2) / 2)))
        for pair, level in levels.items()
    }


def _level(values: FloatArray, guess: Level) -> Level:
    count = len(values) + GUESSED_PAIRS
    mean = (values.sum() + GUESSED_PAIRS * guess.mean) / count
    variance = (((values - mean) ** 2).sum() + GUESSED_PAIRS * guess.sd**2) / count
    return Level(float(mean), float(np.sqrt(variance)))


def _floors(
    cosines: Sequence[FloatArray], groups: Mapping[Languages, list[int]], quantile: float
) -> dict[Languages, float]:
    """Floors per pair of languages; few sentence pairs lean on all, few of all on the guess."""

    def lean(rows: list[int], fallback: float) -> float:
        flat = np.concatenate([np.ravel(cosines[row]) for row in rows] or [np.empty(0)])
        if not len(flat):
            return fallback
        own = float(np.quantile(flat, quantile))
        return own + (fallback - own) * GUESSED_PAIRS / (len(flat) + GUESSED_PAIRS)

    overall = lean(groups[None, None], GUESSED_FLOOR)
    return {
        pair: overall if pair == (None, None) else lean(rows, overall)
        for pair, rows in groups.items()
    }
