"""Worlds of needs and candidates with a known truth, and an expert who knows part of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

FEATURES, CANDIDATES = 16, 60
# The true log-odds scatter by so much around this intercept. So the best possible log-loss is
# about 0.32 and a random ranking has an nDCG@10 of about 0.28 (`methods.md`, table 3).
SPREAD, INTERCEPT = 2.0, -2.35


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs with their candidates.

    `signals` has shape (n_needs, n_candidates, n_features), standard normal; `probability`
    (n_needs, n_candidates) is the true one that the pair works, 0 to 1.
    """

    signals: FloatArray
    probability: FloatArray

    def answers(self, generator: np.random.Generator) -> NDArray[np.bool_]:
        """How it would go for each pair, drawn anew from its probability; the same shape."""
        return generator.random(self.probability.shape) < self.probability


@dataclass(frozen=True)
class World:
    """One invented market.

    Parameters
    ----------
    seed : the same seed gives the same truth and the same expert.
    expert_cosine : how near the expert's weights are to the true ones, -1 to 1; as long.
    interaction : share of the true log-odds' variance that no sum over features can say,
        0 to 1: products of two features each.
    """

    seed: int
    expert_cosine: float = 0.9
    interaction: float = 0.0

    @cached_property
    def weights(self) -> FloatArray:
        """The true weights, shape (n_features,), as long as the additive part scatters."""
        length = SPREAD * np.sqrt(1.0 - self.interaction)
        return unit(self._generator(0).normal(size=FEATURES)) * float(length)

    @cached_property
    def expert_weights(self) -> FloatArray:
        """What an expert would say the weights are, shape (n_features,)."""
        truth = unit(self.weights)
        other = self._generator(1).normal(size=FEATURES)
        across = unit(other - (other @ truth) * truth)
        said = self.expert_cosine * truth + np.sqrt(1.0 - self.expert_cosine**2) * across
        return np.asarray(said * SPREAD)

    @property
    def expert_intercept(self) -> float:
        """The log-odds that the expert gives a pair of which nothing is known."""
        return INTERCEPT

    def draw_needs(self, count: int, seed: int) -> Needs:
        """Draw needs with their candidates; another seed gives others of the same world."""
        generator = self._generator(2, seed)
        signals = generator.normal(size=(count, CANDIDATES, FEATURES))
        log_odds = INTERCEPT + signals @ self.weights
        if self.interaction:
            log_odds = log_odds + self._products(signals)
        return Needs(signals, 1.0 / (1.0 + np.exp(-log_odds)))

    def _products(self, signals: FloatArray) -> FloatArray:
        """The part of the log-odds that only pairs of features together say."""
        order = self._generator(3).permutation(FEATURES)
        signs = self._generator(4).choice([-1.0, 1.0], FEATURES // 2)
        left, right = order[: FEATURES // 2], order[FEATURES // 2 :]
        # Each product of two independent standard normals has a variance of one.
        length = SPREAD * np.sqrt(self.interaction / (FEATURES // 2))
        products: FloatArray = (signals[..., left] * signals[..., right]) @ signs * length
        return products

    def _generator(self, *purpose: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, *purpose])


def unit(vector: FloatArray) -> FloatArray:
    """The vector of length 1 in the same direction."""
    return np.asarray(vector / np.linalg.norm(vector))
