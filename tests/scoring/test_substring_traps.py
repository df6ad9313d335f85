"""A short word inside a longer one is no reason: "KI" is not in "Kita"."""

import csv
from pathlib import Path

import pytest

from matchmaker.language import sentence_spans, words
from matchmaker.scoring import Sentences, find_evidence
from matchmaker.values import Text
from tests.regions import a_need, a_proposer, a_region, a_solution, fallback_vectors

TRAPS = list(
    csv.DictReader(
        Path(__file__).with_name("substring_traps.csv").read_text("utf-8").splitlines(),
        delimiter=";",
    )
)
# A title of three words each keeps short texts from being too short; they share nothing.
NEED_TITLE, SOLUTION_TITLE = "Schrauben Muttern Federn", "Lupinen Raps Senf"


def test_there_are_fifty_different_traps_and_each_is_one() -> None:
    assert len({(trap["language"], trap["word"].casefold()) for trap in TRAPS}) >= 50
    for trap in TRAPS:
        word = trap["word"].casefold()
        assert word in _whole_words(trap["need"])
        assert word in trap["solution"].casefold()
        assert word not in _whole_words(trap["solution"])


@pytest.mark.parametrize(("asked", "told"), [("need", "solution"), ("solution", "need")])
def test_no_reason_cites_a_word_inside_another_word(asked: str, told: str) -> None:
    offered = [
        a_solution(
            trap[told],
            trap["language"],
            title=SOLUTION_TITLE,
            tags=frozenset({trap["word"]} if told == "need" else ()),
        )
        for trap in TRAPS
    ]
    proposer = a_proposer(a_region([], offered))
    false: list[str] = []
    for trap, solution in zip(TRAPS, offered, strict=True):
        need = a_need(trap[asked], trap["language"], title=NEED_TITLE)
        answer = proposer.propose(proposer.read_stored(need), 200)
        (row,) = [p.document for p in answer.proposals if p.solution_id == solution.id]
        values = {
            item["feature"]: (item["value"], item["contribution"])
            for item in row["sides"]["sme"]["contributions"]
        }
        if values["lexical_overlap"][0] != 0 or values["lexical_overlap"][1] > 0:
            false.append(f"overlap: {trap}")
        if "tag_fit" in values and values["tag_fit"][0] != 0:
            false.append(f"tag: {trap}")
        if row["evidence"]:
            false.append(f"evidence: {trap}")
        positive = [
            item["text"][language]
            for side in row["sides"].values()
            for item in side["contributions"]
            if item["contribution"] > 0
            for language in ("de", "en")
        ]
        false += [text for text in positive if trap["word"] in {word.text for word in words(text)}]
    assert not false


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap['language']}-{trap['word']}")
def test_no_evidence_pairs_a_word_with_one_that_contains_it(trap: dict[str, str]) -> None:
    need, solution = _sentences(trap["need"], trap), _sentences(trap["solution"], trap)

    assert find_evidence(need, solution, -1.0, needs_shared_word=True) == ()


def _whole_words(text: str) -> set[str]:
    return {word.text.casefold() for word in words(text)}


def _sentences(wording: str, trap: dict[str, str]) -> Sentences:
    text: Text = a_need(wording, trap["language"]).text
    quotes = [text.text[start:end] for start, end in sentence_spans(text.text)]
    return Sentences(text, fallback_vectors().encoder.embed(quotes, "query"))
