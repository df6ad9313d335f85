"""A sentence that answers the need is planted in a random text: it is found, and it counts."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from matchmaker.tandems import Proposer
from matchmaker.values import NeedProfile, Proposal, SolutionProfile
from tests.regions import a_need, a_proposer, a_region, a_solution, a_text

REGIONS, PLANTS_PER_REGION, OTHERS = 10, 22, 8

SUBJECTS = {
    "de": "Angebot Beratung Betrieb Buchung Broschüre Einkauf Empfang Förderung Garten Geschäft "
    "Gründung Hochschule Inhaber Jubiläum Kantine Konzept Kultur Lehrling Leitbild Marke Messe "
    "Museum Nachfolge Norden Orchester Partner Quartier Reise Rezept Satzung Schulung Seminar "
    "Spende Stiftung Tagung Theater Urlaub Verein Verlag Vertrag Werbung Zeitung Zentrum",
    "en": "agency album audit author balcony banking brand campaign career charity coaching "
    "college concert consent county culture diploma editor essay festival founder gallery garden "
    "grant holiday insurance journal lawyer lecture library magazine marketing museum novel "
    "orchestra podcast poster recipe seminar theater tourism village wedding",
}


@dataclass(frozen=True)
class Planted:
    need: NeedProfile
    solution: SolutionProfile
    question: str
    answer: str

    def without_the_answer(self) -> SolutionProfile:
        words = self.solution.text.text.replace(self.answer, "").replace("  ", " ")
        text = a_text(words, self.solution.text.language)
        return replace(self.solution, text=text)


def _filler(generator: np.random.Generator, language: str, sentences: int) -> list[str]:
    """Notes about something else: four words each, hardly ever the same ones."""
    subjects = SUBJECTS[language].split()
    return [" ".join(generator.choice(subjects, 4)).capitalize() + "." for _ in range(sentences)]


def _plant(generator: np.random.Generator, language: str, question: str, answer: str) -> Planted:
    asked = [*_filler(generator, language, 1), question]
    told = _filler(generator, language, int(generator.integers(2, 7)))
    told.insert(int(generator.integers(len(told) + 1)), answer)
    return Planted(
        a_need(" ".join(asked), language), a_solution(" ".join(told), language), question, answer
    )


def _regions() -> list[tuple[list[Planted], list[SolutionProfile]]]:
    table = Path(__file__).with_name("planted_pairs.csv").read_text("utf-8").splitlines()
    pairs = list(csv.DictReader(table, delimiter=";"))
    generator = np.random.default_rng(20261122)
    return [
        (
            [
                _plant(generator, pair["language"], pair["need"], pair["answer"])
                for pair in pairs[:PLANTS_PER_REGION]
            ],
            [
                a_solution(" ".join(_filler(generator, language, 5)), language)
                for language in ("de", "en")
                for _ in range(OTHERS // 2)
            ],
        )
        for _ in range(REGIONS)
    ]


def _score(proposer: Proposer, planted: Planted) -> float:
    ranking = proposer.rank(proposer.read_stored(planted.need))
    ids = [proposer.corpus.snapshot.solutions[row].id for row in ranking.scored.row]
    return float(ranking.scored.reciprocal_score[ids.index(planted.solution.id)])


def _proposal(proposer: Proposer, planted: Planted) -> Proposal:
    answer = proposer.propose(proposer.read_stored(planted.need), 200)
    (found,) = [p for p in answer.proposals if p.solution_id == planted.solution.id]
    return found


def _quotes_the_plant(planted: Planted, proposal: Proposal) -> bool:
    evidence = proposal.document["evidence"]
    if not evidence:
        return False
    asked, told = planted.need.text.text, planted.solution.text.text
    return (
        asked[slice(*evidence[0]["need_span"])] == planted.question
        and told[slice(*evidence[0]["solution_span"])] == planted.answer
    )


@pytest.fixture(scope="module")
def cases() -> list[tuple[Planted, Proposal, float]]:
    """Each plant with its proposal, and its score after the answer was deleted."""
    found = []
    for plants, others in _regions():
        offered = [*(planted.solution for planted in plants), *others]
        proposer = a_proposer(a_region([], offered))
        for position, planted in enumerate(plants):
            bare = list(offered)
            bare[position] = planted.without_the_answer()
            after = _score(a_proposer(a_region([], bare)), planted)
            found.append((planted, _proposal(proposer, planted), after))
    return found


def test_the_best_evidence_is_the_planted_sentence(
    cases: list[tuple[Planted, Proposal, float]],
) -> None:
    quoted = [_quotes_the_plant(planted, before) for planted, before, _ in cases]
    missed = [
        planted.question for (planted, _, _), hit in zip(cases, quoted, strict=True) if not hit
    ]

    assert len(cases) >= 200
    assert np.mean(quoted) >= 0.95, f"{np.mean(quoted):.1%} quoted; not: {missed[:5]}"


def test_deleting_the_cited_sentence_lowers_the_score(
    cases: list[tuple[Planted, Proposal, float]],
) -> None:
    lower = [after < before.reciprocal_score for _, before, after in cases]

    assert np.mean(lower) >= 0.95, f"{np.mean(lower):.1%} of {len(cases)} scores fell"
