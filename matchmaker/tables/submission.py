"""What came in through the public forms, from the first draft to the confirmed record."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

# draft: somebody is writing. unconfirmed: sent, and the mail box has not answered yet; nobody
# in the office sees it. held: the mail box has answered, and somebody of the office must look at
# it first. confirmed: a need of the office. withdrawn: taken back by its owner.
SUBMISSION_STATES = ("draft", "unconfirmed", "held", "confirmed", "withdrawn")


class Submission(Base):
    """One need as a firm types it into the public form.

    `answers` holds the fields of the form by their names. Of every link only the SHA-256 of its
    token is stored: `draft` opens the form, `confirmation` is for one use until it expires,
    `status` opens the page of the owner until it is replaced. `is_proven` says that a browser
    did the work that programs avoid. `agreed` holds the hash of each wording that was agreed
    to, by its purpose.
    """

    __tablename__ = "submission"
    __table_args__ = (CheckConstraint(one_of("state", SUBMISSION_STATES), name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default="draft", index=True)
    language: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_proven: Mapped[bool] = mapped_column(default=False)
    agreed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    confirmation_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    confirmation_expires_at: Mapped[datetime | None]
    confirmations_sent: Mapped[int] = mapped_column(default=0)
    status_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]


class Contact(Base):
    """A person of a party, apart from the party: people change, firms stay."""

    __tablename__ = "contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    phone: Mapped[str | None] = mapped_column(String(50))
    created_at: Mapped[datetime] = mapped_column(default=now)
