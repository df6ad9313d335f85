"""A challenger serves only after it has won by every rule, and nothing broken ever does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.config import load_settings
from matchmaker.training import VERDICTS, Performance, decide, verdict_text
from matchmaker.values import FloatArray

GATE = load_settings().training.gate
NEEDS = 20
LABEL = np.tile([1.0, 0.0, 0.0, 1.0, 0.0], 40)
# What a scorer says that is nearly sure and right, and one that is less sure.
SURE = np.where(LABEL == 1, 0.9, 0.1)
UNSURE = np.where(LABEL == 1, 0.7, 0.3)
EVEN = np.array([3.0, 3, 3, 3, 2, 2, 2, 2, 0, 0])

CHAMPION = Performance(np.linspace(0.4, 0.8, NEEDS), UNSURE, EVEN)
BETTER = Performance(CHAMPION.ndcg + 0.05, SURE, EVEN)


def reason(challenger: Performance, label: FloatArray = LABEL) -> str:
    verdict = decide(CHAMPION, challenger, label, GATE, seed=1)
    assert verdict.promoted is (verdict.reason == "won")
    return verdict.reason


def test_a_challenger_that_wins_by_every_rule_serves() -> None:
    verdict = decide(CHAMPION, BETTER, LABEL, GATE, seed=1)

    assert verdict.promoted
    assert verdict.figures["certainty"] == 1.0
    assert verdict.figures["ndcg_challenger"] == pytest.approx(0.65)
    assert verdict.figures["log_loss_challenger"] == pytest.approx(-np.log(0.9))
    assert verdict.figures["ece_champion"] == pytest.approx(0.3)
    assert verdict.figures["shown_share_challenger"] == pytest.approx(0.8)


def test_ranking_alike_is_no_worse_but_foreseeing_alike_is_no_better() -> None:
    assert reason(replace(BETTER, ndcg=CHAMPION.ndcg)) == "won"
    assert reason(CHAMPION) == "log_loss_not_lower"


def test_eleven_needs_are_too_few_and_twelve_are_enough() -> None:
    for count, expected in ((11, "too_few_needs"), (12, "won")):
        old = replace(CHAMPION, ndcg=CHAMPION.ndcg[:count])
        new = replace(BETTER, ndcg=BETTER.ndcg[:count])
        assert decide(old, new, LABEL, GATE, seed=1).reason == expected


def test_a_ranking_that_may_be_worse_stays_in_the_shadow() -> None:
    """Half of the needs gain as much as the others lose: the chance of no loss is one half."""
    swing = np.where(np.arange(NEEDS) % 2, 0.1, -0.1)
    verdict = decide(CHAMPION, replace(BETTER, ndcg=CHAMPION.ndcg + swing), LABEL, GATE, seed=1)

    assert verdict.reason == "ranking_unsure"
    assert verdict.figures["certainty"] == pytest.approx(0.5, abs=0.02)


def test_the_certainty_is_the_share_of_weightings_in_which_it_is_no_worse() -> None:
    """Two kinds of needs, 9 that gain g and 3 that lose 2 g: no worse where the first have at
    least two thirds of the weight, which Dirichlet weights give as Beta(9, 3) above 2/3."""
    from scipy.stats import beta

    gain = np.where(np.arange(12) < 9, 0.05, -0.1)
    old = replace(CHAMPION, ndcg=np.full(12, 0.5))
    verdict = decide(old, replace(BETTER, ndcg=0.5 + gain), LABEL, GATE, seed=1)

    assert verdict.figures["certainty"] == pytest.approx(beta.sf(2 / 3, 9, 3), abs=0.01)


def test_each_guard_alone_keeps_the_challenger_out() -> None:
    # Right in order, but far too sure the wrong way around for a fifth of the pairs.
    wrong = np.where(np.arange(len(LABEL)) % 5 == 0, 0.001, SURE)
    assert reason(replace(BETTER, probability=wrong)) == "log_loss_not_lower"

    # A champion that always says the base rate is calibrated perfectly and foresees little.
    base = replace(CHAMPION, probability=np.full(len(LABEL), LABEL.mean()))
    timid = replace(BETTER, probability=np.where(LABEL == 1, 0.6, 0.35))
    assert decide(base, timid, LABEL, GATE, seed=1).reason == "calibration_worse"

    # As many startups as before, but one has most of it; then hardly less even, but one fewer.
    hoarded = np.array([20.0, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    assert reason(replace(BETTER, exposure=hoarded)) == "exposure_narrower"
    fewer = np.array([3.0, 3, 3, 3, 3, 3, 2, 0, 0, 0])
    assert reason(replace(BETTER, exposure=fewer)) == "exposure_narrower"


def test_labels_of_one_kind_promote_nobody() -> None:
    for label in (np.zeros(len(LABEL)), np.ones(len(LABEL)), np.full(len(LABEL), 0.5)):
        sure = replace(BETTER, probability=np.clip(label, 0.001, 0.999))
        assert reason(sure, label) == "one_outcome"


def test_flipped_labels_do_not_let_the_right_challenger_serve() -> None:
    assert reason(BETTER, 1 - LABEL) == "log_loss_not_lower"


NAN = np.nan


@pytest.mark.parametrize(
    "broken",
    [
        replace(BETTER, ndcg=np.where(np.arange(NEEDS) == 3, NAN, BETTER.ndcg)),
        replace(BETTER, ndcg=BETTER.ndcg + 1),
        replace(BETTER, ndcg=BETTER.ndcg[:15]),
        replace(BETTER, ndcg=BETTER.ndcg.reshape(4, 5)),
        replace(BETTER, probability=SURE * 2),
        replace(BETTER, probability=np.full(len(LABEL), NAN)),
        replace(BETTER, probability=SURE[:-1]),
        replace(BETTER, exposure=np.zeros(10)),
        replace(BETTER, exposure=EVEN[:-1]),
        replace(BETTER, exposure=np.array([])),
        replace(BETTER, exposure=-EVEN),
    ],
)
def test_broken_figures_promote_nobody(broken: Performance) -> None:
    assert reason(broken) == "unusable"
    # Broken figures of the champion are no licence either.
    assert not decide(broken, BETTER, LABEL, GATE, seed=1).promoted


def test_labels_that_are_missing_or_no_numbers_promote_nobody() -> None:
    for label in (np.array([]), np.full(len(LABEL), NAN), LABEL * 2, LABEL[:-1]):
        assert reason(BETTER, label) == "unusable"
    nothing = Performance(np.array([]), np.array([]), np.array([]))
    assert decide(nothing, nothing, np.array([]), GATE, seed=1).reason == "too_few_needs"
    assert decide(nothing, BETTER, LABEL, GATE, seed=1).reason == "unusable"


numbers = st.lists(st.sampled_from([0.0, 0.2, 0.9, 1.0, -1.0, NAN, np.inf]), max_size=16).map(
    np.array
)
performances = st.builds(Performance, numbers, numbers, numbers)


@given(performances, performances, numbers)
def test_whatever_comes_in_a_verdict_comes_out(
    champion: Performance, challenger: Performance, label: FloatArray
) -> None:
    verdict = decide(champion, challenger, label, GATE, seed=1)

    assert verdict == decide(champion, challenger, label, GATE, seed=1)
    for language in ("de", "en"):
        assert "{" not in verdict_text(verdict, language)
    used = [*challenger.ndcg, *challenger.probability, *challenger.exposure, *label]
    if not np.isfinite(used).all():
        assert not verdict.promoted


def test_chance_alone_promotes_about_as_often_as_the_certainty_allows() -> None:
    """Equally good scorers, 400 comparisons: ranking says yes in about one of ten."""
    generator = np.random.default_rng(3)
    promoted = []
    for seed in range(400):
        old, new = generator.uniform(0.2, 1.0, size=(2, 30))
        verdict = decide(replace(CHAMPION, ndcg=old), replace(BETTER, ndcg=new), LABEL, GATE, seed)
        promoted.append(verdict.promoted)

    assert np.mean(promoted) == pytest.approx(0.1, abs=0.04)


def test_the_office_reads_why() -> None:
    few = decide(
        replace(CHAMPION, ndcg=np.ones(3)), replace(BETTER, ndcg=np.ones(3)), LABEL, GATE, 1
    )

    assert verdict_text(few, "de") == (
        "Die alten Gewichte bleiben: 3 Bedarfe sind beurteilt, nötig sind 12."
    )
    won = verdict_text(decide(CHAMPION, BETTER, LABEL, GATE, seed=1), "en")
    assert "On 20 judged needs" in won
    assert "with 99 % certainty" in won
    assert set(VERDICTS) >= {few.reason, "won"}
