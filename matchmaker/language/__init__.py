"""Words, lemmas, sentences and compounds of German and English texts, as pure functions.

Everything that matches or cites words goes through here, so that search, scoring and the
reasons shown to an officer agree on what a word is. Offsets are code points of the text as
given. The dictionaries (simplemma) load on first use.
"""

from matchmaker.language.compounds import CompoundSplitter
from matchmaker.language.detection import detect_language
from matchmaker.language.folding import fold
from matchmaker.language.lemmas import Term, lemma, terms
from matchmaker.language.searching import search_key
from matchmaker.language.sentences import sentence_spans
from matchmaker.language.stop_words import is_stop_word
from matchmaker.language.tokens import Word, words

__all__ = [
    "CompoundSplitter",
    "Term",
    "Word",
    "detect_language",
    "fold",
    "is_stop_word",
    "lemma",
    "search_key",
    "sentence_spans",
    "terms",
    "words",
]
