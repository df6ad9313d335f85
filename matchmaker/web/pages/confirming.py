"""Behind the links that ask: is this yours, and, a year later, is it still right?

Opening a link changes nothing: the answer is a button.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.database import now
from matchmaker.errors import ConflictError
from matchmaker.tables import Submission
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.pages.by_link import TokenPage, confirmable
from matchmaker.web.pages.need_form import NEED_FORM
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.public_form import FormWords, to
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.pages.startup_form import STARTUP_FORM
from matchmaker.web.pages.startup_view import ProfileView
from matchmaker.web.rendering import speak

router = APIRouter()

FORMS = {form.kind: form for form in (NEED_FORM, STARTUP_FORM)}
EXPIRED = "This link has expired"
STILL_RIGHT, RESTS = "Is this still right?", "Your profile rests"


@dataclass(frozen=True, slots=True)
class ConfirmPage(TokenPage):
    """The button that confirms, or why there is none.

    `state` is ready, expired, exhausted or done; a year later still_right or rests, with the
    profile in question.
    """

    template: ClassVar[str] = "form/confirm.html"
    name: ClassVar[str | None] = "confirm"

    state: str
    wordings: Sequence[str]
    words: FormWords
    profile: ProfileView | None = None

    @property
    def heading(self) -> str:
        """What the page is about."""
        headings = {
            "ready": self.words.confirm,
            "done": self.words.confirmed,
            "still_right": STILL_RIGHT,
            "rests": RESTS,
        }
        return headings.get(self.state, EXPIRED)


@page_route(router, "confirm", "{token}")
def read_confirmation(request: Request, session: ReadingSession, token: str) -> Response:
    """Show the button; opening the link changes nothing."""
    return show(request, _confirm_page(token, confirmable(session, token)))


@page_route(router, "confirm", "{token}", method="POST")
def confirm(request: Request, session: WritingSession, token: str) -> Response:
    """Confirm what was sent and lead to its owner's page; a second time says so kindly."""
    submission = confirmable(session, token)
    form = FORMS[submission.kind]
    if submissions.is_asked(submission):
        status_token: str | None = submissions.say_still_right(session, submission)
    elif submission.state != "unconfirmed":
        return show(request, _confirm_page(token, submission))
    else:
        wordings = {
            purpose: speak(wording, submission.language)
            for purpose, wording in form.agreed(submission.answers).items()
        }
        status_token = submissions.confirm(session, submission, wordings)
    if status_token is None:
        return show(request, _confirm_page(token, submission), 409)
    send_to_owner(request, session, submission, form.confirmed_mail, form.owner, status_token)
    return to(request, form.owner, status_token)


@page_route(router, "confirm", "{token}/new", method="POST")
def renew_link(request: Request, session: WritingSession, token: str) -> Response:
    """Send another link in place of an expired one."""
    submission = confirmable(session, token)
    try:
        renewed = submissions.renew_confirmation(session, submission)
    except ConflictError:
        return show(request, _confirm_page(token, submission), 409)
    form = FORMS[submission.kind]
    send_to_owner(request, session, submission, form.confirm_mail, "confirm", renewed)
    return to(request, form.sent)


def _confirm_page(token: str, submission: Submission) -> ConfirmPage:
    form = FORMS[submission.kind]
    if submissions.is_asked(submission):
        state = "rests" if submission.state == "rests" else "still_right"
        return ConfirmPage(token, state, (), form.words, ProfileView(submission.answers))
    if submission.state != "unconfirmed":
        return ConfirmPage(token, "done", (), form.words)
    expires_at = submission.confirmation_expires_at
    if expires_at is not None and expires_at >= now():
        wordings = list(form.agreed(submission.answers).values())
        return ConfirmPage(token, "ready", wordings, form.words)
    spent = submission.confirmations_sent >= submissions.MOST_CONFIRMATIONS
    return ConfirmPage(token, "exhausted" if spent else "expired", (), form.words)
