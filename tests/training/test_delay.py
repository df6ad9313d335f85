"""An open pair is open: what silence says grows with its age, and late answers lose nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.optimize import minimize

from matchmaker.errors import InvalidInputError
from matchmaker.simulation import Delays
from matchmaker.training import DelayedLabels, label_late_answers
from matchmaker.training.waiting import BELIEVED_NO_DAYS, BELIEVED_SAID, BELIEVED_YES_DAYS
from matchmaker.values import FloatArray

LAST_DAY = 540.0


def one_rate(label: FloatArray, weight: FloatArray) -> FloatArray:
    """The simplest fit: all pairs have the same probability."""
    return np.full(label.shape, np.average(label, weights=weight))


def region(
    share: float, delays: Delays, seed: int, count: int = 4000
) -> tuple[FloatArray, DelayedLabels]:
    """The ages of simulated pairs, and what their answers say by the end of the world."""
    generator = np.random.default_rng(seed)
    answer = generator.random(count) < share
    seen = delays.draw(answer, generator.uniform(0, LAST_DAY, count), seed).seen_on(LAST_DAY)
    labels = label_late_answers(seen.outcome, seen.age_days, seen.delay_days, one_rate)
    return seen.age_days, labels


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_late_yeses_do_not_lower_the_rate(share: float) -> None:
    _, labels = region(share, Delays(), seed=1)
    as_if_no = (labels.chance == 1).mean()

    assert as_if_no < 0.8 * share
    assert labels.chance.mean() == pytest.approx(share, rel=0.12)
    assert labels.delay.yes_days == pytest.approx(182, rel=0.2)
    assert labels.delay.no_days == pytest.approx(60, rel=0.2)
    assert labels.delay.said_share == pytest.approx(0.4, abs=0.06)


def test_the_silence_of_today_says_nothing_and_that_of_years_almost_all() -> None:
    outcome = np.array([1.0, 0.0, 1.0, 1.0, 0.0] + [np.nan] * 4)
    age = np.array([400.0, 400.0, 300.0, 500.0, 90.0, 0.0, 100.0, 400.0, 3000.0])
    delay = np.array([150.0, 40.0, 200.0, 180.0, 70.0] + [np.nan] * 4)
    labels = label_late_answers(outcome, age, delay, one_rate)

    assert labels.weight[5] < 1e-5
    assert labels.weight[8] > 0.99
    assert (labels.label[7:] == 0).all()
    assert labels.chance[8] < 0.01


def test_where_noes_come_at_once_silence_speaks_for_the_pair() -> None:
    generator = np.random.default_rng(4)
    quick = Delays(no_mean_days=5, said_share=1.0)
    shown_on = generator.uniform(0, LAST_DAY, 1000)
    seen = quick.draw(generator.random(1000) < 0.5, shown_on, seed=1).seen_on(LAST_DAY)
    labels = label_late_answers(seen.outcome, seen.age_days, seen.delay_days, one_rate)
    waiting = np.isnan(seen.outcome) & (seen.age_days > 30) & (seen.age_days < 120)

    assert (labels.label[waiting] == 1).all()
    assert labels.chance[waiting].min() > 0.75


def test_the_turns_end_at_the_top_of_the_likelihood() -> None:
    """A general optimizer, which knows nothing of EM, finds the same hill."""
    generator = np.random.default_rng(2)
    answer = generator.random(400) < 0.4
    seen = Delays().draw(answer, generator.uniform(0, LAST_DAY, 400), seed=2).seen_on(LAST_DAY)
    found = label_late_answers(seen.outcome, seen.age_days, seen.delay_days, one_rate)
    shape = found.delay.shape
    yes, no, still = seen.outcome == 1, seen.outcome == 0, np.isnan(seen.outcome)
    heard_yes = np.append(np.maximum(seen.delay_days[yes], 0.5), BELIEVED_YES_DAYS)
    heard_no = np.append(np.maximum(seen.delay_days[no], 0.5), BELIEVED_NO_DAYS)

    def loss(at: FloatArray) -> float:
        p, said = 1 / (1 + np.exp(-at[0])), 1 / (1 + np.exp(-at[1]))
        scale, no_days = np.exp(at[2]), np.exp(at[3])
        believed, of = BELIEVED_SAID
        heard = (
            yes.sum() * np.log(p)
            + no.sum() * np.log((1 - p) * said)
            + (np.log(shape / scale) + (shape - 1) * np.log(heard_yes / scale)).sum()
            - ((heard_yes / scale) ** shape).sum()
            - (np.log(no_days) + heard_no / no_days).sum()
            + believed * np.log(said)
            + (of - believed) * np.log(1 - said)
        )
        age = seen.age_days[still]
        waits = p * np.exp(-((age / scale) ** shape))
        silent = (1 - p) * (1 - said + said * np.exp(-age / no_days))
        return -float(heard + np.log(waits + silent).sum())

    best = minimize(loss, np.array([0.0, 0.0, 5.0, 4.0]), method="BFGS").x
    assert one_rate(found.label, found.weight)[0] == pytest.approx(
        1 / (1 + np.exp(-best[0])), abs=0.003
    )
    assert found.delay.said_share == pytest.approx(1 / (1 + np.exp(-best[1])), abs=0.005)
    assert found.delay.scale_days == pytest.approx(np.exp(best[2]), rel=0.01)
    assert found.delay.no_days == pytest.approx(np.exp(best[3]), rel=0.01)


def test_a_part_weight_says_the_same_as_the_papers_soft_label() -> None:
    _, labels = region(0.3, Delays(), seed=5)

    assert one_rate(labels.label, labels.weight)[0] == pytest.approx(labels.chance.mean(), abs=1e-3)


def test_closed_pairs_stand_as_they_are_and_nothing_is_fitted() -> None:
    def never(label: FloatArray, weight: FloatArray) -> FloatArray:
        raise AssertionError

    outcome = np.array([1.0, 0.0, 1.0])
    labels = label_late_answers(outcome, np.full(3, 90.0), np.full(3, 30.0), never)

    assert np.array_equal(labels.label, outcome)
    assert np.array_equal(labels.weight, np.ones(3))


@given(st.data())
def test_any_history_gives_sound_labels(data: st.DataObject) -> None:
    """No yes at all, all open, all closed, one pair, none: each is an ordinary history."""
    count = data.draw(st.integers(0, 12))
    outcome = np.array(data.draw(st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=count,
                                          max_size=count)))  # fmt: skip
    days = st.floats(0, 100_000)
    age = data.draw(arrays.arrays(np.float64, count, elements=days))
    delay = np.where(np.isnan(outcome), np.nan, age / 2)
    labels = label_late_answers(outcome, age, delay, one_rate)

    closed = ~np.isnan(outcome)
    assert np.array_equal(labels.label[closed], outcome[closed])
    assert (labels.weight[closed] == 1).all()
    assert np.isin(labels.label, (0.0, 1.0)).all()
    assert ((labels.weight > 0) & (labels.weight <= 1)).all()
    assert ((labels.chance >= 0) & (labels.chance <= 1)).all()
    assert 0 < labels.delay.said_share < 1
    assert np.isfinite([labels.delay.yes_days, labels.delay.no_days]).all()
    assert min(labels.delay.yes_days, labels.delay.no_days) > 0


@pytest.mark.parametrize(
    ("outcome", "age", "delay"),
    [
        ([0.5], [10.0], [1.0]),
        ([1.0], [-1.0], [1.0]),
        ([np.nan], [np.nan], [np.nan]),
        ([1.0], [10.0], [-3.0]),
        ([1.0], [np.inf], [1.0]),
        ([1.0, 0.0], [10.0], [1.0]),
    ],
)
def test_what_is_no_history_is_refused(
    outcome: list[float], age: list[float], delay: list[float]
) -> None:
    with pytest.raises(InvalidInputError):
        label_late_answers(np.array(outcome), np.array(age), np.array(delay), one_rate)
