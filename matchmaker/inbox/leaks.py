"""What in a text tells whose it is. Pure functions: a text and what must not be told go in.

Names are compared in the spelling of `search_key` and word by word, so that umlauts, upper case
and hyphens make no difference and an inflected name (Müllers, Kraichtaler) is still the name. The
check would rather warn once too often: a person decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchmaker.language import fold, is_stop_word, search_key, words
from matchmaker.profiles import is_legal_form

# What a leak can be, in the order in which one text is said to be the other.
KINDS = ("mail", "web", "phone", "firm", "person", "place", "product")
OMISSION = "[…]"
_SEVERAL_OMISSIONS = re.compile(r"\[…\](?:[ ,]*\[…\])+")

_PATTERNS = {
    "mail": re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    "web": re.compile(
        r"(?:https?://|\bwww\.)\S*[^\s.,;:!?)\]]"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:de|com|net|org|eu|info|io|ai|shop|online|gmbh|at|ch)\b(?!\.\w)",
        re.IGNORECASE,
    ),
    "phone": re.compile(
        r"(?<![\w,.])(?!\d\d?\.\d\d?\.\d{2,4}\b)(?:\+|0)\d(?:[\s()/.–-]{0,3}\d){5,}"
    ),
    # Five digits before a capital letter; a round number is an amount.
    "place": re.compile(r"\b(?:D[-–\s]?)?(?!\d\d000)\d{5}(?=\s+[^\W\d_a-zäöü])"),
    "product": re.compile(
        r"„[^“”„\n]{1,60}[“”]|“[^”\n]{1,60}”|\"[^\"\n]{1,60}\"|»[^«\n]{1,60}«|«[^»\n]{1,60}»"
        r"|‚[^‘’\n]{1,60}[‘’]|\w+\s?[®™]"
    ),
}
# Endings of German names, as they look in the spelling of `search_key`.
_ENDINGS = ("", "e", "s", "es", "n", "en", "r", "er", "rn", "ern", "m", "em")
# From this length on, a firm's name is also found inside of a longer word.
_TELLING_LENGTH = 6
# Words beside a name that tell nothing by themselves: titles, and what a place is.
_BESIDE_NAMES_TEXT = """
    dr prof herr herrn frau mr mrs ms dipl ing
    stadt gemeinde kreis landkreis ortsteil sankt bad ober unter gross klein neu alt
"""
_BESIDE_NAMES = frozenset(_BESIDE_NAMES_TEXT.split())


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be told: names as they are written, in any number.

    `tellable` are the kinds of `KINDS` that may be told all the same.
    """

    firms: Sequence[str] = ()
    places: Sequence[str] = ()
    persons: Sequence[str] = ()
    tellable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leak:
    """A piece of a text that tells something; offsets are code points, `end` is exclusive."""

    kind: str
    start: int
    end: int


def find_leaks(text: str, secrets: Secrets) -> list[Leak]:
    """Every piece of the text that tells one of the secrets, or looks like a mail address, a
    web address, a phone number, a place with its postcode or the name of a product, in order.

    Of pieces that overlap, the one that begins first and reaches furthest is named.
    """
    found = [
        Leak(kind, match.start(), match.end())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    found += _names(text, secrets)
    found = [leak for leak in found if leak.kind not in secrets.tellable]
    found.sort(key=lambda leak: (leak.start, -leak.end, KINDS.index(leak.kind)))
    apart: list[Leak] = []
    for leak in found:
        if not apart or leak.start >= apart[-1].end:
            apart.append(leak)
        elif leak.end > apart[-1].end:
            apart[-1] = Leak(apart[-1].kind, apart[-1].start, leak.end)
    return apart


def without_leaks(text: str, secrets: Secrets) -> str:
    """The text with a mark in place of everything that `find_leaks` finds in it."""
    while leaks := find_leaks(text, secrets):
        # Pieces that were apart can meet where something between them went, hence the loop.
        for leak in reversed(leaks):
            text = text[: leak.start] + OMISSION + text[leak.end :]
    return _SEVERAL_OMISSIONS.sub(OMISSION, text)


def _names(text: str, secrets: Secrets) -> Iterator[Leak]:
    targets = _targets(secrets)
    inside = [key for key in map(_closed, secrets.firms) if len(key) >= _TELLING_LENGTH]
    beginnings = {target[:length] for target in targets for length in range(1, len(target))}
    found = words(text)
    folded = [fold(word.text) for word in found]
    for first, word in enumerate(found):
        joined = ""
        # A name may be written in more or fewer words than we know: Muster-Technik, MusterTechnik.
        for last in range(first, len(found)):
            joined += folded[last]
            key = search_key(joined)
            if kind := _named(key, targets):
                yield Leak(kind, word.start, found[last].end)
            if key not in beginnings:
                break
        if any(name in search_key(word.text) for name in inside):
            yield Leak("firm", word.start, word.end)


def _targets(secrets: Secrets) -> dict[str, str]:
    """The kind of secret by each spelling that tells it: whole names, and words of names."""
    targets: dict[str, str] = {}
    for kind, names in (
        ("place", secrets.places),
        ("person", secrets.persons),
        ("firm", secrets.firms),
    ):
        for name in names:
            parts = [fold(word.text) for word in words(name)]
            told = [part for part in parts if not is_legal_form(part)]
            targets[_key(parts)] = kind
            telling = [part for part in told if _is_telling(part)]
            targets |= dict.fromkeys(map(search_key, telling), kind)
            if any(map(_is_telling, told)):
                targets[_key(told)] = kind
    targets.pop("", None)
    return targets


def _is_telling(part: str) -> bool:
    return len(part) > 1 and part not in _BESIDE_NAMES and not is_stop_word(part)


def _closed(name: str) -> str:
    """The name as one word, without its legal form."""
    return _key([part for word in words(name) if not is_legal_form(part := fold(word.text))])


def _key(parts: Sequence[str]) -> str:
    return search_key("".join(parts))


def _named(key: str, targets: dict[str, str]) -> str | None:
    for ending in _ENDINGS:
        if key.endswith(ending) and (kind := targets.get(key.removesuffix(ending))):
            return kind
    return None
