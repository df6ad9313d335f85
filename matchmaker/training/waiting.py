"""How long answers take: Weibull days to a yes, and a share of the noes that is ever said."""

from dataclasses import dataclass
from math import gamma
from typing import Self

import numpy as np

from matchmaker.values import FloatArray

# What is believed before any answer, as answers that were never given: days to two yeses, to
# two noes, and how many of two noes are said.
BELIEVED_YES_DAYS, BELIEVED_NO_DAYS, BELIEVED_SAID = (60.0, 300.0), (20.0, 100.0), (1.0, 2.0)
# Weibull shapes to choose from: 1 forgets its age, above 1 answers bunch around the mean.
SHAPES = np.arange(0.6, 2.45, 0.1)


@dataclass(frozen=True, slots=True)
class Delay:
    """How long answers take.

    `scale_days` and `shape` are Weibull's, for a yes; `no_days` the mean days to a said no, and
    `said_share` the share of the noes that is ever said, 0 to 1.
    """

    scale_days: float
    shape: float
    no_days: float
    said_share: float

    @property
    def yes_days(self) -> float:
        """Mean days to a yes."""
        return self.scale_days * gamma(1.0 + 1.0 / self.shape)

    def yes_open(self, age_days: FloatArray) -> FloatArray:
        """The probability that a yes has not come by that age, the shape of `age_days`."""
        return np.asarray(np.exp(-((age_days / self.scale_days) ** self.shape)))

    def no_open(self, age_days: FloatArray) -> FloatArray:
        """The probability that a no has not come by that age, or never comes."""
        return np.asarray(1.0 + self.said_share * np.expm1(-age_days / self.no_days))

    def learned(
        self,
        outcome: FloatArray,
        chance: FloatArray,
        age_days: FloatArray,
        delay_days: FloatArray,
    ) -> Self:
        """The likeliest delays if open pairs turn out as `chance` says: one step of EM.

        `outcome` (n,) is 1, 0, or NaN while open, and `chance` (n,) that it is or will be a yes;
        `age_days` (n,) counts from showing, `delay_days` (n,) to the answer, NaN if not known.
        """
        is_open = np.isnan(outcome)
        age, yet_no = age_days[is_open], 1.0 - chance[is_open]
        coming_no = yet_no * self.said_share * np.exp(-age / self.no_days) / self.no_open(age)
        noes = (outcome == 0).sum()
        heard_yes = _heard(delay_days[outcome == 1], BELIEVED_YES_DAYS)
        heard_no = _heard(delay_days[outcome == 0], BELIEVED_NO_DAYS)
        said, of = BELIEVED_SAID
        return type(self)(
            *_weibull(heard_yes, age, chance[is_open]),
            no_days=float((heard_no.sum() + age @ coming_no) / len(heard_no)),
            said_share=float((noes + coming_no.sum() + said) / (noes + yet_no.sum() + of)),
        )


# Where the turns of delay and labels begin.
FIRST_GUESS = Delay(scale_days=180.0, shape=1.0, no_days=60.0, said_share=0.5)


def _heard(delay_days: FloatArray, believed: tuple[float, ...]) -> FloatArray:
    """The known days to an answer, those of the same day as half a day, and the believed ones."""
    return np.append(np.maximum(delay_days[np.isfinite(delay_days)], 0.5), believed)


def _weibull(heard_after: FloatArray, age: FloatArray, chance: FloatArray) -> tuple[float, float]:
    """The likeliest scale and shape for days to answers and the ages of those still to come."""
    count = len(heard_after)
    waited = (heard_after[:, None] ** SHAPES).sum(axis=0) + chance @ age[:, None] ** SHAPES
    log_likelihood = count * np.log(SHAPES * count / waited) + SHAPES * np.log(heard_after).sum()
    best = int(log_likelihood.argmax())
    return float((waited[best] / count) ** (1.0 / SHAPES[best])), float(SHAPES[best])
