"""What every encoder promises."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np

from matchmaker.values import FloatArray

Role = Literal["query", "passage"]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their cosine, -1 to 1."""

    @property
    def version(self) -> str:
        """Names the weights and everything else that changes a vector.

        Two encoders with the same version give the same vectors, so stored vectors may be
        kept; the batch size and the place where the model lies are no part of it.
        """

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def is_fallback(self) -> bool:
        """Whether this encoder only stands in for a model and compares spelling."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The two-letter codes of the languages it reads; None where it is all."""

    @property
    def notice(self) -> str | None:
        """A sentence for people that says why the fallback answers; None for a model."""

    def embed(
        self, texts: Sequence[str], role: Role, progress: Progress | None = None
    ) -> FloatArray:
        """Return one vector per text, in the order of the texts.

        Parameters
        ----------
        texts : sequence of n strings
            Any strings; a lone surrogate or NUL is read as an unknown character.
        role : "query" or "passage"
            What the texts are: needs ask (query), solutions answer (passage).
        progress : callable, optional
            Called with the number of texts finished since its last call; the calls sum to n.

        Returns
        -------
        ndarray of shape (n, dimension), float32, C-contiguous
            Rows of length 1. A text without anything to read (always: an empty one or one
            of white space only) gives a row of zeros, whose cosine with every text is 0.
            A row depends on its own text only, up to 1e-5 of rounding.
        """


def unit_rows(vectors: FloatArray) -> FloatArray:
    """Return the rows of an array (n, d) scaled to length 1 as float32; zero rows stay zero."""
    exact = vectors.astype(np.float64)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    return np.ascontiguousarray(exact / np.where(lengths == 0, 1, lengths), dtype=np.float32)
