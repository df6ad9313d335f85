"""The quality of an encoder on its own, before any ranking: meaning, translation, language."""

import csv
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson
from scipy.stats import rankdata

from matchmaker.benchmark.evaluating import Progress, evaluate_files
from matchmaker.config import Settings
from matchmaker.embedding import Encoder
from matchmaker.embedding.distillation import held_out_pairs
from matchmaker.values import FloatArray

SETS = files("matchmaker.benchmark") / "sets"
RESAMPLES = 1_000


def measure_encoder(
    data: Path, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Sentence similarity, translation retrieval, and the two invented sets of `sets/`.

    `data` is the folder with `bench` and `parallel`; the sets are part of the program.
    Intervals are 95 % percentile bootstraps.
    """
    measured = {
        "encoder": encoder.version,
        "dimension": encoder.dimension,
        "similarity": measure_similarity(data / "bench", encoder, settings.seed),
        "translation": measure_translation(data, encoder),
    }
    progress(1)
    measured["twins"] = measure_twins(encoder, settings, progress)
    measured["clinical"] = measure_clinical(encoder, settings, progress)
    return measured


def measure_similarity(bench: Path, encoder: Encoder, seed: int) -> dict[str, Any]:
    """Spearman's rank correlation of cosines with people's judgment (STS benchmark, dev part).

    `de` and `en` compare two sentences of one language, `de-en` a German first sentence with
    an English second one.
    """
    rows = {language: _judged(bench / f"stsb_{language}_dev.csv") for language in ("de", "en")}
    scores = np.array([float(row[2]) for row in rows["de"]])
    vectors = {
        (language, side): encoder.embed([row[side] for row in rows[language]], "passage")
        for language in rows
        for side in (0, 1)
    }
    measured = {}
    for name, first, second in (("de", "de", "de"), ("en", "en", "en"), ("de-en", "de", "en")):
        cosines = (vectors[first, 0] * vectors[second, 1]).sum(axis=1)
        measured[name] = {
            "n": len(scores),
            "spearman": spearman(cosines, scores),
            "interval": _spearman_interval(cosines, scores, seed),
        }
    return measured


def measure_translation(data: Path, encoder: Encoder) -> dict[str, Any]:
    """Share of held-out sentences whose nearest one in the other language is their own."""
    pairs = held_out_pairs(data)
    german = encoder.embed([pair.de for pair in pairs], "passage")
    english = encoder.embed([pair.en for pair in pairs], "passage")
    cosines = german @ english.T
    right = np.arange(len(pairs))
    return {
        "n": len(pairs),
        "de>en": float((cosines.argmax(axis=1) == right).mean()),
        "en>de": float((cosines.argmax(axis=0) == right).mean()),
    }


def measure_twins(encoder: Encoder, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Ranks invented profiles for German needs: once all German, once all English.

    The same startups stand in both lists, so the difference is the language alone.
    """
    rows = read_set("profiles_a.tsv") + read_set("profiles_b.tsv")
    needs = [{"id": f"N{row['id']}", "text": row["need"], "relevant": [row["id"]]} for row in rows]
    found = {
        language: _evaluate(
            needs,
            [{"id": row["id"], "lang": language, "text": row[language]} for row in rows],
            encoder,
            settings,
            progress,
        )
        for language in ("de", "en")
    }
    return {
        "n": len(rows),
        **{language: {"recall@10": found[language]["strict"]["recall@10"]} for language in found},
        "ratio": found["en"]["strict"]["recall@10"] / found["de"]["strict"]["recall@10"],
    }


def measure_clinical(encoder: Encoder, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Ranks technical English offers, among all the invented English profiles, for German
    phrases in lay words."""
    phrases = read_set("clinical.tsv")
    others = read_set("profiles_a.tsv") + read_set("profiles_b.tsv")
    startups = [
        *({"id": row["id"], "lang": "en", "text": row["offer"]} for row in phrases),
        *({"id": row["id"], "lang": "en", "text": row["en"]} for row in others),
    ]
    needs = [
        {"id": f"N{row['id']}", "text": row["phrase"], "relevant": [row["id"]]} for row in phrases
    ]
    found = _evaluate(needs, startups, encoder, settings, progress)
    return {"n": len(needs), "profiles": len(startups), **found["strict"]}


def spearman(one: FloatArray, other: FloatArray) -> float:
    """Correlation of the ranks of two arrays (n,), equal values sharing their mean rank."""
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1])


def _spearman_interval(one: FloatArray, other: FloatArray, seed: int) -> tuple[float, float]:
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(one), size=(RESAMPLES, len(one)))
    values = [spearman(one[rows], other[rows]) for rows in drawn]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _judged(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def read_set(name: str) -> list[dict[str, str]]:
    """The rows of one of the program's own test sets."""
    lines = (SETS / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _evaluate(
    needs: Sequence[dict[str, Any]],
    startups: Sequence[dict[str, Any]],
    encoder: Encoder,
    settings: Settings,
    progress: Progress,
) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        paths = []
        for name, lines in (("needs", needs), ("startups", startups)):
            path = Path(folder) / f"{name}.jsonl"
            path.write_bytes(b"\n".join(orjson.dumps(line) for line in lines))
            paths.append(path)
        return evaluate_files(paths[0], paths[1], encoder, settings, progress)
