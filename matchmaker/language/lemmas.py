"""From words as written to the lemmas that are compared, indexed and cited."""

import re
from functools import lru_cache
from typing import NamedTuple

from matchmaker.language.dictionary import english_lemma, german_lemma
from matchmaker.language.folding import fold
from matchmaker.language.stop_words import is_everyday_word, is_stop_word
from matchmaker.language.tokens import words

_ACRONYM_PLURAL = re.compile(r"([A-ZÄÖÜ]{2,})s")
_LONGEST_ACRONYM = 4

# Written in capitals these are technologies (information technology, additive
# manufacturing), and only otherwise the pronoun and the preposition.
_ACRONYMS_LIKE_STOP_WORDS = frozenset({"IT", "AM"})


class Term(NamedTuple):
    """A content lemma and the code points it was read from, end exclusive."""

    lemma: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def lemma(word: str, language: str | None) -> str:
    """Return the folded dictionary form of one word.

    Parameters
    ----------
    word : str
        As written: in German a capital tells the noun "Messe" from the verb "messen".
    language : "de", "en" or None
        None, and German, whose texts are full of English terms, ask the German
        dictionary first and the English one for words it does not know. Words of any
        other language are only folded.

    Returns
    -------
    str
        The folded lemma; the folded word itself where no dictionary knows it, for words
        of one or two letters and for acronyms ("AI" is no form of "to be").
    """
    word = word.replace("\u00ad", "")
    if plural := _ACRONYM_PLURAL.fullmatch(word):
        word = plural.group(1)
    folded = fold(word)
    if len(word) <= 2 or (word.isupper() and len(word) <= _LONGEST_ACRONYM):
        return folded
    if word.isupper():
        word = word.capitalize()
    if language == "en":
        return fold(english_lemma(word))
    if language in ("de", None):
        found = fold(german_lemma(word))
        # The dictionary takes data ("Daten", "Anlagendaten") for the plural of a date.
        is_data = folded.endswith("daten") and found.endswith("datum")
        return folded if is_data else found
    return folded


def terms(text: str, language: str | None) -> list[Term]:
    """Return the content lemmas of a text in order, each with its place in the text.

    German and English function words, everyday words, single characters and bare numbers
    are left out.
    Only whole words count, so that a term can be quoted as evidence: "KI" is not in
    "Kita" and "OP" is not in "Shop".
    """
    found = ((_content_lemma(word, language), start, end) for word, start, end in words(text))
    return [Term(form, start, end) for form, start, end in found if form]


@lru_cache(maxsize=200_000)
def _content_lemma(word: str, language: str | None) -> str | None:
    """The lemma of a word that carries a subject; None for any other."""
    form = lemma(word, language)
    if len(form) < 2 or not any(character.isalpha() for character in form):
        return None
    if word in _ACRONYMS_LIKE_STOP_WORDS:
        return form
    says_nothing = is_stop_word(form) or is_stop_word(fold(word)) or is_everyday_word(form)
    return None if says_nothing else form
