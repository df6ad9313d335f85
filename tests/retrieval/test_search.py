"""Finding candidates, against brute force and laws."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from matchmaker.config import FusionWeights, RetrievalSettings
from matchmaker.retrieval import ProfileIndex
from matchmaker.values import FloatArray, SolutionProfile
from tests.regions import a_need, a_proposer, a_region, a_solution, shipped_settings

WORDS = ["Roboter", "Ventile", "Kisten"]


def retrieval_settings(
    dense: float = 1, lemmas: float = 1, parts: float = 1, limit: int = 200
) -> RetrievalSettings:
    weights = FusionWeights(dense=dense, lemmas=lemmas, parts=parts)
    return shipped_settings().retrieval.model_copy(
        update={"fusion": weights, "candidates_per_need": limit}
    )


def unit(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


def solutions(count: int, language: str = "de") -> list[SolutionProfile]:
    return [a_solution("Roboter greifen Ventile aus Kisten", language) for _ in range(count)]


def test_the_dense_ranking_is_a_full_sort_by_cosine() -> None:
    generator = np.random.default_rng(3)
    vectors = unit(generator.normal(size=(300, 16)))
    vector = unit(generator.normal(size=16))
    index = ProfileIndex(a_region([], solutions(300)), vectors, retrieval_settings(1, 0, 0, 40))

    found = index.search(a_need(language="de"), vector)

    expected = sorted(range(300), key=lambda row: -float(vectors[row] @ vector))
    assert found.row.tolist() == expected[:40]
    assert_allclose(found.cosine, vectors[expected[:40]] @ vector, atol=1e-6)


def test_ties_go_to_the_smaller_id() -> None:
    vectors = unit(np.tile([1.0, 2.0, 2.0], (50, 1)))
    index = ProfileIndex(a_region([], solutions(50)), vectors, retrieval_settings(limit=10))

    found = index.search(a_need(language="de"), vectors[0])

    assert found.row.tolist() == list(range(10))


def test_a_german_need_finds_the_english_answer_among_many_german_profiles() -> None:
    generator = np.random.default_rng(4)
    german, english = solutions(60), solutions(60, "en")
    # One axis is nothing but the language; the planted English profile has the right subject.
    levels = np.repeat([0.6, 0.2], 60) + generator.normal(0, 0.03, 120)
    levels[75] = 0.45
    vectors = np.column_stack([levels, np.sqrt(1 - levels**2)]).astype(np.float32)
    region = a_region([], german + english)
    need, vector = a_need(language="de"), np.array([1, 0], dtype=np.float32)

    found = ProfileIndex(region, vectors, retrieval_settings(1, 0, 0)).search(need, vector)

    assert found.row[0] == 75
    assert np.argsort(-levels).tolist().index(75) == 60


def test_shuffling_the_corpus_keeps_the_candidates() -> None:
    offered = [
        a_solution(f"{first} {second} {third} für Betriebe")
        for first in WORDS
        for second in ("Kamera", "Wartung", "Energie")
        for third in ("Software", "Messe")
    ]
    need = a_need("Roboter mit Kamera für die Wartung gesucht")
    shuffled = [offered[row] for row in np.random.default_rng(5).permutation(len(offered))]

    def candidates(order: list[SolutionProfile]) -> list[object]:
        proposer = a_proposer(a_region([need], order))
        found = proposer.rank(proposer.read_stored(need)).candidates
        ids = [proposer.corpus.snapshot.solutions[row].id for row in found.row]
        return [ids, found.fused.tolist(), found.overlap.tolist(), found.cosine.tolist()]

    assert candidates(offered) == candidates(shuffled)


def test_rules_are_applied_before_the_ranking_is_cut() -> None:
    vectors = unit(np.array([[1.0, 0.1 * row] for row in range(6)]))
    offered = [a_solution("Roboter greifen Ventile", "de", is_paused=row < 4) for row in range(6)]
    index = ProfileIndex(a_region([], offered), vectors, retrieval_settings(1, 0, 0, 2))

    found = index.search(a_need(language="de"), vectors[0])

    assert found.row.tolist() == [4, 5]
    assert found.considered == 6
    assert found.excluded == {"paused": 4}


@pytest.mark.parametrize("words", ["", "KI", "Bitte!", "und oder aber", "12 345 6789", "🤖 🤖 🤖"])
def test_a_need_that_says_too_little_is_not_ranked(words: str) -> None:
    index = ProfileIndex(a_region([], solutions(2)), unit(np.ones((2, 4))), retrieval_settings())

    found = index.search(a_need(words), np.zeros(4, dtype=np.float32))

    assert found.missing == ("need.text",)
    assert len(found.row) == 0
    assert found.considered == 2


def test_a_title_can_say_what_an_empty_text_does_not() -> None:
    vectors = unit(np.array([[1.0, 0.0], [0.0, 1.0]]))
    vectors[1] = 0
    untold = a_solution("", title="Roboter greifen Ventile")
    index = ProfileIndex(a_region([], [*solutions(1), untold]), vectors, retrieval_settings())

    found = index.search(a_need("Roboter sollen Ventile greifen"), vectors[0])

    assert sorted(found.row.tolist()) == [0, 1]
    by_row = dict(zip(found.row.tolist(), found.cosine.tolist(), strict=True))
    assert by_row[0] == pytest.approx(1)
    assert np.isnan(by_row[1]), "a text that is not there is neither near nor far"
