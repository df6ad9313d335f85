"""What a startup could state to come farther up, if it is true.

A missing fact counts for nothing, so stating it may lift a solution. Every suggestion is one fact
that the profile does not state, with a value that open needs ask for, scored by the scorer of
the lists on the profile with that fact. Nothing is guessed, and what is stated is never doubted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from matchmaker.scoring import SIZE_CLASSES, need_columns, solution_columns, take
from matchmaker.tandems.proposing import Proposer, Ranking
from matchmaker.tandems.reading import ReadNeed
from matchmaker.values import FloatArray, IntArray, NeedProfile, PartyProfile, SolutionProfile

AMONG_FIRST = 5
MOST_SUGGESTIONS = 3
# A rise that shows in two decimals; a smaller one is no reason to ask a startup anything.
LEAST_RISE = 0.005
# Scores this close are one: arrays of another shape may differ in the last bits. Ties go to the
# smaller row, as in every list.
SAME = 1e-9
# Facts of the startup itself; they hold for all of its solutions.
OF_THE_PARTY = frozenset({"languages"})

Value = str | int | date


@dataclass(frozen=True, slots=True)
class Statement:
    """A missing fact, by its field in the profile, and one value for it."""

    fact: str
    value: Value

    def made_by(self, solution: SolutionProfile) -> SolutionProfile:
        """The profile with this fact stated."""
        owner = _owner(solution, self.fact)
        is_set = isinstance(getattr(owner, self.fact), frozenset)
        stated: Any = {self.fact: frozenset({self.value}) if is_set else self.value}
        if self.fact in OF_THE_PARTY:
            return replace(solution, party=replace(solution.party, **stated))
        return replace(solution, **stated)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a statement does to the rank for one need; `before` and `after` count from 1."""

    need: NeedProfile
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement, the needs for which it would bring the solution among the first, and those
    for which it would lose that place."""

    statement: Statement
    lifted: tuple[Outlook, ...]
    fallen: tuple[Outlook, ...]


@dataclass(frozen=True, slots=True)
class Lift:
    """The statement that lifts the score of one pair most, with both scores."""

    statement: Statement
    before: float
    after: float


def possible_statements(
    solution: SolutionProfile, needs: Iterable[NeedProfile], today: date
) -> list[Statement]:
    """Every fact that the profile does not state, with each value that a need asks for.

    A deadline that has passed asks for nothing. In the order of the facts, the smaller claim
    first: the lower maturity, the later day.
    """
    asked: dict[str, set[Any]] = {}
    for need in needs:
        for fact, values in _asked(need, today).items():
            asked.setdefault(fact, set()).update(values)
    return [
        Statement(fact, value)
        for fact, values in asked.items()
        if not getattr(_owner(solution, fact), fact)
        for value in sorted(values, reverse=fact == "available_from_on")
    ]


def coach(proposer: Proposer, reads: Sequence[ReadNeed], row: int, today: date) -> list[Suggestion]:
    """The statements that would bring a solution among the first for most needs, one a fact."""
    solution = proposer.corpus.snapshot.solutions[row]
    statements = possible_statements(solution, [read.need for read in reads], today)
    found = {statement: Suggestion(statement, (), ()) for statement in statements}
    for need, ranks in outlooks_of(proposer, reads, row, statements):
        for statement, (before, after) in zip(statements, ranks, strict=True):
            outlook = Outlook(need, before, after)
            one = found[statement]
            if after <= AMONG_FIRST < before:
                found[statement] = replace(one, lifted=(*one.lifted, outlook))
            elif before <= AMONG_FIRST < after:
                found[statement] = replace(one, fallen=(*one.fallen, outlook))
    best: dict[str, Suggestion] = {}
    for one in found.values():
        if _gain(one) > _gain(best.get(one.statement.fact)):
            best[one.statement.fact] = one
    return sorted(best.values(), key=_gain, reverse=True)[:MOST_SUGGESTIONS]


def outlooks_of(
    proposer: Proposer, reads: Iterable[ReadNeed], row: int, statements: Sequence[Statement]
) -> Iterator[tuple[NeedProfile, list[tuple[int, int]]]]:
    """For each need that a statement could change: the ranks before and after, by statement.

    Left out are needs for which the solution is no candidate, and those for which no
    statement changes its score.
    """
    solutions = proposer.corpus.snapshot.solutions
    # The solution as it is, then every profile that a statement changes.
    supposed = [(-1, row, solutions[row])] + [
        (number, other, statement.made_by(solutions[other]))
        for number, statement in enumerate(statements)
        for other in _concerned(solutions, row, statement)
    ]
    numbers, rows = (np.array(column) for column in list(zip(*supposed, strict=True))[:2])
    columns = solution_columns([profile for _, _, profile in supposed])
    for read in reads if statements else ():
        candidates = proposer.find(read)
        if row not in candidates.row:
            continue
        kept = np.flatnonzero(np.isin(rows, candidates.row))
        scores = proposer.suppose(read, candidates, rows[kept], take(columns, kept))
        if np.abs(scores[rows[kept] == row] - scores[0]).max() <= SAME:
            continue
        ranking = proposer.weigh(read, candidates)
        changed = [numbers[kept] == number for number in range(len(statements))]
        yield (
            read.need,
            [_ranks(solutions, ranking, row, rows[kept][own], scores[own]) for own in changed],
        )


def find_lift(proposer: Proposer, read: ReadNeed, row: int, today: date) -> Lift | None:
    """The statement that would lift one pair most; None if none does, or a rule stands against."""
    solution = proposer.corpus.snapshot.solutions[row]
    statements = possible_statements(solution, [read.need], today)
    candidates = proposer.find(read, [row])
    if not statements or not len(candidates.row):
        return None
    stated = [solution, *(statement.made_by(solution) for statement in statements)]
    rows = np.full(len(stated), row)
    before, *after = proposer.suppose(read, candidates, rows, solution_columns(stated)).tolist()
    best = int(np.argmax(after))
    if after[best] - before < LEAST_RISE:
        return None
    return Lift(statements[best], before, after[best])


def _gain(suggestion: Suggestion | None) -> int:
    return len(suggestion.lifted) - len(suggestion.fallen) if suggestion else 0


def _owner(solution: SolutionProfile, fact: str) -> SolutionProfile | PartyProfile:
    return solution.party if fact in OF_THE_PARTY else solution


def _concerned(
    solutions: Sequence[SolutionProfile], row: int, statement: Statement
) -> Iterable[int]:
    """The rows whose profiles the statement changes."""
    if statement.fact not in OF_THE_PARTY:
        return [row]
    party = solutions[row].party.id
    return [other for other, one in enumerate(solutions) if one.party.id == party]


def _ranks(
    solutions: Sequence[SolutionProfile],
    ranking: Ranking,
    row: int,
    rows: IntArray,
    scores: FloatArray,
) -> tuple[int, int]:
    """The solution's rank in today's list, and the one with the `scores` for `rows`."""
    scored, placed = ranking.scored, ranking.read.placed
    is_pinned = np.array([placed.get(solutions[one].id) == "pinned" for one in scored.row])
    positions = {one: position for position, one in enumerate(scored.row.tolist())}
    own = positions[row]
    order = np.argsort(~is_pinned, kind="stable")
    supposed = scored.reciprocal_score.copy()
    supposed[[positions[one] for one in rows.tolist()]] = scores
    rise = supposed - supposed[own]
    is_better = (rise > SAME) | ((np.abs(rise) <= SAME) & (scored.row < row))
    is_ahead = (is_pinned > is_pinned[own]) | ((is_pinned == is_pinned[own]) & is_better)
    return int(np.flatnonzero(order == own)[0]) + 1, int(is_ahead.sum()) + 1


def _asked(need: NeedProfile, today: date) -> dict[str, Iterable[Value]]:
    """What a need asks for, by the field in which a startup would state it."""
    facts = need_columns(need, {})
    size, trl = facts["sme_size_class"], facts["need_maturity_wanted_trl"]
    day = facts["need_needed_by_day"]
    return {
        "maturity_trl": [] if np.isnan(trl) else [int(trl)],
        "cooperation_forms": facts["need_cooperation_forms"],
        "customer_sizes": [] if size is None else [SIZE_CLASSES[size]],
        "target_branches": facts["sme_branches"],
        "languages": facts["sme_languages"],
        "it_security": facts["need_it_security"],
        "available_from_on": []
        if np.isnan(day) or day < today.toordinal()
        else [date.fromordinal(int(day))],
    }
