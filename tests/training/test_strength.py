"""The prior holds as strongly as it predicts needs that were not learned from."""

import numpy as np
import pytest

from matchmaker.scoring import logistic
from matchmaker.training import Examples, Prior, choose_strength, fit, held_out
from matchmaker.training.strength import FEWEST_NEEDS, FOLDS, STRENGTHS, need_folds
from tests.training.answers import examples, prior, relabeled


def world(expert: np.ndarray, count: int, seed: int) -> tuple[Examples, Prior]:
    """Answers by weights of one, and an expert who said these weights."""
    generator = np.random.default_rng(seed)
    signals = generator.normal(size=(count, len(expert)))
    label = (generator.random(count) < logistic(signals.sum(axis=1))).astype(float)
    rows = np.arange(count)
    answers = Examples(signals, label, np.ones(count), rows // 10, rows // 10 % 6)
    return answers, Prior(0.0, 0.5, expert, np.full(len(expert), 0.3))


def test_an_expert_who_is_right_is_held_and_one_who_is_wrong_is_let_go() -> None:
    right = [choose_strength(*world(np.ones(6), 300, seed)) for seed in range(8)]
    wrong_signs = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    wrong = [choose_strength(*world(wrong_signs, 300, seed)) for seed in range(8)]

    assert np.mean(right) > 1.2
    assert np.mean(wrong) < 0.8
    assert min(right) > max(wrong)


@pytest.mark.parametrize("needs", range(FEWEST_NEEDS))
def test_with_few_needs_the_experts_sureness_stands(needs: int) -> None:
    answers, held = world(-np.ones(6), needs * 10, seed=1)

    assert choose_strength(answers, held) == 1.0


def test_answers_that_say_nothing_leave_the_strength_alone() -> None:
    silent = examples(60)
    silent = Examples(np.zeros((60, 4)), silent.label, silent.weight, silent.need, silent.source)

    assert choose_strength(silent, prior()) == 1.0


@pytest.mark.parametrize("poison", ["noes", "yeses", "flipped", "halves"])
def test_poisoned_labels_choose_some_strength(poison: str) -> None:
    answers = examples(200)
    label = {
        "noes": np.zeros(200),
        "yeses": np.ones(200),
        "flipped": 1 - answers.label,
        "halves": np.full(200, 0.5),
    }[poison]

    assert choose_strength(relabeled(answers, label), prior()) in STRENGTHS


def test_a_need_is_never_predicted_by_its_own_answers() -> None:
    answers, held = examples(120), prior()
    flipped = np.where(answers.need == 3, 1 - answers.label, answers.label)
    before = held_out(answers, held, 1.0)
    after = held_out(relabeled(answers, flipped), held, 1.0)
    same_fold = need_folds(answers.need) == 3

    assert np.array_equal(before[same_fold], after[same_fold])
    assert not np.allclose(before[~same_fold], after[~same_fold])
    alone = fit(answers.take(~same_fold), held).log_odds(answers.signals[same_fold])
    assert np.array_equal(before[same_fold], alone)


def test_folds_are_whole_needs_of_nearly_equal_number() -> None:
    need = np.random.default_rng(1).choice(np.arange(7, 700, 7), size=900)
    fold = need_folds(need)

    assert all(len(set(fold[need == one])) == 1 for one in set(need))
    sizes = [len(set(need[fold == one])) for one in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    answers, held = examples(150, seed=seed), prior(seed=seed)
    shuffled = answers.take(np.random.default_rng(seed).permutation(150))

    assert choose_strength(shuffled, held) == choose_strength(answers, held)
