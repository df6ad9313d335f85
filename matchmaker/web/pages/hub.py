"""A partner's own page: the startups that it brought, and the way to enter another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.pages.form_routes import keep_draft
from matchmaker.web.pages.public_form import to
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.startup_form import STARTUP_FORM
from matchmaker.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class HubPage(Page):
    """The names of the startups that the partner brought, the newest first.

    Whether one may be known already, and what became of it, is between it and the office.
    """

    template: ClassVar[str] = "hub.html"
    name: ClassVar[str | None] = "hub"

    startups: Sequence[str]


@page_route(router, "hub")
def read_hub(request: Request, session: ReadingSession, visitor: CurrentVisitor) -> Response:
    """Show what the partner brought, and nothing else."""
    brought = submissions.list_registrations(
        session, visitor.office_id, brought_by=visitor.officer_id
    )
    newest_first = sorted(brought, key=lambda one: one.created_at, reverse=True)
    names = [one.answers["company"] for one in newest_first if "company" in one.answers]
    return show(request, HubPage(names))


@page_route(router, "hub", "enter", method="POST")
def enter_startup(request: Request, session: WritingSession, visitor: CurrentVisitor) -> Response:
    """Begin the form for a startup of the hub."""
    _, token = submissions.start_draft(
        session,
        visitor.office_id,
        STARTUP_FORM.kind,
        language_of(request.url.path),
        brought_by=visitor.officer_id,
    )
    answer = to(request, STARTUP_FORM.first)
    keep_draft(request, answer, STARTUP_FORM, token)
    return answer
