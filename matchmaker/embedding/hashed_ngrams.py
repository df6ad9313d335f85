"""The fallback that needs no trained model: hashed character n-grams."""

from collections.abc import Sequence

import numpy as np

from matchmaker.embedding.encoder import Progress, Role, unit_rows
from matchmaker.language import fold, is_stop_word, words
from matchmaker.values import FloatArray

_DIMENSION = 1024
_BUCKETS = 2**18
_SIGNS_PER_BUCKET = 8
_SEED = 20260101
_SHORTEST, _LONGEST = 5, 7
_TEXTS_PER_BATCH = 512


class HashedNgramEncoder:
    """Hashed character n-grams through a fixed seeded projection; nothing is ever fitted.

    It finds what is spelled alike: the same word, its inflections, and compounds that share
    a part ("Werkzeugverwaltung" and "Werkzeuge"). It knows no meaning: synonyms are strangers,
    and a German need is as far from an English profile about the same thing as from any
    other. Use it to keep working, not to judge quality. Cosines of unrelated texts scatter
    around 0 by 0.05, the price of few dimensions.

    A text is the sum of its distinct words without stop words, each weighted by
    1 + log(occurrences) and by the square root of its length, since long words say more in
    German. A word is the unit-length set of its character 5- to 7-grams, counted from the
    word's start; a shorter word is one piece. Pieces are hashed into 2^18 buckets, and each
    bucket is mapped to 1024 dimensions by 8 random signs (sparse Johnson-Lindenstrauss
    transform; Kane and Nelson, 2014).

    Parameters
    ----------
    notice : the sentence that tells people why the fallback answers.
    """

    version = f"hashed-ngrams-1@{_DIMENSION}"
    dimension = _DIMENSION
    is_fallback = True
    languages = None  # spelling can be compared in any

    def __init__(self, notice: str | None = None) -> None:
        # scikit-learn takes a second to import, so it is imported where it is used first.
        from scipy.sparse import csr_array
        from sklearn.feature_extraction.text import HashingVectorizer

        self.notice = notice
        self._hasher = HashingVectorizer(
            analyzer=_pieces, n_features=_BUCKETS, alternate_sign=False, binary=True, norm="l2"
        )
        self._projection = csr_array(_projection_entries(), shape=(_BUCKETS, _DIMENSION))

    def embed(
        self, texts: Sequence[str], role: Role, progress: Progress | None = None
    ) -> FloatArray:
        """Return unit vectors (n, dimension), see `Encoder.embed`; the role changes nothing."""
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_PER_BATCH):
            batch = texts[start : start + _TEXTS_PER_BATCH]
            vectors[start : start + len(batch)] = self._embed_batch(batch)
            if progress is not None:
                progress(len(batch))
        return vectors

    def _embed_batch(self, texts: Sequence[str]) -> FloatArray:
        from scipy.sparse import csr_array

        column: dict[str, int] = {}
        columns: list[int] = []
        row_starts = [0]
        for text in texts:
            contents = (fold(word.text) for word in words(text))
            columns += [
                column.setdefault(word, len(column)) for word in contents if not is_stop_word(word)
            ]
            row_starts.append(len(columns))
        if not column:
            return np.zeros((len(texts), _DIMENSION), dtype=np.float32)

        counts = csr_array(
            (np.ones(len(columns)), columns, row_starts), shape=(len(texts), len(column))
        )
        counts.sum_duplicates()
        counts.data = 1 + np.log(counts.data)
        weights = np.sqrt([len(word) for word in column])
        pieces = csr_array(self._hasher.transform(column)).multiply(weights[:, None])
        return unit_rows((counts @ (pieces.tocsr() @ self._projection)).toarray())


def _pieces(word: str) -> list[str]:
    """Cut a folded word into its character n-grams; a space marks where the word starts."""
    marked = f" {word}"
    return [
        marked[start : start + length]
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(max(1, len(marked) - length + 1))
    ]


def _projection_entries() -> tuple[FloatArray, tuple[np.ndarray, np.ndarray]]:
    """Return the values and (row, column) places of the projection, for ever the same.

    Only the raw stream of a bit generator is promised not to change between NumPy versions,
    so places and signs are read off its bits.
    """
    raw = np.random.PCG64(_SEED).random_raw(_BUCKETS * _SIGNS_PER_BUCKET)
    signs = np.where(raw & np.uint64(1), 1.0, -1.0)
    columns = ((raw >> np.uint64(1)) % np.uint64(_DIMENSION)).astype(np.int32)
    rows = np.repeat(np.arange(_BUCKETS, dtype=np.int32), _SIGNS_PER_BUCKET)
    return signs, (rows, columns)
