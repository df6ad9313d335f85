"""The fit is the one answer of its prior and its examples, whatever the examples are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from matchmaker.errors import InvalidInputError
from matchmaker.training import Examples, Prior, fit
from matchmaker.training.fitting import SCALE_SD
from tests.training.answers import examples, prior, relabeled

cases = st.tuples(st.integers(0, 60), st.integers(1, 8), st.integers(0, 10_000))
strengths = st.sampled_from([0.25, 1.0, 2.8])


def brute_force(answers: Examples, held: Prior, strength: float) -> np.ndarray:
    """The mode over intercept, scale and deviations as the model is written down, by BFGS."""

    def loss(at: np.ndarray) -> float:
        intercept, scale, deviations = at[0], at[1], at[2:]
        z = intercept + answers.signals @ (scale * held.weights + deviations)
        likelihood = answers.weight @ (np.logaddexp(0, z) - answers.label * z)
        return float(
            likelihood
            + ((intercept - held.intercept) / held.intercept_sd) ** 2 / 2
            + ((scale - 1) / SCALE_SD) ** 2 / 2
            + ((deviations * strength / held.weight_sds) ** 2).sum() / 2
        )

    start = np.concatenate([[held.intercept, 1.0], np.zeros(len(held.weights))])
    found = minimize(loss, start, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9})
    # L-BFGS stops where differences drown in rounding; Newton on the same loss would not.
    found = minimize(loss, found.x, method="BFGS", options={"gtol": 1e-7})
    return np.asarray(found.x)


@settings(max_examples=25, deadline=None)
@given(cases, strengths)
def test_it_agrees_with_a_search_over_scale_and_deviations(
    case: tuple[int, int, int], strength: float
) -> None:
    count, features, seed = case
    answers, held = examples(count, features, seed), prior(features, seed)
    found = fit(answers, held, strength)
    intercept, scale, *deviations = brute_force(answers, held, strength)

    assert found.intercept == pytest.approx(intercept, abs=2e-6)
    assert found.scale == pytest.approx(scale, abs=5e-6)
    assert found.weights == pytest.approx(scale * held.weights + deviations, abs=2e-6)


@settings(max_examples=25, deadline=None)
@given(cases, strengths)
def test_it_stands_where_the_gradient_is_zero(case: tuple[int, int, int], strength: float) -> None:
    count, features, seed = case
    answers, held = examples(count, features, seed), prior(features, seed)
    found = fit(answers, held, strength)
    at = np.append(found.intercept, found.weights)
    design = np.column_stack([np.ones(count), answers.signals])
    p = 1 / (1 + np.exp(-design @ at))
    misfit = design.T @ (answers.weight * (p - answers.label))
    pull = np.linalg.inv(held.covariance(strength))
    hessian = (design.T * (answers.weight * p * (1 - p))) @ design + pull

    assert misfit + pull @ (at - held.mean()) == pytest.approx(0, abs=1e-8)
    assert found.covariance @ hessian == pytest.approx(np.eye(features + 1), abs=1e-6)


def test_without_examples_it_is_exactly_the_prior() -> None:
    held = prior()
    found = fit(examples(0), held)

    assert found.intercept == held.intercept
    assert np.array_equal(found.weights, held.weights)
    assert np.array_equal(found.covariance, held.covariance(1.0))
    assert found.scale == pytest.approx(1.0)


@given(cases)
def test_contributions_add_up_to_the_log_odds(case: tuple[int, int, int]) -> None:
    count, features, seed = case
    answers = examples(count, features, seed)
    found = fit(answers, prior(features, seed))
    contributions = answers.signals * found.weights

    assert found.log_odds(answers.signals) == pytest.approx(
        found.intercept + contributions.sum(axis=1), abs=1e-9
    )


@given(cases)
def test_the_order_of_the_rows_and_the_start_do_not_matter(case: tuple[int, int, int]) -> None:
    count, features, seed = case
    answers, held = examples(count, features, seed), prior(features, seed)
    once = fit(answers, held)
    shuffled = answers.take(np.random.default_rng(seed).permutation(count))
    far = replace(once, intercept=3.0, weights=once.weights - 2.0)

    for again in (fit(shuffled, held), fit(answers, held, start=far)):
        assert again.intercept == pytest.approx(once.intercept, abs=1e-9)
        assert again.weights == pytest.approx(once.weights, abs=1e-9)
        assert again.covariance == pytest.approx(once.covariance, abs=1e-9)


def distance(answers: Examples, held: Prior, strength: float) -> float:
    """From the line of all multiples of the expert's weights, in prior deviations."""
    found = fit(answers, held, strength)
    return float(np.linalg.norm((found.weights - found.scale * held.weights) / held.weight_sds))


