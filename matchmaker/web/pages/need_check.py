"""The end of the public form: every answer once more, then a mail.

Spam gets the same friendly page as everybody, and nothing is kept of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.attachments import find_attachment, list_attachments
from matchmaker.database import now
from matchmaker.tables import Attachment, Submission
from matchmaker.web.addresses import language_of
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, Posted, PostedForm, typed
from matchmaker.web.pages.need_fields import EVERY_FIELD, STEPS
from matchmaker.web.pages.need_form import COOKIE, HEADINGS, ORDER, draft_of, to_page
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.proof import Proof, proof_in
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

# A field that people do not see; programs fill it in.
TRAP = "website"
# Nobody reads four pages in less.
_FASTEST = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Every answer once more, each with the way back to its question."""

    template: ClassVar[str] = "need/check.html"
    name: ClassVar[str | None] = "need_check"

    steps: Sequence[tuple[str, str, Sequence[Field]]]
    filled: Filled
    attached: Sequence[Attachment]
    trap: str = TRAP


@dataclass(frozen=True, slots=True)
class SentPage(Page):
    """The same page for everybody: look into your mail box."""

    template: ClassVar[str] = "need/sent.html"
    name: ClassVar[str | None] = "need_sent"


@page_route(router, "need_check")
def read_check(request: Request, session: ReadingSession) -> Response:
    """Show all answers, or the first page with an open question."""
    draft = draft_of(request, session)
    unfinished = _first_unfinished(draft)
    if draft is None or unfinished:
        return to_page(request, unfinished or ORDER[0])
    steps = [(step, HEADINGS[step], fields) for step, fields in STEPS.items()]
    attached = list_attachments(session, draft.id)
    return show(request, CheckPage(steps, typed(EVERY_FIELD, draft.answers), attached))


@page_route(router, "need_check", "attachments/{attachment_id}/remove", method="POST")
def remove_attachment(request: Request, session: WritingSession, attachment_id: UUID) -> Response:
    """Take a file away again; one that is gone already stays gone."""
    draft = draft_of(request, session)
    found = find_attachment(session, draft.id, attachment_id) if draft else None
    if found is not None:
        session.delete(found)
    return to_page(request, "need_check")


@page_route(router, "need_check", method="POST")
def send_need(request: Request, session: WritingSession, posted: PostedForm) -> Response:
    """Close the draft and send the link that confirms it."""
    draft = draft_of(request, session)
    if draft is None:  # sent already, by a second click
        return to_page(request, "need_sent")
    if unfinished := _first_unfinished(draft):
        return to_page(request, unfinished)
    proof = proof_in(session, posted)
    if proof is Proof.FALSE or _is_spam(request, draft, posted):
        session.delete(draft)
    else:
        draft.language = language_of(request.url.path)
        token = submissions.submit(session, draft, is_proven=proof is Proof.DONE)
        send_to_owner(request, session, draft, "confirm_need", "confirm", token)
    answer = to_page(request, "need_sent")
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


def _first_unfinished(draft: Submission | None) -> str | None:
    """The first step with a mandatory question that is open."""
    answers = draft.answers if draft else {}
    for step, fields in STEPS.items():
        if any(field.is_mandatory and not answers.get(field.name) for field in fields):
            return step
    return None
