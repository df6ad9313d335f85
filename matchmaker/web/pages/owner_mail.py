"""Mail to the owner of a submission: a template, and the link that it is about."""

from fastapi import Request
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.mail import queue_mail
from matchmaker.submissions import Question, Write
from matchmaker.tables import Submission
from matchmaker.web.addresses import address
from matchmaker.web.assets import Assets
from matchmaker.web.rendering import Renderer


def send_to_owner(
    request: Request,
    session: Session,
    submission: Submission,
    template: str,
    page: str,
    token: str,
) -> None:
    """Put the mail into the outbox; it leads to `page` with `token`, in the owner's language."""
    _send(request.app.state.renderer, request.app.state.settings, session, submission, template,
          page, token)  # fmt: skip


def owner_writer(settings: Settings) -> Write:
    """Writes to owners where there is no request, such as at night; the link asks them."""
    renderer = Renderer(settings, Assets())

    def write(session: Session, submission: Submission, question: Question, token: str) -> None:
        _send(renderer, settings, session, submission, question, "confirm", token)

    return write


def _send(
    renderer: Renderer,
    settings: Settings,
    session: Session,
    submission: Submission,
    template: str,
    page: str,
    token: str,
) -> None:
    link = settings.web.public_url + address(page, submission.language, token)
    subject, text, html = renderer.mail(template, submission.language, link=link)
    contact = settings.operator.contact
    queue_mail(
        session,
        submission.owner_office_id,
        recipient=submission.answers["email"],
        subject=subject,
        text=text,
        html=html,
        language=submission.language,
        reply_to=contact.email if contact else None,
    )
