"""What unrelated texts look like."""

import numpy as np
import pytest

from matchmaker.scoring import measure_background, random_pairs
from matchmaker.scoring.background import (
    GUESS,
    GUESSED_FLOOR,
    GUESSED_PAIRS,
    Background,
)
from matchmaker.values import FloatArray, SolutionProfile
from tests.regions import a_party, a_solution

QUANTILE = 0.99


def background(values: list[float], languages: list[tuple[str | None, str | None]]) -> Background:
    measures = {name: np.array(values) for name in GUESS}
    cosines: list[FloatArray] = [np.array([[value]]) for value in values]
    return measure_background(languages, measures, cosines, QUANTILE)


def test_without_any_pair_the_guess_holds() -> None:
    mean, sd = background([], []).level("cosine", [("de", "en"), (None, None)])

    assert mean.tolist() == pytest.approx([GUESS["cosine"].mean] * 2)
    assert sd.tolist() == pytest.approx([GUESS["cosine"].sd] * 2)
    assert background([], []).floor(("de", "de")) == GUESSED_FLOOR


def test_the_guess_fades_as_pairs_come_in() -> None:
    values = np.random.default_rng(9).normal(0.5, 0.05, 2000)
    found = background(values.tolist(), [("de", "de")] * 2000)

    mean, sd = found.level("cosine", [("de", "de")])
    weight = GUESSED_PAIRS / (2000 + GUESSED_PAIRS)
    assert mean[0] == pytest.approx((1 - weight) * values.mean() + weight * 0.2)
    assert sd[0] == pytest.approx(0.05, abs=0.01)
    assert found.floor(("de", "de")) == pytest.approx(np.quantile(values, QUANTILE), abs=1e-3)


def test_each_two_languages_have_their_own_level_and_unseen_ones_that_of_all() -> None:
    found = background([0.6] * 200 + [0.1] * 200, [("de", "de")] * 200 + [("de", "en")] * 200)

    mean, _ = found.level("cosine", [("de", "de"), ("de", "en"), ("fr", "en")])
    assert mean[0] > 0.5
    assert mean[1] < 0.15
    assert mean[2] == pytest.approx((200 * 0.6 + 200 * 0.1 + 20 * 0.2) / 420)


def test_a_measure_without_spread_still_has_a_standard_deviation() -> None:
    _, sd = background([0.2] * 500, [("de", "de")] * 500).level("overlap", [("de", "de")])

    assert sd[0] > 0


def solutions(count: int, language: str | None) -> list[SolutionProfile]:
    return [a_solution(f"Text {row}", language) for row in range(count)]


def test_pairs_are_drawn_equally_for_any_two_languages_and_never_within_a_party() -> None:
    party = a_party()
    own = [a_solution("Noch eine Lösung", "de", party=party) for _ in range(5)]
    offered = [*solutions(300, "de"), *solutions(100, "en"), *own]
    pairs = random_pairs(offered, range(len(offered)), seed=1)

    languages = [(offered[a].text.language, offered[b].text.language) for a, b in pairs]
    combinations = [("de", "de"), ("de", "en"), ("en", "de"), ("en", "en")]
    counts = [languages.count(combination) for combination in combinations]
    assert sum(counts) == len(pairs)
    assert 100 < max(counts) < 1.3 * min(counts)
    assert all(offered[a].party.id != offered[b].party.id for a, b in pairs)
    assert len(set(pairs)) == len(pairs)


def test_the_same_seed_draws_the_same_pairs() -> None:
    offered = solutions(50, "de")

    assert random_pairs(offered, range(50), 3) == random_pairs(offered, range(50), 3)
    assert random_pairs(offered, range(50), 3) != random_pairs(offered, range(50), 4)


def test_pairs_are_drawn_among_the_named_rows_only() -> None:
    drawn = {row for pair in random_pairs(solutions(30, None), range(5, 15), 1) for row in pair}

    assert drawn <= set(range(5, 15))


@pytest.mark.parametrize("count", [0, 1])
def test_one_solution_has_nothing_to_be_compared_with(count: int) -> None:
    assert random_pairs(solutions(count, "de"), range(count), 1) == []
