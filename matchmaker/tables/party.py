"""The organizations of the region, what they belong to and what they agreed to."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.database import Base, now
from matchmaker.tables.municipality import Municipality
from matchmaker.tables.search import searched
from matchmaker.tables.text import TextVersion
from matchmaker.tables.words import one_of

PARTY_KINDS = ("sme", "startup", "research_group", "clinic", "operator", "intermediary")
VISIBILITIES = ("office", "network")
CONSENT_PURPOSES = ("matching", "introduction", "publication")


class Party(Base):
    """An organization: the firm with the need, or the one with a solution.

    `source` and `external_id` name the row of the file it came from. The `*_key` columns are
    normalized for finding duplicates: `domain_key` without scheme and www, `register_key`
    without blanks, `name_key` folded and without its legal form. Any fact may be missing.
    `visibility` is `office` (its owner only) or `network` (every office of this installation).
    """

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("owner_office_id", "source", "external_id"),
        CheckConstraint(one_of("kind", PARTY_KINDS), name="kind"),
        CheckConstraint(one_of("visibility", VISIBILITIES), name="visibility"),
        CheckConstraint("employees >= 0", name="employees"),
        Index("ix_party_name_key_postcode", "name_key", "postcode"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    visibility: Mapped[str] = mapped_column(String(16), default="office")
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(300))
    name_key: Mapped[str | None] = mapped_column(String(300))
    searched_name: Mapped[str] = searched("name")
    website: Mapped[str | None] = mapped_column(String(500))
    domain_key: Mapped[str | None] = mapped_column(String(255), index=True)
    register_number: Mapped[str | None] = mapped_column(String(100))
    register_key: Mapped[str | None] = mapped_column(String(100), index=True)
    postcode: Mapped[str | None] = mapped_column(String(16))
    town: Mapped[str | None] = mapped_column(String(200))
    country: Mapped[str | None] = mapped_column(String(2))
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    founded_on: Mapped[date | None]
    employees: Mapped[int | None]
    branches: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    description_id: Mapped[UUID | None] = mapped_column(ForeignKey("text_version.id"), index=True)
    looks_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("text_version.id"), index=True)
    is_paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    description: Mapped[TextVersion | None] = relationship(
        foreign_keys=[description_id], lazy="raise"
    )
    looks_for: Mapped[TextVersion | None] = relationship(foreign_keys=[looks_for_id], lazy="raise")
    municipality: Mapped[Municipality | None] = relationship(lazy="raise")


class ClusterMembership(Base):
    """A party belongs to a cluster from one day to another; several at once are normal."""

    __tablename__ = "cluster_membership"
    __table_args__ = (
        UniqueConstraint("party_id", "cluster", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    cluster: Mapped[str] = mapped_column(String(64))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Consent(Base):
    """What a party agreed to, when and in which words. Rows are added, never rewritten,
    except that a withdrawal closes the row it withdraws.

    Ranking itself rests on the office's public task, so a party without a row for `matching`
    takes part; one whose newest row is withdrawn or was never confirmed does not.
    """

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint(one_of("purpose", CONSENT_PURPOSES), name="purpose"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    wording_hash: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))
    requested_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
