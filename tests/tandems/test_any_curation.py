"""Whatever officers decide, in whatever order: what every list keeps."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scoring import RECIPROCAL_RULES, logistic
from matchmaker.tandems import Decision, Proposer
from matchmaker.values import NOTHING_PLACED, Placed, PlacementKind, ProposedList, Snapshot
from tests.random_regions import regional, regions
from tests.regions import a_proposer, forget_vectors, shipped_settings
from tests.tandems.alike import assert_alike

LENGTH = 3
KINDS: tuple[PlacementKind | None, ...] = ("pinned", "hidden", "added", None)
NOBODY = UUID(int=0)


@regional(0.2)
@given(regions(), st.data())
def test_a_list_keeps_its_promises_after_any_decisions(
    region: Snapshot, data: st.DataObject
) -> None:
    forget_vectors()
    need = region.needs[0]
    proposer = a_proposer(region)
    first = answer(proposer, NOTHING_PLACED)
    placed: Placed = NOTHING_PLACED
    ids = [solution.id for solution in region.solutions] or [NOBODY]
    for _ in range(data.draw(st.integers(0, 6))):
        kind = data.draw(st.sampled_from(KINDS))
        decision = Decision(data.draw(st.sampled_from(ids)), kind, NOBODY, "x")
        placed = decision.applied_to(placed)
    rules = proposer.corpus.index.rules(need)
    free = {s.id for s, rule in zip(region.solutions, rules, strict=True) if rule is None}

    found = answer(proposer, placed)

    shown = [proposal.solution_id for proposal in found.proposals]
    marks = [proposal.document["placed"] for proposal in found.proposals]
    assert [p.rank for p in found.proposals] == list(range(1, len(shown) + 1))
    assert [p.document["rank"] for p in found.proposals] == [p.rank for p in found.proposals]
    assert len(set(shown)) == len(shown)
    assert set(shown) <= free
    assert marks == [placed.get(solution_id) for solution_id in shown]
    assert sorted(marks, key=lambda mark: mark != "pinned") == marks
    for mark in (True, False):
        scores = [
            p.reciprocal_score
            for p in found.proposals
            if (p.document["placed"] == "pinned") is mark
        ]
        assert scores == sorted(scores, reverse=True)
    if found.abstained is None:
        by_hand = {one for one, kind in placed.items() if kind != "hidden"}
        assert by_hand & free <= set(shown)
    assert not {one for one, kind in placed.items() if kind == "hidden"} & set(shown)
    hidden = sum(kind == "hidden" for one, kind in placed.items() if one != NOBODY)
    assert found.excluded.get("hidden", 0) == hidden
    for proposal in found.proposals:
        _assert_additive(proposal.document)
    behind = [one for one, _, _ in found.unlisted.behind]
    out = [one for ids in found.unlisted.ruled_out.values() for one in ids]
    assert len({*shown, *behind, *out}) == len(shown) + len(behind) + len(out)

    # The numbers are the pair's own, whatever was decided about it and about others.
    untouched = {
        proposal.solution_id: proposal
        for proposal in answer(proposer, NOTHING_PLACED, 200).proposals
    }
    for proposal in found.proposals:
        plain = untouched[proposal.solution_id].document
        for key in ("sides", "evidence", "reciprocal_score", "coverage"):
            assert_alike(proposal.document[key], plain[key])

    # And taking everything back gives the first list again.
    for one in list(placed):
        placed = Decision(one, None, NOBODY).applied_to(placed)
    assert answer(proposer, placed) == first


def answer(proposer: Proposer, placed: Placed, length: int = LENGTH) -> ProposedList:
    need = proposer.corpus.snapshot.needs[0]
    return proposer.propose(proposer.read_stored(need, placed), length)


def _assert_additive(document: object) -> None:
    assert isinstance(document, dict)
    preferences = []
    for side in ("sme", "startup"):
        told = document["sides"][side]
        log_odds = told["intercept"] + sum(one["contribution"] for one in told["contributions"])
        assert logistic(log_odds) == pytest.approx(told["preference"], abs=1e-9)
        preferences.append(told["preference"])
    join = RECIPROCAL_RULES[shipped_settings().scoring.rule].join
    assert join(*preferences) == pytest.approx(document["reciprocal_score"])
