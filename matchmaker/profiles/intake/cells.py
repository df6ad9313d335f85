"""What one cell of a file may hold, and the value it stands for.

A reader takes the cleaned, non-empty words of a cell and returns the value, or None where
they say that nothing is known. It raises ValueError where they cannot be read; the row is
then rejected with the sentence in `expected`, because to drop the cell would be to change
what the file says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from matchmaker.language import fold
from matchmaker.profiles.branches import resolve_branch
from matchmaker.profiles.countries import find_country
from matchmaker.profiles.intake.cell_lists import split_list
from matchmaker.profiles.vocabulary import (
    COOPERATION_FORMS,
    CUSTOMER_SIZES,
    IT_SECURITY,
    LANGUAGES,
    MATURITY,
    NEED_STATUSES,
    PARTY_KINDS,
    PRICE_CLASSES,
    SMALLEST_HEAD_COUNT,
    SOLUTION_STATUSES,
    VISIBILITIES,
    Vocabulary,
    stored_word,
)

LONGEST_TEXT_BYTES = 200_000
_MOST_EMPLOYEES = 10_000_000


@dataclass(frozen=True, slots=True)
class CellType:
    """How a kind of cell is read, and the sentence about what it should have held."""

    expected: str
    read: Callable[[str], Any]


def line(longest: int) -> CellType:
    """A short text of one line."""

    def read(written: str) -> str:
        if len(written) > longest:
            raise ValueError
        return " ".join(written.split())

    return CellType(f"at most {longest} characters", read)


def _text(written: str) -> str:
    if len(written.encode()) > LONGEST_TEXT_BYTES:
        raise ValueError
    return written


def _web_address(written: str) -> str | None:
    """The first address of the cell; a bare scheme such as "http://" says nothing."""
    first = re.split(r"[\s,;|]+", written)[0]
    host = re.sub(r"^\w+:/*|/.*$", "", first)
    if not host:
        return None
    if "." not in host.strip(".") or len(first) > 500:
        raise ValueError
    return first


def _whole_number(written: str) -> int:
    """A count. Of a range such as 50-100 the lower bound stands; fractions are dropped."""
    bound = re.sub(r"^(?:ca\.?|circa|etwa|rund|ueber|about|approx\.?|>=?|~)\s*", "", fold(written))
    bound = re.split(r"(?<=\d)\s*(?:-|–|bis|to|\+)", bound)[0].strip()
    if re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", bound):
        bound = re.sub(r"\D", "", bound)
    match = re.fullmatch(r"(\d{1,9})(?:[.,]\d+)?", bound)
    if not match or int(match[1]) > _MOST_EMPLOYEES:
        raise ValueError
    return int(match[1])


def _calendar_day(first_year: int, last_year: int) -> Callable[[str], date]:
    def read(written: str) -> date:
        if match := re.fullmatch(r"(\d{4})(?:[.,]0)?", written):
            day = date(int(match[1]), 1, 1)
        elif match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ])", written):
            day = date(int(match[1]), int(match[2]), int(match[3]))
        elif match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", written):
            day = date(int(match[3]), int(match[2]), int(match[1]))
        elif match := re.fullmatch(r"(\d{1,2})[./](\d{4})", written):
            day = date(int(match[2]), int(match[1]), 1)
        else:
            raise ValueError
        if not first_year <= day.year <= last_year:
            raise ValueError
        return day

    return read


def _decimal(lowest: float, highest: float) -> Callable[[str], float]:
    def read(written: str) -> float:
        value = float(written.replace(",", "."))
        if not lowest <= value <= highest:
            raise ValueError
        return value

    return read


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        match = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", written)
        if not match or not lowest <= int(match[1]) <= highest:
            raise ValueError
        return int(match[1])

    return read


def _maturity(written: str) -> int:
    level = re.sub(r"^trl\W*", "", fold(written))
    return _between(1, 9)(stored_word(MATURITY, written) or level)


def word_of(vocabulary: Vocabulary) -> Callable[[str], str]:
    """A reader of one word of a closed list."""

    def read(written: str) -> str:
        stored = stored_word(vocabulary, written)
        if stored is None:
            raise ValueError
        return stored

    return read


def _words_of(vocabulary: Vocabulary) -> Callable[[str], list[str]]:
    word = word_of(vocabulary)

    def read(written: str) -> list[str]:
        return list(dict.fromkeys(word(item) for item in split_list(written)))

    return read


def _it_security(written: str) -> list[str]:
    codes = (stored_word(IT_SECURITY, item) or fold(item) for item in split_list(written))
    return list(dict.fromkeys(codes))


def _tags(written: str) -> list[str]:
    tags = [" ".join(item.split()) for item in split_list(written)]
    if any(len(tag) > 200 for tag in tags):
        raise ValueError
    return tags


def _branches(written: str) -> list[str]:
    """Division codes. A title that holds commas itself is tried whole before it is split."""
    whole = resolve_branch(written)
    if whole.isdecimal():
        return [whole]
    return list(dict.fromkeys(resolve_branch(item) for item in split_list(written)))


def _language(written: str) -> str:
    known = stored_word(LANGUAGES, written)
    match = re.fullmatch(r"([a-z]{2})(?:[-_][a-z]{2})?", fold(written))
    if not known and not match:
        raise ValueError
    return known or match[1] if match else str(known)


def _languages(written: str) -> list[str]:
    return list(dict.fromkeys(_language(item) for item in split_list(written)))


def _country(written: str) -> str:
    code = find_country(written)
    if code is None:
        raise ValueError
    return code


def _postcode(written: str) -> str:
    code = " ".join(written.removesuffix(".0").upper().split())
    if len(code) > 16 or not re.fullmatch(r"[A-Z]{0,3}-?[\w -]*\d[\w -]*", code):
        raise ValueError
    return code


def _head_count_of_size(written: str) -> int:
    return SMALLEST_HEAD_COUNT[word_of(CUSTOMER_SIZES)(written)]


def any_of(vocabulary: Vocabulary) -> str:
    """The sentence about a cell that holds words of a closed list."""
    return "one of " + ", ".join(vocabulary)


TEXT = CellType(f"at most {LONGEST_TEXT_BYTES // 1000} kB of text", _text)
WEB_ADDRESS = CellType("a web address such as www.example.org", _web_address)
HEAD_COUNT = CellType("a whole number such as 58, 1.200 or 50-100", _whole_number)
CAPACITY = CellType("a whole number from 0 to 10000", _between(0, 10_000))
FOUNDING_DAY = CellType(
    "a year from 1000 to 2100, or a date such as 2019-05-31 or 31.05.2019",
    _calendar_day(1000, 2100),
)
DAY = CellType(
    "a date from 2000 to 2100 such as 2027-05-31 or 31.05.2027", _calendar_day(2000, 2100)
)
LATITUDE = CellType("degrees from -90 to 90", _decimal(-90, 90))
LONGITUDE = CellType("degrees from -180 to 180", _decimal(-180, 180))
DEGURBA = CellType("1 (city), 2 (town or suburb) or 3 (rural)", _between(1, 3))
MATURITY_TRL = CellType("a level from 1 to 9, or idea, prototype, pilot or ready", _maturity)
POSTCODE = CellType("a postcode with digits, at most 16 characters", _postcode)
COUNTRY = CellType("a country such as DE or Deutschland", _country)
LANGUAGE = CellType("a language such as de or Deutsch", _language)
LANGUAGE_LIST = CellType("languages such as de|en", _languages)
TAG_LIST = CellType("words separated by |, each at most 200 characters", _tags)
BRANCH_LIST = CellType("branches separated by |", _branches)
IT_SECURITY_LIST = CellType("codes separated by |", _it_security)
COOPERATION_LIST = CellType(any_of(COOPERATION_FORMS), _words_of(COOPERATION_FORMS))
SIZE_LIST = CellType(any_of(CUSTOMER_SIZES), _words_of(CUSTOMER_SIZES))
SIZE_CLASS = CellType(any_of(CUSTOMER_SIZES), _head_count_of_size)
PRICE_CLASS = CellType(any_of(PRICE_CLASSES), word_of(PRICE_CLASSES))
KIND = CellType(any_of(PARTY_KINDS), word_of(PARTY_KINDS))
VISIBILITY = CellType(any_of(VISIBILITIES), word_of(VISIBILITIES))
SOLUTION_STATUS = CellType(any_of(SOLUTION_STATUSES), word_of(SOLUTION_STATUSES))
NEED_STATUS = CellType(any_of(NEED_STATUSES), word_of(NEED_STATUSES))
