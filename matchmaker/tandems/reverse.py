"""The other way round: which needs fit a startup best, by the same scorer.

Nothing is scored twice over: a pair of a need and a solution has the same numbers and reasons
here as in the list of the need, because both come from `Proposer.rank` and `Proposer.explain`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.tandems.proposing import Proposer, Ranking, ReadNeed
from matchmaker.values import NeedProfile, Proposal


@dataclass(frozen=True, slots=True)
class Fit:
    """A need, and the proposal of the startup's solution that fits it best.

    The rank of the proposal counts needs, not startups: 1 is the need that fits best.
    """

    need: NeedProfile
    proposal: Proposal


def fitting_needs(
    proposer: Proposer, reads: Sequence[ReadNeed], rows: Sequence[int], most: int
) -> tuple[list[Fit], dict[str, int]]:
    """The needs that fit the solutions of `rows` best, at most `most`, best first.

    Also counts the needs for which none of the solutions may be proposed, by the first rule in
    the order of the alphabet, and those that say too little under `missing_text`.
    """
    rankings: list[Ranking] = []
    excluded: Counter[str] = Counter()
    for read in reads:
        ranking = proposer.rank(read, rows)
        if len(ranking.scored.row):
            rankings.append(ranking)
        elif ranking.candidates.missing is not None:
            excluded["missing_text"] += 1
        else:
            excluded[min(ranking.candidates.ruled_out[row] for row in rows)] += 1
    # The first of a ranking is its best; ties go to the smaller id, as in every list.
    rankings.sort(key=lambda ranking: (-ranking.scored.reciprocal_score[0], ranking.read.need.id))
    fits = [
        Fit(ranking.read.need, proposer.explain(ranking, 0, rank))
        for rank, ranking in enumerate(rankings[:most], 1)
    ]
    return fits, dict(sorted(excluded.items()))
