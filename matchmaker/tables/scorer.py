"""The scorers that an office has trained, and which of them serves."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

SCORER_STATES = ("champion", "challenger", "shadow", "retired")
_IS_CHAMPION = text("state = 'champion'")


class ScorerVersion(Base):
    """One trained scorer of an office; its numbers lie in the data folder under `version`.

    An office has at most one `champion`, which serves; without one the expert's weights do. A
    `challenger` has not been decided about, a `shadow` did not win, a `retired` one served once.
    `place` counts the champions from the first one on, over whom the next ones came: the one
    before is the one with the next smaller number, None is in no such line. `promoted_at` is when
    the version began to serve last.

    `reason` is the code of why it is in this state, `details` the figures behind that. `labels`
    counts what it was trained on, dated from `first_label_on` to `last_label_on`. `digest` is the
    SHA-256 of its numbers, by which a changed file is found.
    """

    __tablename__ = "scorer_version"
    __table_args__ = (
        UniqueConstraint("owner_office_id", "version"),
        UniqueConstraint("owner_office_id", "place"),
        CheckConstraint(one_of("state", SCORER_STATES), name="state"),
        CheckConstraint("length(digest) = 64", name="sha256"),
        CheckConstraint("state <> 'champion' OR place IS NOT NULL", name="champion_has_place"),
        CheckConstraint("first_label_on <= last_label_on", name="window"),
        Index(
            "ix_scorer_version_one_champion",
            "owner_office_id",
            unique=True,
            sqlite_where=_IS_CHAMPION,
            postgresql_where=_IS_CHAMPION,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    version: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    place: Mapped[int | None]
    trained_at: Mapped[datetime] = mapped_column(default=now)
    labels: Mapped[dict[str, Any]]
    first_label_on: Mapped[date | None]
    last_label_on: Mapped[date | None]
    metrics: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]
    promoted_at: Mapped[datetime | None]
