"""Where the sentences of a text begin and end, so that one can be quoted as evidence."""

import re
from collections.abc import Iterator

from matchmaker.language.folding import fold
from matchmaker.language.stop_words import word_list

LONGEST_SENTENCE = 300
"""Code points; a longer stretch without a stop is cut so that evidence stays quotable."""

_SHORTEST_CUT = 100

# A run of stops is tried once, from its first mark, and never given back (++, *+):
# whatever the text, the time stays linear in its length.
_BREAK = re.compile(
    r"(?P<separator>[\n\r\v\f\x85\u2028\u2029•‣◦▪▫●○■□►▸➢➤✓✔]++)"
    r"|(?<![.!?;…])(?P<stop>[.!?;…]++[\"'»«“”’)\]]*+)(?=\s|$)"
)
_LINE_MARKS = re.compile(r"(?:\s|[-–—*+](?=\s))*")
_TOKEN_BEFORE = re.compile(r"[\w.°-]+$")

_LONGEST_TOKEN = 12


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences and fragments of a text as spans of code points.

    Returns
    -------
    list of (start, end)
        In order, end exclusive, never empty, not overlapping, without white space at
        either end. Outside them lie only white space, line breaks and bullets. A
        sentence ends at ``. ! ? ;`` before white space, unless the dot belongs to an
        abbreviation, an initial or an ordinal; a fragment ends at a line break or bullet.
        None is longer than ``LONGEST_SENTENCE``: it is cut after a comma, else at a
        space, else anywhere.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match["stop"] and not _ends_sentence(text, start, match.start(), match.end()):
            continue
        end = match.start() if match["separator"] else match.end()
        spans.extend(_trimmed(text, start, end))
        start = match.end()
    spans.extend(_trimmed(text, start, len(text)))
    return spans


def _ends_sentence(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the stop mark at ``stop`` ends a sentence rather than an abbreviation."""
    if text[stop:after] != ".":
        return True
    before = _TOKEN_BEFORE.search(text[max(start, stop - _LONGEST_TOKEN) : stop])
    if before is None:
        return True
    token = fold(before.group())
    if token in word_list("closing_abbreviations"):
        return text[after : after + 2].strip()[:1].isupper()
    is_dotted_letters = all(len(letter) == 1 and letter.isalpha() for letter in token.split("."))
    is_ordinal = token.isdecimal() and len(token) <= 2
    return not (token in word_list("abbreviations") or is_dotted_letters or is_ordinal)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the quotable spans between two breaks, without marks and space around them."""
    marks = _LINE_MARKS.match(text, start, end)
    start = marks.end() if marks else start
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start)
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _cut(text: str, start: int) -> int:
    """Return where to cut a sentence that is too long."""
    limit = start + LONGEST_SENTENCE
    comma = text.rfind(", ", start + _SHORTEST_CUT, limit)
    if comma >= 0:
        return comma + 1
    space = text.rfind(" ", start + _SHORTEST_CUT, limit)
    return space if space >= 0 else limit


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)
