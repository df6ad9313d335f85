"""What an officer does with a need that came in: look at it, and word what startups may see."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

# reviewed: somebody read it and it can go on. question: it went back to its owner with one.
DECISIONS = ("reviewed", "question")


class Review(Base):
    """What somebody decided about one wording of a need. Rows are added, never rewritten.

    The newest row counts, and only while the need still has the wording `text_version_id`: a
    need that was changed since is new again. `number` counts the reviews of one need from 1.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("need_id", "number"),
        CheckConstraint(one_of("decision", DECISIONS), name="decision"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    number: Mapped[int]
    text_version_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    decision: Mapped[str] = mapped_column(String(16))
    question: Mapped[str | None]
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)


class Teaser(Base):
    """One wording of what startups may see of a need.

    Another wording is another row; the newest one counts. `need_text_id` is the wording of the
    need that it was written for: when the need has another one, an approval has lapsed.
    `number` counts the wordings of one need from 1.
    """

    __tablename__ = "teaser"
    __table_args__ = (
        UniqueConstraint("need_id", "number"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approval"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    number: Mapped[int]
    text_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    need_text_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    written_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None]


class SavedFilter(Base):
    """A filter of the inbox that an officer kept under a name; nobody else sees it.

    `choices` holds what differs from the inbox as it opens.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("officer_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    choices: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
