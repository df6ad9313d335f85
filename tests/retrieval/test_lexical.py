"""Shared words: BM25 against its formula, and what counts as a word."""

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from matchmaker.retrieval import LexicalIndex, need_terms, solution_terms
from matchmaker.retrieval.lexical import need_words, solution_words
from tests.regions import a_need, a_solution

K1, B = 1.5, 0.75

WORDS = st.sampled_from(["roboter", "software", "spritzgussmaschine", "wartung", "ki", "energie"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=8).map(tuple), max_size=8)
QUERIES = st.lists(WORDS | st.just("unbekannt"), max_size=6).map(tuple)


def bm25_by_the_book(documents: list[tuple[str, ...]], query: tuple[str, ...]) -> list[float]:
    """Robertson & Zaragoza (2009), with Lucene's inverse document frequency."""
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        uses = Counter(document)
        score = 0.0
        for word in query:
            frequency = sum(word in other for other in documents)
            rarity = log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
            dampened = uses[word] + K1 * (1 - B + B * len(document) / average)
            score += rarity * uses[word] / dampened
        scores.append(score)
    return scores


@given(DOCUMENTS.filter(any), QUERIES)
def test_lemma_scores_are_bm25(documents: list[tuple[str, ...]], query: tuple[str, ...]) -> None:
    index = LexicalIndex(documents)

    assert_allclose(index.lemma_scores(query), bm25_by_the_book(documents, query), atol=1e-5)


@given(DOCUMENTS, QUERIES)
def test_overlap_is_a_share_and_0_without_a_shared_part(
    documents: list[tuple[str, ...]], query: tuple[str, ...]
) -> None:
    index = LexicalIndex(documents)
    overlap = index.overlap(query)
    asked = set(index.parts(query))

    assert overlap.shape == (len(documents),)
    assert ((overlap >= 0) & (overlap <= 1)).all()
    for share, document in zip(overlap, documents, strict=True):
        assert (share > 0) == bool(asked & set(index.parts(document)))


def test_overlap_is_the_share_of_the_score_that_the_query_could_reach() -> None:
    documents = [("roboter", "greifen"), ("software", "rechnung")]
    rarity = log(1 + 1.5 / 1.5)
    unknown = log(1 + 2.5 / 0.5)
    reached = rarity * 1 / (1 + K1)

    index = LexicalIndex(documents)

    assert_allclose(
        index.overlap(("roboter", "cobot")), [reached / (rarity + unknown), 0.0], atol=1e-6
    )


def test_a_part_of_a_compound_finds_the_compound() -> None:
    need = a_need("Suche Hilfe beim Spritzguss", "de")
    solution = a_solution("Wir vermieten Spritzgussmaschinen samt Werkzeug", "de")
    index = LexicalIndex([solution_terms(solution)])

    assert index.lemma_scores(need_terms(need))[0] == 0
    assert index.part_scores(need_terms(need))[0] > 0
    assert index.shared_words(need_words(need), solution_words(solution)) == [
        ("Spritzguss", "Spritzgussmaschinen")
    ]


def test_inflected_words_meet() -> None:
    need = a_need("Defekte Pumpen erkennen", "de")
    solution = a_solution("Erkennt, wann eine Pumpe ausfällt", "de")
    index = LexicalIndex([solution_terms(solution)])

    assert set(index.shared_words(need_words(need), solution_words(solution))) == {
        ("Pumpen", "Pumpe"),
        ("erkennen", "Erkennt"),
    }


def test_the_rarest_shared_word_comes_first() -> None:
    solutions = [
        a_solution("Sensoren für Ölmühlen", "de"),
        a_solution("Sensoren für Friseure", "de"),
        a_solution("Sensoren für Bäcker", "de"),
    ]
    need = a_need("Sensoren für unsere Ölmühle", "de")
    index = LexicalIndex([solution_terms(solution) for solution in solutions])

    found = index.shared_words(need_words(need), solution_words(solutions[0]))

    assert [ours for ours, _ in found] == ["Ölmühle", "Sensoren"]


@pytest.mark.parametrize("documents", [[], [()], [(), ()]])
def test_an_index_without_words_finds_nothing(documents: list[tuple[str, ...]]) -> None:
    index = LexicalIndex(documents)

    assert_allclose(index.overlap(("roboter",)), np.zeros(len(documents)))
    assert_allclose(index.lemma_scores(()), np.zeros(len(documents)))


def test_title_and_tags_are_searched_too() -> None:
    solution = a_solution("Wir helfen gern", "de", title="Roboter", tags=frozenset({"Energie"}))

    assert {"roboter", "energie"} <= set(solution_terms(solution))
