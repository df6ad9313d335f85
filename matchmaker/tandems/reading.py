"""Needs with their vectors, looked up or computed, and what the office decided about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from matchmaker.scoring import Sentences
from matchmaker.tandems.vectors import Vectors
from matchmaker.values import NOTHING_PLACED, FloatArray, NeedProfile, Placed


@dataclass(frozen=True, slots=True)
class ReadNeed:
    """A need with its vectors. `self_description` is the vector of what the firm says of
    itself, else of the need: what a startup's wish for customers is held against. `placed` is
    what the office decided about solutions for this need."""

    need: NeedProfile
    vector: FloatArray
    sentences: Sentences
    self_description: FloatArray
    placed: Placed = field(default_factory=dict)


def read_needs(
    vectors: Vectors, needs: Sequence[NeedProfile], placed: Mapping[UUID, Placed]
) -> list[ReadNeed]:
    """Read stored needs together; `placed` by the id of the need."""
    queries = vectors.of_texts([need.text for need in needs], "query")
    sentences = vectors.of_sentences([need.text for need in needs], "query")
    said = [need.party.description if need.party else None for need in needs]
    described = [text for text in said if text is not None]
    hashes = [text.text_hash for text in described]
    descriptions = dict(zip(hashes, vectors.of_texts(described, "passage"), strict=True))
    return [
        ReadNeed(
            need,
            vector,
            sentences[need.text.text_hash],
            vector if text is None else descriptions[text.text_hash],
            placed.get(need.id, NOTHING_PLACED),
        )
        for need, vector, text in zip(needs, queries, said, strict=True)
    ]
