"""The two-sided scorer: one logistic model a side, over named features, exactly additive."""

import hashlib
import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from matchmaker.config import ScoringSettings
from matchmaker.errors import InvalidInputError
from matchmaker.scoring.feature import FEATURES, Measured
from matchmaker.scoring.parameters import ScorerParameters, SideParameters, expert_parameters
from matchmaker.scoring.reciprocal import RECIPROCAL_RULES, interval_width, logistic
from matchmaker.values import Candidates, FloatArray, ScoredPairs, SideScores

# What the office said about a pair; weighed by a fixed amount, see the feature.
VERDICT = "judged_poor_fit"


@cache
def feature_version() -> str:
    """A name for what the features compute; it changes whenever their code does."""
    sources = [inspect.getsource(FEATURES[name].function) for name in sorted(FEATURES)]
    return hashlib.sha256("".join(sources).encode()).hexdigest()[:12]


def weighable() -> list[str]:
    """The features that weights may be for."""
    return [name for name in FEATURES if name != VERDICT]


class Scorer:
    """Preferences of both sides from measured features and the weights of `parameters`.

    The settings say what is never learned: the rule that joins the sides, and what a verdict of
    the office takes off. `settled_by` names everything that the scores follow from.

    Raises
    ------
    InvalidInputError
        A weight is for a feature that does not exist, or that no weight is for.
    """

    def __init__(self, parameters: ScorerParameters, settings: ScoringSettings) -> None:
        self._used = sorted({*parameters.sme.weights, *parameters.startup.weights})
        for name in self._used:
            if name not in weighable():
                raise InvalidInputError(
                    f"There is no feature named {name}; known are {', '.join(weighable())}.",
                    field="scoring",
                )
        self.parameters = parameters
        self._settings = settings
        self.version = parameters.version
        self.rule = settings.rule
        # The version of the expert's weights stands for all settings of the scoring.
        sources = {parameters.version: None, expert_parameters(settings).version: None}
        self.settled_by = "+".join([*sources, *filter(None, [parameters.notice])])

    def score(self, candidates: Candidates, columns: Mapping[str, Any]) -> ScoredPairs:
        """Score the candidates of one need, best first; ties go to the smaller row.

        `columns` holds what the features read, with one row per candidate
        (`columns.py`, `text_features.py`). `office_says_poor_fit` is among them only where the
        office judged a pair of this need.
        """
        measured = {name: FEATURES[name].measure(columns) for name in self._used}
        sme, sme_sd = _side(self.parameters.sme, measured)
        if FEATURES[VERDICT].inputs[0] in columns:
            measured[VERDICT] = FEATURES[VERDICT].measure(columns)
            sme = _lowered(sme, measured[VERDICT], self._settings.poor_fit_log_odds)
        startup, startup_sd = _side(self.parameters.startup, measured)
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
            match_probability=self.parameters.match_probability(reciprocal[order], self.rule),
        )

    def _coverage(self, measured: Mapping[str, Measured]) -> FloatArray:
        """Σ|weight| of the features that had their inputs, over Σ|weight| of all, both sides."""
        weighed = [
            (abs(weight), measured[name].signal)
            for side in (self.parameters.sme, self.parameters.startup)
            for name, weight in side.weights.items()
        ]
        known = np.sum([weight * ~np.isnan(signal) for weight, signal in weighed], axis=0)
        return np.asarray(known / max(sum(weight for weight, _ in weighed), 1e-12))


def _side(
    parameters: SideParameters, measured: Mapping[str, Measured]
) -> tuple[SideScores, FloatArray]:
    """One side's scores, and the standard deviation of its log-odds."""
    names = tuple(parameters.weights)
    signals = np.column_stack([np.nan_to_num(measured[name].signal, nan=0.0) for name in names])
    contributions = signals * np.array([parameters.weights[name] for name in names])
    scores = SideScores(
        features=names,
        intercept=parameters.intercept,
        contributions=contributions,
        preference=logistic(parameters.intercept + contributions.sum(axis=1)),
    )
    return scores, parameters.spread(signals)


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
