"""What outcomes teach the scorer."""

from matchmaker.training.behavior import (
    Behavior,
    BehaviorPriors,
    Decisions,
    SharePrior,
    fit_priors,
    fit_share_prior,
    measure_behavior,
)

__all__ = [
    "Behavior",
    "BehaviorPriors",
    "Decisions",
    "SharePrior",
    "fit_priors",
    "fit_share_prior",
    "measure_behavior",
]
