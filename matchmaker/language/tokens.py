"""The words of a text and where they stand."""

import re
from typing import NamedTuple

# Letters and digits of any script; combining marks and soft hyphens stay inside their word.
# "C++" and "C#" are the only names that keep a sign.
_WORD = re.compile(r"[Cc](?:\+\+|#)(?!\w)|[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")


class Word(NamedTuple):
    """One word as written; start and end are code points, end exclusive."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of a text in order, cut at word boundaries only.

    A word ends where letters and digits end, so "KI-gestützt" is two words. Nothing is
    ever found inside a word: "KI" is not in "Kita" and "OP" is not in "Shop". A reason that
    points at three letters of an unrelated word would be false.
    """
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
