"""The numbers that a scorer runs on: an expert's from the settings, or learned ones."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import orjson

from matchmaker.config import ScoringSettings, SideSettings
from matchmaker.scoring.reciprocal import logistic
from matchmaker.values import FloatArray


@dataclass(frozen=True, slots=True)
class SideParameters:
    """One side's logistic model, and how sure its numbers are.

    `intercept` is in log-odds, `weights` in log-odds per point of signal, by feature.
    `covariance` has shape (d + 1, d + 1): the intercept first, then the features in the order of
    `weights`.
    """

    intercept: float
    weights: Mapping[str, float]
    covariance: FloatArray

    def spread(self, signals: FloatArray) -> FloatArray:
        """Standard deviation of the log-odds, shape (n,): sqrt(x' C x) with x = (1, signals).

        `signals` has shape (n, d), 0 where a feature is missing. The diagonal is added up by
        itself, so that independent weights give the same bits as a formula without covariances.
        """
        variances = np.diagonal(self.covariance)
        between = self.covariance - np.diag(variances)
        points = np.column_stack([np.ones(len(signals)), signals])
        own = variances[0] + ((signals * np.sqrt(variances[1:])) ** 2).sum(axis=1)
        shared = np.einsum("ni,ij,nj->n", points, between, points)
        spread: FloatArray = np.sqrt(np.maximum(own + shared, 0.0))
        return spread


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling: match probability = logistic(slope · logit(reciprocal score) + intercept).

    It was fitted to the scores of one `rule` and says nothing about those of another.
    """

    slope: float
    intercept: float
    rule: str = "harmonic_mean"

    def probability(self, score: FloatArray) -> FloatArray:
        """The probability that belongs to reciprocal scores from 0 to 1."""
        inside = np.clip(score, 1e-12, 1 - 1e-12)
        return logistic(self.slope * np.log(inside / (1 - inside)) + self.intercept)


@dataclass(frozen=True, slots=True)
class ScorerParameters:
    """Everything that was, or could have been, learned.

    `version` names these numbers and no others. Without a `calibration` there are no match
    probabilities. `notice` is what people should know before they trust the scores; None where
    there is nothing.
    """

    version: str
    sme: SideParameters
    startup: SideParameters
    calibration: Calibration | None = None
    notice: str | None = None

    def match_probability(self, score: FloatArray, rule: str) -> FloatArray | None:
        """What reciprocal scores of a rule mean; None where nothing was calibrated for it."""
        if self.calibration is None or self.calibration.rule != rule:
            return None
        return self.calibration.probability(score)


def expert_parameters(settings: ScoringSettings) -> ScorerParameters:
    """The expert's judgment: independent weights, as sure as the settings say."""
    content = orjson.dumps(settings.model_dump(), option=orjson.OPT_SORT_KEYS)
    return ScorerParameters(
        version=f"expert-{hashlib.sha256(content).hexdigest()[:12]}",
        sme=_expert_side(settings.sme),
        startup=_expert_side(settings.startup),
    )


def _expert_side(settings: SideSettings) -> SideParameters:
    spreads = [feature.prior_sd for feature in settings.features.values()]
    return SideParameters(
        intercept=settings.intercept,
        weights={name: feature.weight for name, feature in settings.features.items()},
        covariance=np.diag([settings.intercept_sd**2, *np.square(spreads)]),
    )
