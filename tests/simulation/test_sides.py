"""In two-sided worlds each side has its taste, and a pair works when both want it."""

import numpy as np
import pytest

from matchmaker.simulation import TwoSidedWorld


@pytest.mark.parametrize("agreement", [-0.5, 0.0, 0.3, 1.0])
def test_the_two_tastes_are_as_alike_as_asked(agreement: float) -> None:
    world = TwoSidedWorld(3, agreement=agreement)
    lengths = np.linalg.norm(world.firm_taste) * np.linalg.norm(world.startup_taste)

    assert world.firm_taste @ world.startup_taste / lengths == pytest.approx(agreement)


def test_a_pair_works_as_often_as_both_sides_want_it() -> None:
    pairs = TwoSidedWorld(1).draw_pairs(200, 200, seed=1)
    firm, startup = pairs.answers(np.random.default_rng(0))

    assert firm.mean() == pytest.approx(pairs.firm_probability.mean(), abs=0.01)
    assert (firm & startup).mean() == pytest.approx(pairs.probability.mean(), abs=0.01)
    assert 0.05 < pairs.probability.mean() < 0.2
    # The rarer side decides: what one side wants alone is no contract.
    assert (pairs.probability <= pairs.firm_probability).all()
    assert (pairs.probability <= pairs.startup_probability).all()


@pytest.mark.parametrize("latent", [0.0, 0.5])
def test_profiles_leave_unsaid_as_much_as_asked(latent: float) -> None:
    unsaid = []
    for seed in range(5):
        world = TwoSidedWorld(seed, latent=latent)
        pairs = world.draw_pairs(80, 80, seed=1)
        for probability, taste in (
            (pairs.firm_probability, world.firm_taste),
            (pairs.startup_probability, world.startup_taste),
        ):
            log_odds = np.log(probability / (1 - probability))
            rest = log_odds - pairs.signals @ taste
            unsaid.append(rest.var() / log_odds.var())

    assert np.mean(unsaid) == pytest.approx(latent, abs=0.05)


def test_what_a_party_longs_for_holds_over_all_its_pairs() -> None:
    """The unsaid part is no noise: few dimensions say it all."""
    world = TwoSidedWorld(2, latent=0.5)
    pairs = world.draw_pairs(40, 60, seed=1)
    log_odds = np.log(pairs.firm_probability / (1 - pairs.firm_probability))
    rest = log_odds - pairs.signals @ world.firm_taste
    sizes = np.linalg.svd(rest - rest.mean(), compute_uv=False)

    assert (sizes[:5] ** 2).sum() / (sizes**2).sum() == pytest.approx(1.0)


def test_a_seed_is_a_region_and_another_is_another() -> None:
    once, again = (TwoSidedWorld(5).draw_pairs(4, 6, seed=2) for _ in range(2))

    assert np.array_equal(once.signals, again.signals)
    assert np.array_equal(once.probability, again.probability)
    other = TwoSidedWorld(5).draw_pairs(4, 6, seed=3)
    assert not np.array_equal(once.probability, other.probability)
    assert not np.array_equal(TwoSidedWorld(5).firm_taste, TwoSidedWorld(6).firm_taste)
