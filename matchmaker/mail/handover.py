"""The last metre of a mail: an SMTP connection that says when nothing can be taken back.

A message is handed over with the line that ends it. Before that line a broken connection
leaves nothing behind; after the server's answer everything is known. In between nobody knows.
"""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

from matchmaker.config import MailSettings

_ACCEPTED = 250
_GO_AHEAD = 354


class Refused(Exception):  # noqa: N818  # an answer, not a failure of ours
    """The server said no; `for_good` when it will say so again (a code of 500 or more)."""

    def __init__(self, code: int, answer: bytes) -> None:
        words = answer.decode(errors="replace")[:200]
        super().__init__(f"{code} {words}")
        self.for_good = code >= 500


def connect(host: str, settings: MailSettings) -> smtplib.SMTP:
    """Open a connection, encrypted and logged in as configured.

    Raises
    ------
    OSError, smtplib.SMTPException
        The server cannot be reached, or it refuses encryption or the log-in.
    """
    context = ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, settings.port, timeout=settings.timeout_s, context=context
        )
    else:
        server = smtplib.SMTP(host, settings.port, timeout=settings.timeout_s)
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.username is not None:
            server.login(settings.username, settings.password or "")
    except BaseException:
        server.close()
        raise
    return server


def hand_over(
    server: smtplib.SMTP,
    sender: str,
    recipient: str,
    message: EmailMessage,
    about_to: Callable[[], None],
) -> None:
    """Give the server one message; `about_to` is called before the line that ends it.

    Raises
    ------
    Refused
        The server did not take it.
    OSError, smtplib.SMTPException
        The connection broke; if `about_to` was called, nobody knows whether it was taken.
    """
    server.ehlo_or_helo_if_needed()
    _expect(server.mail(sender), _ACCEPTED)
    _expect(server.rcpt(recipient), _ACCEPTED)
    _expect(server.docmd("DATA"), _GO_AHEAD)
    server.send(_escaped(message.as_bytes()))
    about_to()
    server.send(b".\r\n")
    _expect(server.getreply(), _ACCEPTED)


def _escaped(content: bytes) -> bytes:
    """The lines of a message; one that starts with a dot gets another (RFC 5321, 4.5.2)."""
    lines = content.splitlines()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _expect(reply: tuple[int, bytes], code: int) -> None:
    if reply[0] != code:
        raise Refused(*reply)
