import numpy as np
import pytest
from hypothesis import given, strategies
from hypothesis.extra.numpy import arrays

from matchmaker.embedding import CompactVectors, compact
from matchmaker.embedding.encoder import unit_rows
from matchmaker.errors import InvalidInputError
from matchmaker.values import FloatArray

MATRICES = arrays(
    np.float32,
    strategies.tuples(strategies.integers(0, 6), strategies.integers(1, 40)),
    elements=strategies.floats(-1, 1, width=32, allow_subnormal=False),
)


def random_unit_rows(seed: int, count: int, dimension: int) -> FloatArray:
    return unit_rows(np.random.default_rng(seed).standard_normal((count, dimension)))


@given(seed=strategies.integers(0, 2**32), dimension=strategies.sampled_from([64, 384, 1024]))
def test_cosines_between_sentence_vectors_change_by_at_most_a_hundredth(
    seed: int, dimension: int
) -> None:
    vectors = random_unit_rows(seed, 12, dimension)
    small = compact(vectors).expand()

    np.testing.assert_allclose(small @ small.T, vectors @ vectors.T, atol=0.01)
    np.testing.assert_allclose(small @ vectors.T, vectors @ vectors.T, atol=0.01)


@given(vectors=MATRICES)
def test_every_vector_keeps_its_direction_and_its_length(vectors: FloatArray) -> None:
    units = unit_rows(vectors)
    small = compact(units).expand()

    assert small.shape == vectors.shape
    assert small.dtype == np.float32
    lengths = np.linalg.norm(units, axis=1)
    np.testing.assert_allclose(np.linalg.norm(small, axis=1), lengths, atol=1e-5)
    np.testing.assert_allclose((small * units).sum(axis=1), lengths, atol=0.01)


@given(vectors=MATRICES)
def test_bytes_bring_the_same_vectors_back(vectors: FloatArray) -> None:
    stored = compact(vectors)
    data = stored.to_bytes()
    read = CompactVectors.from_bytes(data, vectors.shape[1])

    assert len(data) == len(vectors) * (4 + vectors.shape[1])
    np.testing.assert_array_equal(read.codes, stored.codes)
    np.testing.assert_array_equal(read.scale, stored.scale)


def test_a_row_worked_by_hand() -> None:
    stored = compact(np.array([[0.6, -0.8, 0.0], [0.0, 0.0, 0.0]], dtype=np.float32))

    assert stored.codes.tolist() == [[95, -127, 0], [0, 0, 0]]
    # The length of (95, -127, 0) is the root of 25,154.
    assert stored.scale == pytest.approx([1 / 25154**0.5, 0])


@pytest.mark.parametrize("length", [1, 27, 29, 55])
def test_bytes_of_another_dimension_are_refused(length: int) -> None:
    with pytest.raises(InvalidInputError, match="compact vectors of dimension 24"):
        CompactVectors.from_bytes(bytes(length), 24)
