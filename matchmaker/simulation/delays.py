"""When answers arrive: a contract takes months, some noes are said soon, the rest never."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.simulation.worlds import FloatArray


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known on one day of the m pairs that were shown until then.

    `row` (m,) is the pair's row among all; `outcome` (m,) is 1 or 0, NaN while open; `age_days`
    (m,) counts from showing to that day, 0 or more; `delay_days` (m,) from showing to the
    answer, NaN while open.
    """

    row: NDArray[np.intp]
    outcome: FloatArray
    age_days: FloatArray
    delay_days: FloatArray


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The n pairs as they will have gone in the end.

    `answer` (n,) is the truth; `shown_on` (n,) the day it was shown, counted from the start of
    the world; `delay_days` (n,) the days from then until the answer arrives, infinite for a no
    that is never said.
    """

    answer: NDArray[np.bool_]
    shown_on: FloatArray
    delay_days: FloatArray

    def seen_on(self, day: float) -> Seen:
        """What is known on `day`, counted as `shown_on` is; later pairs are not there yet."""
        row = np.flatnonzero(self.shown_on <= day)
        age = day - self.shown_on[row]
        here = self.delay_days[row] <= age
        return Seen(
            row=row,
            outcome=np.where(here, self.answer[row].astype(np.float64), np.nan),
            age_days=age,
            delay_days=np.where(here, self.delay_days[row], np.nan),
        )


@dataclass(frozen=True, slots=True)
class Delays:
    """How long answers take; lognormal times with the given means.

    Parameters
    ----------
    yes_mean_days : mean days from showing a pair to the contract.
    no_mean_days : mean days to a no, where one is said.
    said_share : share of the noes that anybody ever says, 0 to 1; the rest is silence.
    spread : standard deviation of the times' logarithm, above 0: at 0.5 answers bunch around
        the mean, at 1 many are quick and some take years.
    """

    yes_mean_days: float = 182.0
    no_mean_days: float = 60.0
    said_share: float = 0.4
    spread: float = 0.8

    def draw(self, answer: NDArray[np.bool_], shown_on: FloatArray, seed: int) -> Arrivals:
        """Draw when the answers to pairs shown on the given days arrive."""
        generator = np.random.default_rng([seed, 6])
        # exp of a normal number has the mean exp(its mean + its variance / 2), here 1.
        time = generator.lognormal(-(self.spread**2) / 2.0, self.spread, answer.shape)
        said = generator.random(answer.shape) < self.said_share
        silent_or_no = np.where(said, time * self.no_mean_days, np.inf)
        return Arrivals(
            answer=answer,
            shown_on=shown_on,
            delay_days=np.where(answer, time * self.yes_mean_days, silent_or_no),
        )
