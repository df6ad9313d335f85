"""The two-sided scorer: one logistic model a side, over named features, exactly additive."""

import hashlib
import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson

from matchmaker.config import ScoringSettings, SideSettings
from matchmaker.errors import InvalidInputError
from matchmaker.scoring.feature import FEATURES, Measured
from matchmaker.scoring.reciprocal import RECIPROCAL_RULES, interval_width, logistic
from matchmaker.values import Candidates, FloatArray, ScoredPairs, SideScores

# What the office said about a pair; weighed by a fixed amount, see the feature.
VERDICT = "judged_poor_fit"


def feature_version() -> str:
    """A name for what the features compute; it changes whenever their code does."""
    sources = [inspect.getsource(FEATURES[name].function) for name in sorted(FEATURES)]
    return hashlib.sha256("".join(sources).encode()).hexdigest()[:12]


class Scorer:
    """Preferences of both sides from measured features and expert weights.

    Raises
    ------
    InvalidInputError
        The settings name a feature that does not exist.
    """

    def __init__(self, settings: ScoringSettings) -> None:
        for side in (settings.sme, settings.startup):
            for name in side.features:
                if name not in FEATURES:
                    raise InvalidInputError(
                        f"There is no feature named {name}; known are {', '.join(FEATURES)}.",
                        field="scoring",
                    )
        self._settings = settings
        self._used = sorted({*settings.sme.features, *settings.startup.features})
        content = orjson.dumps(settings.model_dump(), option=orjson.OPT_SORT_KEYS)
        self.version = f"expert-{hashlib.sha256(content).hexdigest()[:12]}"
        self.rule = settings.rule

    def score(self, candidates: Candidates, columns: Mapping[str, Any]) -> ScoredPairs:
        """Score the candidates of one need, best first; ties go to the smaller row.

        `columns` holds what the features read, with one row per candidate
        (`columns.py`, `text_features.py`). `office_says_poor_fit` is among them only where the
        office judged a pair of this need.
        """
        measured = {name: FEATURES[name].measure(columns) for name in self._used}
        sme, sme_sd = _side(self._settings.sme, measured)
        if FEATURES[VERDICT].inputs[0] in columns:
            measured[VERDICT] = FEATURES[VERDICT].measure(columns)
            sme = _lowered(sme, measured[VERDICT], self._settings.poor_fit_log_odds)
        startup, startup_sd = _side(self._settings.startup, measured)
        rule = RECIPROCAL_RULES[self._settings.rule]
        reciprocal = rule.join(sme.preference, startup.preference)
        width = interval_width(rule, sme.preference, startup.preference, sme_sd, startup_sd)
        order = np.lexsort((candidates.row, -reciprocal))
        return ScoredPairs(
            row=candidates.row[order],
            sme=_reorder(sme, order),
            startup=_reorder(startup, order),
            values={name: found.value[order] for name, found in measured.items()},
            signals={name: found.signal[order] for name, found in measured.items()},
            reciprocal_score=reciprocal[order],
            coverage=self._coverage(measured)[order],
            confidence=1.0 - width[order],
        )

    def _coverage(self, measured: Mapping[str, Measured]) -> FloatArray:
        """Σ|weight| of the features that had their inputs, over Σ|weight| of all, both sides."""
        weighed = [
            (abs(feature.weight), measured[name].signal)
            for side in (self._settings.sme, self._settings.startup)
            for name, feature in side.features.items()
        ]
        known = np.sum([weight * ~np.isnan(signal) for weight, signal in weighed], axis=0)
        return np.asarray(known / max(sum(weight for weight, _ in weighed), 1e-12))


def _side(
    settings: SideSettings, measured: Mapping[str, Measured]
) -> tuple[SideScores, FloatArray]:
    """One side's scores, and the standard deviation of its log-odds under the weights' prior."""
    names = tuple(settings.features)
    signals = np.column_stack([np.nan_to_num(measured[name].signal, nan=0.0) for name in names])
    weights = np.array([settings.features[name].weight for name in names])
    spreads = np.array([settings.features[name].prior_sd for name in names])
    contributions = signals * weights
    scores = SideScores(
        features=names,
        intercept=settings.intercept,
        contributions=contributions,
        preference=logistic(settings.intercept + contributions.sum(axis=1)),
    )
    return scores, np.sqrt(settings.intercept_sd**2 + ((signals * spreads) ** 2).sum(axis=1))


def _lowered(side: SideScores, verdict: Measured, log_odds: float) -> SideScores:
    """The side with what the office said as one more contribution."""
    said = np.nan_to_num(verdict.signal, nan=0.0) * log_odds
    contributions = np.column_stack([side.contributions, said])
    return SideScores(
        features=(*side.features, VERDICT),
        intercept=side.intercept,
        contributions=contributions,
        preference=logistic(side.intercept + contributions.sum(axis=1)),
    )


def _reorder(side: SideScores, order: np.ndarray) -> SideScores:
    return SideScores(
        side.features, side.intercept, side.contributions[order], side.preference[order]
    )
