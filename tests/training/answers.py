"""Invented answers for the tests of this room; only arrays, no world."""

import numpy as np

from matchmaker.training import Examples, Prior


def prior(features: int = 4, seed: int = 0) -> Prior:
    generator = np.random.default_rng([seed, 7])
    return Prior(
        intercept=-1.5,
        intercept_sd=0.5,
        weights=generator.uniform(0.1, 0.5, features),
        weight_sds=generator.uniform(0.1, 0.3, features),
    )


def examples(count: int, features: int = 4, seed: int = 0, sources: int = 6) -> Examples:
    """Answers by weights of their own, ten to a need."""
    generator = np.random.default_rng([seed, 8])
    signals = generator.normal(size=(count, features))
    log_odds = signals @ generator.normal(0, 0.8, features) - 0.5
    return Examples(
        signals=signals,
        label=(generator.random(count) < 1 / (1 + np.exp(-log_odds))).astype(float),
        weight=generator.uniform(0.5, 2.0, count),
        need=np.arange(count) // 10,
        source=generator.integers(sources, size=count),
    )


def relabeled(answers: Examples, label: np.ndarray) -> Examples:
    return Examples(answers.signals, label, answers.weight, answers.need, answers.source)
