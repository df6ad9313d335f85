"""Fingerprints of texts, to hold training text against test sets without keeping those.

A shingle is eight words in a row; its fingerprint is 48 bits of SHA-256, so among a million
training shingles and fifty thousand test ones not one in a thousand runs meets by chance.
"""

import hashlib
from collections.abc import Iterable

from matchmaker.language import fold, words

LENGTH = 8
# A shorter text counts as one shingle, unless it is so short that anybody might write it.
LEAST_WORDS = 5


def fingerprints(texts: Iterable[str]) -> set[int]:
    """The fingerprints of all shingles of the texts; case, umlaut form and signs do not count."""
    return {_fingerprint(shingle) for text in texts for shingle in _shingles(text)}


def _shingles(text: str) -> list[str]:
    folded = [fold(word.text) for word in words(text)]
    if LEAST_WORDS <= len(folded) < LENGTH:
        return [" ".join(folded)]
    starts = range(len(folded) - LENGTH + 1)
    return [" ".join(folded[start : start + LENGTH]) for start in starts]


def _fingerprint(shingle: str) -> int:
    return int.from_bytes(hashlib.sha256(shingle.encode()).digest()[:6])
