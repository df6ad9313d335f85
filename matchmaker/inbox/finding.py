"""The needs that a filter finds: found, counted and cut in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, select
from sqlalchemy.orm import Session

from matchmaker.days import TIME_ZONE
from matchmaker.inbox.filters import ALL, Filter
from matchmaker.profiles import answers, is_visible, search_terms
from matchmaker.tables import (
    MatchList,
    MatchListEntry,
    MatchRun,
    Need,
    Party,
    Review,
    TextVersion,
)

NEW = "new"
# As much of a text as a row may show the beginning of.
_BEGINNING = 400


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """One need as a row: how it is called, whose it is, and how far the office has come with it.

    `firm` is None where the office may not see it. `review` is new, reviewed or question.
    `ranked_at` is None while nothing was computed; `is_stale` says that the need changed since.
    """

    id: UUID
    title: str | None
    beginning: str
    firm: str | None
    came_at: datetime
    review: str
    ranked_at: datetime | None
    is_stale: bool
    is_own: bool


def find_needs(
    session: Session, office_id: UUID, wanted: Filter, limit: int
) -> tuple[list[FoundNeed], int]:
    """At most `limit` needs that the office may see, the newest first, and how many there are."""
    page = (
        _matching(office_id, wanted)
        .add_columns(func.count().over().label("found"))
        .order_by(Need.created_at.desc(), Need.id)
        .limit(limit)
        .subquery()
    )
    rows = session.execute(
        select(
            page.c.found,
            Need.id,
            Need.title,
            func.substr(TextVersion.text, 1, _BEGINNING).label("beginning"),
            Party.name.label("firm"),
            Need.created_at,
            review_state().label("review"),
            _ranked_at(office_id).label("ranked_at"),
            Need.updated_at,
            Need.owner_office_id,
        )
        .join(page, page.c.id == Need.id)
        .join(TextVersion, TextVersion.id == Need.text_id)
        .outerjoin(Party, _is_its_visible_firm(office_id))
        .order_by(Need.created_at.desc(), Need.id)
    ).all()
    needs = [
        FoundNeed(
            id=row.id,
            title=row.title,
            beginning=row.beginning,
            firm=row.firm,
            came_at=row.created_at,
            review=row.review,
            ranked_at=row.ranked_at,
            is_stale=row.ranked_at is not None and row.ranked_at < row.updated_at,
            is_own=row.owner_office_id == office_id,
        )
        for row in rows
    ]
    return needs, rows[0].found if rows else 0


def review_state() -> ColumnElement[str]:
    """What was decided last about the present wording of the need, or new."""
    newest = (
        select(Review.decision)
        .where(Review.need_id == Need.id, Review.text_version_id == Need.text_id)
        .order_by(Review.number.desc())
        .limit(1)
        .correlate(Need)
        .scalar_subquery()
    )
    return func.coalesce(newest, NEW)


def _matching(office_id: UUID, wanted: Filter) -> Select[UUID]:
    query = select(Need.id).where(is_visible(Need, office_id), *_chosen(office_id, wanted))
    terms = search_terms(wanted.search)
    if not terms:
        return query
    searched: tuple[SQLColumnExpression[str], ...] = (
        Need.searched_title,
        TextVersion.searched_text,
        # Without the firm's name where the office may not see the firm.
        func.coalesce(Party.searched_name, ""),
    )
    return (
        query.join(TextVersion, TextVersion.id == Need.text_id)
        .outerjoin(Party, _is_its_visible_firm(office_id))
        .where(answers(terms, searched))
    )


def _chosen(office_id: UUID, wanted: Filter) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.status != ALL:
        conditions.append(Need.status == wanted.status)
    if wanted.review != ALL:
        conditions.append(review_state() == wanted.review)
    if wanted.owner != ALL:
        is_own = Need.owner_office_id == office_id
        conditions.append(is_own if wanted.owner == "own" else ~is_own)
    if wanted.since is not None:
        begins = datetime.combine(wanted.since, time(), TIME_ZONE)
        conditions.append(Need.created_at >= begins)
    if wanted.proposals == "stale":
        conditions.append(_ranked_at(office_id) < Need.updated_at)
    elif wanted.proposals != ALL:
        has_some = exists().where(MatchListEntry.match_list_id == _newest(office_id, MatchList.id))
        conditions.append(has_some if wanted.proposals == "some" else ~has_some)
    return conditions


def _is_its_visible_firm(office_id: UUID) -> ColumnElement[bool]:
    return and_(Party.id == Need.party_id, is_visible(Party, office_id))


def _ranked_at(office_id: UUID) -> ColumnElement[datetime]:
    return _newest(office_id, MatchList.created_at)


def _newest(office_id: UUID, column: Any) -> ColumnElement[Any]:
    """A column of the list that the office published last for the need."""
    return (
        select(column)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(
            MatchList.need_id == Need.id,
            MatchRun.owner_office_id == office_id,
            MatchRun.published_at.is_not(None),
        )
        .order_by(MatchList.created_at.desc(), MatchList.id)
        .limit(1)
        .correlate(Need)
        .scalar_subquery()
    )
