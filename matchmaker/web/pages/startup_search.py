"""Finding a startup by its name: to look at it, or to ask about it for a need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import tandems
from matchmaker.profiles import NamedSolution, find_named_solutions, get_record
from matchmaker.tables import Need
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.pages.inbox import about
from matchmaker.web.pages.placements import Placing, placing_of
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class SearchedNeed:
    """The need for which a startup is looked for: where each solution stands in its list."""

    id: UUID
    heading: str
    has_list: bool
    ranks: Mapping[str, int]
    placing: Placing


@dataclass(frozen=True, slots=True)
class StartupsPage(Page):
    """The solutions that the search finds; `found` counts all of them."""

    template: ClassVar[str] = "desk/startups.html"
    name: ClassVar[str | None] = "desk_startups"

    search: str
    rows: Sequence[NamedSolution]
    found: int
    need: SearchedNeed | None


@page_route(router, "desk_startups")
def search_startups(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    q: Annotated[str, Query(max_length=200)] = "",
    need: UUID | None = None,
    why: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show the solutions whose startup or title holds every word of the search.

    Asked `why` one startup is not in the list of a need, go on to the answer if only one is
    meant.
    """
    found = find_named_solutions(session, visitor.office_id, q)
    startups = {one.startup_id for one in found}
    if why and need is not None and len(startups) == 1:
        language = language_of(request.url.path)
        place = address("desk_need", language, str(need), "why-not", str(startups.pop()))
        return RedirectResponse(place, 303)
    searched = None if need is None else _searched(session, visitor.office_id, need)
    return show(request, StartupsPage(q, found[:MOST_FOUND], len(found), searched))


def _searched(session: Session, office_id: UUID, need_id: UUID) -> SearchedNeed:
    answer = tandems.find_newest_answer(session, office_id, need_id, "en")
    results = answer["results"] if answer else []
    return SearchedNeed(
        need_id,
        about(get_record(session, Need, office_id, need_id)),
        answer is not None,
        {result["solution"]["id"]: result["rank"] for result in results},
        placing_of(session, office_id, need_id),
    )
