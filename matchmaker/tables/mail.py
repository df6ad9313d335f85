"""Mail that waits to be sent, in the same database as what it tells of."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

# waiting: to be sent from `due_at` on. claimed: a sender is at it, nothing was handed over.
# handing_over: the server was about to be told that the message is complete.
# sent: the server took it. failed: it never will. uncertain: the sender broke off in the moment
# in which nobody can know whether the server took it; a person decides. settled: a person let a
# failed or uncertain one rest.
MAIL_STATES = ("waiting", "claimed", "handing_over", "sent", "failed", "uncertain", "settled")


class Mail(Base):
    """One message to one recipient.

    It is written in the transaction of the deed that it tells of, so neither is there without
    the other. The Message-ID follows from `id` and stays the same however often it is tried.
    `html` is None for a message of plain text.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(one_of("state", MAIL_STATES), name="state"),
        Index("ix_mail_state_due_at", "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    reply_to: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    html: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    state_since: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(default=now)
