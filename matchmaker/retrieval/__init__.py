"""Candidate generation: who may be proposed at all, then whose text is nearest.

Eligibility comes first, so that a rule never leaves a list too short. Then exact dense
search and two BM25 indexes rank what is left, and their scores are fused.
"""

from matchmaker.retrieval.eligibility import HIDDEN, RULES, excluding_rules
from matchmaker.retrieval.fusion import standardize_per_language
from matchmaker.retrieval.index import ProfileIndex
from matchmaker.retrieval.lexical import LexicalIndex, need_terms, solution_terms

__all__ = [
    "HIDDEN",
    "RULES",
    "LexicalIndex",
    "ProfileIndex",
    "excluding_rules",
    "need_terms",
    "solution_terms",
    "standardize_per_language",
]
