"""Sheets of XLSX, XLS and ODS files, read by python-calamine behind a check of their size."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse

from matchmaker.errors import InvalidInputError, MatchmakerError
from matchmaker.profiles.intake.decoding import refuse_too_large

ZIP_MAGIC = b"PK\x03\x04"
XLS_MAGIC = b"\xd0\xcf\x11\xe0"

_MOST_CELLS = 10_000_000
_CHUNK_BYTES = 2**20
_CELL_REFERENCE = re.compile(rb"""r=["']([A-Z]{1,3})(\d{1,7})["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Cell = str | int | float | bool | date | datetime | time | timedelta


def read_sheet(content: bytes) -> list[list[str]]:
    """The rows of the first sheet that holds anything, from row 1 on, as the words shown.

    Raises
    ------
    InvalidInputError
        The file is no spreadsheet, is damaged or protected, or is too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if content.startswith(ZIP_MAGIC):
        _refuse_too_many_cells(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for name in workbook.sheet_names:
                rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                words = [[_word(cell) for cell in row] for row in rows]
                if any(any(row) for row in words):
                    return words
    except CalamineError as error:
        raise InvalidInputError(
            f"The spreadsheet cannot be read ({error}). Expected an XLSX, XLS or ODS file "
            "without a password.",
            field="file",
        ) from None
    except BaseException as error:
        # The reader is written in Rust; on some damaged files it panics, and a panic is no
        # Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidInputError("The spreadsheet is damaged.", field="file") from None
    return []


def _word(cell: Cell) -> str:
    """A cell as a person reads it: whole numbers without a fraction, dates as 2026-11-22."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _refuse_too_many_cells(content: bytes) -> None:
    """Stop a sheet whose far corner would make the reader lay out more than fits the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = 0
            for member in archive.infolist():
                is_sheet = "worksheets/" in member.filename
                corner = (0, 0)
                tail = b""
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK_BYTES):
                        unpacked += len(chunk)
                        refuse_too_large(unpacked, len(content))
                        if is_sheet:
                            corner = _far_corner(tail + chunk, corner)
                            tail = chunk[-20:]
                _refuse_corner(*corner)
                if member.filename == "content.xml":
                    with archive.open(member) as stream:
                        _refuse_corner(*_open_document_corner(stream))
    except MatchmakerError:
        raise
    except Exception as error:
        # A damaged archive makes zipfile raise whatever it stumbles over.
        raise InvalidInputError(
            f"The spreadsheet is damaged or protected ({error}).", field="file"
        ) from None


def _refuse_corner(rows: int, columns: int) -> None:
    if rows * columns > _MOST_CELLS:
        raise InvalidInputError(
            f"A sheet spans {rows} rows and {columns} columns, which is more than "
            f"{_MOST_CELLS // 10**6} million cells; delete what stands far outside the list.",
            field="file",
        )


def _far_corner(chunk: bytes, corner: tuple[int, int]) -> tuple[int, int]:
    rows, columns = corner
    for letters, digits in _CELL_REFERENCE.findall(chunk):
        column = 0
        for letter in letters:
            column = 26 * column + letter - 64
        rows, columns = max(rows, int(digits)), max(columns, column)
    return rows, columns


def _open_document_corner(stream: IO[bytes]) -> tuple[int, int]:
    """Rows and columns up to the last cell with a value; repeated empty ones may follow it."""
    rows = last_row = last_column = column = 0
    filled = False
    try:
        # expat refuses entity bombs, and external entities are not loaded.
        for _, element in iterparse(stream, events=("end",)):  # noqa: S314
            if element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                column += _repeated(element.get(f"{_TABLE}number-columns-repeated"))
                if len(element):
                    filled, last_column = True, max(last_column, column)
            elif element.tag == f"{_TABLE}table-row":
                rows += _repeated(element.get(f"{_TABLE}number-rows-repeated"))
                last_row = rows if filled else last_row
                column, filled = 0, False
                element.clear()
            elif element.tag == f"{_TABLE}table":
                _refuse_corner(last_row, last_column)
                rows = last_row = last_column = 0
    except ParseError as error:
        raise InvalidInputError(f"The spreadsheet is damaged ({error}).", field="file") from None
    return last_row, last_column


def _repeated(attribute: str | None) -> int:
    return int(attribute) if attribute and attribute.isdecimal() else 1
