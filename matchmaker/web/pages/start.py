"""The first page."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker.messages import LANGUAGES
from matchmaker.web.addresses import address
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StartPage(Page):
    """What the service is, for a firm that has never heard of it."""

    template: ClassVar[str] = "start.html"
    name: ClassVar[str | None] = "start"


@router.get("/")
def choose_language() -> Response:
    """German first: the page itself offers the other language."""
    return RedirectResponse(address("start", LANGUAGES[0]))


@page_route(router, "start")
def read_start(request: Request) -> Response:
    """Show the first page."""
    return show(request, StartPage())
