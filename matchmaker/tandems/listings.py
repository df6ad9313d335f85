"""Where the solutions of a startup stand: the newest list of each need that shows one of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from matchmaker.tables import MatchList, MatchListEntry, MatchRun


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of the newest published list of a need."""

    need_id: UUID
    solution_id: UUID
    entry_id: UUID
    rank: int
    listed_at: datetime


def find_listings(
    session: Session, office_id: UUID, solution_ids: Collection[UUID]
) -> list[Listing]:
    """The rows of this office's newest lists that show one of the solutions, best ranks first."""
    published = (MatchRun.owner_office_id == office_id, MatchRun.published_at.is_not(None))
    newest = (
        select(MatchList.need_id, func.max(MatchList.created_at).label("created_at"))
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(*published)
        .group_by(MatchList.need_id)
        .subquery()
    )
    rows = session.execute(
        select(
            MatchListEntry.need_id,
            MatchListEntry.solution_id,
            MatchListEntry.id,
            MatchListEntry.rank,
            MatchList.created_at,
        )
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .join(
            newest,
            and_(
                newest.c.need_id == MatchList.need_id, newest.c.created_at == MatchList.created_at
            ),
        )
        .where(*published, MatchListEntry.solution_id.in_(solution_ids))
        .order_by(MatchListEntry.rank, MatchListEntry.id)
    )
    return [Listing(*row) for row in rows]
