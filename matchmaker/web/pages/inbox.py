"""The first page of the desk: every need that the office may see, and a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker.language import loosely
from matchmaker.messages import shortened
from matchmaker.profiles import sees, visible_needs
from matchmaker.tables import NEED_STATUSES, MatchList, MatchRun, Need
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.pages.due import DueRow, due_rows
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

STATUSES = {"open": "Open", "paused": "Paused", "closed": "Closed", "all": "All"}
MOST_ROWS = 100
_LONGEST_BEGINNING = 160


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need: what it is about, whose it is, when it came and when it was ranked last."""

    id: UUID
    about: str
    firm: str | None
    came_at: datetime
    ranked_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage(Page):
    """The newest needs that the search finds; `found` counts all of them."""

    template: ClassVar[str] = "desk/inbox.html"
    name: ClassVar[str | None] = "inbox"

    rows: Sequence[NeedRow]
    found: int
    search: str
    status: str
    statuses: dict[str, str]
    due: Sequence[DueRow]


@page_route(router, "inbox")
def read_inbox(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    q: Annotated[str, Query(max_length=200)] = "",
    status: str = "open",
) -> Response:
    """Show the needs that the search finds, the newest first."""
    chosen = status if status in STATUSES else "open"
    query = (
        visible_needs(visitor.office_id).order_by(None).order_by(Need.created_at.desc(), Need.id)
    )
    if chosen in NEED_STATUSES:
        query = query.where(Need.status == chosen)
    if q.strip():
        hits = [need for need in session.scalars(query) if _answers(need, visitor.office_id, q)]
        needs, found = hits[:MOST_ROWS], len(hits)
    else:
        needs = list(session.scalars(query.limit(MOST_ROWS)))
        matching = query.with_only_columns(Need.id).order_by(None).options().subquery()
        found = session.scalar(select(func.count()).select_from(matching)) or 0
    ranked = _ranked_at(session, visitor.office_id, [need.id for need in needs])
    rows = [
        NeedRow(
            need.id,
            about(need),
            firm_of(need, visitor.office_id),
            need.created_at,
            ranked.get(need.id),
        )
        for need in needs
    ]
    due = due_rows(session, visitor.office_id)
    return show(request, InboxPage(rows, found, q, chosen, STATUSES, due))


def about(need: Need) -> str:
    """The title, or how the text begins."""
    if need.title:
        return need.title
    return shortened(" ".join(need.text.text.split()), _LONGEST_BEGINNING)


def firm_of(need: Need, office_id: UUID) -> str | None:
    """The name of the firm, if the office may see whose need it is."""
    return need.party.name if need.party and sees(office_id, need.party) else None


def _answers(need: Need, office_id: UUID, search: str) -> bool:
    """Whether every word of the search stands in the need, and no word behind a minus."""
    words = search.split()
    parts = (need.title or "", need.text.text, firm_of(need, office_id) or "")
    text = loosely(" ".join(parts))
    return all(
        (loosely(word[1:]) not in text)
        if word[0] == "-" and len(word) > 1
        else loosely(word) in text
        for word in words
    )


def _ranked_at(session: Session, office_id: UUID, need_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    newest = (
        select(MatchList.need_id, func.max(MatchList.created_at))
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(MatchRun.owner_office_id == office_id, MatchRun.published_at.is_not(None))
        .where(MatchList.need_id.in_(need_ids))
        .group_by(MatchList.need_id)
    )
    return {row[0]: row[1] for row in session.execute(newest)}
