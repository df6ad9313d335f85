"""What the scorer learns from few answers, in invented worlds whose truth is known.

Every figure is a mean over worlds with its 95 % bootstrap interval. An office shows each need its
best eight pairs by the expert's weights and two others, and only of these it hears.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matchmaker.evaluation import bootstrap_interval, expected_calibration_error
from matchmaker.scoring import logistic
from matchmaker.simulation import Needs, World, show
from matchmaker.training import (
    STRENGTHS,
    Examples,
    Prior,
    choose_strength,
    fit,
    fit_guarded,
    held_out,
    scale_by_platt,
)
from matchmaker.values import FloatArray

KINDS = {"good": 0.9, "poor": 0.6}
LABELS = (30, 100, 200, 300, 1000)
# As in config.yaml, a weight's deviation is about half of a usual weight.
INTERCEPT_SD, WEIGHT_SD = 0.5, 0.25
# 1 / propensity is 26 for a pair that was shown at random; above this it is cut.
LARGEST_WEIGHT = 5.0
SOURCES = 6
FRESH_NEEDS = 200

Progress = Callable[[int], None]


def measure_learning(
    seed: int,
    progress: Progress,
    *,
    worlds: int = 20,
    offices: int = 4,
    labels: tuple[int, ...] = LABELS,
    first: int = 0,
) -> dict[str, Any]:
    """Learn in so many worlds of each kind, from the `first` on, and say how far it goes.

    `expert_cosine` tells how near the expert's weights are to the truth. The figures of
    `ndcg@10` have the true probabilities of fresh needs as gains, and are those of several
    offices in each world, for fewer and more of their answers: `plain` is scikit-learn's
    logistic regression as it comes (C=1), `map` the product's fit, `by_propensity` the same
    with every answer weighed by one over the probability that it was shown, and
    `strength_x` the fit of one strength in all worlds: the best of them is what no choice of
    the strength can reach but in hindsight.
    """
    kinds = {}
    for kind, cosine in KINDS.items():
        figures: dict[str, list[dict[str, float]]] = defaultdict(list)
        for number in range(first, first + worlds):
            world = World(number, expert_cosine=cosine)
            fresh = world.draw_needs(FRESH_NEEDS, seed=2)
            answers = [
                shown_examples(world, max(labels), seed=10 + office) for office in range(offices)
            ]
            for count in (0, *labels):
                found = [_learned(world, fresh, *one, count) for one in answers]
                figures[f"after_{count}_labels"].append(_means(found))
            figures["calibration_error"].append(_calibrated(world, fresh))
            figures["six_sources"].append(_guarded(world, fresh))
            progress(1)
        summaries = {name: _summary(found, seed) for name, found in figures.items()}
        kinds[kind] = {"expert_cosine": cosine, **summaries}
    return {"worlds": worlds, "kinds": kinds, "seconds_3000_x_20": time_learning(seed)}


def time_learning(seed: int) -> float:
    """Seconds to learn from 3,000 answers of eight sources with 20 features, all steps."""
    generator = np.random.default_rng(seed)
    weights, signals = generator.normal(0, 0.4, 20), generator.normal(size=(3_000, 20))
    label = generator.random(3_000) < logistic(signals @ weights - 2.0)
    rows = np.arange(3_000)
    examples = Examples(signals, label.astype(float), np.ones(3_000), rows // 10, rows // 10 % 8)
    prior = Prior(-2.0, INTERCEPT_SD, weights + generator.normal(0, 0.2, 20), np.full(20, 0.2))
    started = time.perf_counter()
    strength = choose_strength(examples, prior)
    fit_guarded(examples, prior, strength)
    scale_by_platt(held_out(examples, prior, strength), examples.label, examples.weight)
    return round(time.perf_counter() - started, 2)


def ndcg_at_10(scores: FloatArray, gains: FloatArray) -> float:
    """Mean nDCG@10 over needs; both of shape (n_needs, n_candidates), at least 10 of these.

    Each gain is divided by ``log2(rank + 1)``, the sum by that of the best order.
    """
    discounts = 1.0 / np.log2(np.arange(2, 12))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    reached = np.take_along_axis(gains, order, axis=1) @ discounts
    return float(np.mean(reached / (-np.sort(-gains, axis=1)[:, :10] @ discounts)))


def _learned(
    world: World, fresh: Needs, shown: Examples, propensity: FloatArray, count: int
) -> dict[str, float]:
    """nDCG@10 of fresh needs after the first so many answers, by each way of learning."""
    prior, examples = make_prior(world), shown.take(np.arange(count))

    def ranked(weights: FloatArray) -> float:
        return ndcg_at_10(fresh.signals @ weights, fresh.probability)

    found = {"expert": ranked(world.expert_weights), "map": ranked(_map(examples, prior))}
    found["map_over_expert"] = found["map"] - found["expert"]
    if not count:
        return found
    found["plain"] = ranked(_plain(world, examples))
    weight = np.minimum(1.0 / propensity[:count], LARGEST_WEIGHT)
    weighed = replace(examples, weight=weight / weight.mean())
    found["by_propensity"] = ranked(_map(weighed, prior))
    found["map_over_plain"] = found["map"] - found["plain"]
    found["by_propensity_over_map"] = found["by_propensity"] - found["map"]
    for strength in STRENGTHS:
        found[f"strength_{strength:.2f}"] = ranked(fit(examples, prior, strength).weights)
    return found


def _calibrated(world: World, fresh: Needs) -> dict[str, float]:
    """The distance of probabilities from the truth, learned from 200 answers, scaled by 100.

    Over all pairs of fresh needs, and over those that would be shown.
    """
    learned, _ = shown_examples(world, 200, seed=1)
    later, _ = shown_examples(world, 100, seed=3)
    prior = make_prior(world)
    scorer = fit(learned, prior, choose_strength(learned, prior))
    scaling = scale_by_platt(scorer.log_odds(later.signals), later.label, later.weight)
    slope, intercept = scaling or (1.0, 0.0)
    log_odds = scorer.log_odds(fresh.signals)
    best = np.argsort(-log_odds, axis=1)[:, :10]
    found = {}
    for name, said, true in (
        ("all_pairs", log_odds, fresh.probability),
        (
            "shown_pairs",
            np.take_along_axis(log_odds, best, axis=1),
            np.take_along_axis(fresh.probability, best, axis=1),
        ),
    ):
        said, true = said.ravel(), true.ravel()
        found[name] = expected_calibration_error(logistic(said), true)
        found[f"{name}_platt"] = expected_calibration_error(
            logistic(slope * said + intercept), true
        )
    return found


def _guarded(world: World, fresh: Needs) -> dict[str, float]:
    """nDCG@10 after 300 answers of six sources, all honest or one saying the opposite."""
    examples, _ = shown_examples(world, 300, seed=1)
    prior = make_prior(world)
    opposite = np.where(examples.source == 0, 1.0 - examples.label, examples.label)
    found = {}
    for name, label in (("honest", examples.label), ("one_says_the_opposite", opposite)):
        said = replace(examples, label=label)
        strength = choose_strength(said, prior)
        guarded, _ = fit_guarded(said, prior, strength)
        for way, posterior in (("", fit(said, prior, strength)), ("_guarded", guarded)):
            found[name + way] = ndcg_at_10(posterior.log_odds(fresh.signals), fresh.probability)
    return found


def shown_examples(world: World, count: int, seed: int) -> tuple[Examples, FloatArray]:
    """So many answers to what the expert's weights showed, and the propensity of each."""
    needs = world.draw_needs(count // 10, seed)
    shown = show(needs, needs.signals @ world.expert_weights, seed)
    label = shown.answer.astype(float)
    examples = Examples(shown.signals, label, np.ones(count), shown.need, shown.need % SOURCES)
    return examples, shown.propensity


def make_prior(world: World) -> Prior:
    """What the world's expert holds, and how surely."""
    sds = np.full(len(world.expert_weights), WEIGHT_SD)
    return Prior(world.expert_intercept, INTERCEPT_SD, world.expert_weights, sds)


def _map(examples: Examples, prior: Prior) -> FloatArray:
    return fit(examples, prior, choose_strength(examples, prior)).weights


def _plain(world: World, examples: Examples) -> FloatArray:
    """Without both answers it cannot be fitted; then the expert's weights stand in."""
    if len(np.unique(examples.label)) < 2:
        return world.expert_weights
    return np.asarray(LogisticRegression().fit(examples.signals, examples.label).coef_[0])


def _means(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([one[name] for one in found])) for name in found[0]}


def _summary(found: list[dict[str, float]], seed: int) -> dict[str, Any]:
    """Mean and interval over worlds of every figure."""
    return {
        name: {
            "mean": round(float(np.mean(values)), 4),
            "interval": [round(end, 4) for end in bootstrap_interval(values, seed)],
        }
        for name in found[0]
        for values in [[one[name] for one in found]]
    }
