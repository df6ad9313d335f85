"""How a route shows a page."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker.messages import LANGUAGES
from matchmaker.web.addresses import address, language_of
from matchmaker.web.rendering import Page, Renderer

Handler = TypeVar("Handler", bound=Callable[..., Response])


def page_route(
    router: APIRouter, page: str, *parts: str, method: str = "GET"
) -> Callable[[Handler], Handler]:
    """Route the page's address in every language to the function; `parts` end the address."""
    methods = ["GET", "HEAD"] if method == "GET" else [method]

    def register(handler: Handler) -> Handler:
        for language in LANGUAGES:
            router.add_api_route(address(page, language, *parts), handler, methods=methods)
        return handler

    return register


def show(request: Request, page: Page, status_code: int = 200) -> Response:
    """The page, in the language of the request's address."""
    renderer: Renderer = request.app.state.renderer
    return renderer.answer(request, page, language_of(request.url.path), status_code)
