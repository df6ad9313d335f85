"""A small share of what `matchmaker measure` finds about learning, with looser bounds."""

import json
from typing import Any

import numpy as np
import pytest

from matchmaker.benchmark.learning import measure_learning, ndcg_at_10, time_learning


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """Worlds that are neither judged by nor tuned on: those of another number."""
    return measure_learning(1, lambda steps: None, worlds=3, offices=2, labels=(30, 100), first=500)


def curve(measured: dict[str, Any], kind: str, count: int) -> dict[str, float]:
    figures = measured["kinds"][kind][f"after_{count}_labels"]
    return {name: figure["mean"] for name, figure in figures.items()}


def test_without_answers_the_expert_ranks(measured: dict[str, Any]) -> None:
    for kind in ("good", "poor"):
        nothing = curve(measured, kind, 0)
        assert nothing["map"] == nothing["expert"]


def test_few_answers_improve_a_good_expert_and_beat_starting_from_nothing(
    measured: dict[str, Any],
) -> None:
    thirty, hundred = curve(measured, "good", 30), curve(measured, "good", 100)

    assert thirty["map"] > thirty["expert"] - 0.01
    assert thirty["map"] > thirty["plain"] + 0.1
    assert hundred["map"] > hundred["expert"] + 0.01
    assert hundred["map"] > hundred["plain"]


def test_a_poor_expert_does_not_hold_the_answers_back(measured: dict[str, Any]) -> None:
    for count in (30, 100):
        figures = curve(measured, "poor", count)
        assert figures["map"] > figures["plain"] - 0.03
        assert figures["map"] > figures["expert"]


def test_probabilities_are_near_the_truth(measured: dict[str, Any]) -> None:
    for kind in ("good", "poor"):
        assert measured["kinds"][kind]["calibration_error"]["all_pairs_platt"]["mean"] < 0.08


def test_the_figures_can_be_written_down_and_repeat(measured: dict[str, Any]) -> None:
    once, again = (
        measure_learning(1, lambda steps: None, worlds=1, offices=1, labels=(30,), first=500)
        for _ in range(2)
    )

    assert json.loads(json.dumps(measured)) == measured
    assert again["kinds"] == once["kinds"]


def test_learning_takes_seconds() -> None:
    assert time_learning(1) < 5 * 3  # the machine of a test is busy with other tests


def test_a_ranking_is_measured_by_hand() -> None:
    gains = np.zeros((1, 12))
    gains[0, :2] = 0.5, 1.0
    scores = -np.arange(12.0)[None]

    best = 1.0 + 0.5 / np.log2(3)
    assert ndcg_at_10(scores, gains) == pytest.approx((0.5 + 1.0 / np.log2(3)) / best)
    assert ndcg_at_10(gains, gains) == pytest.approx(1.0)
