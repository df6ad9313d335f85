"""The other way round: the needs that fit a startup."""

from uuid import UUID

from fastapi import APIRouter, Response

from matchmaker.web.dependencies import OfficeEngine, SentenceLanguage, Top, direct_json
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.matching import StartupNeedsOut

router = APIRouter(prefix="/startups", tags=["matching"], route_class=GuardedRoute)


@router.get(
    "/{startup_id}/needs",
    summary="Find the open needs that fit a startup best",
    response_class=Response,
    responses={200: {"model": StartupNeedsOut}, **problems(404)},
)
def read_fitting_needs(
    engine: OfficeEngine, startup_id: UUID, top: Top = 10, lang: SentenceLanguage = "de"
) -> Response:
    """Rank the open needs that the office sees, by the scorer of the lists; nothing is stored.

    `startup_id` is the id of a party with solutions, or of one of its solutions.
    """
    return direct_json(engine.match_startup(startup_id, lang, top))
