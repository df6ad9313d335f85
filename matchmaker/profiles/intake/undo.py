"""Taking an import back: what it created is deleted, what it changed is restored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Table, Uuid, delete, select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import Base, UtcDateTime, now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import ImportBatch, ImportChange, with_search_keys

_IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class Left:
    """A record that the undo left as it is, and why."""

    table: str
    record: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class UndoReport:
    """How many records an undo restored and deleted, and which it left."""

    batch: UUID
    restored: int
    deleted: int
    left: list[Left]


def undo_batch(session: Session, office_id: UUID, batch_id: UUID, actor: str) -> UndoReport:
    """Undo one import of the office, in the caller's transaction.

    A record that was changed since, or that something else refers to (a match list, a
    tandem, a later import), stays and is reported; everything it needs stays with it.

    Raises
    ------
    NotFoundError
        The office has no such import.
    ConflictError
        The import was undone before.
    """
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.owner_office_id != office_id:
        raise NotFoundError(f"There is no import {batch_id}.")
    if batch.undone_at is not None:
        raise ConflictError(f"The import {batch_id} was undone on {batch.undone_at:%Y-%m-%d}.")
    changes = session.scalars(
        select(ImportChange)
        .where(ImportChange.batch_id == batch_id)
        .order_by(ImportChange.position.desc())
    ).all()
    left = dict(_changed_since(session, batch, changes))
    restored = _restore(session, [c for c in changes if c.before is not None], left)
    deleted = _delete(session, batch, [c for c in changes if c.before is None], left)
    batch.undone_at = now()
    report = UndoReport(batch_id, restored, deleted, list(left.values()))
    details = {"restored": restored, "deleted": deleted, "left": len(left)}
    ledger.record(
        session, office_id, "undo_import", actor=actor, subject_id=batch_id, details=details
    )
    session.expire_all()
    return report


def _changed_since(
    session: Session, batch: ImportBatch, changes: Sequence[ImportChange]
) -> Iterator[tuple[UUID, Left]]:
    """Records whose state is no longer the one that the import left behind."""
    for name, ids in _by_table(changes).items():
        table = Base.metadata.tables[name]
        for some in _chunks(ids):
            later = select(ImportChange.record_id).join(
                ImportBatch, ImportBatch.id == ImportChange.batch_id
            )
            for record in session.scalars(
                later.where(
                    ImportChange.record_id.in_(some),
                    ImportBatch.created_at > batch.created_at,
                    ImportBatch.undone_at.is_(None),
                )
            ):
                yield record, Left(name, record, "a later import changed it")
            if "updated_at" in table.c:
                touched = select(table.c.id).where(
                    table.c.id.in_(some), table.c.updated_at > batch.created_at
                )
                for record in session.scalars(touched):
                    yield record, Left(name, record, "it was changed since")


def _restore(session: Session, changes: Sequence[ImportChange], left: dict[UUID, Left]) -> int:
    restored = 0
    for change in changes:
        if change.record_id in left:
            continue
        table = Base.metadata.tables[change.table_name]
        before = {n: _typed(table.c[n], value) for n, value in (change.before or {}).items()}
        values = with_search_keys(table, before)
        session.execute(update(table).where(table.c.id == change.record_id).values(values))
        restored += 1
    return restored


def _typed(column: "Column[Any]", value: Any) -> Any:
    """A value from the log's JSON in the type of its column."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Uuid):
        return UUID(value)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _delete(
    session: Session, batch: ImportBatch, changes: Sequence[ImportChange], left: dict[UUID, Left]
) -> int:
    """Delete what the batch created, children first; keep what something else refers to."""
    doomed = {
        name: {record for record in ids if record not in left}
        for name, ids in _by_table(changes).items()
    }
    while kept := list(_still_needed(session, batch, doomed)):
        for reason in kept:
            left.setdefault(reason.record, reason)
            doomed[reason.table].discard(reason.record)
    for table in reversed(Base.metadata.sorted_tables):
        for some in _chunks(doomed.get(table.name, ())):
            session.execute(delete(table).where(table.c.id.in_(some)))
    return sum(len(ids) for ids in doomed.values())


def _still_needed(
    session: Session, batch: ImportBatch, doomed: dict[str, set[UUID]]
) -> Iterator[Left]:
    """Doomed records to which a record refers that stays."""
    of_batch = select(ImportChange.record_id).where(ImportChange.batch_id == batch.id)
    for child in Base.metadata.sorted_tables:
        going = doomed.get(child.name, set())
        for key in child.foreign_keys:
            parent = key.column.table.name
            if not doomed.get(parent):
                continue
            references = select(_identity(child), key.parent).where(key.parent.in_(of_batch))
            for child_id, parent_id in session.execute(references):
                if child_id not in going and parent_id in doomed[parent]:
                    yield Left(parent, parent_id, f"a record of {child.name} refers to it")


def _identity(table: Table) -> "Column[Any]":
    return next(iter(table.primary_key.columns))


def _by_table(changes: Iterable[ImportChange]) -> dict[str, list[UUID]]:
    grouped: dict[str, list[UUID]] = defaultdict(list)
    for change in changes:
        grouped[change.table_name].append(change.record_id)
    return grouped


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IDS_PER_QUERY):
        yield ordered[start : start + _IDS_PER_QUERY]
