"""The public form: three short pages of questions, one to check the answers, then a mail.

Nothing is asked twice: from the first page on the answers lie in a draft on the server, which a
cookie opens. Spam gets the same friendly page as everybody, and nothing is kept of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker import submissions
from matchmaker.config import Settings
from matchmaker.database import now
from matchmaker.installation import get_office
from matchmaker.tables import Submission
from matchmaker.web.addresses import address, language_of
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, Posted, PostedForm, fill, typed
from matchmaker.web.pages.need_fields import EVERY_FIELD, STEPS
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.showing import page_route, set_cookie, show
from matchmaker.web.rendering import Page

router = APIRouter()

COOKIE = "need_draft"
# A field that people do not see; programs fill it in.
TRAP = "website"
# Nobody reads four pages in less.
_FASTEST = timedelta(seconds=3)
_ORDER = [*STEPS, "need_check"]
HEADINGS = {
    "need": "Your need",
    "need_firm": "Your firm",
    "need_contact": "Contact and visibility",
}


@dataclass(frozen=True, slots=True)
class StepPage(Page):
    """One page of questions; `filled` is what was typed and what is wrong with it."""

    template: ClassVar[str] = "need/step.html"
    name: ClassVar[str | None] = None

    step: str
    heading: str
    number: int
    fields: Sequence[Field]
    filled: Filled
    is_correction: bool


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Every answer once more, each with the way back to its question."""

    template: ClassVar[str] = "need/check.html"
    name: ClassVar[str | None] = "need_check"

    steps: Sequence[tuple[str, str, Sequence[Field]]]
    filled: Filled
    trap: str = TRAP


@dataclass(frozen=True, slots=True)
class SentPage(Page):
    """The same page for everybody: look into your mail box."""

    template: ClassVar[str] = "need/sent.html"
    name: ClassVar[str | None] = "need_sent"


def _step_routes(step: str) -> None:
    """Route the questions of one step: to read and to answer them."""

    @page_route(router, step)
    def read_step(request: Request, session: ReadingSession) -> Response:
        draft = _draft(request, session)
        if draft is None and step != _ORDER[0]:
            return _to(request, _ORDER[0])
        filled = typed(STEPS[step], draft.answers if draft else {})
        return show(
            request, _step_page(step, filled, is_correction="check" in request.query_params)
        )

    @page_route(router, step, method="POST")
    def answer_step(request: Request, session: WritingSession, posted: PostedForm) -> Response:
        is_correction = "check" in request.query_params
        filled = fill(STEPS[step], posted)
        if filled.errors:
            return show(request, _step_page(step, filled, is_correction), 422)
        draft, token = _draft(request, session), None
        if draft is None:
            if step != _ORDER[0]:
                return _to(request, _ORDER[0])
            office = get_office(session, None)
            draft, token = submissions.start_draft(
                session, office.id, language_of(request.url.path)
            )
        submissions.save_answers(session, draft, filled.answers)
        answer = _to(request, "need_check" if is_correction else _ORDER[_ORDER.index(step) + 1])
        if token is not None:
            settings: Settings = request.app.state.settings
            days = timedelta(days=settings.retention.draft_days)
            set_cookie(request, answer, COOKIE, token, days)
        return answer


for _step in STEPS:
    _step_routes(_step)


@page_route(router, "need_check")
def read_check(request: Request, session: ReadingSession) -> Response:
    """Show all answers, or the first page with an open question."""
    draft = _draft(request, session)
    unfinished = _first_unfinished(draft)
    if draft is None or unfinished:
        return _to(request, unfinished or _ORDER[0])
    steps = [(step, HEADINGS[step], fields) for step, fields in STEPS.items()]
    return show(request, CheckPage(steps, typed(EVERY_FIELD, draft.answers)))


@page_route(router, "need_check", method="POST")
def send_need(request: Request, session: WritingSession, posted: PostedForm) -> Response:
    """Close the draft and send the link that confirms it."""
    draft = _draft(request, session)
    if draft is None:  # sent already, by a second click
        return _to(request, "need_sent")
    if unfinished := _first_unfinished(draft):
        return _to(request, unfinished)
    if _is_spam(request, draft, posted):
        session.delete(draft)
    else:
        draft.language = language_of(request.url.path)
        token = submissions.submit(session, draft)
        send_to_owner(request, session, draft, "confirm_need", "confirm", token)
    answer = _to(request, "need_sent")
    answer.delete_cookie(COOKIE)
    return answer


@page_route(router, "need_sent")
def read_sent(request: Request) -> Response:
    """Say what happens next."""
    return show(request, SentPage())


def _is_spam(request: Request, draft: Submission, posted: Posted) -> bool:
    attempts: Attempts = request.app.state.attempts
    return (
        any(posted.get(TRAP, ()))
        or now() - draft.created_at < _FASTEST
        or not attempts.may_send(draft.answers["email"].lower(), request)
    )


def _step_page(step: str, filled: Filled, is_correction: bool) -> StepPage:
    number = _ORDER.index(step) + 1
    return StepPage(step, HEADINGS[step], number, STEPS[step], filled, is_correction)


def _draft(request: Request, session: ReadingSession) -> Submission | None:
    token = request.cookies.get(COOKIE)
    return submissions.find_draft(session, token) if token else None


def _first_unfinished(draft: Submission | None) -> str | None:
    """The first step with a mandatory question that is open."""
    answers = draft.answers if draft else {}
    for step, fields in STEPS.items():
        if any(field.is_mandatory and not answers.get(field.name) for field in fields):
            return step
    return None


def _to(request: Request, page: str) -> Response:
    return RedirectResponse(address(page, language_of(request.url.path)), 303)
