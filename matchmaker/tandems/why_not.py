"""Why a startup is not in a need's list. There are four causes, and one of them always holds."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import MatchList, MatchListEntry
from matchmaker.tandems.proposing import Proposer, Ranking
from matchmaker.values import NeedProfile, Placed

RULE_ON_MISSING_TEXT = "missing_text"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`cause` is `rule`, `missing_field`, `not_yet_seen` or `rank`; `detail` says it exactly."""

    cause: str
    detail: dict[str, Any]


def startup_rows(proposer: Proposer, startup_id: UUID) -> list[int]:
    """The rows of a startup's solutions, or of the one solution with this id.

    Raises
    ------
    NotFoundError
        The office sees no such startup.
    """
    solutions = proposer.corpus.snapshot.solutions
    rows = [
        row
        for row, solution in enumerate(solutions)
        if startup_id in (solution.party.id, solution.id)
    ]
    if not rows:
        raise NotFoundError(f"There is no startup with the id {startup_id}.")
    return rows


def why_not(
    session: Session,
    proposer: Proposer,
    need: NeedProfile,
    placed: Placed,
    newest: MatchList,
    startup_id: UUID,
) -> WhyNot:
    """Explain why no solution of a startup is in the newest list of a need.

    Of several solutions, the one that came nearest to the list answers.

    Raises
    ------
    ConflictError
        The startup is in the list.
    NotFoundError
        The office sees no such startup.
    """
    rows = startup_rows(proposer, startup_id)
    solutions = proposer.corpus.snapshot.solutions
    _refuse_if_listed(session, newest, [solutions[row].id for row in rows])
    if newest.abstained is not None:
        return WhyNot("missing_field", {"fields": newest.abstained})
    rules = proposer.corpus.index.rules(need, placed)
    eligible = [row for row in rows if rules[row] is None]
    if not eligible:
        return _excluded(sorted({rule for row in rows if (rule := rules[row])}))
    ranking = proposer.rank(proposer.read_stored(need, placed))
    if ranking.candidates.missing is not None:
        return WhyNot("missing_field", {"fields": list(ranking.candidates.missing)})
    by_score = proposer.rows(ranking, newest.length).by_score
    detail = _best_rank(ranking, eligible, newest.length, by_score)
    changed = [solutions[row].changed_at or newest.created_at for row in eligible]
    # Where today's rank belongs into the list, something changed since the list was made. Behind
    # the places that go by score the lot decides, and that it fell on others is no change.
    if min(changed) > newest.created_at or detail.get("rank", by_score + 1) <= by_score:
        return WhyNot(
            "not_yet_seen",
            detail
            | {
                "changed_at": max(changed).isoformat(),
                "list_of": newest.created_at.isoformat(),
            },
        )
    return WhyNot("rank", detail)


def _excluded(rules: list[str]) -> WhyNot:
    if RULE_ON_MISSING_TEXT in rules:
        return WhyNot("missing_field", {"fields": ["solution.text"]})
    return WhyNot("rule", {"rule": rules[0], "rules": rules})


def _refuse_if_listed(session: Session, newest: MatchList, ids: list[UUID]) -> None:
    rank = session.scalar(
        select(MatchListEntry.rank)
        .where(MatchListEntry.match_list_id == newest.id, MatchListEntry.solution_id.in_(ids))
        .order_by(MatchListEntry.rank)
        .limit(1)
    )
    if rank is not None:
        raise ConflictError(f"This startup is in the list, at rank {rank}.")


def _best_rank(ranking: Ranking, rows: list[int], length: int, by_score: int) -> dict[str, Any]:
    """The best of the rows in today's ranking; `by_score` places of the list go by it."""
    scored = ranking.scored
    ranks = [position for position, row in enumerate(scored.row) if row in rows]
    of = ranking.candidates.considered - sum(ranking.candidates.excluded.values())
    if not ranks:
        # Too far away to be scored at all: the nearest so many were.
        return {"rank_above": len(scored.row), "of": of, "list_length": length}
    best = ranks[0]
    return {
        "rank": best + 1,
        "of": of,
        "list_length": length,
        "listed_by_score": by_score,
        "reciprocal_score": float(scored.reciprocal_score[best]),
        "score_of_last_listed": float(scored.reciprocal_score[min(by_score, len(scored.row)) - 1]),
    }
