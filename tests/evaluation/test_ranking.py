"""Ranking metrics agree with hand-worked cases and with brute force."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import ndcg_at_k, rank_summary, recall_at_k, reciprocal_rank

ITEMS = "abcdef"
rankings = st.lists(st.sampled_from(ITEMS), unique=True)
relevant_sets = st.sets(st.sampled_from(ITEMS))
depths = st.integers(min_value=1, max_value=8)


def test_one_relevant_item_among_the_first_k_is_a_hit() -> None:
    assert recall_at_k(["a", "b", "c"], {"c", "z"}, 3) == 1.0
    assert recall_at_k(["a", "b", "c"], {"c", "z"}, 2) == 0.0


def test_the_reciprocal_rank_reads_the_first_relevant_item() -> None:
    assert reciprocal_rank(["a", "b", "c", "d"], {"c", "d"}) == pytest.approx(1 / 3)


def test_ndcg_of_a_hand_worked_case() -> None:
    # Relevant at ranks 2 and 3 of 3; a third relevant item was not ranked.
    gained = 1 / math.log2(3) + 1 / math.log2(4)
    ideal = 1 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at_k(["x", "a", "b"], {"a", "b", "c"}, 3) == pytest.approx(gained / ideal)


def test_the_ideal_is_cut_at_k() -> None:
    assert ndcg_at_k(["a", "x"], {"a", "b", "c"}, 1) == 1.0


def test_abstention_and_a_query_without_a_relevant_item_score_nothing() -> None:
    for ranking, relevant in (([], {"a"}), (["a"], set[str]())):
        assert recall_at_k(ranking, relevant, 5) == 0.0
        assert reciprocal_rank(ranking, relevant) == 0.0
        assert ndcg_at_k(ranking, relevant, 5) == 0.0


@pytest.mark.parametrize("k", [0, -1])
def test_a_depth_below_one_is_refused(k: int) -> None:
    with pytest.raises(InvalidInputError, match="k must be 1 or more"):
        recall_at_k(["a"], {"a"}, k)
    with pytest.raises(InvalidInputError, match="k must be 1 or more"):
        ndcg_at_k(["a"], {"a"}, k)


@given(rankings, relevant_sets, depths)
def test_recall_is_set_intersection(ranking: list[str], relevant: set[str], k: int) -> None:
    assert recall_at_k(ranking, relevant, k) == float(bool(set(ranking[:k]) & relevant))


@given(rankings, relevant_sets)
def test_the_reciprocal_rank_is_the_inverse_depth_of_the_first_hit(
    ranking: list[str], relevant: set[str]
) -> None:
    hits = [k for k in range(1, len(ranking) + 1) if recall_at_k(ranking, relevant, k)]
    assert reciprocal_rank(ranking, relevant) == (1 / hits[0] if hits else 0.0)


@given(relevant_sets.filter(bool), depths)
def test_ndcg_divides_by_the_best_of_all_rankings(relevant: set[str], k: int) -> None:
    def gain(ranking: tuple[str, ...]) -> float:
        return sum(
            1 / math.log2(rank + 1) for rank, item in enumerate(ranking[:k], 1) if item in relevant
        )

    ranking = tuple(ITEMS)
    best = max(gain(order) for order in permutations(ITEMS))
    assert ndcg_at_k(ranking, relevant, k) == pytest.approx(gain(ranking) / best)


@given(rankings, relevant_sets, depths)
def test_ndcg_lies_between_nothing_and_one(ranking: list[str], relevant: set[str], k: int) -> None:
    assert 0.0 <= ndcg_at_k(ranking, relevant, k) <= 1.0 + 1e-12


def test_the_summary_averages_over_answerable_queries() -> None:
    summary = rank_summary(
        {"first": ["a", "b"], "second": ["x", "b"], "unasked": ["a"], "unanswerable": ["a"]},
        {"first": ["a"], "second": ["b"], "abstained": ["c"], "unanswerable": []},
    )
    assert summary == pytest.approx(
        {
            "recall@1": 1 / 3,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "mrr": (1 + 1 / 2 + 0) / 3,
            "ndcg@10": (1 + 1 / math.log2(3) + 0) / 3,
        }
    )


def test_a_summary_over_nothing_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="No query has a relevant item"):
        rank_summary({"q": ["a"]}, {"q": []})
