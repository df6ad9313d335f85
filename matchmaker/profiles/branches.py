"""Branches as divisions of WZ 2008, the German edition of NACE Rev. 2.

`wz2008_divisions.csv` holds the 88 divisions with their official titles (Statistisches
Bundesamt; English titles as in NACE Rev. 2) and short forms that people write instead.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matchmaker.language import fold
from matchmaker.profiles.vocabulary import compact

_CODE = re.compile(
    r"(?:(?:wz|nace)\s*(?:2008|2025|rev\W*2)?\W*)?[a-u]?\s*(\d\d)(?:[.\s]?\d{1,2}){0,3}"
)


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    section: str
    title_de: str
    title_en: str
    synonyms: tuple[str, ...]


def resolve_branch(text: str) -> str:
    """The division code that a code ("C28", "28.99.1"), title or short form stands for.

    A branch that no division answers to comes back as its folded name, so that equal names
    still meet.
    """
    folded = " ".join(fold(text).split())
    code = _CODE.fullmatch(folded)
    if code and code[1] in _divisions():
        return code[1]
    return _codes_by_name().get(compact(text)) or folded


def branch_title(code: str, language: str) -> str:
    """The official title in "de", else in English; a name that is no code comes back as it is."""
    division = _divisions().get(code)
    if division is None:
        return code
    return division.title_de if language == "de" else division.title_en


@cache
def _divisions() -> dict[str, _Division]:
    table = files("matchmaker.profiles").joinpath("wz2008_divisions.csv")
    with table.open(encoding="utf-8") as lines:
        return {
            row["code"]: _Division(
                row["code"],
                row["section"],
                row["title_de"],
                row["title_en"],
                tuple(filter(None, row["synonyms"].split("|"))),
            )
            for row in csv.DictReader(lines)
        }


@cache
def _codes_by_name() -> dict[str, str]:
    divisions = _divisions().values()
    names = {compact(word): division.code for division in divisions for word in division.synonyms}
    # The official titles have the last word.
    for division in divisions:
        names |= {compact(division.title_de): division.code}
        names |= {compact(division.title_en): division.code}
    return names
