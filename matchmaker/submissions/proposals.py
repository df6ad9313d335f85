"""What a startup may know of how it was proposed: numbers, and nobody behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.tables import (
    Event,
    MatchList,
    MatchListEntry,
    MatchRun,
    Need,
    Solution,
    Submission,
)

# Fewer firms than this are not counted for anybody: one could guess who it was.
SMALLEST_CELL = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """How often the startup stood in a published list, for how many needs, and why firms said no.

    `refusals` has the number of firms by the code of their reason, from `SMALLEST_CELL` on.
    """

    times: int
    needs: int
    refusals: Mapping[str, int]


def how_often_proposed(session: Session, submission: Submission) -> Proposed:
    """Count the published lists that name a solution of the submission's startup.

    Only the word of a firm is counted as a refusal: what the office thinks stays in the office.
    """
    of_startup = Solution.party_id == submission.party_id
    times, needs = session.execute(
        select(func.count(MatchListEntry.id), func.count(MatchListEntry.need_id.distinct()))
        .join(Solution, Solution.id == MatchListEntry.solution_id)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(of_startup, MatchRun.published_at.is_not(None))
    ).one()
    firms = func.count(Need.party_id.distinct())
    refusals = session.execute(
        select(Event.reason, firms)
        .join(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
        .join(Solution, Solution.id == MatchListEntry.solution_id)
        .join(Need, Need.id == MatchListEntry.need_id)
        .where(of_startup, Event.side == "sme", Event.reason.is_not(None))
        .group_by(Event.reason)
        .having(firms >= SMALLEST_CELL)
        .order_by(firms.desc(), Event.reason)
    )
    return Proposed(times, needs, {str(reason): count for reason, count in refusals})
