"""Profiles as columns: the arrays that features read.

Solution columns have one row per solution and are built once per snapshot; a need's facts
are single values that spread over all of its candidates. A number is NaN and a set is empty
where the fact is not known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

import numpy as np

from matchmaker.language import terms
from matchmaker.retrieval import need_terms
from matchmaker.values import BoolArray, FloatArray, IntArray, NeedProfile, SolutionProfile

SIZE_CLASSES = ("micro", "small", "medium", "large")
# Upper bounds of staff below which a firm is micro, small, medium (EU recommendation 2003/361).
_SIZE_BOUNDS = (10, 50, 250)


@dataclass(frozen=True, slots=True)
class SetColumn:
    """A set of words per row, as numbers.

    `codes` has shape (n_rows, longest set), padded with -1; `vocabulary` gives a word's code.
    """

    codes: IntArray
    vocabulary: Mapping[str, int]

    @classmethod
    def of(cls, sets: Iterable[Iterable[str]]) -> Self:
        """Number the words of the sets, in the order of the alphabet."""
        rows = [sorted(words) for words in sets]
        vocabulary = {word: code for code, word in enumerate(sorted({w for r in rows for w in r}))}
        codes = np.full((len(rows), max((len(row) for row in rows), default=0)), -1, dtype=np.int32)
        for position, row in enumerate(rows):
            codes[position, : len(row)] = [vocabulary[word] for word in row]
        return cls(codes, vocabulary)

    def take(self, rows: IntArray) -> Self:
        """The same column for the named rows only."""
        return type(self)(self.codes[rows], self.vocabulary)

    @property
    def size(self) -> IntArray:
        """Number of words per row, shape (n_rows,); 0 means that nothing is known."""
        count: IntArray = (self.codes >= 0).sum(axis=1)
        return count

    def shared(self, words: Iterable[str]) -> IntArray:
        """How many of `words` each row holds, shape (n_rows,)."""
        wanted = [self.vocabulary[word] for word in words if word in self.vocabulary]
        count: IntArray = np.isin(self.codes, wanted).sum(axis=1)
        return count


Column = FloatArray | SetColumn


def solution_columns(solutions: Sequence[SolutionProfile]) -> dict[str, Column]:
    """The columns of all solutions of a snapshot, one row each."""

    def numbers(read: Callable[[SolutionProfile], float | None]) -> FloatArray:
        return np.array([_number(read(solution)) for solution in solutions], dtype=np.float64)

    def sets(read: Callable[[SolutionProfile], Iterable[str]]) -> SetColumn:
        return SetColumn.of(read(solution) for solution in solutions)

    return {
        "solution_maturity_trl": numbers(lambda s: s.maturity_trl),
        "solution_available_day": numbers(lambda s: _day(s.available_from_on)),
        "startup_latitude": numbers(lambda s: s.party.latitude),
        "startup_longitude": numbers(lambda s: s.party.longitude),
        "startup_country": sets(lambda s: [s.party.country] if s.party.country else []),
        "startup_languages": sets(lambda s: s.party.languages),
        "solution_cooperation_forms": sets(lambda s: s.cooperation_forms),
        "solution_customer_sizes": sets(lambda s: s.customer_sizes),
        "solution_it_security": sets(lambda s: s.it_security),
        "solution_target_branches": sets(lambda s: s.target_branches),
        "solution_target_sections": sets(lambda s: _sections(s.target_branches)),
        "solution_tags": sets(lambda s: s.tags),
    }


def need_columns(need: NeedProfile, tag_vocabulary: Mapping[str, int]) -> dict[str, Any]:
    """The facts of one need and of its firm, for one pass over its candidates."""
    firm = need.party
    branches = need.branches or (firm.branches if firm else frozenset())
    # A firm that did not say which languages it works in wrote its need in one of them.
    written_in = frozenset({need.text.language} if need.text.language else ())
    languages = firm.languages if firm and firm.languages else written_in
    return {
        "need_maturity_wanted_trl": _number(need.maturity_wanted_trl),
        "need_needed_by_day": _number(_day(need.needed_by_on)),
        "need_cooperation_forms": need.cooperation_forms,
        "need_it_security": need.it_security,
        "need_seat_country": need.seat_country,
        "need_named_tags": named_tags(need, tag_vocabulary),
        "sme_branches": branches,
        "sme_sections": _sections(branches),
        "sme_languages": languages,
        "sme_size_class": size_class(firm.employees if firm else None),
        "sme_latitude": _number(firm.latitude if firm else None),
        "sme_longitude": _number(firm.longitude if firm else None),
    }


def take(columns: Mapping[str, Column], rows: IntArray) -> dict[str, Column]:
    """All columns for the named rows only."""
    return {
        name: column.take(rows) if isinstance(column, SetColumn) else column[rows]
        for name, column in columns.items()
    }


def named_tags(need: NeedProfile, tag_vocabulary: Mapping[str, int]) -> frozenset[str]:
    """The tags all of whose words the need uses, in its own tags or in its text."""
    used = set(need_terms(need))
    return frozenset(tag for tag in tag_vocabulary if _tag_words(tag) <= used and _tag_words(tag))


def size_class(employees: int | None) -> int | None:
    """Position in `SIZE_CLASSES` of a firm with so many people; None when unknown."""
    return None if employees is None else int(np.searchsorted(_SIZE_BOUNDS, employees, "right"))


def known(column: SetColumn) -> BoolArray:
    """Where a set says anything at all, shape (n_rows,)."""
    return column.size > 0


# WZ 2008 (NACE Rev. 2): the first division of each section, from A (01) to U (99).
_SECTION_STARTS = (1, 5, 10, 35, 36, 41, 45, 49, 55, 58, 64, 68, 69, 77, 84, 85, 86, 90, 94, 97, 99)


def _sections(branches: Iterable[str]) -> frozenset[str]:
    codes = [int(branch) for branch in branches if branch.isascii() and branch.isdigit()]
    return frozenset(
        chr(ord("A") + int(np.searchsorted(_SECTION_STARTS, code, "right")) - 1)
        for code in codes
        if 1 <= code <= 99
    )


@lru_cache(maxsize=100_000)
def _tag_words(tag: str) -> frozenset[str]:
    return frozenset(term.lemma for term in terms(tag, None))


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal()
