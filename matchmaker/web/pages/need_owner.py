"""The page of the owner of a need, behind the link of the second mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker import inbox, submissions
from matchmaker.attachments import list_attachments
from matchmaker.config import PersonSettings, Settings
from matchmaker.database import now
from matchmaker.inbox import Progress
from matchmaker.profiles import get_record
from matchmaker.tables import Attachment, Need, Submission
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill, typed
from matchmaker.web.pages.attached import hand_out
from matchmaker.web.pages.by_link import TokenPage, owned, take_along
from matchmaker.web.pages.need_fields import EVERY_FIELD, PROBLEM
from matchmaker.web.pages.public_form import to
from matchmaker.web.pages.showing import page_route, show

router = APIRouter()

STATUS_HEADINGS = {
    "held": "Your need",
    "confirmed": "Your need",
    "closed": "Your need is closed",
    "withdrawn": "Your need is withdrawn",
    "erased": "Your data is deleted",
}
EDITABLE = PROBLEM[:1]


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
    attached: Sequence[Attachment] = ()
    contact: PersonSettings | None = None
    progress: Progress | None = None
    is_erased: bool = False

    @property
    def heading(self) -> str:
        """What became of the need."""
        if self.is_erased:
            return STATUS_HEADINGS["erased"]
        is_closed = self.progress is not None and self.progress.state == "closed"
        return STATUS_HEADINGS["closed" if is_closed else self.submission.state]


@page_route(router, "status", "{token}")
def read_status(request: Request, session: ReadingSession, token: str) -> Response:
    """Show what became of the need."""
    return show(request, _status_page(request, session, token, owned(session, "need", token)))


@page_route(router, "status", "{token}/edit", method="POST")
def edit_need(
    request: Request, session: WritingSession, token: str, posted: PostedForm
) -> Response:
    """Change the words of the need."""
    submission = owned(session, "need", token)
    filled = fill(EDITABLE, posted)
    if filled.errors:
        return show(request, _status_page(request, session, token, submission, filled), 422)
    submissions.rewrite(session, submission, filled.answers)
    return to(request, "status", token)


@page_route(router, "status", "{token}/withdraw", method="POST")
def withdraw_need(request: Request, session: WritingSession, token: str) -> Response:
    """Take the need back; it takes part in nothing from then on."""
    submissions.withdraw(session, owned(session, "need", token))
    return to(request, "status", token)


@page_route(router, "status", "{token}/erase", method="POST")
def erase_need(request: Request, session: WritingSession, token: str) -> Response:
    """Withdraw the need and delete what names a person."""
    submission = owned(session, "need", token)
    submissions.erase(session, submission)
    page = StatusPage(token, submission, (), (), Filled(), is_erased=True)
    return show(request, page)


@page_route(router, "status", "{token}/export")
def export_need(request: Request, session: ReadingSession, token: str) -> Response:
    """Everything that is stored of the owner, as a file."""
    return take_along(session, owned(session, "need", token))


@page_route(router, "status", "{token}/attachments/{attachment_id}")
def download_own_attachment(session: ReadingSession, token: str, attachment_id: UUID) -> Response:
    """One of the files that the owner sent along."""
    return hand_out(session, owned(session, "need", token).id, attachment_id)


def _status_page(
    request: Request,
    session: ReadingSession,
    token: str,
    submission: Submission,
    filled: Filled | None = None,
) -> StatusPage:
    shown = typed(EVERY_FIELD, submission.answers)
    if filled is not None:
        shown = Filled(typed={**shown.typed, **filled.typed}, errors=filled.errors)
    settings: Settings = request.app.state.settings
    progress = None
    if submission.state == "confirmed" and submission.need_id is not None:
        need = get_record(session, Need, submission.owner_office_id, submission.need_id)
        progress = inbox.progress_of(session, need, settings.promises, now())
    return StatusPage(
        token,
        submission,
        EVERY_FIELD,
        EDITABLE,
        shown,
        list_attachments(session, submission.id),
        _contact(settings, progress),
        progress,
    )


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
