"""Signals of pairs that no stored list shows, measured by the product's own scoring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np

from matchmaker.feedback import Label
from matchmaker.tandems import Proposer
from matchmaker.values import FloatArray, NeedProfile, ScoredPairs

Signals = dict[str, float]
Score = Callable[[Sequence[Signals]], FloatArray]


def with_signals(
    labels: Sequence[Label], needs: Mapping[UUID, NeedProfile], proposer: Proposer
) -> tuple[Label, ...]:
    """Labels without signals get those of today's profiles: better than to learn nothing.

    That is the case of outcomes from before the office used lists. A pair that a rule leaves out
    by now, or that the office no longer sees, stays without.
    """
    wanted: dict[UUID, set[UUID]] = {}
    for label in labels:
        if label.signals is None and label.need_id in needs:
            wanted.setdefault(label.need_id, set()).add(label.solution_id)
    measured: dict[tuple[UUID, UUID], Signals] = {}
    rows = {one.id: row for row, one in enumerate(proposer.corpus.snapshot.solutions)}
    for need, solutions in wanted.items():
        here = [rows[solution] for solution in sorted(solutions) if solution in rows]
        scored = proposer.rank(proposer.read_stored(needs[need]), here).scored
        for solution, signals in _signals(scored, proposer).items():
            measured[need, solution] = signals
    return tuple(
        label
        if label.signals is not None
        else replace(label, signals=measured.get((label.need_id, label.solution_id)))
        for label in labels
    )


class Candidates:
    """Every candidate of some needs, to see whom a scorer would show."""

    def __init__(self, needs: Mapping[UUID, NeedProfile], proposer: Proposer) -> None:
        solutions = proposer.corpus.snapshot.solutions
        parties = {one.party.id: None for one in solutions}
        self._number = {party: number for number, party in enumerate(parties)}
        self._party = {one.id: one.party.id for one in solutions}
        self._needs = []
        for need in needs.values():
            found = _signals(proposer.rank(proposer.read_stored(need)).scored, proposer)
            self._needs.append((list(found), list(found.values())))

    def exposure(self, score: Score, depth: int) -> FloatArray:
        """How often each startup stands among the first `depth`, shape (n_startups,)."""
        counts = np.zeros(len(self._number))
        for solutions, signals in self._needs:
            if solutions:
                best = np.argsort(-score(signals), kind="stable")[:depth]
                for row in best:
                    counts[self._number[self._party[solutions[row]]]] += 1
        return counts


def _signals(scored: ScoredPairs, proposer: Proposer) -> dict[UUID, Signals]:
    """The signals of each scored pair by the id of its solution, in the order of the ids."""
    solutions = proposer.corpus.snapshot.solutions
    found = {}
    for position, row in enumerate(scored.row):
        known = {name: float(values[position]) for name, values in scored.signals.items()}
        found[solutions[row].id] = {
            name: signal for name, signal in known.items() if not np.isnan(signal)
        }
    return dict(sorted(found.items()))
