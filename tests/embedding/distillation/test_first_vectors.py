"""The least-squares dictionary shares meaning out among the pieces of compounds."""

import numpy as np
import pytest

from matchmaker.embedding.distillation import first_vectors
from matchmaker.embedding.distillation.pairs import Pair
from matchmaker.embedding.distillation.vocabulary import SPECIAL, build_tokenizer

ENGLISH = [*SPECIAL, "water", "pump", "fire", "the"]
GERMAN = [*SPECIAL, "water", "wasser", "##wasser", "##pumpe", "feuer", "nirgends"]
PAIRS = [
    Pair("wasser", "water"),
    Pair("wasserpumpe", "water pump"),
    Pair("feuerpumpe", "fire pump"),
    Pair("feuerwasser", "fire water"),
    Pair("feuer", "fire"),
]


@pytest.fixture
def table() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((len(ENGLISH), 16))


def found(table: np.ndarray, pairs: list[Pair]) -> dict[str, np.ndarray]:
    kept = table[: len(SPECIAL) + 1]
    student, teacher = build_tokenizer(GERMAN), build_tokenizer(ENGLISH)
    vectors = first_vectors.first_vectors(pairs, student, teacher, table, kept)
    return dict(zip(GERMAN[len(kept) :], vectors, strict=True))


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_each_part_of_a_compound_finds_its_own_word(table: np.ndarray) -> None:
    vectors = found(table, PAIRS * 20)
    word = dict(zip(ENGLISH, table, strict=True))

    assert cosine(vectors["wasser"], word["water"]) > 0.95
    assert cosine(vectors["##pumpe"], word["pump"]) > 0.95
    assert cosine(vectors["feuer"], word["fire"]) > 0.95


def test_a_piece_that_no_pair_speaks_of_gets_the_average(table: np.ndarray) -> None:
    vectors = found(table, PAIRS)

    assert cosine(vectors["nirgends"], table[: len(SPECIAL) + 1].mean(axis=0)) > 0.99


def test_no_vector_is_longer_than_the_average_of_the_teacher(table: np.ndarray) -> None:
    longest = np.linalg.norm(table[: len(SPECIAL) + 1], axis=1).mean()

    assert all(np.linalg.norm(one) <= longest + 1e-9 for one in found(table, PAIRS * 20).values())


def test_the_ridge_solution_is_that_of_the_normal_equations() -> None:
    from scipy import sparse

    random = np.random.default_rng(2)
    bags, goal = random.random((30, 6)), random.standard_normal((30, 4))
    exact = np.linalg.solve(bags.T @ bags + first_vectors.RIDGE * np.eye(6), bags.T @ goal)

    assert np.allclose(first_vectors._ridge(sparse.csr_array(bags), goal), exact, atol=1e-6)
