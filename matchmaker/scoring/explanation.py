"""The explained result of `contract.md`, from the very numbers that made the score."""

from collections.abc import Callable
from typing import Any

import numpy as np

from matchmaker.config import BandThresholds
from matchmaker.messages import LANGUAGES
from matchmaker.scoring.feature import FEATURES
from matchmaker.scoring.pair import Pair
from matchmaker.scoring.reasons import reason_text
from matchmaker.values import Evidence, PlacementKind, ScoredPairs, Side, SideScores

Say = Callable[[str, float, float], dict[str, str]]


def explain(
    scored: ScoredPairs,
    position: int,
    pair: Pair,
    evidence: tuple[Evidence, ...],
    *,
    rank: int,
    placed: PlacementKind | None,
    is_discovery: bool,
    rule: str,
    bands: BandThresholds,
) -> dict[str, Any]:
    """Explain the pair at `position` of `scored`.

    Returns the keys of `contract.md`'s Result, without the stored entry's id. A sentence is
    a mapping from language to words. `sides` lists every feature that had its inputs, the
    largest contribution first, each with the `signal` that its weight multiplied: a later
    scorer learns from what was really shown. `against` names the negative ones again. `placed`,
    what an officer decided about the pair, moves the `rank` and no number of the score; so does
    `discovery`, that the lot fell on it.
    """

    def sentences(feature: str, value: float, signal: float) -> dict[str, str]:
        return {
            language: reason_text(feature, pair, value, signal, language) for language in LANGUAGES
        }

    score = float(scored.reciprocal_score[position])
    probability = scored.match_probability
    sme = _explain_side(scored.sme, scored, position, sentences)
    startup = _explain_side(scored.startup, scored, position, sentences)
    against = _against("sme", sme) + _against("startup", startup)
    return {
        "rank": rank,
        "placed": placed,
        "discovery": is_discovery,
        "startup": {"id": str(pair.solution.party.id), "name": pair.solution.party.label},
        "solution": {"id": str(pair.solution.id), "title": pair.solution.title},
        "reciprocal_score": score,
        "rule": rule,
        "match_probability": None if probability is None else float(probability[position]),
        "band": _band(score, bands),
        "coverage": float(scored.coverage[position]),
        "confidence": float(scored.confidence[position]),
        "sides": {"sme": sme, "startup": startup},
        "evidence": [
            {
                "need_text_version": str(found.need_text_version),
                "need_span": list(found.need_span),
                "solution_text_version": str(found.solution_text_version),
                "solution_span": list(found.solution_span),
                "similarity": found.similarity,
            }
            for found in evidence
        ],
        "against": sorted(against, key=lambda found: found["contribution"]),
    }


def _explain_side(
    side: SideScores, scored: ScoredPairs, position: int, sentences: Say
) -> dict[str, Any]:
    found = []
    for column, name in enumerate(side.features):
        value = float(scored.values[name][position])
        if np.isnan(value):
            continue
        signal = float(scored.signals[name][position])
        found.append(
            {
                "feature": name,
                "value": value,
                "unit": FEATURES[name].unit,
                "contribution": float(side.contributions[position, column]),
                "signal": signal,
                "text": sentences(name, value, signal),
            }
        )
    return {
        "preference": float(side.preference[position]),
        "intercept": side.intercept,
        "contributions": sorted(found, key=lambda reason: -abs(reason["contribution"])),
    }


def _against(side: Side, explained: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "side": side,
            "feature": reason["feature"],
            "contribution": reason["contribution"],
            "text": reason["text"],
        }
        for reason in explained["contributions"]
        if reason["contribution"] < 0
    ]


def _band(score: float, bands: BandThresholds) -> str:
    if score >= bands.strong:
        return "strong"
    return "plausible" if score >= bands.plausible else "weak"
