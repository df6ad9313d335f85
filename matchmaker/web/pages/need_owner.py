"""Behind the links of mails: confirming a need, and the page of its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import submissions
from matchmaker.attachments import list_attachments
from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import Attachment, Submission
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill, typed
from matchmaker.web.pages.attached import hand_out
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
    "held": "Your need",
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
    """What became of a need, and all that its owner can do with it."""

    template: ClassVar[str] = "need/status.html"
    name: ClassVar[str | None] = "status"

    submission: Submission
    fields: Sequence[Field]
    editable: Sequence[Field]
    filled: Filled
    attached: Sequence[Attachment] = ()
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
    return show(request, _status_page(session, token, _owned(session, token)))


@page_route(router, "status", "{token}/edit", method="POST")
def edit_need(
    request: Request, session: WritingSession, token: str, posted: PostedForm
) -> Response:
    """Change the words of the need."""
    submission = _owned(session, token)
    filled = fill(EDITABLE, posted)
    if filled.errors:
        return show(request, _status_page(session, token, submission, filled), 422)
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


@page_route(router, "status", "{token}/attachments/{attachment_id}")
def download_own_attachment(session: ReadingSession, token: str, attachment_id: UUID) -> Response:
    """One of the files that the owner sent along."""
    return hand_out(session, _owned(session, token).id, attachment_id)


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
    session: Session, token: str, submission: Submission, filled: Filled | None = None
) -> StatusPage:
    answers: dict[str, Any] = submission.answers
    shown = typed(EVERY_FIELD, answers)
    if filled is not None:
        shown = Filled(typed={**shown.typed, **filled.typed}, errors=filled.errors)
    attached = list_attachments(session, submission.id)
    return StatusPage(token, submission, EVERY_FIELD, EDITABLE, shown, attached)


def _back(request: Request, token: str) -> Response:
    return RedirectResponse(address("status", language_of(request.url.path), token), 303)
