"""Off-policy estimates agree with logs worked by hand, and stay silent where little is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import (
    effective_sample_size,
    estimate_doubly_robust,
    estimate_ips,
    estimate_snips,
)

# Of 1,000 showings the office's scorer showed A 800 times and B 200 times; A always led to a
# talk and B never. Another scorer would show A in 0.4 and B in 0.6 of all cases.
REWARD = np.repeat([1.0, 0.0], [800, 200])
SHOWN = np.repeat([0.8, 0.2], [800, 200])
OTHER = np.repeat([0.4, 0.6], [800, 200])


def test_a_log_worked_by_hand() -> None:
    for estimate in (
        estimate_ips(REWARD, SHOWN, OTHER),
        estimate_snips(REWARD, SHOWN, OTHER),
        estimate_doubly_robust(REWARD, SHOWN, OTHER, np.zeros(1000), np.zeros(1000)),
    ):
        assert estimate.value == pytest.approx(0.4)
        # Weights are 0.5 and 3: (400 + 600)² / (800 · 0.25 + 200 · 9).
        assert estimate.effective == pytest.approx(500)
        assert estimate.count == 1000


def test_standard_errors_worked_by_hand() -> None:
    # Terms of IPS are 0.5 (800 times) and 0 (200 times).
    spread = np.sqrt(800 * 0.1**2 + 200 * 0.4**2) / np.sqrt(999)
    assert estimate_ips(REWARD, SHOWN, OTHER).standard_error == pytest.approx(
        spread / np.sqrt(1000)
    )
    # SNIPS: weight times distance from 0.4, that is 0.3 and 1.2, over the sum of the weights.
    assert estimate_snips(REWARD, SHOWN, OTHER).standard_error == pytest.approx(
        np.sqrt(800 * 0.09 + 200 * 1.44) / 1000
    )


def test_the_same_scorer_gets_what_was_seen() -> None:
    for estimate in (estimate_ips(REWARD, SHOWN, SHOWN), estimate_snips(REWARD, SHOWN, SHOWN)):
        assert estimate.value == pytest.approx(0.8)
        assert estimate.effective == pytest.approx(1000)


def test_a_perfect_guess_leaves_nothing_to_correct_and_a_wrong_one_is_corrected() -> None:
    right = estimate_doubly_robust(REWARD, SHOWN, OTHER, REWARD, np.full(1000, 0.4))
    assert right.value == pytest.approx(0.4)
    assert right.standard_error == pytest.approx(0.0, abs=1e-12)

    wrong = estimate_doubly_robust(REWARD, SHOWN, OTHER, np.full(1000, 9.0), np.full(1000, 9.0))
    assert wrong.value == pytest.approx(0.4)


@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_snips_moves_with_the_rewards_and_stays_among_them(seed: int, shift: float) -> None:
    generator = np.random.default_rng(seed)
    reward, shown, other = generator.random(600), generator.uniform(0.3, 1, 600), np.full(600, 0.5)
    plain = estimate_snips(reward, shown, other)

    assert reward.min() <= plain.value <= reward.max()
    moved = estimate_snips(reward + shift, shown, other)
    assert moved.value == pytest.approx(plain.value + shift)


def test_the_estimates_find_the_truth_and_know_how_far_they_miss() -> None:
    """400 logs with an unlike scorer: the mean is right, and the error as large as stated."""
    generator = np.random.default_rng(7)
    chance = np.array([0.9, 0.6, 0.3])
    shows, would_show = np.array([0.2, 0.3, 0.5]), np.array([0.5, 0.3, 0.2])
    truth = float(would_show @ chance)
    for estimate in (estimate_ips, estimate_snips):
        found = []
        for _ in range(400):
            kind = generator.choice(3, size=800, p=shows)
            reward = (generator.random(800) < chance[kind]).astype(float)
            found.append(estimate(reward, shows[kind], would_show[kind]))
        values = np.array([one.value for one in found])
        errors = np.array([one.standard_error for one in found])
        assert values.mean() == pytest.approx(truth, abs=0.005)
        assert errors.mean() == pytest.approx(values.std(), rel=0.15)


@given(st.lists(st.floats(0, 1e300), min_size=1, max_size=50))
def test_the_effective_number_is_at_most_the_number(weights: list[float]) -> None:
    effective = effective_sample_size(weights)

    assert 0 <= effective <= len(weights) * (1 + 1e-9)
    assert (effective == 0) == (not any(weights))


def test_below_two_hundred_nothing_is_said_and_the_reason_is() -> None:
    for estimate in (estimate_ips, estimate_snips):
        assert estimate(np.ones(200), np.ones(200), np.ones(200)).effective == 200
        with pytest.raises(InvalidInputError, match=r"count as 199 .* below 200 nothing"):
            estimate(np.ones(199), np.ones(199), np.ones(199))
    # Many answers, and nearly all of them to pairs that the other scorer would never show.
    other = np.where(np.arange(2000) < 150, 1.0, 0.0)
    with pytest.raises(InvalidInputError, match="The 2000 answers count as 150"):
        estimate_snips(np.ones(2000), np.ones(2000), other)


@pytest.mark.parametrize(
    ("reward", "shown", "other"),
    [
        (np.ones(300), np.zeros(300), np.ones(300)),
        (np.ones(300), np.full(300, 1.5), np.ones(300)),
        (np.ones(300), np.ones(300), np.full(300, -0.1)),
        (np.full(300, np.nan), np.ones(300), np.ones(300)),
        (np.ones(300), np.ones(299), np.ones(300)),
        (np.ones(0), np.ones(0), np.ones(0)),
    ],
)
def test_what_is_no_log_is_refused(
    reward: np.ndarray, shown: np.ndarray, other: np.ndarray
) -> None:
    with pytest.raises(InvalidInputError):
        estimate_snips(reward, shown, other)
