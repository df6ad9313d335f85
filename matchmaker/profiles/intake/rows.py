"""The words of a table as typed rows, and the rows that cannot be taken with the reason why.

Rule: a row is rejected when what it needs is missing, or when a cell that was filled in
cannot be read or lies out of range, because without that cell the row would say something
else than the file. Every other row goes in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matchmaker.profiles.intake.cell_lists import join_list, says_nothing, split_list
from matchmaker.profiles.intake.cells import TEXT
from matchmaker.profiles.intake.field import Field
from matchmaker.profiles.intake.fields import FIELDS, REQUIRED
from matchmaker.profiles.intake.mapping import ColumnMapping
from matchmaker.profiles.intake.reading import Rejected, Table
from matchmaker.profiles.texts import clean_text

if TYPE_CHECKING:
    import pandas as pd

_UNREADABLE = object()
_SHOWN_CHARACTERS = 60
_COUNTRY_OF_PREFIX = {"D": "DE", "A": "AT", "F": "FR", "I": "IT", "L": "LU", "B": "BE"}


@dataclass(frozen=True, slots=True)
class Row:
    """One readable row: its number in the file and the facts it states, by field."""

    number: int
    facts: dict[str, Any]


def read_rows(kind: str, table: Table, mapping: ColumnMapping) -> tuple[list[Row], list[Rejected]]:
    """Split a table into rows that can be taken and rows that cannot.

    Parameters
    ----------
    kind : startups, companies, needs or places.
    table : the file as it was read.
    mapping : the columns of each field; fields without one are unknown in every row.
    """
    fields = [field for field in FIELDS[kind] if field.name in mapping]
    frame = _by_field(table.cells, fields, mapping)
    known: dict[str, dict[str, Any]] = {field.name: {} for field in fields}
    faults = _faults(frame, fields, known)
    rows, rejected = [], []
    columns = {name: ", ".join(chosen) for name, chosen in mapping.items()}
    for number, *words in frame.itertuples(name=None):
        facts = {
            field.name: value
            for field, word in zip(fields, words, strict=True)
            if word is not None and (value := known[field.name][word]) not in (None, [], "")
        }
        found = faults.get(number) or list(_row_faults(kind, facts))
        if found:
            name, reason = found[0]
            also = "".join(f"; {columns.get(n, n)}: {r}" for n, r in found[1:])
            rejected.append(Rejected(number, columns.get(name, name) or None, reason + also))
        else:
            rows.append(Row(number, facts))
    return rows, rejected


def _by_field(
    cells: "pd.DataFrame", fields: Sequence[Field], mapping: ColumnMapping
) -> "pd.DataFrame":
    """The table under our field names, cleaned; None where a cell says nothing."""
    import pandas as pd

    columns: dict[str, list[str | None]] = {}
    for field in fields:
        clean = [[_clean(word, field) for word in cells[column]] for column in mapping[field.name]]
        columns[field.name] = [_combined(words, field) for words in zip(*clean, strict=True)]
    return pd.DataFrame(columns, index=cells.index, dtype=object)


def _clean(word: str | None, field: Field) -> str | None:
    cleaned = clean_text(word) if word else ""
    if not cleaned or (field.type is not TEXT and says_nothing(cleaned)):
        return None
    return cleaned


def _combined(words: Sequence[str | None], field: Field) -> str | None:
    """What several columns of one field say together."""
    filled = [word for word in words if word is not None]
    if len(filled) < 2 or field.several != "all":
        return filled[0] if filled else None
    if field.type is TEXT:
        return "\n".join(
            word
            for at, word in enumerate(filled)
            if not any(word in other for other in filled[:at] + filled[at + 1 :] if other != word)
            and word not in filled[:at]
        )
    return join_list(dict.fromkeys(item for word in filled for item in split_list(word)))


def _faults(
    frame: "pd.DataFrame", fields: Sequence[Field], known: Mapping[str, dict[str, Any]]
) -> dict[int, list[tuple[str, str]]]:
    """The cells that cannot be read, per row; fills `known` with the values of all others."""
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(
        {
            field.name: pa.Column(
                object,
                pa.Check(_readable(field, known[field.name]), error=field.type.expected),
                nullable=True,
            )
            for field in fields
        }
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        faults: dict[int, list[tuple[str, str]]] = {}
        cases = errors.failure_cases[["index", "column", "failure_case", "check"]]
        for number, name, word, expected in cases.itertuples(index=False, name=None):
            reason = f"“{_shortened(str(word))}”: expected {expected}"
            faults.setdefault(int(number), []).append((str(name), reason))
        return faults
    return {}


def _readable(field: Field, values: dict[str, Any]) -> Callable[["pd.Series[Any]"], Any]:
    """A check that reads each different cell of a column once and keeps the value."""

    def check(column: "pd.Series[Any]") -> "pd.Series[Any]":
        for word in column.unique():
            if word not in values:
                try:
                    values[word] = field.type.read(word)
                except (ValueError, OverflowError):
                    values[word] = _UNREADABLE
        return column.map(lambda word: values[word] is not _UNREADABLE).astype(bool)

    return check


def _shortened(word: str) -> str:
    line = " ".join(word.split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[:_SHOWN_CHARACTERS] + "…"


def _row_faults(kind: str, facts: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a row as a whole; a postcode is brought into the country's form."""
    for group in REQUIRED[kind]:
        if not any(name in facts for name in group):
            return [(group[0], f"the row has no {' and no '.join(group)}")]
    for prefix in ("", "company_"):
        if f"{prefix}postcode" in facts:
            fault = _fit_postcode(facts, f"{prefix}postcode", f"{prefix}country")
            if fault:
                return [(f"{prefix}postcode", fault)]
    return []


def _fit_postcode(facts: dict[str, Any], postcode: str, country: str) -> str | None:
    """Part a prefix such as D-76698 from the code; say what is wrong with a German one."""
    code: str = facts[postcode]
    if match := re.fullmatch(r"([A-Z]{1,2})[- ](\d{4,6})", code):
        stated = _COUNTRY_OF_PREFIX.get(match[1], match[1])
        if facts.setdefault(country, stated) == stated:
            code = match[2]
    if facts.get(country) == "DE":
        # A spreadsheet that takes a postcode for a number drops the zero in front.
        code = code.zfill(5) if code.isdecimal() and len(code) == 4 else code
        if not re.fullmatch(r"\d{5}", code):
            return f"“{_shortened(code)}”: expected five digits for a German postcode"
    facts[postcode] = code
    return None
