"""How often a party wants, and how often it is wanted: two shares that outlast one pair.

On public two-sided data these shares are worth more than whole profiles. They are small-sample
shares, so they are shrunk toward what is usual (empirical Bayes), and what a pair itself
decided never counts for that pair: it is what a scorer is asked to predict.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from matchmaker.errors import InvalidInputError
from matchmaker.values import BoolArray, FloatArray, IntArray

Counts = FloatArray | IntArray

# How many pseudo-decisions a prior may be worth: a step of 19 %, finer than data can tell.
STRENGTHS = np.geomspace(1.0, 1024.0, 41)


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """What parties of one side decided about parties of the other, each array (n_decisions,).

    `decider` and `target` are rows of two lists of parties, from 0. `yes` says whether the
    decider wanted the target. A pair may stand there more than once, a party not at all.
    """

    decider: IntArray
    target: IntArray
    yes: BoolArray

    def __post_init__(self) -> None:
        if not self.decider.shape == self.target.shape == self.yes.shape:
            raise InvalidInputError("Each decision needs a decider, a target and an answer.")


@dataclass(frozen=True, slots=True)
class SharePrior:
    """What is usual before a party's own decisions are known: a beta distribution.

    `mean` is a share, 0 to 1; `strength` is in decisions: with as many of its own, a party's
    share lies halfway between the usual one and its own.
    """

    mean: float
    strength: float


@dataclass(frozen=True, slots=True)
class BehaviorPriors:
    """What is usual for the deciders and for the targets of one side's decisions."""

    acceptance: SharePrior
    popularity: SharePrior


@dataclass(frozen=True, slots=True, eq=False)
class Behavior:
    """For each asked pair, what the rest of the decisions say of its two parties.

    `acceptance` is the share of others that the decider wants, `popularity` the share of
    others that want the target; shrunk, strictly between 0 and 1, shape (n_pairs,).
    """

    acceptance: FloatArray
    popularity: FloatArray


def fit_priors(decisions: Decisions) -> BehaviorPriors:
    """What is usual on one side; of training decisions only, or the test would leak."""
    return BehaviorPriors(
        *(
            fit_share_prior(np.bincount(party, decisions.yes), np.bincount(party))
            for party in (decisions.decider, decisions.target)
        )
    )


def fit_share_prior(yes: Counts, asked: Counts) -> SharePrior:
    """Fit how shares scatter between parties, beta-binomial.

    Parameters
    ----------
    yes, asked : ndarray of shape (n_parties,)
        Decisions of each party, the positive ones and all; 0 of 0 says nothing.

    Returns
    -------
    SharePrior
        The mean is the share of all decisions, with one yes and one no added so that it
        stays inside 0 and 1. The strength maximizes the marginal likelihood (Griffiths 1973,
        Biometrics 29) on a grid from 1 to 1,024 decisions; where parties differ no more than
        by chance, or nothing was asked, the strongest.
    """
    mean = float((yes.sum() + 1.0) / (asked.sum() + 2.0))
    a, b = mean * STRENGTHS[:, None], (1.0 - mean) * STRENGTHS[:, None]
    likelihood = (betaln(a + yes, b + asked - yes) - betaln(a, b)).sum(axis=1)
    # From the strong end, so that a tie goes to the strongest.
    best = STRENGTHS.size - 1 - int(np.argmax(likelihood[::-1]))
    return SharePrior(mean, float(STRENGTHS[best]))


def measure_behavior(
    decisions: Decisions, priors: BehaviorPriors, decider: IntArray, target: IntArray
) -> Behavior:
    """Shrunk shares of both parties of each pair, leaving out what the pair itself decided.

    Parameters
    ----------
    decisions : Decisions
        All that is known of one side; for the other direction call again with its decisions.
    priors : BehaviorPriors
        Fitted where the pairs asked for have no part.
    decider, target : ndarray of shape (n_pairs,)
        The pairs to be described, as rows of the lists that `decisions` means. A party
        without another decision gets the prior mean.
    """
    deciders = 1 + max(_highest(decisions.decider), _highest(decider))
    targets = 1 + max(_highest(decisions.target), _highest(target))
    own_yes, own_asked = _of_pair(
        decisions,
        decisions.decider * targets + decisions.target,
        decider * targets + target,
    )

    def share(party: IntArray, of: IntArray, parties: int, prior: SharePrior) -> FloatArray:
        yes = np.bincount(party, decisions.yes, minlength=parties)[of] - own_yes
        asked = np.bincount(party, minlength=parties)[of] - own_asked
        return (yes + prior.mean * prior.strength) / (asked + prior.strength)

    return Behavior(
        acceptance=share(decisions.decider, decider, deciders, priors.acceptance),
        popularity=share(decisions.target, target, targets, priors.popularity),
    )


def _of_pair(decisions: Decisions, known: IntArray, asked_for: IntArray) -> tuple[Counts, Counts]:
    """How often each pair asked for said yes, and how often it decided at all."""
    keys, pair = np.unique(np.concatenate([known, asked_for]), return_inverse=True)
    of_known, of_asked_for = pair[: known.size], pair[known.size :]
    yes = np.bincount(of_known, decisions.yes, minlength=keys.size)
    asked = np.bincount(of_known, minlength=keys.size)
    return yes[of_asked_for], asked[of_asked_for]


def _highest(rows: IntArray) -> int:
    return int(rows.max(initial=-1))
