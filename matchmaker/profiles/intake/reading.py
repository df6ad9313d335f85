"""A file as a table of words: CSV, JSON lines, XLSX, XLS and ODS, each also as .gz.

What a file is shows in its content, not in its name. Row numbers are those a person sees:
the row of a spreadsheet; in CSV the record, counting the header and empty ones, so a cell
with line breaks is still one row; in JSON lines the line.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.cell_lists import join_list
from matchmaker.profiles.intake.decoding import decode, unpack
from matchmaker.profiles.intake.spreadsheets import XLS_MAGIC, ZIP_MAGIC, read_sheet
from matchmaker.profiles.texts import clean_text

if TYPE_CHECKING:
    import pandas as pd

# The csv module refuses longer fields by default (128 kB); ours are rejected row by row.
csv.field_size_limit(2**31 - 1)

_SEPARATORS = ";,\t"
_HEADER_SOUGHT_IN_ROWS = 20
_CSV_GUARD = re.compile(r"'[\s']*[=+\-@]")

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, the column at fault if there is one, and why."""

    row: int
    column: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: words under column names, indexed by the rows people see.

    `cells` has object columns; an empty cell is None. `rejected` are the rows that could not
    even be taken apart.
    """

    cells: "pd.DataFrame"
    rejected: list[Rejected] = field(default_factory=list)
    file_hash: str = ""

    @property
    def row_count(self) -> int:
        """All rows of the file that hold anything, the broken ones included."""
        return len(self.cells) + len(self.rejected)


def read_table(path: Path) -> Table:
    """Read a file of any supported kind.

    Raises
    ------
    InvalidInputError
        The file is missing, empty, damaged, too large, or of another kind.
    """
    if not path.is_file():
        raise InvalidInputError(f"There is no file {path}.", field="file")
    content = path.read_bytes()
    file_hash = hashlib.sha256(content).hexdigest()
    content = unpack(content)
    rejected: list[Rejected] = []
    if content.startswith((ZIP_MAGIC, XLS_MAGIC)):
        rows = [(number, row) for number, row in enumerate(read_sheet(content), start=1)]
        names, rows = _split_header(rows)
    else:
        text = decode(content).removeprefix("\ufeff")
        if text.lstrip().startswith("{"):
            names, rows = _json_lines(text, rejected)
        else:
            names, rows = _split_header(_separated_rows(text, rejected))
    return Table(_frame(names, rows, rejected), sorted(rejected, key=_by_row), file_hash)


def _by_row(rejected: Rejected) -> int:
    return rejected.row


def _frame(names: list[str], rows: Rows, rejected: list[Rejected]) -> "pd.DataFrame":
    import pandas as pd

    kept, numbers = [], []
    for number, row in rows:
        if _filled(row[len(names) :]):
            filled = max(at for at, cell in enumerate(row, start=1) if cell.strip())
            rejected.append(
                Rejected(number, None, f"{filled} cells, but the header names {len(names)} columns")
            )
        elif _filled(row):
            kept.append([cell or None for cell in row] + [None] * (len(names) - len(row)))
            numbers.append(number)
    cut = [row[: len(names)] for row in kept]
    return pd.DataFrame(cut, columns=names, index=numbers, dtype=object)


def _split_header(rows: Rows) -> tuple[list[str], Rows]:
    """The header and the rows below it; a title above the header is passed over."""
    first = [(number, row) for number, row in rows if _filled(row)][:_HEADER_SOUGHT_IN_ROWS]
    if not first:
        raise InvalidInputError(
            "The file is empty. Expected a header row with column names, and rows below it.",
            field="file",
        )
    widest = max(_filled(row) for _, row in first)
    number, header = next((n, row) for n, row in first if 2 * _filled(row) >= widest)
    width = max(at for at, cell in enumerate(header, start=1) if cell.strip())
    names: list[str] = []
    for at, cell in enumerate(header[:width], start=1):
        name = " ".join(clean_text(cell).split())[:100] or f"column {at}"
        names.append(f"{name} ({at})" if name in names else name)
    return names, [(n, row) for n, row in rows if n > number]


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _separated_rows(text: str, rejected: list[Rejected]) -> Rows:
    separator = _separator(text)
    rows: Rows = []
    text = re.sub(r"\A\s*sep=.[ \t]*(?=[\r\n])", "", text)
    for number, row in enumerate(_records(text, separator), start=1):
        if row is None:
            reason = "a quotation mark is opened and never closed"
            rejected.append(Rejected(number, None, reason))
        else:
            # Exports mark a text that a spreadsheet would run as a formula with "'".
            rows.append((number, [c[1:] if _CSV_GUARD.match(c) else c for c in row]))
    return rows


def _separator(text: str) -> str:
    """The separator under which the first line with words falls into the most columns."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    if named := re.fullmatch(r"sep=(.)\s*", first):
        return named[1]
    widths = {mark: len(next(csv.reader([first], delimiter=mark), ())) for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: widths[mark])


def _records(text: str, separator: str) -> Iterator[list[str] | None]:
    """The records of a CSV text; None for a line whose quotation mark never closes.

    A stray quotation mark would swallow every row up to the next one, so reading starts
    again on the line after it.
    """
    lines = io.StringIO(text, newline="").readlines()
    start = 0
    while start < len(lines):
        reader = csv.reader(
            (lines[at] for at in range(start, len(lines))), delimiter=separator, strict=True
        )
        taken = 0
        try:
            for record in reader:
                taken = reader.line_num
                yield record
            return
        except csv.Error as error:
            start += taken
            on_one_line = reader.line_num - taken == 1 and "unexpected end" not in str(error)
            loose = csv.reader([lines[start]], delimiter=separator)
            yield next(loose, []) if on_one_line else None
            start += 1


def _json_lines(text: str, rejected: list[Rejected]) -> tuple[list[str], Rows]:
    records: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError
            records.append((number, dict(_flat_cells(record))))
        except (ValueError, RecursionError):
            rejected.append(Rejected(number, None, "the line is no JSON object"))
    names = list(dict.fromkeys(name for _, record in records for name in record))
    return names, [(n, [record.get(name, "") for name in names]) for n, record in records]


def _flat_cells(record: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The cells of a JSON object; an object within it gives columns such as `company.town`."""
    for name, value in record.items():
        if isinstance(value, dict) and not prefix:
            yield from _flat_cells(value, f"{name}.")
        else:
            yield prefix + " ".join(clean_text(name).split()), _json_word(value)


def _json_word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return join_list(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value)