@given(cases)
def test_more_strength_moves_the_weights_towards_the_expert(case: tuple[int, int, int]) -> None:
    count, features, seed = case
    answers, held = examples(count, features, seed), prior(features, seed)
    far, near, nearer = (distance(answers, held, strength) for strength in (0.3, 1.0, 3.0))

    assert nearer <= near + 1e-9
    assert near <= far + 1e-9
    assert distance(answers, held, 1e4) < 1e-3


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [1, 30, 3_000])
def test_labels_of_any_kind_leave_finite_weights_near_the_prior(count: int, seed: int) -> None:
    answers, held = examples(count, seed=seed), prior(seed=seed)
    separable = (answers.signals @ np.array([1.0, -1.0, 0.5, 0.0]) > 0).astype(float)
    twice = answers.take(np.tile(np.arange(count), 2))
    contradictory = np.repeat([0.0, 1.0], count)
    for poisoned in (
        relabeled(answers, np.zeros(count)),
        relabeled(answers, np.ones(count)),
        relabeled(answers, np.full(count, 0.5)),
        relabeled(answers, 1.0 - answers.label),
        relabeled(answers, separable),
        relabeled(twice, contradictory),
        replace(answers, signals=answers.signals * 1e4, label=separable),
        replace(answers, signals=np.zeros((count, 4))),
        replace(answers, weight=answers.weight * 1e6),
    ):
        found = fit(poisoned, held)
        assert np.isfinite([found.intercept, found.scale, *found.weights]).all()
        assert np.linalg.eigvalsh(found.covariance).min() > 0
        assert np.abs(found.weights).max() < 20


def test_one_class_does_not_carry_the_weights_away() -> None:
    """A thousand noes say that everything is rarer, and little about what speaks for a pair."""
    held = prior()
    noes = relabeled(examples(1_000), np.zeros(1_000))
    found = fit(noes, held)

    assert found.intercept < held.intercept
    assert np.abs(found.weights - held.weights).max() < 4 * held.weight_sds.max()


def test_nine_of_ten_intervals_hold_the_true_weight() -> None:
    held, inside = prior(), []
    for seed in range(300):
        generator = np.random.default_rng(seed)
        truth = generator.multivariate_normal(held.mean(), held.covariance(1.0))
        signals = generator.normal(size=(100, 4))
        odds = 1 / (1 + np.exp(-truth[0] - signals @ truth[1:]))
        answers = Examples(
            signals,
            (generator.random(100) < odds).astype(float),
            np.ones(100),
            np.zeros(100, int),
            np.zeros(100, int),
        )
        low, high = fit(answers, held).intervals().T
        inside.append((low <= truth[1:]) & (truth[1:] <= high))

    assert np.mean(inside) == pytest.approx(0.9, abs=0.025)


def test_what_does_not_fit_together_is_refused_with_words() -> None:
    with pytest.raises(InvalidInputError, match="3 features, the prior has 4"):
        fit(examples(10, features=3), prior(features=4))
    for strength in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(InvalidInputError, match="strength of a prior is above 0"):
            fit(examples(10), prior(), strength)
    with pytest.raises(InvalidInputError, match="deviations of a prior are above 0"):
        replace(prior(), intercept_sd=0.0)
    with pytest.raises(InvalidInputError, match="finite weight"):
        replace(prior(), weights=np.array([np.nan, 0, 0, 0]))
    with pytest.raises(InvalidInputError, match="finite weight"):
        replace(prior(), weights=np.zeros(3))
