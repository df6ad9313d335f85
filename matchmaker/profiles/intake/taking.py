"""The import of a file: read, check, compare with what is stored, write in one transaction.

What is done with its rows is handed in, so that other rooms import files in the same way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.profiles.changes import Changes
from matchmaker.profiles.intake.mapping import (
    ColumnMapping,
    find_mapping,
    guess_mapping,
    require_columns,
    save_mapping,
)
from matchmaker.profiles.intake.reading import Table, read_table
from matchmaker.profiles.intake.report import ImportReport, Tally
from matchmaker.profiles.intake.rows import Row, read_rows
from matchmaker.profiles.texts import clean_text
from matchmaker.tables import ImportBatch, Office

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The readable rows of a file, and where to put what they change and how each of them ended.

    `source` is the name under which ids of the file are kept, `file_name` what the file is called.
    """

    session: Session
    office_id: UUID
    rows: Iterable[Row]
    changes: Changes
    tally: Tally
    source: str
    file_name: str


# Compares the rows with what is stored; which of them were attached to another's party.
Take = Callable[[Delivery], list[list[str | None]]]


def take_file(
    factory: SessionFactory,
    kind: str,
    path: Path,
    take: Take,
    *,
    office_id: UUID,
    actor: str,
    mapping: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file, all in one transaction. The same file again changes nothing.

    Its source is the kind, so that next year's list updates this year's, or else the name of
    the mapping.

    Parameters
    ----------
    factory : where sessions come from.
    kind : one of `fields.FIELDS`.
    path : CSV, XLSX, XLS, ODS or JSON lines, each also packed with gzip.
    take : compares the rows with what is stored and collects what changes.
    office_id : the office that will own the records.
    actor : who imports, for the ledger.
    mapping : the name of a saved mapping of columns to use, or to save the guessed one under.
    dry_run : report what would be done, and write nothing.
    progress : called with the number of rows done since its last call.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or has no column that its kind needs.
    NotFoundError
        There is no such office.
    ConflictError
        Something else wrote the same records at the same time; nothing was imported.
    """
    source = (mapping or kind)[:100]
    table = read_table(path)
    names = list(table.cells.columns)
    with reading(factory) as session:
        if session.get(Office, office_id) is None:
            raise NotFoundError(f"There is no office {office_id}.")
        columns = _mapping(session, office_id, kind, source, names, is_named=mapping is not None)
    require_columns(kind, columns, names)
    rows, rejected = read_rows(kind, table, columns)
    tally = Tally(rejected=[*table.rejected, *rejected])
    file_name = clean_text(path.name)[-300:]
    with (reading if dry_run else transaction)(factory) as session:
        changes = Changes(now())
        counted = _counted(rows, progress)
        attached = take(Delivery(session, office_id, counted, changes, tally, source, file_name))
        report = _report(tally, table, columns)
        if dry_run or not (changes or attached):
            return report
        batch = ImportBatch(
            id=uuid4(),
            owner_office_id=office_id,
            kind=kind,
            source=source,
            file_name=file_name,
            file_hash=table.file_hash,
            summary=_counts(report) | {"attached": attached},
            created_at=changes.at,
        )
        session.add(batch)
        _write(session, changes, batch.id)
        save_mapping(session, office_id, kind, source, columns)
        details = _counts(report) | {"kind": kind, "file": batch.file_name}
        ledger.record(
            session, office_id, "import", actor=actor, subject_id=batch.id, details=details
        )
    return replace(report, batch=batch.id)


def _mapping(
    session: Session,
    office_id: UUID,
    kind: str,
    source: str,
    names: Sequence[str],
    *,
    is_named: bool,
) -> ColumnMapping:
    """The saved mapping where it fits the file, else the guessed one.

    One that was asked for by name counts as far as its columns are there. The one that was
    only remembered from the last import of this kind must fit completely, and columns that
    it does not know are guessed.
    """
    saved = find_mapping(session, office_id, kind, source)
    guessed = guess_mapping(kind, names)
    if saved is None:
        return guessed
    present = {field: [c for c in columns if c in names] for field, columns in saved.items()}
    present = {field: columns for field, columns in present.items() if columns}
    if is_named:
        return present
    if present != saved:
        return guessed
    used = {column for columns in saved.values() for column in columns}
    return saved | {
        field: columns
        for field, columns in guessed.items()
        if field not in saved and used.isdisjoint(columns)
    }


def _counted(rows: Sequence[Row], progress: Progress | None) -> Iterable[Row]:
    for row in rows:
        yield row
        if progress:
            progress(1)


def _write(session: Session, changes: Changes, batch_id: UUID) -> None:
    try:
        session.flush()
        changes.write(session, batch_id)
    except IntegrityError as error:
        raise ConflictError(
            "The import contradicts records that were written at the same time; nothing was "
            f"imported. Import the file again. ({error.orig})"
        ) from error


def _counts(report: ImportReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }


def _report(tally: Tally, table: Table, columns: ColumnMapping) -> ImportReport:
    """The report, with columns called as in the file and rows in its order."""
    called = {field: ", ".join(names) for field, names in columns.items()}
    rejected = [
        replace(each, column=called.get(each.column or "", each.column)) for each in tally.rejected
    ]
    used = {name for names in columns.values() for name in names}
    return ImportReport(
        read=table.row_count,
        created=tally.count("created"),
        updated=tally.count("updated"),
        unchanged=tally.count("unchanged"),
        rejected=sorted(rejected, key=lambda each: each.row),
        duplicates=tally.duplicates,
        notes=tally.notes,
        ignored_columns=[name for name in table.cells.columns if name not in used],
        mapping=columns,
    )
