"""How good rankings and probabilities are, and how sure the number is: pure functions."""

from matchmaker.evaluation.exposure import gini, shown_share
from matchmaker.evaluation.intervals import bayesian_bootstrap, bootstrap_interval
from matchmaker.evaluation.off_policy import (
    Estimate,
    effective_sample_size,
    estimate_doubly_robust,
    estimate_ips,
    estimate_snips,
)
from matchmaker.evaluation.probabilities import (
    brier_loss,
    expected_calibration_error,
    log_loss,
    roc_auc,
)
from matchmaker.evaluation.ranking import (
    graded_ndcg_at_k,
    ndcg_at_k,
    rank_summary,
    recall_at_k,
    reciprocal_rank,
)

__all__ = [
    "Estimate",
    "bayesian_bootstrap",
    "bootstrap_interval",
    "brier_loss",
    "effective_sample_size",
    "estimate_doubly_robust",
    "estimate_ips",
    "estimate_snips",
    "expected_calibration_error",
    "gini",
    "graded_ndcg_at_k",
    "log_loss",
    "ndcg_at_k",
    "rank_summary",
    "recall_at_k",
    "reciprocal_rank",
    "roc_auc",
    "shown_share",
]
