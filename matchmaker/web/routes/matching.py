"""Match lists: for a text typed in, for a stored need, as they were published."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Request, Response

from matchmaker import profiles, tandems
from matchmaker.errors import NotFoundError
from matchmaker.profiles import get_record
from matchmaker.tables import Need
from matchmaker.web.dependencies import (
    CurrentCaller,
    OfficeEngine,
    ReadingSession,
    SentenceLanguage,
    Top,
    direct_json,
)
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.noting import note_shown
from matchmaker.web.problems import problems
from matchmaker.web.schemas.matching import MatchIn, MatchOut, WhyNotOut

router = APIRouter(tags=["matching"], route_class=GuardedRoute)


def _match(status: int, *errors: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": MatchOut}, **problems(*errors)}


@router.post(
    "/match",
    summary="Propose startups for a need in words",
    response_class=Response,
    responses=_match(200, 413, 415),
)
def match_text(engine: OfficeEngine, body: MatchIn) -> Response:
    """Rank the solutions that the office sees. Neither the text nor the list is stored."""
    need = profiles.passing_need(
        body.text,
        language=body.language,
        title=body.title,
        branches=frozenset(body.branches),
        tags=frozenset(body.tags),
        maturity_wanted_trl=body.maturity_wanted_trl,
        cooperation_forms=frozenset(body.cooperation_forms),
        needed_by_on=body.needed_by_on,
        seat_country=body.seat_country,
        it_security=frozenset(body.it_security),
    )
    return direct_json(engine.match_text(need, body.top, body.lang))


@router.get(
    "/needs/{need_id}/match-list",
    summary="Read the newest match list of a need",
    response_class=Response,
    responses=_match(200, 404),
)
def read_newest_list(
    request: Request,
    tasks: BackgroundTasks,
    caller: CurrentCaller,
    session: ReadingSession,
    need_id: UUID,
    top: Top = 10,
    lang: SentenceLanguage = "de",
) -> Response:
    """Return the list that was published last, as it was shown. Nothing is computed."""
    answer = tandems.find_newest_answer(session, caller.office_id, need_id, lang, top)
    if answer is None:
        get_record(session, Need, caller.office_id, need_id)
        raise NotFoundError("This need has no match list yet. POST to this address makes one.")
    note_shown(request, tasks, caller, answer)
    return direct_json(answer)


@router.post(
    "/needs/{need_id}/match-list",
    status_code=201,
    summary="Compute and publish a new match list of a need",
    response_class=Response,
    responses=_match(201, 404, 413, 415),
)
def publish_list(
    request: Request,
    tasks: BackgroundTasks,
    caller: CurrentCaller,
    engine: OfficeEngine,
    need_id: UUID,
    top: Top = 10,
    lang: SentenceLanguage = "de",
) -> Response:
    """Rank the solutions for a stored need again; earlier lists stay as they are."""
    answer = engine.match_need(need_id, lang, top, actor=caller.actor, fresh=True)
    note_shown(request, tasks, caller, answer)
    location = f"/api/v1/match-lists/{answer['match_list']}"
    return direct_json(answer, status_code=201, location=location)


@router.get(
    "/match-lists/{list_id}",
    summary="Read a published match list",
    response_class=Response,
    responses=_match(200, 404),
)
def read_published_list(
    request: Request,
    tasks: BackgroundTasks,
    caller: CurrentCaller,
    session: ReadingSession,
    list_id: UUID,
    top: Top = 10,
    lang: SentenceLanguage = "de",
) -> Response:
    """Return a list of any age; reading it again gives the same bytes."""
    answer = tandems.read_list(session, caller.office_id, list_id, lang, top)
    note_shown(request, tasks, caller, answer)
    return direct_json(answer)


@router.get(
    "/needs/{need_id}/why-not",
    summary="Say why a startup is not in the newest match list of a need",
    response_class=Response,
    responses={200: {"model": WhyNotOut}, **problems(404, 409)},
)
def read_why_not(engine: OfficeEngine, need_id: UUID, startup: UUID) -> Response:
    """Name one of four causes; `startup` is the id of a startup or of a solution of it."""
    found = engine.why_not(need_id, startup)
    return direct_json({"cause": found.cause, "detail": found.detail})
