"""Are new needs still like those that the weights were learned from? Asked every week.

Twenty questions each week would raise an alarm by chance almost every week, so Holm's
correction (1979) holds the probability that any of them does so below `LEVEL`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import betabinom, binomtest, chi2_contingency, ks_2samp

from matchmaker.messages import number, say
from matchmaker.values import BoolArray, FloatArray

# Probability of a false alarm in one week, at most: one in a quarter of thirteen weeks.
LEVEL = 1 / 13
# Fewer needs than this in either period are no period, and a rarer sector is one of the others.
FEWEST, RAREST = 20, 5
# A need is badly served if its best score lies below all but this share of the reference.
LOWEST_SHARE = 0.05
OTHERS = "others"

# What the office reads, by the question, and whether something has changed.
DRIFTS: Mapping[tuple[str, bool], str] = {
    ("feature", True): "New needs differ from earlier ones in “{subject}”: in the middle it is "
    "{now}, before it was {before}.",
    ("feature", False): "New needs are like earlier ones in “{subject}”.",
    ("sector", True): "The needs come from other branches than before: {subject} has {now} % "
    "of the new ones, earlier it had {before} %.",
    ("sector", False): "New needs come from the same branches as earlier ones.",
    ("calibration", True): "The probabilities no longer hold: {now} % of the proposals worked, "
    "{before} % were expected.",
    ("calibration", False): "The probabilities hold: {now} % of the proposals worked, {before} % "
    "were expected.",
    ("top_score", True): "More needs find no good partner: for {now} % of the new ones even the "
    "best proposal is weak, earlier it was {before} %.",
    ("top_score", False): "New needs find partners as good as earlier ones did.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """The needs of some months, one row each, so that rows do not depend on each other.

    `features` gives (n_needs,) by the feature's name, NaN where missing, such as the signal of
    each need's best proposal; `sector` (n_needs,) the firm's branch, empty where unknown;
    `top_score` (n_needs,) the score of each need's best proposal; `expected` (n_pairs,) the
    calibrated probabilities of the pairs that were answered, and `happened` (n_pairs,) how they
    went. What is not known at all has length 0 and is not asked about.
    """

    features: Mapping[str, FloatArray]
    sector: NDArray[np.str_]
    top_score: FloatArray
    expected: FloatArray
    happened: BoolArray


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question.

    `check` is feature, sector, calibration or top_score; `subject` the feature, or the sector
    that changed most, `others` for the rare ones together, else empty; `p_value` is corrected
    for all questions of the week; `before` and `now` are medians for a feature, and shares of 0
    to 1 for all others.
    """

    check: str
    subject: str
    p_value: float
    before: float
    now: float

    @property
    def drifted(self) -> bool:
        """Whether so large a difference is rare enough where nothing has changed."""
        return self.p_value <= LEVEL


def check_drift(reference: Period, recent: Period) -> tuple[Finding, ...]:
    """Ask all questions; those for which either period has too little are left out."""
    found = [
        _feature(name, then, recent.features[name])
        for name, then in reference.features.items()
        if name in recent.features
    ]
    found += [
        _sectors(reference.sector, recent.sector),
        _calibration(recent.expected, recent.happened),
        _top_scores(reference.top_score, recent.top_score),
    ]
    asked = [finding for finding in found if finding]
    corrected = _holm([finding.p_value for finding in asked])
    return tuple(
        Finding(one.check, one.subject, p_value, one.before, one.now)
        for one, p_value in zip(asked, corrected, strict=True)
    )


def finding_text(finding: Finding, language: str, subject: str) -> str:
    """Say in one sentence what was found; `subject` is the finding's, in the reader's words."""
    scale, decimals = (1, 2) if finding.check == "feature" else (100, 0)
    return say(
        DRIFTS[finding.check, finding.drifted],
        language,
        subject=subject,
        now=number(scale * finding.now, language, decimals),
        before=number(scale * finding.before, language, decimals),
    )


def _feature(name: str, before: FloatArray, now: FloatArray) -> Finding | None:
    """Kolmogorov and Smirnov's two-sample test; with ties its probability errs on the safe side."""
    before, now = before[np.isfinite(before)], now[np.isfinite(now)]
    if min(len(before), len(now)) < FEWEST:
        return None
    p_value = float(ks_2samp(before, now, method="asymp").pvalue)
    return Finding("feature", name, p_value, float(np.median(before)), float(np.median(now)))


def _sectors(before: NDArray[np.str_], now: NDArray[np.str_]) -> Finding | None:
    """Pearson's chi-squared test of homogeneity; rare sectors together are one."""
    before, now = before[before != ""], now[now != ""]
    if min(len(before), len(now)) < FEWEST:
        return None
    names, code = np.unique(np.concatenate([before, now]), return_inverse=True)
    table = np.array(
        [np.bincount(rows, minlength=len(names)) for rows in np.split(code, [len(before)])]
    )
    smaller = min(len(before), len(now)) / len(code)
    rare = table.sum(axis=0) * smaller < RAREST
    if rare.any():
        table = np.column_stack([table[:, ~rare], table[:, rare].sum(axis=1)])
        names = np.append(names[~rare], OTHERS)
    if len(names) < 2:
        return None
    shares = table / table.sum(axis=1, keepdims=True)
    most = int(np.abs(shares[1] - shares[0]).argmax())
    p_value = float(chi2_contingency(table, correction=False).pvalue)
    return Finding("sector", str(names[most]), p_value, *map(float, shares[:, most]))


def _calibration(expected: FloatArray, happened: BoolArray) -> Finding | None:
    """Exact binomial test of the number that worked. Pairs with unlike probabilities scatter
    less than the binomial says, so it errs on the safe side."""
    if len(expected) < FEWEST:
        return None
    p_value = binomtest(int(happened.sum()), len(happened), float(expected.mean())).pvalue
    return Finding(
        "calibration", "", float(p_value), float(expected.mean()), float(happened.mean())
    )


def _top_scores(before: FloatArray, now: FloatArray) -> Finding | None:
    """How many new needs lie below the 5th percentile of the earlier ones, one-sided and exact.

    The percentile is one of the earlier scores. If nothing has changed, how many of n new
    scores fall below the k-th lowest of m earlier ones is beta-binomial with k and m - k + 1.
    """
    if min(len(before), len(now)) < FEWEST:
        return None
    k = max(int(LOWEST_SHARE * len(before)), 1)
    below = int((now < np.sort(before)[k - 1]).sum())
    p_value = betabinom.sf(below - 1, len(now), k, len(before) - k + 1)
    return Finding("top_score", "", float(p_value), LOWEST_SHARE, below / len(now))


def _holm(p_values: list[float]) -> FloatArray:
    """Holm's corrected p-values: each at most 1, in the same order."""
    p = np.array(p_values)
    order = np.argsort(p, kind="stable")
    corrected = np.empty(p.shape)
    steps = np.arange(len(p), 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(steps * p[order]), 1.0)
    return corrected
