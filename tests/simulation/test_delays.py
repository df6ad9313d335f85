"""Answers arrive when the simulated delays say, and never before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.simulation import Arrivals, Delays

MANY = 40_000


def arrivals(delays: Delays, seed: int = 1) -> Arrivals:
    generator = np.random.default_rng(seed)
    shown_on = generator.uniform(0, 540, MANY)
    return delays.draw(generator.random(MANY) < 0.3, shown_on, seed)


@pytest.mark.parametrize("spread", [0.3, 0.8, 1.1])
def test_a_contract_takes_six_months_on_average_however_they_scatter(spread: float) -> None:
    drawn = arrivals(Delays(spread=spread))

    yes = drawn.delay_days[drawn.answer]
    assert yes.mean() == pytest.approx(182, rel=0.05)
    assert np.log(yes).std() == pytest.approx(spread, rel=0.05)


def test_a_share_of_the_noes_is_said_sooner_and_the_rest_never() -> None:
    drawn = arrivals(Delays(said_share=0.4, no_mean_days=60))
    noes = drawn.delay_days[~drawn.answer]

    assert np.isfinite(noes).mean() == pytest.approx(0.4, abs=0.02)
    assert noes[np.isfinite(noes)].mean() == pytest.approx(60, rel=0.05)
    assert np.isfinite(drawn.delay_days[drawn.answer]).all()


def test_silence_hides_most_yeses_at_first_and_none_in_the_end() -> None:
    drawn = arrivals(Delays())
    soon, late = drawn.seen_on(540), drawn.seen_on(50_000)

    assert np.nanmean(soon.outcome == 1) < 0.75 * drawn.answer.mean()
    assert np.array_equal(late.outcome == 1, drawn.answer)
    assert np.isnan(late.outcome).mean() == pytest.approx(0.7 * 0.6, abs=0.02)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_what_is_known_on_a_day_stays_known_and_is_never_wrong(first: float, more: float) -> None:
    drawn = Delays().draw(np.arange(200) % 3 == 0, np.linspace(0, 400, 200), seed=3)
    early, late = drawn.seen_on(first), drawn.seen_on(first + more)

    assert np.isin(early.row, late.row).all()
    again = late.outcome[np.isin(late.row, early.row)]
    closed = ~np.isnan(early.outcome)
    assert np.array_equal(again[closed], early.outcome[closed])
    assert np.array_equal(early.outcome[closed] == 1, drawn.answer[early.row[closed]])
    assert (early.age_days >= 0).all()
    assert (early.delay_days[closed] <= early.age_days[closed]).all()
    assert np.isnan(early.delay_days[~closed]).all()


def test_a_pair_that_was_not_shown_yet_is_not_there() -> None:
    drawn = Delays().draw(np.ones(3, bool), np.array([0.0, 10.0, 20.0]), seed=1)

    assert drawn.seen_on(10).row.tolist() == [0, 1]
    assert len(drawn.seen_on(-1).outcome) == 0


def test_a_seed_repeats_itself() -> None:
    assert np.array_equal(arrivals(Delays()).delay_days, arrivals(Delays()).delay_days)
