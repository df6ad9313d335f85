"""What came in through the public forms, from the first draft to the confirmed record."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

SUBMISSION_KINDS = ("need", "startup")
# draft: somebody is writing. unconfirmed: sent, and the mail box has not answered yet; nobody
# in the office sees it. held: the mail box has answered, and somebody of the office must look at
# it first. confirmed: a record of the office. paused: by its owner, who can go on. rests: the
# owner left two yearly questions unanswered, and returns by answering. rejected: by the office.
# withdrawn: taken back by its owner.
SUBMISSION_STATES = (
    "draft",
    "unconfirmed",
    "held",
    "confirmed",
    "paused",
    "rests",
    "rejected",
    "withdrawn",
)


class Submission(Base):
    """A need of a firm or a profile of a startup, as it was typed into the public form.

    `answers` holds the fields of the form by their names. Of every link only the SHA-256 of its
    token is stored: `draft` opens the form, `confirmation` is for one use until it expires,
    `status` opens the page of the owner until it is replaced. `is_proven` says that a browser
    did the work that programs avoid. `agreed` holds the hash of each wording that was agreed
    to, by its purpose.

    `party_id` and `need_id` are the records that were made of it. `suspected_party_id` is a
    party that may be the same firm: until a person has decided, the profile is not ranked.
    `brought_by_id` is the partner who entered it for the startup. A startup is asked every year
    whether its profile is right: `still_right_at` is when it last said so, `asked_at` when it
    was last asked since, and `questions_open` counts the mails that it has not answered.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(one_of("kind", SUBMISSION_KINDS), name="kind"),
        CheckConstraint(one_of("state", SUBMISSION_STATES), name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="need")
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
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    suspected_party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    brought_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    still_right_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    questions_open: Mapped[int] = mapped_column(default=0)


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
