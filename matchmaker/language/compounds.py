"""German compounds and their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from matchmaker.language.dictionary import known_spellings
from matchmaker.language.folding import fold
from matchmaker.language.lemmas import lemma
from matchmaker.language.stop_words import is_stop_word, word_list

# Parts of three and four letters are taken from a list, longer ones from the dictionary.
_SHORTEST_PART = 3
_LONGEST_SHORT_PART = 4
_MOST_PARTS = 4
_LONGEST_WORD = 60
_LINKING_ELEMENTS = ("s", "es", "n", "en", "er", "e")

# What a word of the German dictionary counts that the region's texts have not used yet.
_DICTIONARY_COUNT = 0.5
# A word that only the region's texts know is a part from this length and frequency on;
# below, it is too often a misspelling or the rest of a hyphenated line.
_SHORTEST_NEW_PART = 5
_RAREST_NEW_PART = 3
# A region's texts are few: a compound stays whole only when it is this many times as
# frequent as its parts.
_WHOLE_DOMINANCE = 10.0


class CompoundSplitter:
    """Splits German compounds into parts that are words of their own.

    The method is that of Koehn and Knight (2003, "Empirical Methods for Compound Splitting"):
    a split is judged by the geometric mean of its parts' frequencies against the
    frequency of the whole. Because the texts of one region are few, it differs in three
    points: dictionary words count a little even if no text has used them, the fewest
    parts win before the highest mean, and a compound stays whole only if it is ten times
    as frequent as its parts. Lists keep it from splitting off endings ("-schaft"),
    prefixes, accidental short words, and words whose parts mislead ("Kunststoff").

    Parts are whole words: "Kita" has no part "ki" and "Shop" none "op".
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(counts)
        self._splits: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[str, float] | None] = {}

    @classmethod
    def train(cls, counts: Mapping[str, int]) -> CompoundSplitter:
        """Return a splitter for a vocabulary: folded lemmas and how often they occur."""
        return cls(counts)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound, head last, or an empty tuple for any other word.

        Parts are folded lemmas without linking elements: "Wartungsvertrag" gives
        ("wartung", "vertrag"). The same vocabulary always gives the same parts.
        """
        folded = fold(word)
        if folded not in self._splits:
            self._splits[folded] = self._best_split(folded)
        return self._splits[folded]

    def _best_split(self, word: str) -> tuple[str, ...]:
        if len(word) > _LONGEST_WORD or not word.isalpha():
            return ()
        if is_stop_word(word) or word in word_list("whole_words_de"):
            return ()
        for number_of_parts in range(2, _MOST_PARTS + 1):
            splits = [
                (prod(counts) ** (1 / number_of_parts), min(map(len, parts)), parts)
                for parts, counts in self._partitions(word, number_of_parts)
            ]
            if splits:
                mean, _, parts = max(splits)
                return parts if mean * _WHOLE_DOMINANCE >= self._counts.get(word, 0) else ()
        return ()

    def _partitions(
        self, rest: str, number_of_parts: int
    ) -> Iterator[tuple[tuple[str, ...], tuple[float, ...]]]:
        """Yield the parts and their frequencies for every way to cut ``rest``."""
        if number_of_parts == 1:
            if head := self._part(rest):
                yield (head[0],), (head[1],)
            return
        for cut in range(_SHORTEST_PART, len(rest) - _SHORTEST_PART + 1):
            modifier = self._modifier(rest[:cut])
            if modifier is None:
                continue
            for parts, counts in self._partitions(rest[cut:], number_of_parts - 1):
                yield (modifier[0], *parts), (modifier[1], *counts)

    def _modifier(self, piece: str) -> tuple[str, float] | None:
        """Return the word that a piece before the head stands for, and its frequency.

        It is the piece itself ("Energie-beratung"), an inflected form ("Städte-planung"),
        the piece less its linking element ("Wartung-s-vertrag"), or the piece with the
        letter it lost ("Sprach-modell", "Liefer-kette").
        """
        if _is_no_part(piece):
            return None
        if part := self._part(piece):
            return part
        for link in _LINKING_ELEMENTS:
            base = piece.removesuffix(link)
            if base != piece and len(base) >= _SHORTEST_PART and (part := self._part(base)):
                return part
        for lost in ("e", "n"):
            if (part := self._part(piece + lost)) and part[0] == piece + lost:
                return part
        return None

    def _part(self, piece: str) -> tuple[str, float] | None:
        if piece not in self._parts:
            self._parts[piece] = self._look_up(piece)
        return self._parts[piece]

    def _look_up(self, piece: str) -> tuple[str, float] | None:
        """Return the lemma and frequency of a piece, or None if it is no word."""
        if len(piece) <= _LONGEST_SHORT_PART and piece not in word_list("short_parts_de"):
            return None
        if known := self._dictionary_lemma(piece):
            count = self._counts.get(known, 0) + _DICTIONARY_COUNT
            return None if _is_no_part(piece) or _is_no_part(known) else (known, count)
        count = self._counts.get(piece, 0)
        if len(piece) < _SHORTEST_NEW_PART or count < _RAREST_NEW_PART or _is_no_part(piece):
            return None
        # "heizungs" is the rest of "Heizungs- und Sanitärbau".
        return None if self._dictionary_lemma(piece.removesuffix("s")) else (piece, count)

    def _dictionary_lemma(self, piece: str) -> str | None:
        """Return the lemma of a folded piece, the most frequent if it can be read in two ways."""
        lemmas = [lemma(spelling, "de") for spelling in known_spellings(piece)]
        return max(lemmas, key=lambda known: (self._counts.get(known, 0), len(known)), default=None)


def _is_no_part(word: str) -> bool:
    return is_stop_word(word) or word in word_list("no_parts_de")
