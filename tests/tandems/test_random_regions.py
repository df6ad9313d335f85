"""Promises of every answer, whatever a region looks like and whichever of its facts are missing."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from math import exp, isfinite
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scoring import RECIPROCAL_RULES
from matchmaker.tandems import Proposer
from matchmaker.values import NeedProfile, ProposedList, Snapshot
from tests.random_regions import ENGLISH, GERMAN, regional, regions
from tests.regions import (
    a_need,
    a_party,
    a_proposer,
    a_region,
    a_solution,
    a_text,
    forget_vectors,
    propose,
    shipped_settings,
)

Document = Mapping[str, Any]


@regional()
@given(regions())
def test_every_answer_keeps_its_promises(region: Snapshot) -> None:
    forget_vectors()
    proposer = a_proposer(region)
    answers = [_answer(proposer, need) for need in region.needs]
    for need, answer in zip(region.needs, answers, strict=True):
        _assert_the_list_is_whole(region, need, answer)
        for proposal in answer.proposals:
            _assert_additive(proposal.document)
            _assert_spans_resolve(proposal.document, region, need)
            _assert_shares(proposal.document)
            _assert_sentences(proposal.document)

    # The same region again, now from stored vectors and told in another order.
    other = a_proposer(replace(region, solutions=region.solutions[::-1]))
    assert _bytes([_answer(other, need) for need in region.needs]) == _bytes(answers)


def _answer(proposer: Proposer, need: NeedProfile) -> ProposedList:
    return proposer.propose(proposer.read_stored(need), 200)


def _bytes(answers: list[ProposedList]) -> bytes:
    return b"\n".join(
        orjson.dumps(
            [answer.considered, answer.excluded, answer.abstained, *map(_row, answer.proposals)]
        )
        for answer in answers
    )


def _row(proposal: Any) -> list[Any]:
    return [proposal.rank, proposal.solution_id, proposal.reciprocal_score, proposal.document]


def _assert_the_list_is_whole(region: Snapshot, need: NeedProfile, answer: ProposedList) -> None:
    proposals = answer.proposals
    assert answer.considered == len(region.solutions)
    assert [proposal.rank for proposal in proposals] == list(range(1, len(proposals) + 1))
    scores = [proposal.reciprocal_score for proposal in proposals]
    assert scores == sorted(scores, reverse=True)
    assert len({proposal.solution_id for proposal in proposals}) == len(proposals)
    if answer.abstained is None:
        assert len(proposals) + sum(answer.excluded.values()) == answer.considered
    else:
        assert answer.abstained == ("need.text",)
        assert not proposals
    texts = {solution.id: solution.text for solution in region.solutions}
    for proposal in proposals:
        document = proposal.document
        assert document["rank"] == proposal.rank
        assert document["solution"]["id"] == str(proposal.solution_id)
        assert document["reciprocal_score"] == proposal.reciprocal_score
        assert document["sides"]["sme"]["preference"] == proposal.sme_preference
        assert document["sides"]["startup"]["preference"] == proposal.startup_preference
        assert proposal.solution_text_version_id == texts[proposal.solution_id].version_id


def _assert_additive(document: Document) -> None:
    sides = document["sides"]
    for side in sides.values():
        total = side["intercept"] + sum(item["contribution"] for item in side["contributions"])
        assert side["preference"] == pytest.approx(1 / (1 + exp(-total)), abs=1e-9)
        names = [item["feature"] for item in side["contributions"]]
        assert len(set(names)) == len(names)
    join = RECIPROCAL_RULES[document["rule"]].join
    joined = join(sides["sme"]["preference"], sides["startup"]["preference"])
    assert document["reciprocal_score"] == pytest.approx(joined, abs=1e-12)
    negative = [
        (side, item["feature"], item["contribution"], item["text"])
        for side in ("sme", "startup")
        for item in sides[side]["contributions"]
        if item["contribution"] < 0
    ]
    against = [tuple(item.values()) for item in document["against"]]
    assert sorted(against, key=str) == sorted(negative, key=str)


def _assert_spans_resolve(document: Document, region: Snapshot, need: NeedProfile) -> None:
    (solution,) = [s for s in region.solutions if str(s.id) == document["solution"]["id"]]
    for found in document["evidence"]:
        assert found["need_text_version"] == str(need.text.version_id)
        assert found["solution_text_version"] == str(solution.text.version_id)
        for text, span in (
            (need.text.text, found["need_span"]),
            (solution.text.text, found["solution_span"]),
        ):
            start, end = span
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end] != ""
        assert -1 <= found["similarity"] <= 1


def _assert_shares(document: Document) -> None:
    assert orjson.loads(orjson.dumps(document)) == document, "only finite numbers survive JSON"
    shares = [document[name] for name in ("reciprocal_score", "coverage", "confidence")]
    shares += [side["preference"] for side in document["sides"].values()]
    assert all(0 <= share <= 1 for share in shares)
    settings = shipped_settings().scoring
    weights = {"sme": settings.sme.features, "startup": settings.startup.features}
    known = [
        abs(weights[side][item["feature"]].weight)
        for side in ("sme", "startup")
        for item in document["sides"][side]["contributions"]
    ]
    of_all = sum(abs(feature.weight) for side in weights.values() for feature in side.values())
    assert document["coverage"] == pytest.approx(sum(known) / of_all)


def _assert_sentences(document: Document) -> None:
    for side in document["sides"].values():
        for item in side["contributions"]:
            assert isfinite(item["value"])
            assert item["text"]["de"]
            assert item["text"]["en"]


@regional(0.1)
@given(regions(), st.sampled_from(["", "KI", "Pumpe!", "und oder aber", "4711"]))
def test_a_need_of_one_word_or_none_gets_no_list_and_is_told_why(
    region: Snapshot, words: str
) -> None:
    need = replace(region.needs[0], text=a_text(words), title=None, tags=frozenset())

    answer = propose(region, need)

    assert answer.abstained == ("need.text",)
    assert answer.proposals == ()


@regional(0.1)
@given(regions(), st.sampled_from(["", "KI", "Pumpe!", "und oder aber", "4711"]))
def test_a_solution_of_one_word_or_none_gets_no_rank_and_is_counted(
    region: Snapshot, words: str
) -> None:
    untold = a_solution(words)

    answer = propose(replace(region, solutions=(*region.solutions, untold)))

    assert answer.excluded["missing_text"] >= 1
    assert untold.id not in {proposal.solution_id for proposal in answer.proposals}


def _larger_region() -> Snapshot:
    """Facts that are sets in several places: their order in memory differs by process."""
    words = [*GERMAN, *ENGLISH]
    tags = ("spritzguss", "energie", "kamera", "software", "robots")
    offered = [
        a_solution(
            " ".join(words[(row + 3 * step) % len(words)] for step in range(4)),
            tags=frozenset(tags[row % 3 : row % 3 + 3]),
            target_branches=frozenset({"22", "25", "28", "holzbau"}),
            cooperation_forms=frozenset({"buy", "pilot", "stake"}),
            party=a_party(languages=frozenset({"de", "en", "fr"}), looks_for=a_text(words[row])),
        )
        for row in range(15)
    ]
    need = a_need(
        " ".join(GERMAN[:3]),
        tags=frozenset({"kamera", "energie"}),
        branches=frozenset({"22", "28"}),
        cooperation_forms=frozenset({"pilot", "buy"}),
    )
    return a_region([need], offered)


def _print_larger_region() -> None:
    sys.stdout.buffer.write(_bytes([propose(_larger_region())]))


def test_another_process_gives_the_same_bytes() -> None:
    code = f"from {__name__} import _print_larger_region; _print_larger_region()"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    )
    assert len(first) > 10_000
    assert first == second
