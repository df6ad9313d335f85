"""What the demo region taught its scorer, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from matchmaker.messages import number, say

if TYPE_CHECKING:
    from matchmaker.demo import Demo
    from matchmaker.scoring import SideParameters

MOST_WEIGHTS, MOST_MOVES = 4, 5


def render_learning(shown: "Demo", language: str) -> str:
    """What it learned from, whether it serves, which weights moved, and what that did."""
    from matchmaker.training import report_text

    lines = [
        say("Learned from {count} simulated outcomes:", language, count=shown.outcomes),
        report_text(shown.report, language),
    ]
    if shown.report.promoted:
        lines += ["", say("The weights that moved most:", language), *_weights(shown, language)]
        lines += ["", say("What that changed in this list:", language), *_moves(shown, language)]
    return "\n".join(lines)


def _weights(shown: "Demo", language: str) -> list[str]:
    """The weights of both sides that moved most, measured by how sure the expert was."""
    found = []
    for title, expert, learned in (
        ("firms", shown.expert.sme, shown.champion.sme),
        ("startups", shown.expert.startup, shown.champion.startup),
    ):
        for name, shift in _shifts(expert, learned).items():
            found.append((abs(shift), title, name, expert.weights[name], learned.weights[name]))
    found.sort(key=lambda one: -one[0])
    return [
        "  "
        + say(
            "{feature} ({side}): {before} → {after}",
            language,
            feature=say(name, language),
            side=say(title, language),
            before=number(before, language),
            after=number(after, language),
        )
        for _, title, name, before, after in found[:MOST_WEIGHTS]
    ]


def _shifts(expert: "SideParameters", learned: "SideParameters") -> Mapping[str, float]:
    """By feature: how far the weight moved, in the expert's standard deviations."""
    sds = np.sqrt(np.diagonal(expert.covariance))[1:]
    return {
        name: (learned.weights[name] - weight) / sd
        for (name, weight), sd in zip(expert.weights.items(), sds, strict=True)
    }


def _moves(shown: "Demo", language: str) -> list[str]:
    """The first rows of the list, each with where it stood before."""
    before = {one["solution"]["id"]: one["rank"] for one in shown.before["results"]}
    return ["  " + _move(one, before, language) for one in shown.answer["results"][:MOST_MOVES]]


def _move(result: Mapping[str, Any], before: Mapping[str, int], language: str) -> str:
    old = before.get(result["solution"]["id"])
    name, rank = result["startup"]["name"], result["rank"]
    if old is None:
        return say("{rank}. {name}, not in the list before", language, rank=rank, name=name)
    if old == rank:
        return say("{rank}. {name}, as before", language, rank=rank, name=name)
    return say("{rank}. {name}, before at {old}", language, rank=rank, name=name, old=old)
