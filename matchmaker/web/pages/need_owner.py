"""Behind the links of mails: confirming a need, and the page of its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import orjson
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker import inbox, submissions
from matchmaker.config import PersonSettings, Settings
from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.inbox import Progress
from matchmaker.profiles import get_record
from matchmaker.tables import Need, Submission
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill, typed
from matchmaker.web.pages.need_fields import EVERY_FIELD, PROBLEM
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.rendering import Page, speak

router = APIRouter()

# What the sender agrees to, by the purpose of the consent; shown above the button.
MATCHING = "I want my need to be compared with the profiles of startups."
PASSING = {
    "anonymous": "My need may be passed on to fitting startups, without the name of the firm.",
    "named": "My need may be passed on to fitting startups, with the name of the firm.",
}
CONFIRM_HEADINGS = {
    "ready": "Confirm your need",
    "done": "This need is confirmed already",
    "expired": "This link has expired",
    "exhausted": "This link has expired",
}
STATUS_HEADINGS = {
    "confirmed": "Your need",
    "withdrawn": "Your need is withdrawn",
    "erased": "Your data is deleted",
}
EDITABLE = PROBLEM[:1]


@dataclass(frozen=True, slots=True)
class TokenPage(Page):
    """A page behind the link of a mail."""

    token: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The token of the link."""
        return (self.token,)


@dataclass(frozen=True, slots=True)
class ConfirmPage(TokenPage):
    """The button that confirms, or why there is none: ready, expired, exhausted or done."""

    template: ClassVar[str] = "need/confirm.html"
    name: ClassVar[str | None] = "confirm"

    state: str
    wordings: Sequence[str]

    @property
    def heading(self) -> str:
        """What the page is about."""
        return CONFIRM_HEADINGS[self.state]


@dataclass(frozen=True, slots=True)
class StatusPage(TokenPage):
    """What became of a need, whom to ask, and all that its owner can do with it.

    Nothing here says which startups were proposed: that is told when both sides agreed.
    """

    template: ClassVar[str] = "need/status.html"
    name: ClassVar[str | None] = "status"

    submission: Submission
    fields: Sequence[Field]
    editable: Sequence[Field]
    filled: Filled
    contact: PersonSettings | None = None
    progress: Progress | None = None
    is_erased: bool = False

    @property
    def heading(self) -> str:
        """What became of the need."""
        return STATUS_HEADINGS["erased" if self.is_erased else self.submission.state]


@page_route(router, "confirm", "{token}")
def read_confirmation(request: Request, session: ReadingSession, token: str) -> Response:
    """Show the button; opening the link changes nothing."""
    submission = _confirmable(session, token)
    return show(request, _confirm_page(token, submission))


@page_route(router, "confirm", "{token}", method="POST")
def confirm_need(request: Request, session: WritingSession, token: str) -> Response:
    """Confirm the need and lead to its owner's page; a second time says so kindly."""
    submission = _confirmable(session, token)
    if submission.state != "unconfirmed":
        return show(request, _confirm_page(token, submission))
    wordings = {
        purpose: speak(wording, submission.language)
        for purpose, wording in _agreed(submission).items()
    }
    status_token = submissions.confirm(session, submission, wordings)
    if status_token is None:
        return show(request, _confirm_page(token, submission), 409)
    send_to_owner(request, session, submission, "need_confirmed", "status", status_token)
    return _back(request, status_token)


@page_route(router, "confirm", "{token}/new", method="POST")
def renew_link(request: Request, session: WritingSession, token: str) -> Response:
    """Send another link in place of an expired one."""
    submission = _confirmable(session, token)
    try:
        renewed = submissions.renew_confirmation(session, submission)
    except ConflictError:
        return show(request, _confirm_page(token, submission), 409)
    send_to_owner(request, session, submission, "confirm_need", "confirm", renewed)
    return RedirectResponse(address("need_sent", language_of(request.url.path)), 303)


@page_route(router, "status", "{token}")
def read_status(request: Request, session: ReadingSession, token: str) -> Response:
    """Show what became of the need."""
    return show(request, _status_page(request, session, token, _owned(session, token)))


