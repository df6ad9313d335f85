"""How good rankings and probabilities are, and how sure the number is: pure functions."""

from matchmaker.evaluation.intervals import bootstrap_interval
from matchmaker.evaluation.probabilities import (
    brier_loss,
    expected_calibration_error,
    log_loss,
    roc_auc,
)
from matchmaker.evaluation.ranking import (
    ndcg_at_k,
    rank_summary,
    recall_at_k,
    reciprocal_rank,
)

__all__ = [
    "bootstrap_interval",
    "brier_loss",
    "expected_calibration_error",
    "log_loss",
    "ndcg_at_k",
    "rank_summary",
    "recall_at_k",
    "reciprocal_rank",
    "roc_auc",
]
