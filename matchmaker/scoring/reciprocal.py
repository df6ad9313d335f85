"""Joining the two sides' preferences into one score.

Harmonic mean and product both let the less interested side decide, and neither is beaten by
a learned joint model on public two-sided data (RECON, Pizzato et al. 2010).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matchmaker.values import FloatArray

Rule = Callable[[FloatArray, FloatArray], FloatArray]


class ReciprocalRule(NamedTuple):
    """A rule over two preferences in 0 to 1, and its derivative by the first of them."""

    join: Rule
    slope: Rule


def _harmonic(a: FloatArray, b: FloatArray) -> FloatArray:
    return 2 * a * b / (a + b)


def _harmonic_slope(a: FloatArray, b: FloatArray) -> FloatArray:
    return 2 * b**2 / (a + b) ** 2


RECIPROCAL_RULES = {
    "harmonic_mean": ReciprocalRule(_harmonic, _harmonic_slope),
    "product": ReciprocalRule(lambda a, b: a * b, lambda a, b: b + 0.0 * a),
}


def logistic(log_odds: FloatArray) -> FloatArray:
    """The probability that belongs to log-odds, without overflow."""
    return np.exp(-np.logaddexp(0.0, -log_odds))


def interval_width(
    rule: ReciprocalRule, a: FloatArray, b: FloatArray, sd_a: FloatArray, sd_b: FloatArray
) -> FloatArray:
    """Width of the 90 % interval of the joined score, 0 to 1, shape (n_pairs,).

    `a`, `b` are the preferences, `sd_a`, `sd_b` the standard deviations of their log-odds
    under independent normal posteriors. The variance is carried to the log-odds of the
    joined score by the delta method, so the interval stays within 0 and 1.
    """
    score = np.clip(rule.join(a, b), 1e-12, 1 - 1e-12)
    scale = score * (1 - score)
    by_a = rule.slope(a, b) * a * (1 - a) / scale
    by_b = rule.slope(b, a) * b * (1 - b) / scale
    half = 1.6448536269514722 * np.sqrt((by_a * sd_a) ** 2 + (by_b * sd_b) ** 2)
    center = np.log(score / (1 - score))
    return logistic(center + half) - logistic(center - half)
