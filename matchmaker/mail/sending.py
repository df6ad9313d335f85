"""Sending what waits: every mail once, whatever breaks.

Each mail is claimed in one transaction and settled in another, and the database is not held
while a server is talked to. A sender that died leaves a trace: what it had claimed is sent by
the next one; what it was handing over at that moment is left to a person, because sending it
again might send it twice.
"""

import smtplib
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.config import MailSettings
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.errors import InvalidInputError
from matchmaker.mail.handover import Refused, connect, hand_over
from matchmaker.mail.outbox import compose
from matchmaker.tables import Mail

# A sender that has not come to an end after this long is dead.
LEASE = timedelta(minutes=15)
# How long to wait before trying again, by the number of attempts; after the last one: failed.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]

_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class SendingReport:
    """What became of the mails of one round, and how many of all need a person."""

    sent: int
    postponed: int
    failed: int
    uncertain: int


def send_waiting(
    factory: SessionFactory, settings: MailSettings, progress: Callable[[int], None] | None = None
) -> SendingReport:
    """Send every mail that is due, over one connection as long as it holds.

    Raises
    ------
    InvalidInputError
        No server or no sender is configured; the mails wait.
    """
    if settings.host is None or settings.sender is None:
        raise InvalidInputError(
            "No mail server is configured; mails wait. Set mail.host and mail.sender.",
            field="mail.host",
        )
    with transaction(factory) as session:
        _take_back_from_the_dead(session)
    counts = Counter[str]()
    with closing(_Sender(factory, settings, settings.host, settings.sender)) as sender:
        while not sender.is_stranded and (mail := _claim(factory)) is not None:
            counts[sender.send(mail)] += 1
            if progress is not None:
                progress(1)
    with reading(factory) as session:
        uncertain = session.scalar(
            select(func.count()).select_from(Mail).where(Mail.state == "uncertain")
        )
    return SendingReport(counts["sent"], counts["waiting"], counts["failed"], uncertain or 0)


def _take_back_from_the_dead(session: Session) -> None:
    for left_in, becomes in (("claimed", "waiting"), ("handing_over", "uncertain")):
        session.execute(
            update(Mail)
            .where(Mail.state == left_in, Mail.state_since < now() - LEASE)
            .values(state=becomes, state_since=now())
        )


def _claim(factory: SessionFactory) -> Mail | None:
    """Take the mail that has been due for longest; of several senders one gets it."""
    with transaction(factory) as session:
        due = (
            select(Mail)
            .where(Mail.state == "waiting", Mail.due_at <= now())
            .order_by(Mail.due_at, Mail.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        mail = session.scalar(due)
        if mail is not None:
            mail.state, mail.state_since = "claimed", now()
            mail.attempts += 1
        return mail


class _Sender:
    """One connection to the server, opened when the first mail needs it."""

    def __init__(
        self, factory: SessionFactory, settings: MailSettings, host: str, address: str
    ) -> None:
        self._factory = factory
        self._settings = settings
        self._host = host
        self._address = address
        self._server: smtplib.SMTP | None = None
        # The server is away: trying the next mail would only use up its attempts.
        self.is_stranded = False

    def send(self, mail: Mail) -> str:
        """Try one claimed mail and return its new state."""
        is_handed_over = False

        def about_to() -> None:
            nonlocal is_handed_over
            self._settle(mail, "handing_over")
            is_handed_over = True

        try:
            if self._server is None:
                self._server = connect(self._host, self._settings)
            message = compose(mail, self._address, self._settings.sender_name)
            hand_over(self._server, self._address, mail.recipient, message, about_to)
        except Refused as refusal:
            self._forget_message()
            return self._postpone(mail, str(refusal), for_good=refusal.for_good)
        except (OSError, smtplib.SMTPException) as error:
            self.is_stranded = True
            words = f"{type(error).__name__}: {error}"
            if is_handed_over:
                return self._settle(mail, "uncertain", words)
            return self._postpone(mail, words, for_good=False)
        return self._settle(mail, "sent")

    def close(self) -> None:
        """Take leave of the server."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()

    def _forget_message(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            if self._server is not None:
                self._server.rset()

    def _postpone(self, mail: Mail, error: str, *, for_good: bool) -> str:
        if for_good or mail.attempts > len(PAUSES):
            return self._settle(mail, "failed", error)
        return self._settle(mail, "waiting", error, now() + PAUSES[mail.attempts - 1])

    def _settle(
        self, mail: Mail, state: str, error: str | None = None, due_at: datetime | None = None
    ) -> str:
        with transaction(self._factory) as session:
            session.execute(
                update(Mail)
                .where(Mail.id == mail.id)
                .values(
                    state=state,
                    state_since=now(),
                    error=error and error[:_LONGEST_ERROR],
                    due_at=due_at or mail.due_at,
                )
            )
        return state
