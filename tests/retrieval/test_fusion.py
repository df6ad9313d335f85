"""Scores of several languages, made comparable."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from matchmaker.retrieval.fusion import BORROWED_PROFILES, standardize_per_language
from matchmaker.values import FloatArray

SCORES = arrays(np.float64, st.integers(0, 30), elements=st.floats(-1, 1, width=16))


def test_one_language_is_centered_and_scaled() -> None:
    assert_allclose(standardize_per_language(np.array([1.0, 2.0, 3.0]), ["de"] * 3), _z([1, 2, 3]))


def test_a_small_language_borrows_level_and_spread_from_all() -> None:
    scores = np.array([1.0, 1.0, 4.0])
    overall_mean, overall_variance = 2.0, 2.0
    mean = (4 + BORROWED_PROFILES * overall_mean) / (1 + BORROWED_PROFILES)
    variance = BORROWED_PROFILES * overall_variance / (1 + BORROWED_PROFILES)

    found = standardize_per_language(scores, ["de", "de", "en"])

    assert_allclose(found[2], (4 - mean) / np.sqrt(variance))


@given(SCORES, st.data())
def test_the_order_within_a_language_stays(scores: FloatArray, data: st.DataObject) -> None:
    language = data.draw(
        st.lists(st.sampled_from(["de", "en", None]), min_size=len(scores), max_size=len(scores))
    )
    found = standardize_per_language(scores, language)

    assert np.isfinite(found).all()
    for code in set(language):
        rows = [row for row, other in enumerate(language) if other == code]
        order = np.argsort(scores[rows], kind="stable")
        assert (np.diff(found[rows][order]) >= -1e-9).all()


@given(SCORES, st.floats(-5, 5), st.floats(0.1, 10))
def test_a_constant_and_a_factor_on_all_scores_change_nothing(
    scores: FloatArray, constant: float, factor: float
) -> None:
    languages = ["de" if row % 3 else "en" for row in range(len(scores))]
    before = standardize_per_language(scores, languages)
    after = standardize_per_language(factor * scores + constant, languages)

    # Scores that differ by rounding only have no spread worth comparing.
    if scores.size and np.ptp(scores) > 1e-3:
        assert_allclose(after, before, atol=1e-6)


def test_equal_scores_say_nothing() -> None:
    assert_allclose(standardize_per_language(np.full(5, 0.4), ["de", "en", None, "de", "en"]), 0)


def test_no_candidates_give_no_scores() -> None:
    assert standardize_per_language(np.empty(0), []).shape == (0,)


def test_a_constant_on_one_of_two_large_languages_changes_next_to_nothing() -> None:
    generator = np.random.default_rng(1)
    scores = generator.normal(0.3, 0.1, 2000)
    languages = ["de"] * 1000 + ["en"] * 1000
    shifted = scores + np.repeat([0.3, 0.0], 1000)

    before = standardize_per_language(scores, languages)
    after = standardize_per_language(shifted, languages)

    # Three standard deviations of advantage shrink to what the borrowed profiles bring in.
    assert np.abs(after - before).max() < 0.1


def _z(values: list[float]) -> FloatArray:
    return (np.array(values) - np.mean(values)) / np.std(values)
