"""Labels when answers come late: an open pair is open, not a no.

After Chapelle, "Modeling delayed feedback in display advertising" (KDD 2014): beside the
probability p of a yes stands a model of how long a yes takes, so that silence says little about
a pair of last week and much about one of last year. Beyond the paper, the time to a yes is
Weibull's, since contracts bunch around their months, and a share of the noes is said, after a
time of its own: silence can speak for a pair where noes come sooner. An open pair of age a has
the likelihood

    p · S_yes(a) + (1 - p) · S_no(a),    S_yes(a) = exp(-(a / scale)^shape),
                                         S_no(a)  = 1 - said + said · exp(-a / no_days).

The paper's EM labels an open pair with its chance of a yes, at full weight. The same gradient
comes from a no of weight (1 - chance)(1 - S_yes / S_no), or, where S_yes > S_no, from a yes of
weight chance · (1 - S_no / S_yes): as much as the silence says. This bounds the likelihood from
below as EM does, touching it at the present fit, so it climbs the same hill in fewer steps;
and a pair of which nothing is known does not pass for evidence when weights get their intervals.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchmaker.errors import InvalidInputError
from matchmaker.training.waiting import FIRST_GUESS, Delay
from matchmaker.values import FloatArray

# Every pair keeps some weight: a fit may ask for weights above 0.
LEAST_WEIGHT = 1e-6
# Keeps quotients finite: no probability is 0 or 1, and no silence of years is impossible.
TINY = 1e-12
MOST_DAYS = 100_000.0
ROUNDS, TOLERANCE = 100, 1e-4

Fit = Callable[[FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class DelayedLabels:
    """What late answers say by now; arrays of shape (n,).

    `label` is 1 or 0 and `weight`, above 0 to 1, how much it says: train on these. `chance` is
    the probability that the answer is or will be a yes: the outcome itself where it is closed.
    """

    label: FloatArray
    weight: FloatArray
    chance: FloatArray
    delay: Delay


def label_late_answers(
    outcome: FloatArray, age_days: FloatArray, delay_days: FloatArray, fit: Fit
) -> DelayedLabels:
    """Label open pairs by what their silence says, in turns with the fit that needs the labels.

    Parameters
    ----------
    outcome : array of shape (n,), 1 or 0, NaN while open.
    age_days : array of shape (n,), days since the pair was shown, 0 or more.
    delay_days : array of shape (n,), days from showing to the answer; read where closed only,
        NaN where that day is not known.
    fit : trains on labels (n,), 0 or 1, with weights (n,), and gives the probability of a yes of
        each of the same pairs, shape (n,). It is called up to a hundred times, never if no pair
        is open.

    Raises
    ------
    InvalidInputError
        The arrays do not have one length, an outcome is neither 1, 0 nor NaN, or an age is
        unknown or below 0.
    """
    outcome, age_days, delay_days = (
        np.asarray(given, dtype=np.float64) for given in (outcome, age_days, delay_days)
    )
    _check(outcome, age_days, delay_days)
    is_open = np.isnan(outcome)
    label, weight, chance = outcome, np.ones(outcome.shape), outcome
    if not is_open.any():
        delay = FIRST_GUESS.learned(outcome, chance, age_days, delay_days)
        return DelayedLabels(label, weight, chance, delay)
    delay, closed = FIRST_GUESS, outcome[~is_open]
    probability = np.full(outcome.shape, (closed.sum() + 1.0) / (len(closed) + 2.0))
    for _ in range(ROUNDS):
        before = chance
        guess, says, likely = _silence(probability, delay, age_days)
        label = np.where(is_open, guess, outcome)
        weight = np.where(is_open, says, 1.0)
        chance = np.where(is_open, likely, outcome)
        probability = fit(label, weight)
        if np.abs(chance - before).max() < TOLERANCE:
            break
        delay = delay.learned(outcome, chance, age_days, delay_days)
    return DelayedLabels(label, weight, chance, delay)


def _silence(
    probability: FloatArray, delay: Delay, age_days: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What having heard nothing says: label, weight and chance of a yes, each (n,)."""
    probability = np.clip(probability, TINY, 1.0 - TINY)
    no_yes, no_no = np.maximum(delay.yes_open(age_days), TINY), delay.no_open(age_days)
    chance = probability * no_yes / (probability * no_yes + (1.0 - probability) * no_no)
    speaks_for = no_yes > no_no
    weight = np.where(
        speaks_for, chance * (1.0 - no_no / no_yes), (1.0 - chance) * (1.0 - no_yes / no_no)
    )
    return speaks_for.astype(np.float64), np.maximum(weight, LEAST_WEIGHT), chance


def _check(outcome: FloatArray, age_days: FloatArray, delay_days: FloatArray) -> None:
    if outcome.ndim != 1 or not outcome.shape == age_days.shape == delay_days.shape:
        raise InvalidInputError("Each pair needs one outcome, one age and one delay.")
    if not np.isin(outcome[~np.isnan(outcome)], (0.0, 1.0)).all():
        raise InvalidInputError("An outcome is 1, 0, or NaN while the pair is open.")
    known = np.append(age_days, delay_days[~np.isnan(delay_days)])
    if not ((known >= 0) & (known <= MOST_DAYS)).all():
        raise InvalidInputError(f"Ages and delays are days, 0 to {MOST_DAYS:.0f}.")
