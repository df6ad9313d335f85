"""May the challenger take the champion's place? Only by winning on needs neither has seen.

Every rule must hold; what is broken, missing or of one kind only is a reason to stay. The first
rule that does not hold is the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matchmaker.config import GateSettings
from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import (
    bayesian_bootstrap,
    expected_calibration_error,
    gini,
    log_loss,
    shown_share,
)
from matchmaker.messages import number, say
from matchmaker.values import FloatArray

# Differences below this are rounding, not ranking.
ROUNDING = 1e-9

# What the office reads for each reason.
VERDICTS: Mapping[str, str] = {
    "won": "The new weights serve from now on. On {needs} judged needs they rank no worse than "
    "the old ones, with {sure} % certainty, and they foresee the outcomes better.",
    "too_few_needs": "The old weights stay: {needs} needs are judged, {wanted} are needed.",
    "unusable": "The old weights stay: the comparison with the new ones is incomplete or damaged.",
    "one_outcome": "The old weights stay: all judged pairs went the same way, so nothing can be "
    "compared.",
    "ranking_unsure": "The old weights stay: that the new ones rank no worse on {needs} judged "
    "needs is {sure} % certain, and {enough} % are needed.",
    "log_loss_not_lower": "The old weights stay: the new ones do not foresee the outcomes better.",
    "calibration_worse": "The old weights stay: the probabilities of the new ones are further "
    "from what came true.",
    "exposure_narrower": "The old weights stay: the new ones would show fewer startups, or the "
    "same ones more often.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """How one scorer did on the held-out needs.

    `ndcg` (n_needs,) is its nDCG@10 for each need, 0 to 1; `probability` (n_labels,) what it
    expected for each label, 0 to 1; `exposure` (n_startups,) how often its lists for these needs
    show each startup that may be shown, 0 where never.
    """

    ndcg: FloatArray
    probability: FloatArray
    exposure: FloatArray


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the challenger may serve, the code of the reason, and the figures by name.

    `figures` has what was compared and what was asked for; only the latter and the number of
    needs where the comparison could not be made.
    """

    promoted: bool
    reason: str
    figures: Mapping[str, float]


def decide(
    champion: Performance,
    challenger: Performance,
    label: FloatArray,
    settings: GateSettings,
    seed: int,
) -> Verdict:
    """Hold the challenger against the champion; the same input gives the same verdict.

    Parameters
    ----------
    champion, challenger : on the same needs, labels and startups, each in the same order.
    label : array of shape (n_labels,), 0 to 1: how the held-out pairs went.
    seed : of the bootstrap.

    Returns
    -------
    Verdict
        Never an error: what is missing, not finite or out of its range is not promoted.
    """
    figures: dict[str, float] = {
        "needs": np.size(challenger.ndcg),
        "needs_wanted": settings.needs,
        "certainty_wanted": settings.certainty,
    }
    if figures["needs"] < settings.needs:
        return Verdict(False, "too_few_needs", figures)
    try:
        figures |= _compare(champion, challenger, label, seed)
    except InvalidInputError:
        return Verdict(False, "unusable", figures)
    rules = {
        "one_outcome": np.min(label) < np.max(label),
        "ranking_unsure": figures["certainty"] >= settings.certainty,
        "log_loss_not_lower": _rise(figures, "log_loss") < 0,
        "calibration_worse": _rise(figures, "ece") <= settings.ece_rise,
        "exposure_narrower": _rise(figures, "gini") <= settings.gini_rise
        and -_rise(figures, "shown_share") <= settings.shown_share_fall,
    }
    reason = next((reason for reason, holds in rules.items() if not holds), "won")
    return Verdict(reason == "won", reason, figures)


def verdict_text(verdict: Verdict, language: str) -> str:
    """The reason as a sentence for the office."""
    figures = verdict.figures
    return say(
        VERDICTS[verdict.reason],
        language,
        needs=number(figures["needs"], language, 0),
        wanted=number(figures["needs_wanted"], language, 0),
        # Rounded down, and never to certainty.
        sure=number(min(int(100 * figures.get("certainty", 0.0)), 99), language, 0),
        enough=number(100 * figures["certainty_wanted"], language, 0),
    )


def _compare(
    champion: Performance, challenger: Performance, label: FloatArray, seed: int
) -> dict[str, float]:
    """All figures of both; an InvalidInputError where there is one that cannot be computed."""
    if (
        champion.ndcg.shape != challenger.ndcg.shape
        or champion.exposure.shape != challenger.exposure.shape
    ):
        raise InvalidInputError("Both scorers are compared on the same needs and startups.")
    figures: dict[str, float] = {}
    for name, one in (("champion", champion), ("challenger", challenger)):
        if not ((one.ndcg >= 0) & (one.ndcg <= 1)).all():
            raise InvalidInputError("nDCG is a number from 0 to 1.")
        figures |= {
            f"ndcg_{name}": float(one.ndcg.mean()),
            f"log_loss_{name}": log_loss(one.probability, label),
            f"ece_{name}": expected_calibration_error(one.probability, label),
            f"gini_{name}": gini(one.exposure),
            f"shown_share_{name}": shown_share(one.exposure),
        }
    gain = bayesian_bootstrap(challenger.ndcg - champion.ndcg, seed)
    return figures | {"labels": len(label), "certainty": float((gain >= -ROUNDING).mean())}


def _rise(figures: Mapping[str, float], name: str) -> float:
    return figures[f"{name}_challenger"] - figures[f"{name}_champion"]
