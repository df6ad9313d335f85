"""Mail to the owner of a submission: a template, and the link that it is about."""

from collections.abc import Mapping

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
    *token: str,
    reply_to: str | None = None,
    **values: object,
) -> None:
    """Put the mail into the outbox; it leads to `page`, which a token may open, in the owner's
    language.

    `values` are what the template shows besides the link. Who answers writes to `reply_to`, or
    to the contact of the office.
    """
    _send(request.app.state.renderer, request.app.state.settings, session, submission, template,
          (page, *token), reply_to, values)  # fmt: skip


def owner_writer(settings: Settings) -> Write:
    """Writes to owners where there is no request, such as at night; the link asks them."""
    renderer = Renderer(settings, Assets())

    def write(session: Session, submission: Submission, question: Question, token: str) -> None:
        _send(renderer, settings, session, submission, question, ("confirm", token), None, {})

    return write


def _send(
    renderer: Renderer,
    settings: Settings,
    session: Session,
    submission: Submission,
    template: str,
    place: tuple[str, ...],
    reply_to: str | None,
    values: Mapping[str, object],
) -> None:
    page, *parts = place
    link = settings.web.public_url + address(page, submission.language, *parts)
    subject, text, html = renderer.mail(template, submission.language, link=link, **values)
    contact = settings.operator.contact
    queue_mail(
        session,
        submission.owner_office_id,
        recipient=submission.answers["email"],
        subject=subject,
        text=text,
        html=html,
        language=submission.language,
        reply_to=reply_to or (contact.email if contact else None),
    )
