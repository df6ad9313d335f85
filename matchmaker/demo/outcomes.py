"""Eighteen invented months: what became of earlier proposals in the demo region.

What the people of the region care about is written down here and nowhere else; the scorer sees
only what they did. Every row is marked as simulated.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from matchmaker.config import ScoringSettings, SideSettings
from matchmaker.tandems import Proposer
from matchmaker.values import FloatArray, NeedProfile, ScoredPairs

MONTHS_DAYS = 548
SHOWN, FURTHER, DEEPEST = 8, 4, 60
# People here know what they want: their log-odds are so many times those that the weights say.
DECIDEDNESS = 2.0
OFFICERS = tuple(f"simuliert, Betreuung {letter}" for letter in "ABCDEF")
COLUMNS = ("need", "startup", "outcome", "happened_on", "source", "reason", "side")

# What each side really cares about, as multiples of the expert's weights; 1 where not named.
# Firms believe in single sentences that answer theirs, in references of their own size, in what
# is ready and in the form of cooperation they asked for; they manage well in English, and little
# comes of texts that only sound alike. Startups look for the customer they described.
TASTES: Mapping[str, Mapping[str, float]] = {
    "sme": {
        "need_solution_similarity": 0.0,
        "sentence_similarity": 1.5,
        "lexical_overlap": 0.0,
        "size_experience": 3.0,
        "maturity_gap": 3.0,
        "cooperation_fit": 3.0,
        "language_fit": 0.0,
    },
    "startup": {
        "need_solution_similarity": 0.5,
        "looks_for_similarity": 3.0,
        "branch_fit": 0.0,
        "seat_distance_km": 0.0,
    },
}

# Mean days to each step, and the share that takes it.
STEPS = (("first_talk", 20, 0.9), ("pilot", 100, 0.5), ("agreement", 150, 0.6))
ASKED_DAYS, ANSWER_DAYS, SAYS_NO_SHARE = 7, 25, 0.6

Row = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The pairs of a need that somebody followed up; probabilities of shape (n_pairs,)."""

    solutions: list[str]
    firm: FloatArray
    startup: FloatArray


def write_outcomes(
    path: Path,
    needs: list[NeedProfile],
    proposer: Proposer,
    settings: ScoringSettings,
    today: date,
    seed: int,
) -> int:
    """Write a file of outcomes for these needs, as `import outcomes` reads it; the rows in it.

    The same region, settings and day give the same file.
    """
    generator = np.random.default_rng([seed, 18])
    rows: list[Row] = []
    for need in needs:
        began = today - timedelta(days=int(generator.integers(14, MONTHS_DAYS)))
        shown = _show(proposer, need, settings, generator)
        for solution, firm, startup in zip(shown.solutions, shown.firm, shown.startup, strict=True):
            source = OFFICERS[generator.integers(len(OFFICERS))]
            for outcome, days, reason, side in _story(float(firm), float(startup), generator):
                day = began + timedelta(days=days)
                if day <= today:
                    rows.append(
                        (str(need.id), solution, outcome, day.isoformat(), source, reason, side)
                    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)


def _show(
    proposer: Proposer, need: NeedProfile, settings: ScoringSettings, generator: np.random.Generator
) -> _Shown:
    """The best of today's candidates, and a few from further down."""
    scored = proposer.rank(proposer.read_stored(need)).scored
    count = len(scored.row)
    behind = np.arange(min(SHOWN, count), min(DEEPEST, count))
    drawn = generator.choice(behind, min(FURTHER, len(behind)), replace=False)
    chosen = np.concatenate([np.arange(min(SHOWN, count)), np.sort(drawn)]).astype(int)
    solutions = proposer.corpus.snapshot.solutions
    return _Shown(
        [str(solutions[scored.row[position]].id) for position in chosen],
        _wanted(scored, settings.sme, TASTES["sme"])[chosen],
        _wanted(scored, settings.startup, TASTES["startup"])[chosen],
    )


def _wanted(scored: ScoredPairs, side: SideSettings, taste: Mapping[str, float]) -> FloatArray:
    """The probability that a side really wants each candidate, shape (n_candidates,)."""
    log_odds = np.full(len(scored.row), side.intercept)
    for name, feature in side.features.items():
        signal = np.nan_to_num(scored.signals[name], nan=0.0)
        log_odds += feature.weight * taste.get(name, 1.0) * signal
    return np.asarray(1.0 / (1.0 + np.exp(-DECIDEDNESS * log_odds)))


def _story(
    firm: float, startup: float, generator: np.random.Generator
) -> Iterator[tuple[str, int, str, str]]:
    """What happens to a pair: outcome, days since the beginning, reason, whose word."""

    def wait(mean: float) -> int:
        return 1 + int(generator.gamma(2.0, mean / 2.0))

    day = wait(ASKED_DAYS)
    yield "sme_asked", day, "", ""
    # Drawn whether needed or not, so that one answer does not shift all that follow.
    wants_firm, wants_startup, says_no = generator.random(3) < (firm, startup, SAYS_NO_SHARE)
    day += wait(ANSWER_DAYS)
    if not wants_firm:
        if says_no:
            yield "ended", day, "poor_fit", "sme"
        return
    yield "startup_asked", day, "", ""
    day += wait(ANSWER_DAYS)
    if not wants_startup:
        if says_no:
            yield "ended", day, "no_capacity", "startup"
        return
    yield "both_agreed", day, "", ""
    for outcome, mean, share in STEPS:
        if generator.random() >= share:
            return
        day += wait(mean)
        yield outcome, day, "", ""
