"""The records of one office as an import sees them: loaded in a few queries, kept current."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.profiles.changes import Changes, Record, record_id
from matchmaker.profiles.texts import language_of, text_hash
from matchmaker.tables import (
    BlockedPair,
    ClusterMembership,
    ImportBatch,
    Need,
    Party,
    Solution,
    TextVersion,
)


class StoredRecords:
    """What the office has, by id, and the texts' hashes. New records are added as they come.

    `attached` leads from the id that a row would have had to the party it was attached to as
    a duplicate, in this or an earlier import; `attached_now` lists those of this import.
    """

    def __init__(self, session: Session, office_id: UUID, changes: Changes) -> None:
        self.office_id = office_id
        self.changes = changes
        self.parties = _records(session, Party, office_id)
        self.solutions = _records(session, Solution, office_id)
        self.needs = _records(session, Need, office_id)
        self.blocked = _records(session, BlockedPair, office_id)
        self.texts = _text_records(session, office_id)
        self.clusters: dict[UUID, set[str]] = defaultdict(set)
        for party, cluster in session.execute(
            select(ClusterMembership.party_id, ClusterMembership.cluster).where(
                ClusterMembership.owner_office_id == office_id,
                or_(
                    ClusterMembership.ends_on.is_(None),
                    # One that began and ended today cannot begin today once more.
                    ClusterMembership.starts_on >= changes.at.date(),
                ),
            )
        ):
            self.clusters[party].add(cluster)
        self.attached: dict[UUID, UUID] = {}
        self.attached_external_ids: dict[str, UUID] = {}
        self.attached_now: list[list[str | None]] = []
        self._load_attached(session)

    def attach(self, would_be: UUID, external_id: str | None, party: UUID) -> None:
        """Remember that a row means a party that has another identity."""
        if would_be not in self.attached:
            self.attached_now.append([str(would_be), external_id, str(party)])
        self._note_attached(would_be, external_id, party)

    def text_version(
        self, owner: UUID, column: str, current: UUID | None, text: str, language: str | None
    ) -> UUID:
        """The version that holds `text`; the current one where the wording is the same.

        A language that the file states replaces a different one, since it is no wording.
        """
        hashed = text_hash(text)
        known = self.texts.get(current) if current else None
        if known is None or known["text_hash"] != hashed:
            version = record_id(self.office_id, "text", str(owner), column, hashed)
            known = self.texts.get(version)
            if known is None:
                known = self.texts[version] = self.changes.create(
                    TextVersion,
                    id=version,
                    owner_office_id=self.office_id,
                    text=text,
                    text_hash=hashed,
                    language=language or language_of(text),
                )
        if language:
            self.changes.change(TextVersion, known, language=language)
        found: UUID = known["id"]
        return found

    def _load_attached(self, session: Session) -> None:
        summaries = select(ImportBatch.summary).where(
            ImportBatch.owner_office_id == self.office_id, ImportBatch.undone_at.is_(None)
        )
        for summary in session.scalars(summaries.order_by(ImportBatch.created_at)):
            for would_be, external_id, party in summary.get("attached", ()):
                if UUID(party) in self.parties:
                    self._note_attached(UUID(would_be), external_id, UUID(party))

    def _note_attached(self, would_be: UUID, external_id: str | None, party: UUID) -> None:
        self.attached[would_be] = party
        if external_id:
            self.attached_external_ids.setdefault(external_id, party)


def _records(session: Session, table: type[Base], office_id: UUID) -> dict[UUID, Record]:
    columns: Any = table.__table__.c
    rows = session.execute(
        select(table.__table__)
        .where(columns.owner_office_id == office_id)
        .order_by(columns.created_at, columns.id)
    )
    return {row["id"]: dict(row) for row in rows.mappings()}


def _text_records(session: Session, office_id: UUID) -> dict[UUID, Record]:
    """The texts without their words: hash and language are enough to compare."""
    rows = session.execute(
        select(TextVersion.id, TextVersion.text_hash, TextVersion.language).where(
            TextVersion.owner_office_id == office_id
        )
    )
    return {row["id"]: dict(row) for row in rows.mappings()}
