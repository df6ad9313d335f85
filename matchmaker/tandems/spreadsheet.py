"""Tables to take away as a spreadsheet, and a match list as one of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from matchmaker.messages import say

COLUMNS = (
    ("Rank", 6),
    ("Startup", 28),
    ("Solution", 32),
    ("Assessment", 12),
    ("Score", 8),
    ("Firm", 8),
    ("Startup's view", 12),
    ("Known", 8),
    ("Reasons", 90),
    ("Counter-reasons", 60),
    ("By hand", 16),
    ("By lot", 14),
    ("Probability of a talk", 14),
)


Cell = str | float | date


def write_spreadsheet(answer: dict[str, Any], path: Path | BytesIO, language: str) -> None:
    """Write the answer of `match` as XLSX, one row a proposal."""
    write_table(
        path,
        say("Match list", language),
        [(say(title, language), width) for title, width in COLUMNS],
        [_cells(result, language) for result in answer["results"]],
        fixed_columns=2,
    )


def write_table(
    path: Path | BytesIO,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    *,
    fixed_columns: int,
) -> None:
    """Write rows as XLSX under a head of columns (title, width in characters).

    Every text is written as text: one that begins with "=" came from a public form and must
    not become a formula. Of numbers, whole ones are counts and the others have two decimals.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title)
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "0.00", "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, fixed_columns)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, value, wrapped)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, datetime.combine(value, time()), day)
                else:
                    style = wrapped if isinstance(value, int) else number
                    sheet.write_number(row, column, value, style)


def _cells(result: dict[str, Any], language: str) -> list[Cell]:
    probability = result["match_probability"]
    sides = result["sides"]
    contributions = sides["sme"]["contributions"] + sides["startup"]["contributions"]
    reasons = [found["text"] for found in contributions if found["contribution"] > 0]
    against = [found["text"] for found in result["against"]]
    return [
        result["rank"],
        result["startup"]["name"],
        result["solution"]["title"] or "",
        say(result["band"], language),
        result["reciprocal_score"],
        sides["sme"]["preference"],
        sides["startup"]["preference"],
        result["coverage"],
        "\n".join(dict.fromkeys(reasons)),
        "\n".join(dict.fromkeys(against)) or say("no counter-reason found", language),
        say(result.get("placed") or "", language),
        say("discovery", language) if result.get("discovery") else "",
        "" if probability is None else probability,
    ]
