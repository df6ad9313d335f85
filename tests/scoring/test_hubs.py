"""A profile near to everything is near to nothing in particular."""

import numpy as np
import pytest

from matchmaker.scoring import hubness
from matchmaker.scoring.hubs import NEAREST, STAND_INS
from matchmaker.values import FloatArray


def units(count: int, seed: int = 1) -> FloatArray:
    drawn = np.random.default_rng(seed).standard_normal((count, 24))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def test_it_is_half_the_mean_cosine_with_the_nearest_texts_of_others_by_brute_force() -> None:
    vectors, owners = units(40), [row // 2 for row in range(40)]
    found = hubness(vectors, owners, seed=1)

    by_hand = []
    for row in range(40):
        cosines = sorted(vectors[row] @ vectors[o] for o in range(40) if owners[o] != owners[row])
        by_hand.append(np.mean(cosines[-NEAREST:]) / 2)
    assert found == pytest.approx(np.array(by_hand) - np.mean(by_hand))
    assert found.mean() == pytest.approx(0)


def test_the_middle_of_everything_is_the_greatest_hub() -> None:
    texts = units(60) + 0.3
    texts[7] = texts.mean(axis=0)
    vectors = texts / np.linalg.norm(texts, axis=1, keepdims=True)

    assert hubness(vectors, range(60), seed=1).argmax() == 7


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_texts_have_no_hubs(count: int) -> None:
    assert hubness(units(count), range(count), seed=1) == pytest.approx(np.zeros(count))


def test_texts_of_one_owner_are_not_near_to_each_other() -> None:
    vectors = np.repeat(units(1), 5, axis=0)

    assert hubness(vectors, ["same"] * 5, seed=1).tolist() == [0] * 5


def test_many_texts_are_judged_by_a_part_of_them_that_the_seed_draws() -> None:
    vectors = units(STAND_INS + 500)
    found = hubness(vectors, range(len(vectors)), seed=1)

    assert np.array_equal(found, hubness(vectors, range(len(vectors)), seed=1))
    exact = np.sort(vectors @ vectors.T, axis=1)[:, -NEAREST - 1 : -1].mean(axis=1) / 2
    assert np.corrcoef(found, exact)[0, 1] > 0.7
