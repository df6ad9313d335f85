"""Mail to the owner of a need: a template, and the link that it is about."""

from fastapi import Request

from matchmaker.config import Settings
from matchmaker.mail import queue_mail
from matchmaker.tables import Submission
from matchmaker.web.addresses import address
from matchmaker.web.dependencies import WritingSession
from matchmaker.web.rendering import Renderer


def send_to_owner(
    request: Request,
    session: WritingSession,
    submission: Submission,
    template: str,
    page: str,
    *token: str,
) -> None:
    """Put the mail into the outbox; it leads to `page`, which a token may open, in the owner's
    language."""
    renderer: Renderer = request.app.state.renderer
    settings: Settings = request.app.state.settings
    link = settings.web.public_url + address(page, submission.language, *token)
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
