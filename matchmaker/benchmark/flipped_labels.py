"""Whether labels that were turned around on purpose can bring a worse scorer into service."""

from dataclasses import replace
from typing import Any

import numpy as np

from matchmaker.benchmark.learning import (
    FRESH_NEEDS,
    KINDS,
    Progress,
    make_prior,
    ndcg_at_10,
    shown_examples,
)
from matchmaker.config import GateSettings
from matchmaker.scoring import logistic
from matchmaker.simulation import Needs, World
from matchmaker.training import (
    Examples,
    Performance,
    Posterior,
    choose_strength,
    decide,
    fit_guarded,
    graded_ndcg_by_need,
)
from matchmaker.values import FloatArray

ANSWERS, FLIPPED_SHARE = 600, 0.2
# Nothing that ranks so much worse on clean labels may ever serve.
TOLERATED = 0.01


def measure_flipped_labels(
    gate: GateSettings, seed: int, progress: Progress, *, worlds: int = 20, first: int = 0
) -> dict[str, Any]:
    """Turn a fifth of the answers around, all on one side of what pairs are like, and train.

    Of each world: whether the challenger was promoted, and how much better or worse than the
    expert's it ranks fresh needs by the truth; `worse` counts promoted ones that rank more
    than 0.01 nDCG@10 worse. `honest` is the same without any turned label.
    """
    kinds: dict[str, Any] = {}
    for kind, cosine in KINDS.items():
        for name, share in (("honest", 0.0), ("flipped", FLIPPED_SHARE)):
            found = [
                _train(World(number, expert_cosine=cosine), share, gate, seed)
                for number in range(first, first + worlds)
            ]
            gains = [gain for promoted, gain in found if promoted]
            kinds[f"{kind}_{name}"] = {
                "promoted": len(gains),
                "worse": sum(gain < -TOLERATED for gain in gains),
                "least_gain": round(min(gains), 4) if gains else None,
            }
            progress(1)
    return {"worlds": worlds, "answers": ANSWERS, "kinds": kinds}


def _train(world: World, share: float, gate: GateSettings, seed: int) -> tuple[bool, float]:
    """Whether the challenger was promoted, and its true gain in nDCG@10 on fresh needs."""
    examples, _ = shown_examples(world, ANSWERS, seed=21)
    examples = _turned(world, examples, share)
    prior = make_prior(world)
    # As the product does: the newest third of the needs chooses and is not learned from.
    is_new = examples.need >= np.quantile(examples.need, 2 / 3)
    older, newer = examples.take(~is_new), examples.take(is_new)
    challenger, _ = fit_guarded(older, prior, choose_strength(older, prior))
    champion = replace(
        challenger, intercept=world.expert_intercept, weights=np.array(world.expert_weights)
    )
    fresh = world.draw_needs(FRESH_NEEDS, seed=2)
    verdict = decide(
        _perform(champion, newer, fresh),
        _perform(challenger, newer, fresh),
        newer.label,
        gate,
        seed,
    )
    gain = _truly(challenger, fresh) - _truly(champion, fresh)
    return verdict.promoted, gain


def _turned(world: World, examples: Examples, share: float) -> Examples:
    """Turn the answers of the pairs that lie furthest in one direction of the signals."""
    if share == 0.0:
        return examples
    direction = np.random.default_rng([world.seed, 31]).normal(size=examples.signals.shape[1])
    along = examples.signals @ direction
    turned = along > np.quantile(along, 1.0 - share)
    return replace(examples, label=np.where(turned, 1.0 - examples.label, examples.label))


def _perform(scorer: Posterior, newer: Examples, fresh: Needs) -> Performance:
    log_odds = scorer.log_odds(newer.signals)
    shown = np.argsort(-_score(scorer, fresh), axis=1)[:, :10]
    return Performance(
        ndcg=graded_ndcg_by_need(newer.need, newer.label, log_odds),
        probability=logistic(log_odds),
        # Candidates of these worlds are nobody in particular; each place stands for a startup.
        exposure=np.bincount(shown.ravel(), minlength=fresh.signals.shape[1]).astype(float),
    )


def _score(scorer: Posterior, fresh: Needs) -> FloatArray:
    return np.asarray(scorer.intercept + fresh.signals @ scorer.weights)


def _truly(scorer: Posterior, fresh: Needs) -> float:
    return ndcg_at_10(_score(scorer, fresh), fresh.probability)
