"""What a no does to later lists, for as long as it does."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.tandem import REASONS, SIDES
from matchmaker.tables.words import one_of


class Hold(Base):
    """What follows from one no: it concerns every pair that all of its named ids agree with.

    A hold belongs to the office that said no and is in force until it is lifted; it is never
    deleted. `code` is the reason of the no. `until_*` is what ends it by itself: a day, a
    technology readiness level of the solution, a proof of IT security among its facts.
    `price_class_then` and `text_then_id` are what must change: the price class of the solution,
    the wording of the side that was asked (`asked_side`). `question` is what that side is asked
    in the officer's words, `mail_id` the mail that asks it (None: nobody was written to),
    `answer` what it said.

    `value_before` and `value_set` are what the no changed in the need itself: its seat rule
    (`wrong_region`) or its status (`already_solved`).

    `lifted_by` is an actor as in the ledger, or `condition`, when what it waited for came true;
    `lifted_by_event_id` is the later word of the office that lifted it, if it was one.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint(one_of("code", REASONS), name="code"),
        CheckConstraint("asked_side IS NULL OR " + one_of("asked_side", SIDES), name="asked_side"),
        CheckConstraint("until_maturity_trl BETWEEN 1 AND 9", name="trl"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    made_by_event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"), unique=True)
    code: Mapped[str] = mapped_column(String(32))
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"), index=True)
    solution_id: Mapped[UUID | None] = mapped_column(ForeignKey("solution.id"), index=True)
    sme_party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    startup_party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    until_on: Mapped[date | None]
    until_maturity_trl: Mapped[int | None]
    until_evidence: Mapped[str | None] = mapped_column(String(200))
    price_class_then: Mapped[str | None] = mapped_column(String(16))
    text_then_id: Mapped[UUID | None] = mapped_column(ForeignKey("text_version.id"), index=True)
    asked_side: Mapped[str | None] = mapped_column(String(8))
    question: Mapped[str | None]
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("mail.id"))
    answer: Mapped[str | None]
    value_before: Mapped[str | None] = mapped_column(String(16))
    value_set: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(default=now)
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(100))
    lifted_by_event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"), index=True)
