"""A startup at the desk: who it is, what it offers, and the needs that fit it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import tandems
from matchmaker.errors import NotFoundError
from matchmaker.profiles import get_record, visible_needs, visible_profiles
from matchmaker.tables import Need, Party, Solution
from matchmaker.tandems import Summary
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import Engines, ReadingSession
from matchmaker.web.pages.advice import Advice, advice_for_desk
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

MOST_NEEDS = 20


@dataclass(frozen=True, slots=True)
class FittingNeed:
    """A need that fits, with the reasons as the need's own list would give them."""

    need_id: UUID
    heading: str
    firm: str | None
    summary: Summary


@dataclass(frozen=True, slots=True)
class ListedAt:
    """A published list that shows one of the startup's solutions."""

    entry_id: UUID
    rank: int
    heading: str
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class StartupPage(Page):
    """A startup with its solutions; `excluded` counts the needs that rules keep from it.

    `advice` is what would help its solutions, by their ids; None where nobody asked.
    """

    template: ClassVar[str] = "desk/startup.html"
    name: ClassVar[str | None] = "desk_startup"

    party: Party
    startup: str
    solutions: Sequence[Solution]
    considered: int
    excluded: Mapping[str, int]
    fits: Sequence[FittingNeed]
    listings: Sequence[ListedAt]
    advice: Mapping[UUID, Sequence[Advice]] | None
    headings: Mapping[UUID, str]

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the startup."""
        return (str(self.party.id),)


@page_route(router, "desk_startup", "{startup_id}")
def read_startup(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    startup_id: UUID,
    coach: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show a startup that has at least one visible solution, and the needs that fit it now.

    `coach` also computes what would help its profile.
    """
    office_id, language = visitor.office_id, language_of(request.url.path)
    party = get_record(session, Party, office_id, startup_id)
    solutions = list(
        session.scalars(visible_profiles(office_id).where(Solution.party_id == party.id))
    )
    if not solutions:
        raise NotFoundError(f"There is no startup with the id {startup_id}.")
    engines: Engines = request.app.state.engines
    engine = engines.of(office_id)
    answer = engine.match_startup(party.id, language, MOST_NEEDS)
    advice = advice_for_desk(engine, party.id, language) if coach else None
    listings = tandems.find_listings(session, office_id, [one.id for one in solutions])
    asked = {UUID(result["need"]["id"]) for result in answer["results"]}
    asked |= {one.need_id for one in listings}
    for found in (advice or {}).values():
        asked |= {need_id for one in found for need_id in one.needs}
    needs = _needs(session, office_id, asked)
    fits = [
        FittingNeed(need.id, about(need), firm_of(need, office_id), summary)
        for result in answer["results"]
        if (need := needs.get(UUID(result["need"]["id"])))
        and (summary := tandems.summarize(result, answer["texts"]))
    ]
    page = StartupPage(
        party=party,
        startup=party.name or party.external_id or str(party.id),
        solutions=solutions,
        considered=answer["considered"],
        excluded=answer["excluded"],
        fits=fits,
        listings=[
            ListedAt(one.entry_id, one.rank, about(needs[one.need_id]), one.listed_at)
            for one in listings
            if one.need_id in needs
        ],
        advice=advice,
        headings={need_id: about(need) for need_id, need in needs.items()},
    )
    return show(request, page)


def _needs(session: Session, office_id: UUID, ids: set[UUID]) -> dict[UUID, Need]:
    query = visible_needs(office_id).where(Need.id.in_(ids))
    return {need.id: need for need in session.scalars(query)}
