"""What becomes of a proposal: the living tandem and the events that never change."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

TANDEM_STAGES = (
    "proposed",
    "reviewed",
    "sme_asked",
    "startup_asked",
    "both_agreed",
    "first_talk",
    "pilot",
    "agreement",
    "alive_after_12_months",
    "ended",
)
SIDES = ("sme", "startup")
# Why a proposal is refused; `contract.md` says what each one leads to.
REASONS = (
    "poor_fit",
    "too_early",
    "benefit_unclear",
    "price",
    "no_capacity",
    "competitor",
    "wrong_region",
    "already_solved",
    "trust",
    "it_security",
    "timing",
    "description_unclear",
)


class Tandem(Base):
    """A firm and a startup on their way together: one living row per pair and office.

    `stage` is what the tandem's events add up to; only `feedback` writes it, together with the
    event. `version` counts its changes, so that two officers cannot overwrite each other unseen.
    """

    __tablename__ = "tandem"
    __table_args__ = (
        UniqueConstraint("owner_office_id", "sme_party_id", "startup_party_id"),
        CheckConstraint(one_of("stage", TANDEM_STAGES), name="stage"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    sme_party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    startup_party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    stage: Mapped[str] = mapped_column(String(32), default="proposed")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy reads it so


class Event(Base):
    """Something that happened to a proposal or a tandem. Never edited, never deleted; only an
    import that is undone takes its own events with it.

    `happened_at` is when it happened, `recorded_at` when we learned of it; `origin` says
    through what (desk, api, cli, import). `need_id` and `solution_id` name the pair of an event
    that no proposal led to; every other event has its pair from its entry.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("side IS NULL OR " + one_of("side", SIDES), name="side"),
        CheckConstraint("(need_id IS NULL) = (solution_id IS NULL)", name="whole_pair"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    match_list_entry_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("match_list_entry.id"), index=True
    )
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    solution_id: Mapped[UUID | None] = mapped_column(ForeignKey("solution.id"), index=True)
    tandem_id: Mapped[UUID | None] = mapped_column(ForeignKey("tandem.id"), index=True)
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    side: Mapped[str | None] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(32))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    origin: Mapped[str] = mapped_column(String(16))
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class TandemNote(Base):
    """What an officer wrote down about a tandem. It never leaves the office.

    The words are never changed: a correction is a note of its own that `corrects` the one
    before. `event_id` is the step that it explains, if any. With `due_on` it asks to be looked
    at again on that day, until `done_at`. An erased note keeps its place and loses its text.
    """

    __tablename__ = "tandem_note"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        CheckConstraint("(text IS NULL) = (erased_at IS NOT NULL)", name="text_or_erased"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    tandem_id: Mapped[UUID] = mapped_column(ForeignKey("tandem.id"), index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("tandem_note.id"))
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[str | None]
    written_at: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date | None] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
