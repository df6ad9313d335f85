"""Worlds in which a pair works only when both sides want it, each with a taste of its own."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.simulation.worlds import FEATURES, SPREAD, FloatArray, unit

# Each side alone wants about three pairs of ten; both together want about one of ten.
SIDE_INTERCEPT = -1.2
# Dimensions of what the parties are like and long for and no profile says.
LATENT = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every firm with every startup.

    `signals` has shape (n_firms, n_startups, n_features), standard normal; the probabilities
    that a side wants the pair have shape (n_firms, n_startups), 0 to 1.
    """

    signals: FloatArray
    firm_probability: FloatArray
    startup_probability: FloatArray

    @property
    def probability(self) -> FloatArray:
        """That both want it: given the pair, the two decide independently of each other."""
        return self.firm_probability * self.startup_probability

    def answers(
        self, generator: np.random.Generator
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """What the firm and what the startup say to each pair; it works where both say yes."""
        firm = generator.random(self.firm_probability.shape) < self.firm_probability
        startup = generator.random(self.startup_probability.shape) < self.startup_probability
        return firm, startup


@dataclass(frozen=True)
class TwoSidedWorld:
    """One invented market with two sides.

    Parameters
    ----------
    seed : the same seed gives the same tastes.
    agreement : cosine between the tastes of the two sides over the shared features, -1 to 1.
    latent : share of each side's log-odds variance that comes from what no profile says, 0 to
        1: what a party longs for, met by what the other one is like.
    """

    seed: int
    agreement: float = 0.3
    latent: float = 0.2

    @cached_property
    def firm_taste(self) -> FloatArray:
        """The firms' weights of the features, shape (n_features,)."""
        return self._visible_length * unit(self._generator(0).normal(size=FEATURES))

    @cached_property
    def startup_taste(self) -> FloatArray:
        """The startups' weights of the same features, shape (n_features,)."""
        firm = unit(self.firm_taste)
        other = self._generator(1).normal(size=FEATURES)
        across = unit(other - (other @ firm) * firm)
        mixed = self.agreement * firm + np.sqrt(1.0 - self.agreement**2) * across
        return np.asarray(self._visible_length * mixed)

    def draw_pairs(self, firms: int, startups: int, seed: int) -> Pairs:
        """Draw a region of firms and startups; another seed gives another of the same world."""
        generator = self._generator(2, seed)
        signals = generator.normal(size=(firms, startups, FEATURES))
        firm_wish, firm_nature = generator.normal(size=(2, firms, LATENT))
        startup_wish, startup_nature = generator.normal(size=(2, startups, LATENT))
        # Each product of LATENT pairs of independent standard normals has the variance LATENT.
        hidden = SPREAD * np.sqrt(self.latent / LATENT)
        return Pairs(
            signals,
            _chance(signals @ self.firm_taste + hidden * firm_wish @ startup_nature.T),
            _chance(signals @ self.startup_taste + hidden * firm_nature @ startup_wish.T),
        )

    @property
    def _visible_length(self) -> float:
        return SPREAD * float(np.sqrt(1.0 - self.latent))

    def _generator(self, *purpose: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, 7, *purpose])


def _chance(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-(SIDE_INTERCEPT + log_odds))))
