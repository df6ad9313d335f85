"""One office's side of every match, ready in memory: solutions, index, columns, yardsticks."""

import hashlib
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import numpy as np
import orjson

from matchmaker import ledger, profiles
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, now, reading
from matchmaker.embedding import Encoder
from matchmaker.retrieval import ProfileIndex
from matchmaker.scoring import (
    Background,
    Column,
    hubness,
    measure_background,
    random_pairs,
    sentence_answers,
    solution_columns,
)
from matchmaker.tandems.vectors import Progress, Vectors
from matchmaker.values import FloatArray, Snapshot


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything about the visible solutions that lists are computed from, as of one moment.

    `looks_for` has one unit vector per solution row, zero where its startup did not say;
    `hubness` has shape (n,), see `scoring.hubness`.
    `digest` is the SHA-256 of the solutions, rules and versions: lists of the same need from
    corpora with the same digest are equal. `data_version` is the ledger's number at reading.
    """

    snapshot: Snapshot
    index: ProfileIndex
    columns: dict[str, Column]
    looks_for: FloatArray
    hubness: FloatArray
    background: Background
    digest: str
    data_version: int


def load_corpus(
    vectors: Vectors,
    factory: SessionFactory,
    office_id: UUID,
    settings: Settings,
    progress: Progress | None = None,
    before: Corpus | None = None,
) -> Corpus:
    """Read what the office may see, and build the corpus over it.

    Of `before`, built with the same encoder and settings, everything that follows from the
    solutions and rules is kept while these are the same: a new need costs no new index.
    """
    with reading(factory) as session:
        data_version = ledger.data_version(session)
        snapshot = _in_order(profiles.take_snapshot(session, office_id, now()))
    if before is not None and before.digest == _digest(snapshot, vectors.encoder, settings):
        return replace(before, snapshot=snapshot, data_version=data_version)
    return build_corpus(snapshot, vectors, settings, data_version, progress)


def build_corpus(
    snapshot: Snapshot,
    vectors: Vectors,
    settings: Settings,
    data_version: int = 0,
    progress: Progress | None = None,
) -> Corpus:
    """Embed what is new and build the index; `progress` is told of newly embedded texts.

    Rows follow the ids, whatever order the solutions come in.
    """
    snapshot = _in_order(snapshot)
    solutions = snapshot.solutions
    matrix = vectors.of_texts([solution.text for solution in solutions], "passage", progress)
    index = ProfileIndex(snapshot, matrix, settings.retrieval)
    hubs = hubness(matrix, [solution.party.id for solution in solutions], settings.seed)
    return Corpus(
        snapshot=snapshot,
        index=index,
        columns=solution_columns(solutions),
        looks_for=_looks_for(vectors, snapshot, progress),
        hubness=hubs,
        background=_background(vectors, index, snapshot, matrix, hubs, settings),
        digest=_digest(snapshot, vectors.encoder, settings),
        data_version=data_version,
    )


def _in_order(snapshot: Snapshot) -> Snapshot:
    solutions = tuple(sorted(snapshot.solutions, key=lambda solution: solution.id))
    return replace(snapshot, solutions=solutions)


def _looks_for(vectors: Vectors, snapshot: Snapshot, progress: Progress | None) -> FloatArray:
    wishes = [solution.party.looks_for for solution in snapshot.solutions]
    matrix = np.zeros((len(wishes), vectors.encoder.dimension), dtype=np.float32)
    rows = [row for row, wish in enumerate(wishes) if wish is not None]
    if rows:
        stated = [wish for wish in wishes if wish is not None]
        matrix[rows] = vectors.of_texts(stated, "query", progress)
    return matrix


def _background(
    vectors: Vectors,
    index: ProfileIndex,
    snapshot: Snapshot,
    matrix: FloatArray,
    hubs: FloatArray,
    settings: Settings,
) -> Background:
    """Measure random pairs of solutions: the first of each stands in for a need."""
    solutions = snapshot.solutions
    # An empty text is like no other one; it would only make all the others look alike.
    pairs = random_pairs(solutions, np.flatnonzero(matrix.any(axis=1)).tolist(), settings.seed)
    drawn = sorted({row for pair in pairs for row in pair})
    sentences = vectors.of_sentences([solutions[row].text for row in drawn], "passage")
    by_row = {row: sentences[solutions[row].text.text_hash].vectors for row in drawn}
    overlaps = {row: index.overlap_between(row) for row in sorted({a for a, _ in pairs})}
    answers: list[float] = []
    for left, group in groupby(pairs, key=itemgetter(0)):
        answers += sentence_answers(by_row[left], [by_row[right] for _, right in group]).tolist()
    taken_off = hubs[[b for _, b in pairs]]
    return measure_background(
        languages=[(solutions[a].text.language, solutions[b].text.language) for a, b in pairs],
        measures={
            "cosine": np.array([matrix[a] @ matrix[b] for a, b in pairs]) - taken_off,
            "sentences": np.nan_to_num(np.array(answers)) - taken_off,
            "overlap": np.array([overlaps[a][b] for a, b in pairs]),
        },
        sentence_cosines=[by_row[a] @ by_row[b].T for a, b in pairs],
        evidence_quantile=settings.scoring.evidence_quantile,
    )


def _digest(snapshot: Snapshot, encoder: Encoder, settings: Settings) -> str:
    content: list[Any] = [
        encoder.version,
        encoder.languages,
        settings.seed,
        settings.retrieval.model_dump(),
        snapshot.solutions,
        sorted(sorted(str(party) for party in pair) for pair in snapshot.blocked),
    ]
    return digest(content)


def digest(content: object) -> str:
    """SHA-256 of any of our values, sets in the order of the alphabet."""
    return hashlib.sha256(
        orjson.dumps(content, default=sorted, option=orjson.OPT_SORT_KEYS)
    ).hexdigest()
