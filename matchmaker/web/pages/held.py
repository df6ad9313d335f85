"""Submissions that came without a proof of work: an officer lets them in or sends them away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.attachments import list_attachments
from matchmaker.tables import Attachment, Submission
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill, typed
from matchmaker.web.pages.attached import hand_out
from matchmaker.web.pages.confirming import FORMS
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.public_form import to
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

REJECTION_WORDS = {
    "advertising": "Advertising or spam",
    "no_need": "Neither a need nor a profile",
    "not_ours": "Not for our office",
    "double": "Sent twice",
}
REASON = (
    Field(
        "reason",
        "Why not?",
        "one",
        hints=("The sender is not told the reason.",),
        missing="Please choose a reason.",
        choices=tuple((code, REJECTION_WORDS[code]) for code in submissions.REJECTIONS),
    ),
)


@dataclass(frozen=True, slots=True)
class HeldPage(Page):
    """Everything that waits, the oldest first."""

    template: ClassVar[str] = "desk/held_submissions.html"
    name: ClassVar[str | None] = "desk_held"

    waiting: Sequence[Submission]


@dataclass(frozen=True, slots=True)
class HeldSubmissionPage(Page):
    """One that waits: its answers, its files, and the form that sends it away."""

    template: ClassVar[str] = "desk/held_submission.html"
    name: ClassVar[str | None] = "desk_held"

    submission: Submission
    answers: Filled
    attached: Sequence[Attachment]
    rejection: Filled
    reason: Sequence[Field] = REASON

    @property
    def fields(self) -> Sequence[Field]:
        """Everything that was asked."""
        return FORMS[self.submission.kind].every_field

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the submission."""
        return (str(self.submission.id),)


@page_route(router, "desk_held")
def read_held(request: Request, session: ReadingSession, visitor: CurrentVisitor) -> Response:
    """Show what waits."""
    return show(request, HeldPage(submissions.list_held(session, visitor.office_id)))


@page_route(router, "desk_held", "{submission_id}")
def read_held_submission(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, submission_id: UUID
) -> Response:
    """Show one that waits."""
    held = submissions.get_held(session, visitor.office_id, submission_id)
    return show(request, _page(session, held, Filled()))


@page_route(router, "desk_held", "{submission_id}/release", method="POST")
def release_held(
    request: Request, session: WritingSession, visitor: CurrentVisitor, submission_id: UUID
) -> Response:
    """Let it go on as a record of the office, and lead there."""
    held = submissions.get_held(session, visitor.office_id, submission_id)
    submissions.release(session, held, actor=visitor.actor)
    if held.need_id is None:
        return to(request, "registrations", str(held.id))
    return to(request, "desk_need", str(held.need_id))


@page_route(router, "desk_held", "{submission_id}/reject", method="POST")
def reject_held(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    submission_id: UUID,
    posted: PostedForm,
) -> Response:
    """Delete it, and tell its sender in neutral words."""
    held = submissions.get_held(session, visitor.office_id, submission_id)
    filled = fill(REASON, posted)
    if filled.errors:
        return show(request, _page(session, held, filled), 422)
    send_to_owner(request, session, held, "not_taken", FORMS[held.kind].first)
    submissions.reject(session, held, filled.answers["reason"], actor=visitor.actor)
    return to(request, "desk_held")


@page_route(router, "desk_held", "{submission_id}/attachments/{attachment_id}")
def download_held_attachment(
    session: ReadingSession, visitor: CurrentVisitor, submission_id: UUID, attachment_id: UUID
) -> Response:
    """One of its files."""
    held = submissions.get_held(session, visitor.office_id, submission_id)
    return hand_out(session, held.id, attachment_id)


def _page(session: Session, held: Submission, rejection: Filled) -> HeldSubmissionPage:
    attached = list_attachments(session, held.id)
    answers = typed(FORMS[held.kind].every_field, held.answers)
    return HeldSubmissionPage(held, answers, attached, rejection)
