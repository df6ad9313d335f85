"""How good a ranking is, and how sure the number is: pure functions on ids and arrays."""

from matchmaker.evaluation.intervals import bootstrap_interval
from matchmaker.evaluation.ranking import (
    ndcg_at_k,
    rank_summary,
    recall_at_k,
    reciprocal_rank,
)

__all__ = [
    "bootstrap_interval",
    "ndcg_at_k",
    "rank_summary",
    "recall_at_k",
    "reciprocal_rank",
]
