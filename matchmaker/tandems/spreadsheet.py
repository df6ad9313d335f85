"""A match list as a spreadsheet to take away."""

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
)


def write_spreadsheet(answer: dict[str, Any], path: Path | BytesIO, language: str) -> None:
    """Write the answer of `match` as XLSX, one row a proposal.

    Every text is written as text: one that begins with "=" came from a public form and must
    not become a formula.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(say("Match list", language))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "0.00", "valign": "top"})
        for column, (title, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, say(title, language), head)
        sheet.freeze_panes(1, 2)
        for row, result in enumerate(answer["results"], start=1):
            for column, value in enumerate(_cells(result, language)):
                if isinstance(value, str):
                    sheet.write_string(row, column, value, wrapped)
                else:
                    sheet.write_number(row, column, value, wrapped if column == 0 else number)


def _cells(result: dict[str, Any], language: str) -> list[str | float]:
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
    ]
