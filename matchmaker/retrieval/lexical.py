"""Lexical search: BM25 over lemmas, and over the parts of German compounds.

Words count only as whole words, lemmas or compound parts, never as substrings: "KI" is not
found in "Kita".
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from matchmaker.language import CompoundSplitter, terms
from matchmaker.values import FloatArray, NeedProfile, SolutionProfile

Terms = tuple[str, ...]
Words = tuple[tuple[str, str], ...]


def solution_terms(solution: SolutionProfile) -> Terms:
    """The content words of a solution: its title, tags and text, lemmatized."""
    return tuple(lemma for lemma, _ in solution_words(solution))


def need_terms(need: NeedProfile) -> Terms:
    """The content words of a need: its title, tags and text, lemmatized."""
    return tuple(lemma for lemma, _ in need_words(need))


def solution_words(solution: SolutionProfile) -> Words:
    """The content words of a solution, each as lemma and as written."""
    fields = (solution.text.text, solution.title or "", *sorted(solution.tags))
    return _words(fields, solution.text.language)


def need_words(need: NeedProfile) -> Words:
    """The content words of a need, each as lemma and as written."""
    fields = (need.text.text, need.title or "", *sorted(need.tags))
    return _words(fields, need.text.language)


# A server reads the profiles again whenever one of them changed; the others are as before.
@lru_cache(maxsize=50_000)
def _words(fields: tuple[str, ...], language: str | None) -> Words:
    return tuple(
        (term.lemma, field[term.start : term.end])
        for field in fields
        for term in terms(field, language)
    )


class LexicalIndex:
    """Two BM25 indexes over the same documents.

    BM25 as in Lucene (Robertson & Zaragoza 2009, k1 = 1.5, b = 0.75), computed by bm25s.
    Ties are left to the caller, who breaks them by id.
    """

    def __init__(self, documents: Sequence[Terms]) -> None:
        counts = Counter(term for document in documents for term in document)
        self._splitter = CompoundSplitter.train(counts)
        self._lemmas = _Bm25(documents)
        self._parts = _Bm25([self.parts(document) for document in documents])

    def parts(self, document: Iterable[str]) -> Terms:
        """Replace each compound by its parts; other words stay."""
        return tuple(part for term in document for part in self._splitter.split(term) or (term,))

    def lemma_scores(self, query: Terms) -> FloatArray:
        """BM25 over lemmas, shape (n_documents,), 0 where no word is shared."""
        return self._lemmas.scores(query)

    def part_scores(self, query: Terms) -> FloatArray:
        """BM25 over compound parts, shape (n_documents,), 0 where no part is shared."""
        return self._parts.scores(self.parts(query))

    def overlap(self, query: Terms) -> FloatArray:
        """Share of the query's words that a document speaks of, shape (n_documents,), 0 to 1.

        The mean of both BM25 scores, each over the most that the query could reach: words
        count by rarity, more when used often, less in a long document. A query without words
        overlaps with nothing.
        """
        return (self._lemmas.share(query) + self._parts.share(self.parts(query))) / 2

    def shared_words(
        self, query: Sequence[tuple[str, str]], document: Sequence[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """The words behind the overlap as written on either side, the rarest first."""
        ours, theirs = self._written(query), self._written(document)
        shared = sorted(ours.keys() & theirs.keys(), key=lambda p: (-self._parts.rarity(p), p))
        return list(dict.fromkeys((ours[part], theirs[part]) for part in shared))

    def _written(self, words: Sequence[tuple[str, str]]) -> dict[str, str]:
        written: dict[str, str] = {}
        for lemma, word in words:
            for part in self.parts((lemma,)):
                written.setdefault(part, word)
        return written


class _Bm25:
    """One BM25 index that tolerates documents and queries without words."""

    def __init__(self, documents: Sequence[Terms]) -> None:
        self._size = len(documents)
        self._index = None
        if any(documents):
            import bm25s

            self._index = bm25s.BM25(backend="numpy")
            self._index.index([list(document) for document in documents], show_progress=False)

    def scores(self, query: Terms) -> FloatArray:
        known = self._known(query)
        if self._index is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: FloatArray = self._index.get_scores(known)
        return scores

    def share(self, query: Terms) -> FloatArray:
        """The scores over their upper bound: each word's weight times its rarity."""
        bound = sum(self.rarity(term) for term in query)
        return self.scores(query) / bound if bound else np.zeros(self._size)

    def rarity(self, term: str) -> float:
        """Inverse document frequency as in Lucene, largest for a word that no document uses."""
        frequency = self._document_frequency(term)
        return float(np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)))

    def _known(self, query: Terms) -> list[str]:
        vocabulary = self._index.vocab_dict if self._index is not None else {}
        return [term for term in query if term in vocabulary]

    def _document_frequency(self, term: str) -> int:
        if self._index is None or term not in self._index.vocab_dict:
            return 0
        column = self._index.vocab_dict[term]
        starts = self._index.scores["indptr"]
        return int(starts[column + 1] - starts[column])
