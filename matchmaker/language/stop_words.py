"""The short lists of words without a subject that the room ships as data."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """Return the folded words of one shipped list, such as ``stop_words_de``."""
    lines = (files(__package__) / "word_lists" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache
def _all_stop_words() -> frozenset[str]:
    return word_list("stop_words_de") | word_list("stop_words_en")


def is_stop_word(folded: str) -> bool:
    """Whether a folded word is a German or English function word."""
    return folded in _all_stop_words()


@lru_cache
def _all_everyday_words() -> frozenset[str]:
    return word_list("everyday_words_de") | word_list("everyday_words_en")


def is_everyday_word(lemma: str) -> bool:
    """Whether a lemma occurs in texts of every trade, such as "Jahr", "einmal" or "help".

    In a small region such words look rare. They may well be parts of a compound.
    """
    return lemma in _all_everyday_words()
