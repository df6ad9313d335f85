"""The pairs whose outcome is known, as champion and challenger are compared on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from matchmaker.evaluation import graded_ndcg_at_k
from matchmaker.feedback import Label
from matchmaker.scoring import RECIPROCAL_RULES, ScorerParameters, SideParameters, logistic
from matchmaker.tables import TANDEM_STAGES
from matchmaker.training.training_set import Pair
from matchmaker.values import FloatArray, IntArray

DEPTH = 10
# Of the judged needs, the newest third is not learned from.
HELD_OUT_SHARE = 1 / 3
# The stages from the first talk on.
TALKED = TANDEM_STAGES[TANDEM_STAGES.index("first_talk") : TANDEM_STAGES.index("ended")]

Signals = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair that somebody answered: `gain` is 0 for a no, up to 1, the lower of both grades.

    `talked` is whether the two sides came to a first talk.
    """

    pair: Pair
    gain: float
    talked: bool
    signals: Signals


def judged_pairs(labels: Sequence[Label]) -> tuple[JudgedPair, ...]:
    """The closed pairs that have signals; of a side that has not answered nothing is held."""
    found: dict[Pair, JudgedPair] = {}
    for label in labels:
        if label.grade is not None and label.signals is not None:
            pair = (label.need_id, label.solution_id)
            gain = min(label.grade, found[pair].gain) if pair in found else label.grade
            found[pair] = JudgedPair(pair, gain, label.stage in TALKED, label.signals)
    return tuple(found.values())


def held_out_needs(labels: Sequence[Label], wanted: int) -> frozenset[UUID]:
    """The newest judged needs, by when they were first open; whole needs, so that nothing of
    them is learned.

    So many that a third of the comparable ones, in which some pair found favor, are among them,
    or `wanted` where there are twice as many.
    """
    began: dict[UUID, datetime] = {}
    comparable: set[UUID] = set()
    for label in labels:
        if label.grade is not None and label.signals is not None:
            known = began.get(label.need_id, label.open_since)
            began[label.need_id] = min(known, label.open_since)
            if label.grade > 0:
                comparable.add(label.need_id)
    missing = max(int(len(comparable) * HELD_OUT_SHARE), min(wanted, len(comparable) // 2))
    held_out: set[UUID] = set()
    for need in sorted(began, key=lambda need: (began[need], need), reverse=True):
        if missing == 0:
            break
        held_out.add(need)
        missing -= need in comparable
    return frozenset(held_out)


def scores(parameters: ScorerParameters, rule: str, signals: Sequence[Signals]) -> FloatArray:
    """The reciprocal score of each pair, shape (n,), 0 to 1."""
    return RECIPROCAL_RULES[rule].join(
        side_preference(parameters.sme, signals), side_preference(parameters.startup, signals)
    )


def side_preference(side: SideParameters, signals: Sequence[Signals]) -> FloatArray:
    """One side's preference of each pair, shape (n,), 0 to 1; a missing signal says nothing."""
    log_odds = [
        side.intercept + sum(weight * found.get(name, 0.0) for name, weight in side.weights.items())
        for found in signals
    ]
    return logistic(np.array(log_odds))


def ndcg_by_need(pairs: Sequence[JudgedPair], score: FloatArray) -> FloatArray:
    """nDCG@10 of each need with at least one pair that found favor, in the order of their ids.

    Ties go to the pair that comes first by its ids.
    """
    rows = sorted(range(len(pairs)), key=lambda row: pairs[row].pair)
    numbers = {need: n for n, need in enumerate(dict.fromkeys(pairs[row].pair[0] for row in rows))}
    return graded_ndcg_by_need(
        np.array([numbers[pairs[row].pair[0]] for row in rows], dtype=np.intp),
        np.array([pairs[row].gain for row in rows]),
        score[rows],
    )


def graded_ndcg_by_need(need: IntArray, gain: FloatArray, score: FloatArray) -> FloatArray:
    """The same for arrays of shape (n,); in the order of the needs' numbers, ties by row."""
    found = []
    for one in np.unique(need):
        gains, scored = gain[need == one], score[need == one]
        if gains.any():
            found.append(graded_ndcg_at_k(gains[np.argsort(-scored, kind="stable")], DEPTH))
    return np.array(found)
