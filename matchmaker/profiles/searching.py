"""Searching texts as people type: words, phrases in quotes, a minus for what must not be there."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, not_, or_

from matchmaker.language import search_key
from matchmaker.profiles.texts import clean_text

_QUOTES = str.maketrans(dict.fromkeys("„“”«»", '"'))
# A quote that is not closed yet reaches to the end: somebody is still typing.
_TERM = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|(\S+))')


class Term(NamedTuple):
    """A word or a phrase in the spelling of `search_key`, and whether it must be absent."""

    key: str
    is_excluded: bool


def search_terms(search: str) -> list[Term]:
    """What a search asks for: every term counts, in any order."""
    found = (
        Term(search_key(match[2] or match[3] or ""), bool(match[1]))
        for match in _TERM.finditer(clean_text(search).translate(_QUOTES))
    )
    return [term for term in found if term.key]


def answers(
    terms: Sequence[Term], searched: Sequence[SQLColumnExpression[str]]
) -> ColumnElement[bool]:
    """The condition that each term stands in one of the columns, and each excluded one in none.

    The columns hold the spelling of `search_key` and are never null. A term matches parts of
    words; what means something to LIKE stands for itself.
    """
    conditions: list[ColumnElement[bool]] = []
    for term in terms:
        is_there = or_(*(column.contains(term.key, autoescape=True) for column in searched))
        conditions.append(not_(is_there) if term.is_excluded else is_there)
    return and_(True, *conditions)
