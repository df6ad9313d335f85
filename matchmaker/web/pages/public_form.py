"""A public form: short pages of questions, one to check the answers, then a mail.

Nothing is asked twice: from the first page on the answers lie in a draft on the server, which a
cookie opens. Spam gets the same friendly page as everybody, and nothing is kept of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
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
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.showing import (
    ForbiddenError,
    page_route,
    set_cookie,
    show,
    visitor_of,
)
from matchmaker.web.rendering import Page

# A field that people do not see; programs fill it in.
TRAP = "website"
NEXT, KEEP_AND_CHECK = "Next", "Keep and check"
# Nobody reads four pages in less.
_FASTEST = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class FormWords:
    """The sentences of a form that are its own, in English, as they stand in the catalogue.

    `lead` stands on the first page, `promise` above the button that sends, with the {address}
    of the mail, and `sent` behind it. `confirm` heads the page behind the link, `confirmed` the
    same page when it was used already, with `done` beneath.
    """

    lead: str
    promise: str
    sent: str
    confirm: str
    confirmed: str
    done: str


@dataclass(frozen=True, slots=True)
class Step:
    """One page of questions."""

    heading: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class PublicForm:
    """One form: its pages in their order, by their names among the addresses.

    `kind` is that of its submissions, `owner` the page behind the second mail's link.
    `confirm_mail` and `confirmed_mail` are templates. `agreed` tells what the sender agrees to,
    by the purpose of the consent.
    """

    kind: str
    steps: Mapping[str, Step]
    check: str
    sent: str
    owner: str
    confirm_mail: str
    confirmed_mail: str
    words: FormWords
    agreed: Callable[[Mapping[str, Any]], dict[str, str]]
    check_page: "type[CheckPage]"

    @property
    def first(self) -> str:
        """The page that it begins with."""
        return next(iter(self.steps))

    @property
    def every_field(self) -> tuple[Field, ...]:
        """All questions."""
        return tuple(one for step in self.steps.values() for one in step.fields)

    @property
    def cookie(self) -> str:
        """The name of the cookie that opens the draft."""
        return f"{self.kind}_draft"


@dataclass(frozen=True, slots=True)
class StepPage(Page):
    """One page of questions; `filled` is what was typed and what is wrong with it."""

    template: ClassVar[str] = "form/step.html"
    name: ClassVar[str | None] = None

    page: str
    heading: str
    fields: Sequence[Field]
    filled: Filled
    button: str
    number: int | None = None
    count: int = 0
    lead: str | None = None

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.page


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Every answer once more, each with the way back to its question."""

    template: ClassVar[str] = "form/check.html"
    name: ClassVar[str | None] = None

    form: PublicForm
    answers: Mapping[str, Any]
    is_brought: bool
    trap: str = TRAP

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.form.check

    @property
    def filled(self) -> Filled:
        """The answers as they were typed."""
        return typed(self.form.every_field, self.answers)

    @property
    def count(self) -> int:
        """The number of this page, which is the last one."""
        return len(self.form.steps) + 1


@dataclass(frozen=True, slots=True)
class SentPage(Page):
    """The same page for everybody: look into your mail box."""

    template: ClassVar[str] = "form/sent.html"
    name: ClassVar[str | None] = None

    page: str
    words: str

    @property
    def place(self) -> str:
        """The page in the other language."""
        return self.page


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


def to(request: Request, page: str, *parts: str) -> Response:
    """The way to a page, in the language of the request."""
    return RedirectResponse(address(page, language_of(request.url.path), *parts), 303)


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
