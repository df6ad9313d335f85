"""The profiles of an office as a file that the import reads back unchanged."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.cell_lists import join_list
from matchmaker.profiles.intake.export_rows import EXPORT_COLUMNS, ExportRow, export_rows

_FORMULA = re.compile(r"[\s']*[=+\-@]")
_LONGEST_SHEET_CELL = 32_767


def export_file(session: Session, office_id: UUID, kind: str, path: Path) -> int:
    """Write all startups, companies, needs or places to a file; how many rows it has.

    The ending says the format: .csv (; and UTF-8 with a byte order mark), .xlsx or .jsonl,
    the last also as .jsonl.gz. Importing the file into an empty database and exporting again
    gives the same bytes. A text that a spreadsheet would run as a formula is marked with "'"
    in CSV, which the import takes off again; in XLSX it is stored as text.

    Raises
    ------
    InvalidInputError
        The kind or the ending is unknown, or a text is too long for a spreadsheet.
    """
    if kind not in EXPORT_COLUMNS:
        raise InvalidInputError(
            f"“{kind}” cannot be exported; expected one of {', '.join(EXPORT_COLUMNS)}.",
            field="kind",
        )
    name = path.name.lower()
    ending = next((known for known in _WRITERS if name.endswith(known)), None)
    if ending is None:
        raise InvalidInputError(
            f"{path.name}: expected a name that ends in {', '.join(_WRITERS)}.", field="file"
        )
    rows = list(export_rows(session, office_id, kind))
    content = _WRITERS[ending](EXPORT_COLUMNS[kind], rows)
    # Whoever reads the file at the same time sees the old one or the new one, nothing between.
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return len(rows)


def _as_csv(columns: Iterable[str], rows: Iterable[ExportRow]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _guarded(cell: Any) -> str | float:
    """A cell for CSV; numbers are harmless, even negative ones."""
    word = _word(cell)
    return f"'{word}" if isinstance(word, str) and _FORMULA.match(word) else word


def _word(cell: Any) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return join_list(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float) else str(cell)


def _as_sheet(columns: Iterable[str], rows: Iterable[ExportRow]) -> bytes:
    from xlsxwriter import Workbook

    written = io.BytesIO()
    workbook = Workbook(written, {"in_memory": True})
    # The time of writing would make every export differ from the last.
    workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(_with_header(columns, rows)):
        for position, cell in enumerate(row):
            word = _word(cell)
            if isinstance(word, str):
                if len(word) > _LONGEST_SHEET_CELL:
                    raise InvalidInputError(
                        f"The text of {row[0]} is longer than a spreadsheet's cell can hold "
                        f"({_LONGEST_SHEET_CELL} characters); export to .csv or .jsonl.",
                        field="file",
                    )
                # `write` would turn "=…" into a formula and an address into a link.
                sheet.write_string(number, position, word)
            else:
                sheet.write_number(number, position, word)
    workbook.close()
    return written.getvalue()


def _with_header(columns: Iterable[str], rows: Iterable[ExportRow]) -> Iterator[ExportRow]:
    yield list(columns)
    yield from rows


def _as_json_lines(columns: Iterable[str], rows: Iterable[ExportRow]) -> bytes:
    names = list(columns)
    return b"".join(
        orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
        for row in rows
    )


def _as_packed_json_lines(columns: Iterable[str], rows: Iterable[ExportRow]) -> bytes:
    return gzip.compress(_as_json_lines(columns, rows), mtime=0)


_WRITERS: dict[str, Callable[[Iterable[str], Iterable[ExportRow]], bytes]] = {
    ".csv": _as_csv,
    ".xlsx": _as_sheet,
    ".jsonl": _as_json_lines,
    ".jsonl.gz": _as_packed_json_lines,
}
