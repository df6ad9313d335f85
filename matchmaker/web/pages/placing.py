"""Pinning, hiding, adding by hand and taking it back: each computes the list anew at once."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker.accounts import Visitor
from matchmaker.database import reading
from matchmaker.errors import InvalidInputError
from matchmaker.tandems import Decision, RuleStandsAgainstError
from matchmaker.values import PlacementKind
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import Engines
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.match_list import need_page
from matchmaker.web.pages.placements import RefusedHiding
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.why_not import why_not_page

router = APIRouter()

NOTE_ERRORS = {
    "missing": "Please write why this startup is hidden.",
    "long": "Please shorten this; it is too long.",
}
_KINDS: dict[str, PlacementKind | None] = {
    "pinned": "pinned",
    "hidden": "hidden",
    "added": "added",
    "nothing": None,
}


@page_route(router, "desk_need", "{need_id}/place", method="POST")
def place_solution(
    request: Request, visitor: CurrentVisitor, need_id: UUID, posted: PostedForm
) -> Response:
    """Decide about one solution, and show what the new list changed."""
    kind = posted.get("kind", [""])[0]
    if kind not in _KINDS:
        raise InvalidInputError("This is no decision.", field="kind")
    solution_id = _solution_id(posted.get("solution", [""])[0])
    note = " ".join(posted.get("note", [""])[0].split()) if kind == "hidden" else None
    engines: Engines = request.app.state.engines
    decision = Decision(solution_id, _KINDS[kind], visitor.officer_id, note)
    try:
        engines.of(visitor.office_id).decide(need_id, decision, actor=visitor.actor)
    except RuleStandsAgainstError as against:
        return _tell_the_rule(request, visitor, need_id, solution_id, against.rule)
    except InvalidInputError as wrong:
        if wrong.field != "note":
            raise
        error = NOTE_ERRORS["long" if note else "missing"]
        return _ask_for_a_note(
            request, visitor, need_id, RefusedHiding(str(solution_id), note or "", error)
        )
    place = address("desk_need", language_of(request.url.path), str(need_id))
    return RedirectResponse(f"{place}?changed=yes#changes", 303)


def _tell_the_rule(
    request: Request, visitor: Visitor, need_id: UUID, solution_id: UUID, rule: str
) -> Response:
    with reading(request.app.state.factory) as session:
        page = why_not_page(request, session, visitor, need_id, solution_id, refused=rule)
    return show(request, page, 409)


def _ask_for_a_note(
    request: Request, visitor: Visitor, need_id: UUID, refused: RefusedHiding
) -> Response:
    with reading(request.app.state.factory) as session:
        page = need_page(request, session, visitor, need_id, refused=refused)
    return show(request, page, 422)


def _solution_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError("This is no solution.", field="solution") from None
