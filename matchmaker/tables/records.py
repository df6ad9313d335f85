"""What was done to the data: imports that can be undone, and the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now


class ImportBatch(Base):
    """One import of one file: what it was, what it did, and whether it was undone."""

    __tablename__ = "import_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    summary: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]


class ImportChange(Base):
    """One record that a batch created or changed.

    `before` holds the columns that changed with their former values; None marks a record
    that the batch created. `position` is the order in which the changes were made.
    """

    __tablename__ = "import_change"
    __table_args__ = (UniqueConstraint("batch_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id"), index=True)
    position: Mapped[int]
    table_name: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[UUID] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]


class ImportMapping(Base):
    """Which column of a source means which of our fields, as it was used or corrected last."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("owner_office_id", "kind", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(100))
    columns: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime] = mapped_column(default=now)


class LedgerEntry(Base):
    """One line of the ledger: who did what, and when.

    Each line's `entry_hash` covers its content and the hash of the line before it, so a line
    that was altered or removed later is found by reading the chain again. By the lines that
    say `changes_profiles` a running server learns that solutions or rules changed.
    """

    __tablename__ = "ledger"
    __table_args__ = (CheckConstraint("length(entry_hash) = 64", name="sha256"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    happened_at: Mapped[datetime] = mapped_column(default=now)
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changes_profiles: Mapped[bool] = mapped_column(index=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64), unique=True)
