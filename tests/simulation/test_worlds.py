"""The invented worlds are what they say they are."""

import numpy as np
import pytest

from matchmaker.simulation import World, show

GAIN_BY_RANK = 1.0 / np.log2(np.arange(2, 12))


def ndcg(scores: np.ndarray, gains: np.ndarray) -> float:
    """Mean nDCG@10 with the true probabilities as gains; on purpose not the product's own."""
    best = np.argsort(-scores, axis=1)[:, :10]
    reached = (np.take_along_axis(gains, best, axis=1) * GAIN_BY_RANK).sum(axis=1)
    ideal = (-np.sort(-gains, axis=1)[:, :10] * GAIN_BY_RANK).sum(axis=1)
    return float((reached / ideal).mean())


@pytest.mark.parametrize("cosine", [0.9, 0.6])
def test_the_expert_is_as_near_to_the_truth_as_asked(cosine: float) -> None:
    world = World(3, expert_cosine=cosine)
    lengths = np.linalg.norm(world.weights) * np.linalg.norm(world.expert_weights)

    assert world.weights @ world.expert_weights / lengths == pytest.approx(cosine)


def test_chance_the_expert_and_the_truth_rank_as_the_published_worlds_say() -> None:
    """`methods.md`, table 3: random .281, the poor expert well below the good one, truth 1."""
    by_chance, good, poor, losses = [], [], [], []
    for seed in range(12):
        needs = World(seed).draw_needs(100, seed=1)
        p = needs.probability
        by_chance.append(ndcg(np.random.default_rng(seed).random(p.shape), p))
        good.append(ndcg(needs.signals @ World(seed).expert_weights, p))
        poor.append(ndcg(needs.signals @ World(seed, expert_cosine=0.6).expert_weights, p))
        losses.append(-(p * np.log(p) + (1 - p) * np.log(1 - p)).mean())
        assert ndcg(needs.signals @ World(seed).weights, p) == pytest.approx(1.0)

    assert np.mean(by_chance) == pytest.approx(0.281, abs=0.02)
    assert np.mean(losses) == pytest.approx(0.323, abs=0.02)
    assert 0.8 < np.mean(good) < 0.92
    assert 0.5 < np.mean(poor) < 0.7


def test_in_a_world_that_is_no_sum_the_best_sum_is_not_the_truth() -> None:
    world = World(1, interaction=0.5)
    needs = world.draw_needs(200, seed=1)

    assert ndcg(needs.signals @ world.weights, needs.probability) < 0.95
    log_odds = np.log(needs.probability / (1 - needs.probability))
    assert log_odds.std() == pytest.approx(2.0, rel=0.05)


def test_a_seed_is_a_world_and_another_is_another() -> None:
    once, again = World(5).draw_needs(3, seed=2), World(5).draw_needs(3, seed=2)

    assert np.array_equal(once.signals, again.signals)
    assert np.array_equal(once.probability, again.probability)
    assert not np.array_equal(once.signals, World(5).draw_needs(3, seed=3).signals)
    assert not np.array_equal(World(5).weights, World(6).weights)


def test_answers_come_as_often_as_their_probability_says() -> None:
    needs = World(2).draw_needs(2_000, seed=1)
    answers = needs.answers(np.random.default_rng(0))

    for low, high in ((0.0, 0.1), (0.3, 0.5), (0.8, 1.0)):
        inside = (needs.probability >= low) & (needs.probability < high)
        expected = needs.probability[inside].mean()
        assert answers[inside].mean() == pytest.approx(expected, abs=0.03)


def test_only_the_best_and_a_few_others_are_shown_each_with_its_propensity() -> None:
    world = World(4)
    needs = world.draw_needs(300, seed=1)
    scores = needs.signals @ world.expert_weights
    shown = show(needs, scores, seed=9)

    assert len(shown.answer) == 300 * 10
    assert np.bincount(shown.need).tolist() == [10] * 300
    first = shown.rank == 1
    assert np.array_equal(shown.signals[first] @ world.expert_weights, scores.max(axis=1))
    assert set(shown.propensity[shown.rank <= 8]) == {1.0}
    assert set(shown.propensity[shown.rank > 8]) == {2 / 52}
    # Weighted by one over its propensity, what was shown stands for everything there is.
    weights = 1 / shown.propensity
    assert np.average(shown.answer, weights=weights) == pytest.approx(
        needs.probability.mean(), abs=0.02
    )
