"""What a batch holds and how far off a student is."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.embedding.distillation.lessons import Answers, Translations, distance
from matchmaker.embedding.distillation.recipe import Stage

STAGE = Stage(
    sources={},
    english=0,
    epochs=1,
    batch=8,
    pieces_per_batch=512,
    vector_rate=0.01,
    body_rate=0,
    neighborhood=0.3,
)


def units(count: int, seed: int) -> torch.Tensor:
    drawn = np.random.default_rng(seed).standard_normal((count, 12))
    return torch.as_tensor(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def test_the_distance_is_zero_where_the_vectors_are_the_goals_and_positive_elsewhere() -> None:
    goals = units(6, 1)

    assert float(distance(goals, goals, 0.5)) == pytest.approx(0, abs=1e-9)
    assert float(distance(units(6, 2), goals, 0.5)) > 1


def test_the_distance_of_two_orthogonal_vectors_by_hand() -> None:
    given, goals = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])

    # A batch of one has no neighborhood to get wrong.
    assert float(distance(given, goals, 0.5)) == pytest.approx(4.0)


@given(st.lists(st.integers(1, 256), min_size=1, max_size=300), st.integers(0, 5))
def test_every_text_is_in_one_batch_and_no_batch_is_too_large(
    lengths: list[int], seed: int
) -> None:
    lesson = Translations(
        [[1] * length for length in lengths], np.zeros(len(lengths), dtype=int), np.ones((1, 4))
    )
    batches = lesson.batches(STAGE, np.random.default_rng(seed))

    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        widest = max(lengths[row] for row in batch)
        assert len(batch) <= STAGE.batch
        assert len(batch) == 1 or widest * len(batch) <= STAGE.pieces_per_batch


def test_near_misses_stand_in_a_batch_together() -> None:
    texts = [[1]] * 64
    lesson = Answers([texts], [texts], np.ones((64, 4)), np.ones((64, 4)), seed=1)
    batches = lesson.batches(STAGE.model_copy(update={"batch": 16}), np.random.default_rng(1))

    assert sorted(row for batch in batches for row in batch) == list(range(64))
    neighbors = sum((after - before) % 64 == 1 for b in batches for before, after in pairwise(b))
    assert neighbors >= 64 * 6 // 8
