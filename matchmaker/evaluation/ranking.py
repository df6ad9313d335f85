"""Ranking metrics for one query each, and their means over queries.

A ranking lists distinct ids, best first, so there are no ties: whoever ranks has broken
them. An empty ranking is an abstention and scores 0, like a miss.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from matchmaker.errors import InvalidInputError
from matchmaker.values import FloatArray


def recall_at_k(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Whether any relevant item stands among the first ``k``.

    Parameters
    ----------
    ranking : sequence of str
        Distinct ids, best first. Ties are broken by the order given.
    relevant : collection of str
        Ids that answer the query. All count the same: one found is enough.
    k : int
        At least 1; a shorter ranking is taken as it is.

    Returns
    -------
    float
        1.0 or 0.0, with no divisor: the number of relevant items does not matter. 0.0 for
        an empty ranking and for a query without a relevant item.
    """
    _require_depth(k)
    wanted = set(relevant)
    return float(any(item in wanted for item in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """One divided by the rank, from 1, of the first relevant item.

    Parameters
    ----------
    ranking : sequence of str
        Distinct ids, best first, read to its end. Ties are broken by the order given.
    relevant : collection of str
        Ids that answer the query. Only the first one found counts.

    Returns
    -------
    float
        0 to 1, with the rank as the only divisor. 0.0 where no relevant item is ranked,
        for an empty ranking and for a query without a relevant item.
    """
    wanted = set(relevant)
    return next((1.0 / rank for rank, item in enumerate(ranking, 1) if item in wanted), 0.0)


def ndcg_at_k(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Normalized discounted cumulative gain of the first ``k`` (Järvelin and Kekäläinen 2002).

    Parameters
    ----------
    ranking : sequence of str
        Distinct ids, best first. Ties are broken by the order given.
    relevant : collection of str
        Ids that answer the query. The gain is binary: 1 for these, 0 for all others.
    k : int
        At least 1; a shorter ranking is taken as it is.

    Returns
    -------
    float
        0 to 1. Each gain is divided by ``log2(rank + 1)``; the sum is divided by that of
        the ideal ranking, which is cut at ``k`` too and holds every relevant item, also
        those that were never ranked. 0.0 for an empty ranking and for a query without a
        relevant item.
    """
    _require_depth(k)
    wanted = set(relevant)
    if not wanted:
        return 0.0
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    gains = np.array([item in wanted for item in ranking[:k]], dtype=float)
    return float(gains @ discounts[: len(gains)] / discounts[: len(wanted)].sum())


def graded_ndcg_at_k(gains: FloatArray, k: int) -> float:
    """Normalized discounted cumulative gain where some items answer the query better than others.

    Parameters
    ----------
    gains : array of shape (n,)
        What each item is worth, 0 or more, in the order of the ranking; all that could be ranked.
    k : int
        At least 1; a shorter ranking is taken as it is.

    Returns
    -------
    float
        0 to 1: the gains divided by ``log2(rank + 1)``, summed, over that sum for the best order
        of the same gains. 0.0 where no item is worth anything.
    """
    _require_depth(k)
    discounts = 1.0 / np.log2(np.arange(2, min(k, len(gains)) + 2))
    ideal = float(np.sort(gains)[::-1][:k] @ discounts)
    # Two sums of the same gains may differ in the last bit.
    return min(float(gains[:k] @ discounts) / ideal, 1.0) if ideal > 0.0 else 0.0


def rank_summary(
    rankings: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]
) -> dict[str, float]:
    """Means of the ranking metrics over the queries that have a relevant item.

    Parameters
    ----------
    rankings : mapping of query id to sequence of str
        Distinct ids, best first. A query that is missing here was abstained from and
        scores 0.
    relevant : mapping of query id to collection of str
        Queries without a relevant item are left out: no ranking could answer them.
        Rankings of queries that are not named here are left out too.

    Returns
    -------
    dict
        ``recall@1``, ``recall@5``, ``recall@10``, ``mrr`` (over the whole ranking) and
        ``ndcg@10``, each 0 to 1, divided by the number of queries with a relevant item.

    Raises
    ------
    InvalidInputError
        If no query has a relevant item: a mean over nothing is not 0.
    """
    answerable = [query for query, items in relevant.items() if items]
    if not answerable:
        raise InvalidInputError(
            "No query has a relevant item, so the ranking cannot be measured. "
            "Name at least one relevant item for at least one query."
        )
    judged = [(rankings.get(query, ()), relevant[query]) for query in answerable]
    summary = {
        f"recall@{k}": np.mean([recall_at_k(ranking, items, k) for ranking, items in judged])
        for k in (1, 5, 10)
    }
    summary["mrr"] = np.mean([reciprocal_rank(ranking, items) for ranking, items in judged])
    summary["ndcg@10"] = np.mean([ndcg_at_k(ranking, items, 10) for ranking, items in judged])
    return {name: float(value) for name, value in summary.items()}


def _require_depth(k: int) -> None:
    if k < 1:
        raise InvalidInputError(
            f"A ranking is read from rank 1 on, so k must be 1 or more, not {k}."
        )
