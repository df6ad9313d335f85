"""A trained scorer's card: what it was trained on, what moved, how it was chosen."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from matchmaker.scoring import ScorerParameters, SideParameters
from matchmaker.training.gate import Verdict, verdict_text
from matchmaker.training.learning import Learned
from matchmaker.training.training_set import TrainingSet
from matchmaker.values import Side

_TITLES: Mapping[Side, str] = {"sme": "What firms want", "startup": "What startups want"}
_HALF = 1.6448536269514722  # standard deviations to either end of a 90 % interval


def model_card(
    expert: ScorerParameters,
    challenger: ScorerParameters,
    learned: Mapping[Side, Learned],
    sets: Mapping[Side, TrainingSet],
    counts: Mapping[Side, Mapping[str, int]],
    verdict: Verdict,
    as_of: datetime,
) -> str:
    """The card in Markdown. Sources are named by number only: a card leaves the office."""
    about = (
        f"Trained on what was known on {as_of:%Y-%m-%d}. MAP logistic regression a side, centered "
        "on the expert's weights; late answers by EM; the newest judged needs held out."
    )
    compared = f"Comparison on the needs held out: {verdict_text(verdict, 'en')}"
    lines = ["# Scorer trained on this office's outcomes", "", about, "", compared]
    for side, title in _TITLES.items():
        lines += ["", f"## {title}", "", _labels(counts[side], learned[side])]
        lines += _sources(learned[side])
        lines += ["", *_weights(getattr(expert, side), getattr(challenger, side))]
    lines += ["", "## Probabilities", "", _calibration(challenger), ""]
    return "\n".join(lines)


def _calibration(challenger: ScorerParameters) -> str:
    found = challenger.calibration
    if found is None:
        return "None: too few held-out outcomes."
    return f"Platt scaling, slope {found.slope:.3f}, intercept {found.intercept:.3f}."


def _labels(counts: Mapping[str, int], learned: Learned) -> str:
    told = (
        f"{counts['yes']} yes, {counts['no']} no, {counts['open']} open; "
        f"{counts['skipped']} labels without signals were left out. "
        f"Strength of the prior {learned.posterior.strength:.2g}, "
        f"scale {learned.posterior.scale:.2f}."
    )
    if learned.delay is None:
        return told
    return f"{told} A yes takes {learned.delay.yes_days:.0f} days on average."


def _sources(learned: Learned) -> list[str]:
    shares = ", ".join(f"{one.share:.0%} (kept at {one.factor:.0%})" for one in learned.influences)
    return ["", f"Whose word it is, by source: {shares}."] if shares else []


def _weights(expert: SideParameters, learned: SideParameters) -> list[str]:
    half = _HALF * np.sqrt(np.diagonal(learned.covariance)[1:])
    rows = ["| feature | expert | learned | 90 % interval |", "|---|---|---|---|"]
    for (name, weight), width in zip(learned.weights.items(), half, strict=True):
        rows.append(
            f"| {name} | {expert.weights[name]:+.2f} | {weight:+.2f} "
            f"| {weight - width:+.2f} to {weight + width:+.2f} |"
        )
    return rows
