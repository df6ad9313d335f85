"""One spelling for words that people write in several ways."""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "\u00ad": None})
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(word: str) -> str:
    """Return the comparison form of a word: compatible characters, lower case, no diacritics.

    ß becomes ss and ä, ö, ü become ae, oe, ue, so that Prüfung, PRÜFUNG and Pruefung meet,
    whether the umlaut came as one character or as a letter and a mark. Other accents and
    soft hyphens are dropped. Folding twice changes nothing.
    """
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", word).casefold()
    spelled_out = unicodedata.normalize("NFKC", composed).translate(_UMLAUTS)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", spelled_out))
    return unicodedata.normalize("NFC", bare)
