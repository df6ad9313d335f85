"""What each part of the ranking is worth: built up step by step, and taken away one by one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from matchmaker.benchmark.evaluating import open_region, ranked_ids, read_truth, summarize
from matchmaker.config import Settings
from matchmaker.embedding import Encoder
from matchmaker.evaluation import bootstrap_interval, recall_at_k
from matchmaker.retrieval import standardize_per_language
from matchmaker.scoring import Scorer, expert_parameters, sentence_answers
from matchmaker.tandems import Proposer, ReadNeed, Vectors, build_corpus
from matchmaker.values import FloatArray

Progress = Callable[[int], None]

# Which rankings take part in candidate generation; single sides are what a hybrid has to beat.
FUSIONS: Mapping[str, Mapping[str, float]] = {
    "dense": {"lemmas": 0.0, "parts": 0.0},
    "lemmas": {"dense": 0.0, "parts": 0.0},
    "parts": {"dense": 0.0, "lemmas": 0.0},
    "lexical": {"dense": 0.0},
    "dense and lemmas": {"parts": 0.0},
    "dense and parts": {"lemmas": 0.0},
    "hybrid": {},
}
TEXT_FEATURES = ("need_solution_similarity", "sentence_similarity", "lexical_overlap")


def measure_ablations(
    needs: Path, startups: Path, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Rank the startups of one file for the needs of another, in many ways.

    `meaning` builds the dense side up: whole texts, then scores standardized within each
    language of the candidates, then sentences (late interaction). `retrieval` fuses rankings
    for candidate generation. `scorer` takes one feature of the texts after the other away.
    `retrieval_recall_at_10_gain` is the bootstrap interval of the hybrid's gain over its
    better single side.
    """
    truth = read_truth(needs)
    with open_region(needs, startups, encoder, settings) as (proposer, vectors):
        read = [proposer.read_stored(need) for need in proposer.corpus.snapshot.needs]
        progress(1)
        meaning = _meaning(proposer, vectors, read)
        retrieval = {
            name: _retrieved(proposer, vectors, settings, weights, read)
            for name, weights in FUSIONS.items()
        }
        progress(1)
        scorer = {"all features": _scored(proposer, vectors, settings, frozenset(), read)}
        for feature in TEXT_FEATURES:
            scorer[f"without {feature}"] = _scored(
                proposer, vectors, settings, frozenset({feature}), read
            )
        progress(1)
    tables = {"meaning": meaning, "retrieval": retrieval, "scorer": scorer}
    best_single = max(("dense", "lexical"), key=lambda name: _hits(retrieval[name], truth).mean())
    gain = _hits(retrieval["hybrid"], truth) - _hits(retrieval[best_single], truth)
    return {
        **{
            table: {name: summarize(found, truth, truth) for name, found in rows.items()}
            for table, rows in tables.items()
        },
        "retrieval_recall_at_10_gain": {
            "over": best_single,
            "gain": float(gain.mean()),
            "interval": bootstrap_interval(gain, settings.seed),
        },
    }


def _meaning(
    proposer: Proposer, vectors: Vectors, read: list[ReadNeed]
) -> dict[str, dict[str, list[str]]]:
    solutions = proposer.corpus.snapshot.solutions
    texts = [solution.text for solution in solutions]
    matrix = vectors.of_texts(texts, "passage")
    sentences = vectors.of_sentences(texts, "passage")
    languages = [text.language for text in texts]

    def answers(one: ReadNeed) -> FloatArray:
        found = [sentences[text.text_hash].vectors for text in texts]
        return np.nan_to_num(sentence_answers(one.sentences.vectors, found))

    def standardized(scores: FloatArray) -> FloatArray:
        return standardize_per_language(scores, languages)

    ways: dict[str, Callable[[ReadNeed], FloatArray]] = {
        "whole texts": lambda one: matrix @ one.vector,
        "standardized per language": lambda one: standardized(matrix @ one.vector),
        "sentences": lambda one: standardized(answers(one)),
        "whole texts and sentences": lambda one: (
            standardized(matrix @ one.vector) + standardized(answers(one))
        ),
    }
    return {
        name: {
            one.need.external_id or "": [
                solutions[row].party.external_id or ""
                for row in np.argsort(-score(one), kind="stable")
            ]
            for one in read
        }
        for name, score in ways.items()
    }


def _retrieved(
    proposer: Proposer,
    vectors: Vectors,
    settings: Settings,
    weights: Mapping[str, float],
    read: list[ReadNeed],
) -> dict[str, list[str]]:
    fusion = settings.retrieval.fusion.model_copy(update=dict(weights))
    changed = settings.retrieval.model_copy(update={"fusion": fusion})
    snapshot = proposer.corpus.snapshot
    corpus = build_corpus(snapshot, vectors, settings.model_copy(update={"retrieval": changed}))
    return {
        one.need.external_id or "": [
            snapshot.solutions[row].party.external_id or ""
            for row in corpus.index.search(one.need, one.vector).row
        ]
        for one in read
    }


def _scored(
    proposer: Proposer,
    vectors: Vectors,
    settings: Settings,
    without: frozenset[str],
    read: list[ReadNeed],
) -> dict[str, list[str]]:
    sides = {}
    for side in ("sme", "startup"):
        own = getattr(settings.scoring, side)
        features = {
            name: weight.model_copy(update={"weight": 0.0}) if name in without else weight
            for name, weight in own.features.items()
        }
        sides[side] = own.model_copy(update={"features": features})
    ablated = settings.scoring.model_copy(update=sides)
    scorer = Scorer(expert_parameters(ablated), ablated)
    changed = Proposer(proposer.corpus, vectors, scorer, settings)
    return {one.need.external_id or "": ranked_ids(changed, changed.rank(one)) for one in read}


def _hits(rankings: Mapping[str, list[str]], truth: Mapping[str, Any]) -> FloatArray:
    return np.array([recall_at_k(rankings[key], truth[key]["relevant"], 10) for key in truth])
