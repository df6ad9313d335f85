"""Texts to unit vectors: the encoders and how one is chosen, loaded and named.

`load_encoder` always answers: with the configured sentence-transformers model, or with a
labeled fallback whose `notice` says why. The room computes; storing vectors is done elsewhere,
by text hash and `Encoder.version`. Importing it loads no machine-learning library.
"""

from matchmaker.embedding.compact_vectors import CompactVectors, compact
from matchmaker.embedding.encoder import Encoder, Role
from matchmaker.embedding.hashed_ngrams import HashedNgramEncoder
from matchmaker.embedding.loading import NO_MODEL, load_encoder
from matchmaker.embedding.sentence_transformer import SentenceTransformerEncoder
from matchmaker.embedding.shingles import fingerprints
from matchmaker.embedding.texts import read_texts, role_named

__all__ = [
    "NO_MODEL",
    "CompactVectors",
    "Encoder",
    "HashedNgramEncoder",
    "Role",
    "SentenceTransformerEncoder",
    "compact",
    "fingerprints",
    "load_encoder",
    "read_texts",
    "role_named",
]
