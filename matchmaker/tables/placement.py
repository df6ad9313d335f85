"""What officers decided about the list of a need, beside what the scorer says."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

PLACEMENT_KINDS = ("pinned", "hidden", "added")
_IS_OPEN = text("lifted_at IS NULL")


class Placement(Base):
    """A standing decision of the office: a solution is pinned in, hidden from or added to the
    list of a need. Rows are never deleted; lifting one closes it.

    Every list computed while it stands follows it. For training: the entry of a list says in
    its document whether the pair was `placed`; a hidden solution has no entry, and an added one
    is an officer's word that the pair belongs there, which this row dates and attributes.
    """

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint(one_of("kind", PLACEMENT_KINDS), name="kind"),
        CheckConstraint("kind <> 'hidden' OR length(note) > 0", name="hidden_has_note"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
        Index(
            "ix_placement_one_open",
            "owner_office_id",
            "need_id",
            "solution_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    solution_id: Mapped[UUID] = mapped_column(ForeignKey("solution.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    note: Mapped[str | None] = mapped_column(String(500))
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
