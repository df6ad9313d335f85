"""The other way round: which needs fit a startup best, by the same scorer.

Nothing is scored twice over: a pair of a need and a solution has the same numbers and reasons
here as in the list of the need, because both come from `Proposer.rank` and `Proposer.explain`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.database import now
from matchmaker.tandems.answers import RunVersions, localize
from matchmaker.tandems.composing import Row
from matchmaker.tandems.listings import Listing
from matchmaker.tandems.proposing import Proposer, Ranking
from matchmaker.tandems.reading import ReadNeed
from matchmaker.values import NeedProfile, Proposal, SolutionProfile


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
        Fit(ranking.read.need, proposer.explain(ranking, Row(0), rank))
        for rank, ranking in enumerate(rankings[:most], 1)
    ]
    return fits, dict(sorted(excluded.items()))


def startup_answer(
    solutions: Sequence[SolutionProfile],
    fits: Sequence[Fit],
    *,
    versions: RunVersions,
    considered: int,
    excluded: Mapping[str, int],
    listings: Sequence[Listing],
    language: str,
) -> dict[str, Any]:
    """The answer about one startup: as that of a need, but each result names its need.

    `list_entry` and `list_rank` say where the pair stands in the newest list of the need.
    """
    party = solutions[0].party
    listed = {(one.need_id, one.solution_id): one for one in listings}
    results = []
    for fit in fits:
        found = listed.get((fit.need.id, fit.proposal.solution_id))
        named = {
            "id": str(fit.need.id),
            "external_id": fit.need.external_id,
            "title": fit.need.title,
            "text_version": str(fit.need.text.version_id),
        }
        results.append(
            localize(fit.proposal.document, language)
            | {
                "need": named,
                "list_entry": str(found.entry_id) if found else None,
                "list_rank": found.rank if found else None,
            }
        )
    texts = [fit.need.text for fit in fits] + [solution.text for solution in solutions]
    return {
        "startup": {"id": str(party.id), "name": party.label},
        "generated_at": now().isoformat(),
        "encoder": versions.encoder,
        "encoder_notice": versions.encoder_notice,
        "scorer": versions.scorer,
        "scorer_notice": versions.scorer_notice,
        "features": versions.features,
        "considered": considered,
        "excluded": dict(excluded),
        "results": results,
        "texts": {str(text.version_id): text.text for text in texts},
    }
