"""The way through a public form: short pages of questions, one to check the answers, then a mail.

Nothing is asked twice: from the first page on the answers lie in a draft on the server, which a
cookie opens. Spam gets the same friendly page as everybody, and nothing is kept of it.
"""

from datetime import timedelta

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.config import Settings
from matchmaker.database import now
from matchmaker.installation import get_office
from matchmaker.tables import Submission
from matchmaker.web.addresses import language_of
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Filled, Posted, PostedForm, fill, typed
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.public_form import (
    KEEP_AND_CHECK,
    NEXT,
    TRAP,
    PublicForm,
    SentPage,
    StepPage,
    to,
)
from matchmaker.web.pages.showing import (
    ForbiddenError,
    page_route,
    set_cookie,
    show,
    visitor_of,
)

# Nobody reads four pages in less.
_FASTEST = timedelta(seconds=3)


def route_form(router: APIRouter, form: PublicForm) -> None:
    """Route every page of the form."""
    for step in form.steps:
        _route_step(router, form, step)

    @page_route(router, form.check)
    def read_check(request: Request, session: ReadingSession) -> Response:
        draft = draft_of(request, session, form)
        unfinished = _first_unfinished(form, draft)
        if draft is None or unfinished:
            return to(request, unfinished or form.first)
        return show(request, form.check_page(form, draft.answers, draft.brought_by_id is not None))

    @page_route(router, form.check, method="POST")
    def send(request: Request, session: WritingSession, posted: PostedForm) -> Response:
        draft = draft_of(request, session, form)
        if draft is None:  # sent already, by a second click
            return to(request, form.sent)
        if unfinished := _first_unfinished(form, draft):
            return to(request, unfinished)
        if draft.brought_by_id is not None:
            return _accept_brought(request, session, form, draft)
        if _is_spam(request, draft, posted):
            session.delete(draft)
        else:
            draft.language = language_of(request.url.path)
            token = submissions.submit(session, draft)
            send_to_owner(request, session, draft, form.confirm_mail, "confirm", token)
        answer = to(request, form.sent)
        answer.delete_cookie(form.cookie)
        return answer

    @page_route(router, form.sent)
    def read_sent(request: Request) -> Response:
        return show(request, SentPage(form.sent, form.words.sent))


def _route_step(router: APIRouter, form: PublicForm, step: str) -> None:
    """Route the questions of one step: to read and to answer them."""

    @page_route(router, step)
    def read_step(request: Request, session: ReadingSession) -> Response:
        draft = draft_of(request, session, form)
        if draft is None and step != form.first:
            return to(request, form.first)
        filled = typed(form.steps[step].fields, draft.answers if draft else {})
        return show(request, _step_page(request, form, step, filled))

    @page_route(router, step, method="POST")
    def answer_step(request: Request, session: WritingSession, posted: PostedForm) -> Response:
        filled = fill(form.steps[step].fields, posted)
        if filled.errors:
            return show(request, _step_page(request, form, step, filled), 422)
        draft, token = draft_of(request, session, form), None
        if draft is None:
            if step != form.first:
                return to(request, form.first)
            draft, token = submissions.start_draft(
                session, get_office(session, None).id, form.kind, language_of(request.url.path)
            )
        submissions.save_answers(session, draft, filled.answers)
        order = [*form.steps, form.check]
        following = form.check if _is_correction(request) else order[order.index(step) + 1]
        answer = to(request, following)
        if token is not None:
            keep_draft(request, answer, form, token)
        return answer


def keep_draft(request: Request, answer: Response, form: PublicForm, token: str) -> None:
    """Give the browser the key to the draft, for as long as it is kept."""
    settings: Settings = request.app.state.settings
    days = timedelta(days=settings.retention.draft_days)
    set_cookie(request, answer, form.cookie, token, days)


def draft_of(request: Request, session: Session, form: PublicForm) -> Submission | None:
    """What the visitor is writing; None before the first page and after sending."""
    token = request.cookies.get(form.cookie)
    return submissions.find_draft(session, form.kind, token) if token else None


def _accept_brought(
    request: Request, session: Session, form: PublicForm, draft: Submission
) -> Response:
    """Take what a partner entered at once, and tell the startup by mail."""
    visitor = visitor_of(request)
    if visitor.officer_id != draft.brought_by_id:
        raise ForbiddenError("Somebody else began this form.")
    draft.language = language_of(request.url.path)
    token = submissions.accept_brought(session, draft, actor=visitor.actor)
    send_to_owner(request, session, draft, f"{form.kind}_brought", form.owner, token)
    answer = to(request, "hub")
    answer.delete_cookie(form.cookie)
    return answer


def _is_spam(request: Request, draft: Submission, posted: Posted) -> bool:
    """Whether the form was filled in by a program, or is sent too often."""
    attempts: Attempts = request.app.state.attempts
    return (
        any(posted.get(TRAP, ()))
        or now() - draft.created_at < _FASTEST
        or not attempts.may_send(draft.answers["email"].lower(), request)
    )


def _step_page(request: Request, form: PublicForm, step: str, filled: Filled) -> StepPage:
    number = list(form.steps).index(step) + 1
    return StepPage(
        page=step,
        heading=form.steps[step].heading,
        fields=form.steps[step].fields,
        filled=filled,
        button=KEEP_AND_CHECK if _is_correction(request) else NEXT,
        number=number,
        count=len(form.steps) + 1,
        lead=form.words.lead if number == 1 else None,
    )


def _is_correction(request: Request) -> bool:
    return "check" in request.query_params


def _first_unfinished(form: PublicForm, draft: Submission | None) -> str | None:
    """The first step with a mandatory question that is open."""
    answers = draft.answers if draft else {}
    for name, step in form.steps.items():
        if any(one.is_mandatory and not answers.get(one.name) for one in step.fields):
            return name
    return None
