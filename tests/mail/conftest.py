"""A real SMTP server on this machine that can be told to misbehave."""

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from matchmaker.config import MailSettings


@dataclass
class PostOffice:
    """Takes mail as the server's handler; `arrived` holds what it took, in order."""

    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    # What to answer to a recipient or at the end of a message instead of taking it.
    refusals: dict[str, str] = field(default_factory=dict)
    at_the_end: str | None = None
    # Cut the line: before the end of a message, or after it was taken and before the answer.
    cuts_before: bool = False
    cuts_after: bool = False
    seconds_per_message: float = 0.0
    port: int = 0

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds_per_message)
        if self.at_the_end:
            return self.at_the_end
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=modern)
        self.arrived.append(cast("EmailMessage", message))
        self.recipients += envelope.rcpt_tos
        if self.cuts_after:
            assert server.transport is not None
            server.transport.abort()
        return "250 taken"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.cuts_before:
            assert server.transport is not None
            server.transport.abort()
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.arrived]

    @property
    def settings(self) -> MailSettings:
        return MailSettings(
            host="127.0.0.1",
            port=self.port,
            security="none",
            sender="tandem@amt.example",
            sender_name="Wirtschaftsförderung Musterkreis",
            timeout_s=5,
        )


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = PostOffice(port=port)
    controller = Controller(office, hostname="127.0.0.1", port=port, server_hostname="post.example")
    controller.start()
    yield office
    controller.stop()
