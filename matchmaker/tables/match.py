"""Match lists as they were shown: written once, never rewritten."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now


class MatchRun(Base):
    """One computation of match lists, with every version that went into it.

    A run is visible from the moment `published_at` is set, all of its lists at once.
    """

    __tablename__ = "match_run"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    as_of: Mapped[datetime]
    encoder_version: Mapped[str] = mapped_column(String(200))
    encoder_notice: Mapped[str | None] = mapped_column(String(500))
    scorer_version: Mapped[str] = mapped_column(String(200))
    scorer_notice: Mapped[str | None] = mapped_column(String(500))
    feature_version: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]


class MatchList(Base):
    """The answer to one need in one run: the entries, and how the selection came about.

    `considered` counts the visible solutions; `excluded` counts those that a rule took out,
    per rule. `abstained` names the fields that would be needed, or is None.
    `input_digest` is the SHA-256 of everything the list was computed from: while it stays
    the same, computing again would give the same list. `notice` is what people should know
    before they trust this list; the run has one that holds for all of its lists.
    `unlisted` is `values.Unlisted` in JSON, by which the next list can say what changed; None
    in lists older than the column.
    """

    __tablename__ = "match_list"
    __table_args__ = (
        UniqueConstraint("match_run_id", "need_id"),
        Index("ix_match_list_need_id_created_at", "need_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    match_run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), index=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"))
    need_text_version_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), index=True)
    considered: Mapped[int]
    excluded: Mapped[dict[str, Any]]
    abstained: Mapped[list[str] | None]
    length: Mapped[int]
    input_digest: Mapped[str] = mapped_column(String(64))
    notice: Mapped[str | None] = mapped_column(String(500))
    unlisted: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class MatchListEntry(Base):
    """One proposed pair of a need and a solution, as an officer saw it.

    A row belongs to the run that made it and is never rewritten, so feedback always refers
    to the list that was really shown. What becomes of the pair lives in `tandem`.
    `document` is the explained result of `contract.md` in JSON, with the sentences of both
    languages; the numbers beside it are the same ones, for queries.
    `exposure_propensity` is the probability, 0 to 1, with which the list showed the pair: 1, or
    less where the lot fell on it.
    """

    __tablename__ = "match_list_entry"
    __table_args__ = (
        UniqueConstraint("match_list_id", "solution_id"),
        UniqueConstraint("match_list_id", "rank"),
        CheckConstraint("rank >= 1", name="rank_starts_at_one"),
        CheckConstraint("reciprocal_score BETWEEN 0 AND 1", name="reciprocal_score"),
        CheckConstraint("match_probability BETWEEN 0 AND 1", name="match_probability"),
        CheckConstraint("exposure_propensity BETWEEN 0 AND 1", name="exposure_propensity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    match_list_id: Mapped[UUID] = mapped_column(ForeignKey("match_list.id"), index=True)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    solution_id: Mapped[UUID] = mapped_column(ForeignKey("solution.id"), index=True)
    solution_text_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("text_version.id"), index=True
    )
    rank: Mapped[int]
    sme_preference: Mapped[float]
    startup_preference: Mapped[float]
    reciprocal_score: Mapped[float]
    match_probability: Mapped[float | None]
    exposure_propensity: Mapped[float]
    document: Mapped[bytes]
