"""Putting mail into the outbox, and turning it into a message."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker.errors import InvalidInputError
from matchmaker.tables import Mail

# One @, no blank, no character that could end a header or list a second recipient.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,180}")
_LONGEST_SUBJECT = 300


def queue_mail(
    session: Session,
    office_id: UUID,
    *,
    recipient: str,
    subject: str,
    text: str,
    html: str | None = None,
    language: str,
    reply_to: str | None = None,
) -> Mail:
    """Put a mail into the outbox, in the caller's transaction: both happen, or neither.

    Raises
    ------
    InvalidInputError
        An address is none.
    """
    mail = Mail(
        owner_office_id=office_id,
        recipient=mail_address(recipient),
        reply_to=None if reply_to is None else mail_address(reply_to),
        subject=one_line(subject),
        text=text,
        html=html,
        language=language,
    )
    session.add(mail)
    session.flush()
    return mail


def mail_address(written: str) -> str:
    """An address as servers take it: the domain in ASCII (IDNA), nothing around it."""
    address = written.strip()
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        ascii_domain = ""
    plain = f"{local}@{ascii_domain}"
    if not _ADDRESS.fullmatch(plain) or "." not in ascii_domain or len(plain) > 254:
        raise InvalidInputError("This is no e-mail address, such as name@firma.de.", field="email")
    return plain


def compose(mail: Mail, sender: str, sender_name: str | None) -> EmailMessage:
    """The message: plain text, and HTML beside it where there is one."""
    # Seven bits go through every server.
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = formataddr((sender_name or "", sender))
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    # Written by a program: nobody's absence note needs to answer it (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    # Set last: setting the content takes away what was said about it.
    message["Content-Language"] = mail.language
    return message


def one_line(subject: str) -> str:
    """At most 300 printable characters on one line: nothing in it can begin another header."""
    printable = (letter for letter in " ".join(subject.split()) if letter.isprintable())
    return "".join(printable)[:_LONGEST_SUBJECT]
