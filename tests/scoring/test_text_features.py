"""Features of texts, worked by hand and against brute force."""

from collections.abc import Callable
from math import nan

import numpy as np
import pytest

from matchmaker.scoring import Measured, Yardstick, sentence_answers
from matchmaker.scoring.text_features import (
    lexical_overlap,
    looks_for_similarity,
    need_solution_similarity,
    sentence_similarity,
)
from matchmaker.values import FloatArray

YARDSTICK = Yardstick(np.full(4, 0.2), np.full(4, 0.1))


@pytest.mark.parametrize(
    "feature",
    [need_solution_similarity, sentence_similarity, lexical_overlap, looks_for_similarity],
)
def test_a_signal_counts_standard_deviations_above_unrelated_texts(
    feature: Callable[[FloatArray, Yardstick], Measured],
) -> None:
    value, signal = feature(np.array([0.2, 0.35, 0.9, -0.9]), YARDSTICK)

    assert value.tolist() == [0.2, 0.35, 0.9, -0.9]
    # 0, 1.5, at most 4 and at least -2 deviations, softened by z|z| / (1 + |z|).
    assert signal.tolist() == pytest.approx([0, 2.25 / 2.5, 16 / 5, -4 / 3])


def test_a_missing_similarity_has_no_signal() -> None:
    assert np.isnan(need_solution_similarity(np.full(4, nan), YARDSTICK).signal).all()


def random_sentences(generator: np.random.Generator, count: int) -> FloatArray:
    vectors = generator.normal(size=(count, 6))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_sentence_answers_are_the_mean_of_the_nearest_sentences() -> None:
    generator = np.random.default_rng(6)
    need = random_sentences(generator, 3)
    solutions = [random_sentences(generator, count) for count in (4, 1, 0, 7)]

    found = sentence_answers(need, solutions)

    for answer, sentences in zip(found, solutions, strict=True):
        if len(sentences) == 0:
            assert np.isnan(answer)
            continue
        by_hand = np.mean([max(float(n @ s) for s in sentences) for n in need])
        assert answer == pytest.approx(by_hand)


def test_one_batch_of_sentence_answers_equals_its_single_calls() -> None:
    generator = np.random.default_rng(7)
    need = random_sentences(generator, 2)
    solutions = [random_sentences(generator, count) for count in (0, 2, 0, 0, 5, 0)]

    single = [sentence_answers(need, [sentences])[0] for sentences in solutions]

    np.testing.assert_allclose(sentence_answers(need, solutions), single)


def test_sentences_without_anything_to_read_ask_and_answer_nothing() -> None:
    generator = np.random.default_rng(8)
    need, solution = random_sentences(generator, 2), random_sentences(generator, 3)
    silent = np.zeros((1, 6))

    with_silence = sentence_answers(np.vstack([need, silent]), [np.vstack([silent, solution])])

    np.testing.assert_allclose(with_silence, sentence_answers(need, [solution]))
    assert np.isnan(sentence_answers(silent, [solution])).all()
    assert np.isnan(sentence_answers(need, [silent])).all()


def test_no_candidates_and_no_sentences_give_nothing() -> None:
    assert sentence_answers(np.ones((1, 2)), []).shape == (0,)
    assert np.isnan(sentence_answers(np.empty((0, 2)), [np.ones((1, 2))])).all()
