"""How a route shows a page, and to whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from matchmaker import submissions
from matchmaker.accounts import Visitor, find_visitor, keep_alive
from matchmaker.config import Settings
from matchmaker.database import reading, transaction
from matchmaker.errors import MatchmakerError
from matchmaker.messages import LANGUAGES
from matchmaker.web.addresses import address, language_of
from matchmaker.web.permissions import DESK, EVERYONE, PERMISSIONS
from matchmaker.web.rendering import Page, Renderer

Handler = TypeVar("Handler", bound=Callable[..., Response])

COOKIE = "session"


class LogInFirstError(MatchmakerError):
    """The page needs an account, and nobody is logged in."""


class ForbiddenError(MatchmakerError):
    """The page is not for this role."""


def page_route(
    router: APIRouter, page: str, *parts: str, method: str = "GET"
) -> Callable[[Handler], Handler]:
    """Route the page's address in every language to the function; `parts` end the address.

    Only the roles that `permissions` names get there; a page without an entry is not routed.
    """
    methods = ["GET", "HEAD"] if method == "GET" else [method]
    roles = PERMISSIONS[page]
    guards: list[Any] = [] if roles == EVERYONE else [Depends(_allowing(roles))]

    def register(handler: Handler) -> Handler:
        for language in LANGUAGES:
            place = address(page, language, *parts)
            router.add_api_route(place, handler, methods=methods, dependencies=guards)
        return handler

    return register


def visitor_of(request: Request) -> Visitor:
    """Who is logged in.

    Raises
    ------
    LogInFirstError
        Nobody is, or no longer.
    """
    token = request.cookies.get(COOKIE)
    factory = request.app.state.factory
    visitor = None
    if token:
        with reading(factory) as session:
            visitor = find_visitor(session, token)
            if visitor is not None and visitor.role in DESK:
                request.state.held = submissions.count_held(session, visitor.office_id)
    request.state.role = visitor.role if visitor else None
    if visitor is None:
        raise LogInFirstError("Log in first.")
    if visitor.is_stale:
        with transaction(factory) as session:
            keep_alive(session, visitor)
    return visitor


CurrentVisitor = Annotated[Visitor, Depends(visitor_of)]


def show(request: Request, page: Page, status_code: int = 200) -> Response:
    """The page, in the language of the request's address."""
    renderer: Renderer = request.app.state.renderer
    return renderer.answer(request, page, language_of(request.url.path), status_code)


def set_cookie(
    request: Request, answer: Response, name: str, token: str, lasts: timedelta | None = None
) -> None:
    """Give the browser a key that no script reads and no other site sends along.

    Without `lasts` the browser forgets it when it is closed.
    """
    settings: Settings = request.app.state.settings
    answer.set_cookie(
        name,
        token,
        max_age=None if lasts is None else int(lasts.total_seconds()),
        secure=settings.web.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def to_log_in(request: Request) -> Response:
    """The way to the log-in, and from there back to a page that was asked for."""
    place = address("log_in", language_of(request.url.path))
    if request.method == "GET":
        place += f"?next={request.url.path}"
    return RedirectResponse(place, 303)


def _allowing(roles: frozenset[str]) -> Callable[[Visitor], None]:
    def allow(visitor: CurrentVisitor) -> None:
        if visitor.role not in roles:
            raise ForbiddenError("This page is not for your role.")

    return allow