@page_route(router, "status", "{token}/edit", method="POST")
def edit_need(
    request: Request, session: WritingSession, token: str, posted: PostedForm
) -> Response:
    """Change the words of the need."""
    submission = _owned(session, token)
    filled = fill(EDITABLE, posted)
    if filled.errors:
        return show(request, _status_page(request, session, token, submission, filled), 422)
    submissions.rewrite(session, submission, filled.answers)
    return _back(request, token)


@page_route(router, "status", "{token}/withdraw", method="POST")
def withdraw_need(request: Request, session: WritingSession, token: str) -> Response:
    """Take the need back; it takes part in nothing from then on."""
    submissions.withdraw(session, _owned(session, token))
    return _back(request, token)


@page_route(router, "status", "{token}/erase", method="POST")
def erase_need(request: Request, session: WritingSession, token: str) -> Response:
    """Withdraw the need and delete what names a person."""
    submission = _owned(session, token)
    submissions.erase(session, submission)
    page = StatusPage(token, submission, (), (), Filled(), is_erased=True)
    return show(request, page)


@page_route(router, "status", "{token}/export")
def export_need(request: Request, session: ReadingSession, token: str) -> Response:
    """Everything that is stored of the owner, as a file."""
    document = submissions.owner_document(session, _owned(session, token))
    return Response(
        orjson.dumps(document, option=orjson.OPT_INDENT_2),
        media_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="matchmaker.json"',
            "Cache-Control": "no-store",
        },
    )


def _confirmable(session: ReadingSession, token: str) -> Submission:
    submission = submissions.find_by_confirmation(session, token)
    if submission is None:
        raise NotFoundError("This link opens nothing.")
    return submission


def _owned(session: ReadingSession, token: str) -> Submission:
    submission = submissions.find_by_status(session, token)
    if submission is None:
        raise NotFoundError("This link opens nothing.")
    return submission


def _agreed(submission: Submission) -> dict[str, str]:
    passing = PASSING.get(submission.answers["visibility"])
    return {"matching": MATCHING} | ({"introduction": passing} if passing else {})


def _confirm_page(token: str, submission: Submission) -> ConfirmPage:
    if submission.state != "unconfirmed":
        return ConfirmPage(token, "done", ())
    expires_at = submission.confirmation_expires_at
    if expires_at is not None and expires_at >= now():
        return ConfirmPage(token, "ready", list(_agreed(submission).values()))
    spent = submission.confirmations_sent >= submissions.MOST_CONFIRMATIONS
    return ConfirmPage(token, "exhausted" if spent else "expired", ())


def _status_page(
    request: Request,
    session: ReadingSession,
    token: str,
    submission: Submission,
    filled: Filled | None = None,
) -> StatusPage:
    answers: dict[str, Any] = submission.answers
    shown = typed(EVERY_FIELD, answers)
    if filled is not None:
        shown = Filled(typed={**shown.typed, **filled.typed}, errors=filled.errors)
    settings: Settings = request.app.state.settings
    progress = None
    if submission.state == "confirmed" and submission.need_id is not None:
        need = get_record(session, Need, submission.owner_office_id, submission.need_id)
        progress = inbox.progress_of(session, need, settings.promises, now())
    contact = _contact(settings, progress)
    return StatusPage(token, submission, EVERY_FIELD, EDITABLE, shown, contact, progress)


def _contact(settings: Settings, progress: Progress | None) -> PersonSettings:
    """Whom the owner may ask: who looked at the need last, else the contact of the office."""
    operator = settings.operator
    usual = operator.contact or PersonSettings(
        name=settings.office.name, phone=operator.phone, email=operator.email
    )
    if progress is None or progress.officer is None:
        return usual
    officer = progress.officer
    return PersonSettings(name=officer.name, phone=usual.phone, email=officer.email)


def _back(request: Request, token: str) -> Response:
    return RedirectResponse(address("status", language_of(request.url.path), token), 303)
