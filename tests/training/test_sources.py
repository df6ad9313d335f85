"""No single source carries the weights away, and with few it is said whose word they are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.training import Examples, Influence, Posterior, Prior, fit, fit_guarded
from tests.training.answers import examples, prior, relabeled


def sds(held: Prior) -> np.ndarray:
    """What the prior allows each weight as a whole: its own deviation and the free scale."""
    return np.asarray(np.sqrt(np.diag(held.covariance(1.0))[1:]))


def moved(
    answers: Examples, held: Prior, posterior: Posterior, found: tuple[Influence, ...]
) -> dict[int, float]:
    """How far each source's absence moves a weight, from new fits on what was left of them."""
    factors = {one.source: one.factor for one in found}
    left = answers.weight * np.array([factors[source] for source in answers.source.tolist()])
    weighed = replace(answers, weight=left)
    shifts = {}
    for source in factors:
        without = fit(weighed.take(answers.source != source), held, posterior.strength)
        shifts[source] = float(np.abs((without.weights - posterior.weights) / sds(held)).max())
    return shifts


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 400),
    st.integers(1, 12),
    st.integers(0, 1_000),
    st.sampled_from([0.25, 1.0, 2.8]),
    st.sampled_from(["as they are", "one flipped", "all flipped", "noes", "one loud"]),
)
def test_it_ends_and_no_source_moves_a_weight_far(
    count: int, sources: int, seed: int, strength: float, said: str
) -> None:
    answers, held = examples(count, seed=seed, sources=sources), prior(seed=seed)
    loud = answers.source == answers.source.min()
    if said == "one flipped":
        answers = relabeled(answers, np.where(loud, 1 - answers.label, answers.label))
    if said == "all flipped":
        answers = relabeled(answers, 1 - answers.label)
    if said == "noes":
        answers = relabeled(answers, np.zeros(count))
    if said == "one loud":
        answers = replace(answers, weight=np.where(loud, 1e4, answers.weight))
    posterior, found = fit_guarded(answers, held, strength)
    shifts = moved(answers, held, posterior, found)

    for one in found:
        assert one.shift == pytest.approx(shifts[one.source], abs=1e-7)
        assert 0 < one.factor <= 1
    if len(found) >= 5:
        assert max(shifts.values()) <= 0.25 + 1e-7
    else:
        assert {one.factor for one in found} == {1.0}
        assert np.array_equal(posterior.weights, fit(answers, held, strength).weights)


def test_one_source_against_many_is_weighed_down_and_the_others_are_heard() -> None:
    """Two of three answers are the one's, and they say the opposite."""
    answers, held = examples(600, sources=8), prior()
    one = np.arange(600) % 3 != 0
    answers = replace(
        answers,
        label=np.where(one, 1 - answers.label, answers.label),
        source=np.where(one, 99, answers.source),
    )
    posterior, found = fit_guarded(answers, held, 1.0)
    honest, _ = fit_guarded(answers.take(~one), held, 1.0)
    factors = {influence.source: influence.factor for influence in found}

    assert factors.pop(99) < 0.5 * min(factors.values())
    plain = fit(answers, held)
    assert np.linalg.norm(posterior.weights - honest.weights) < 0.5 * np.linalg.norm(
        plain.weights - honest.weights
    )


def test_shares_tell_whose_word_the_weights_are() -> None:
    answers = replace(examples(10), weight=np.ones(10), source=np.array([7] * 6 + [3] * 4))
    posterior, found = fit_guarded(answers, prior(), 1.0)

    assert {one.source: one.share for one in found} == pytest.approx({7: 0.6, 3: 0.4})
    assert [one.shift for one in found] == sorted((one.shift for one in found), reverse=True)
    assert np.array_equal(posterior.weights, fit(answers, prior()).weights)


def test_without_answers_there_is_nobody_to_name() -> None:
    posterior, found = fit_guarded(examples(0), prior(), 1.0)

    assert found == ()
    assert np.array_equal(posterior.weights, prior().weights)
