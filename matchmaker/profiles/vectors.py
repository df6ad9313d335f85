"""Vectors in the database: kept by text hash, encoder version and role, never computed here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import Embedding, SentenceEmbedding
from matchmaker.values import FloatArray

# SQLite takes at most 32,766 parameters in one statement.
_AT_ONCE = 2_000


def find_vectors(
    session: Session, text_hashes: Iterable[str], encoder_version: str, role: str
) -> dict[str, FloatArray]:
    """The stored vectors of these texts, by text hash; unknown ones are left out."""
    found: dict[str, FloatArray] = {}
    for part in _parts(text_hashes):
        rows = select(Embedding.text_hash, Embedding.vector).where(
            Embedding.encoder_version == encoder_version,
            Embedding.role == role,
            Embedding.text_hash.in_(part),
        )
        for text_hash, vector in session.execute(rows):
            found[text_hash] = np.frombuffer(vector, dtype="<f4")
    return found


def save_vectors(
    session: Session, vectors: Mapping[str, FloatArray], encoder_version: str, role: str
) -> None:
    """Store float32 vectors by text hash; one that is already there stays as it is."""
    _insert_missing(
        session,
        Embedding,
        [
            {
                "text_hash": text_hash,
                "encoder_version": encoder_version,
                "role": role,
                "dimension": len(vector),
                "vector": np.ascontiguousarray(vector, dtype="<f4").tobytes(),
                "created_at": now(),
            }
            for text_hash, vector in vectors.items()
        ],
    )


def find_sentence_vectors(
    session: Session, text_hashes: Iterable[str], encoder_version: str, role: str
) -> dict[str, bytes]:
    """The stored sentence vectors of these texts, packed, by text hash."""
    found: dict[str, bytes] = {}
    for part in _parts(text_hashes):
        rows = select(SentenceEmbedding.text_hash, SentenceEmbedding.vectors).where(
            SentenceEmbedding.encoder_version == encoder_version,
            SentenceEmbedding.role == role,
            SentenceEmbedding.text_hash.in_(part),
        )
        found.update((text_hash, packed) for text_hash, packed in session.execute(rows))
    return found


def save_sentence_vectors(
    session: Session,
    packed: Mapping[str, tuple[int, bytes]],
    dimension: int,
    encoder_version: str,
    role: str,
) -> None:
    """Store packed sentence vectors: text hash to the number of sentences and their bytes."""
    _insert_missing(
        session,
        SentenceEmbedding,
        [
            {
                "text_hash": text_hash,
                "encoder_version": encoder_version,
                "role": role,
                "dimension": dimension,
                "count": count,
                "vectors": vectors,
                "created_at": now(),
            }
            for text_hash, (count, vectors) in packed.items()
        ],
    )


def _parts(text_hashes: Iterable[str]) -> Iterator[list[str]]:
    distinct = sorted(set(text_hashes))
    for start in range(0, len(distinct), _AT_ONCE):
        yield distinct[start : start + _AT_ONCE]


def _insert_missing(
    session: Session, table: type[Embedding | SentenceEmbedding], rows: list[dict[str, Any]]
) -> None:
    if not rows:
        return
    # Two processes may embed the same text at once; the vectors are equal, the first one wins.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        session.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)
