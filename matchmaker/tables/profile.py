"""What is matched: the need of a firm and the solution of a startup."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.database import Base, now
from matchmaker.tables.party import VISIBILITIES, Party
from matchmaker.tables.search import searched
from matchmaker.tables.text import TextVersion
from matchmaker.tables.words import one_of

NEED_STATUSES = ("open", "paused", "closed")
SOLUTION_STATUSES = ("active", "paused")
# What a firm pays in the first year, in EUR.
PRICE_CLASSES = ("up_to_5000", "up_to_25000", "up_to_100000", "above_100000")


class Need(Base):
    """A concrete problem of a firm, in its own words.

    `maturity_wanted_trl` is the least technology readiness level (1 to 9) that would do.
    `seat_country` is the country the partner must be seated in; None demands nothing.
    """

    __tablename__ = "need"
    __table_args__ = (
        UniqueConstraint("owner_office_id", "source", "external_id"),
        CheckConstraint(one_of("visibility", VISIBILITIES), name="visibility"),
        CheckConstraint(one_of("status", NEED_STATUSES), name="status"),
        CheckConstraint("maturity_wanted_trl BETWEEN 1 AND 9", name="trl"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    visibility: Mapped[str] = mapped_column(String(16), default="office")
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party.id"), index=True)
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(100))
    title: Mapped[str | None] = mapped_column(String(300))
    searched_title: Mapped[str] = searched("title")
    text_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    branches: Mapped[list[str]] = mapped_column(default=list)
    tags: Mapped[list[str]] = mapped_column(default=list)
    maturity_wanted_trl: Mapped[int | None]
    cooperation_forms: Mapped[list[str]] = mapped_column(default=list)
    needed_by_on: Mapped[date | None]
    seat_country: Mapped[str | None] = mapped_column(String(2))
    it_security: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[str] = mapped_column(String(16), default="open")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    party: Mapped[Party | None] = relationship(lazy="raise")
    text: Mapped[TextVersion] = relationship(lazy="raise")


class Solution(Base):
    """One thing a startup can do for a firm.

    `capacity` is the number of new tandems it can take on now; 0 takes it out of every list.
    Another office sees it when both it and its party are visible to the network.
    `customer_sizes` are the size classes of its reference customers. Empty lists mean that
    nothing is known, not that there is nothing.
    """

    __tablename__ = "solution"
    __table_args__ = (
        UniqueConstraint("owner_office_id", "source", "external_id"),
        CheckConstraint(one_of("visibility", VISIBILITIES), name="visibility"),
        CheckConstraint(one_of("status", SOLUTION_STATUSES), name="status"),
        CheckConstraint("maturity_trl BETWEEN 1 AND 9", name="trl"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint(one_of("price_class", PRICE_CLASSES), name="price_class"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    visibility: Mapped[str] = mapped_column(String(16), default="office")
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(300))
    text_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    tags: Mapped[list[str]] = mapped_column(default=list)
    target_branches: Mapped[list[str]] = mapped_column(default=list)
    maturity_trl: Mapped[int | None]
    cooperation_forms: Mapped[list[str]] = mapped_column(default=list)
    available_from_on: Mapped[date | None]
    capacity: Mapped[int | None]
    customer_sizes: Mapped[list[str]] = mapped_column(default=list)
    it_security: Mapped[list[str]] = mapped_column(default=list)
    price_class: Mapped[str | None] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default="active")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    party: Mapped[Party] = relationship(lazy="raise")
    text: Mapped[TextVersion] = relationship(lazy="raise")


class BlockedPair(Base):
    """A firm and a startup that are never proposed to each other, and why.

    `party_id` is the side that asked for it; the block holds both ways.
    """

    __tablename__ = "blocked_pair"
    __table_args__ = (UniqueConstraint("owner_office_id", "party_id", "other_party_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    other_party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
