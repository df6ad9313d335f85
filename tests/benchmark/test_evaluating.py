"""Measuring quality on files whose right answers are known."""

import json
from pathlib import Path
from typing import Any

import pytest

from matchmaker.benchmark import evaluate_files
from matchmaker.config import load_settings
from matchmaker.embedding import HashedNgramEncoder
from matchmaker.errors import InvalidInputError

STARTUPS = [
    {"id": "weld", "lang": "de", "text": "Unsere Kamera prüft Schweißnähte im Takt.", "tags": []},
    {"id": "pump", "lang": "de", "text": "Sensoren melden Schäden an Pumpen früh.", "tags": []},
    {"id": "wine", "lang": "en", "text": "Forecasts for vineyards and wine cellars.", "tags": []},
]
NEEDS = [
    {
        "id": "n1",
        "lang": "de",
        "text": "Die Prüfung unserer Schweißnähte ist Handarbeit.",
        "company": {"town": "Sinsheim", "profile_text": "Wir bauen Rahmen aus Stahl."},
        "relevant": ["weld"],
        "also_relevant": ["pump"],
    },
    {"id": "n2", "lang": "de", "text": "Hilfe", "relevant": ["pump"], "also_relevant": []},
]


def write_files(
    folder: Path, needs: list[dict[str, Any]], startups: list[dict[str, Any]]
) -> tuple[Path, Path]:
    for name, lines in (("needs", needs), ("startups", startups)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder / "needs.jsonl", folder / "startups.jsonl"


def evaluate(folder: Path, needs: list[dict[str, Any]]) -> dict[str, Any]:
    return evaluate_files(
        *write_files(folder, needs, STARTUPS),
        HashedNgramEncoder(),
        load_settings(),
        lambda steps: None,
    )


def test_a_found_partner_counts_and_an_abstention_is_a_miss(tmp_path: Path) -> None:
    found = evaluate(tmp_path, NEEDS)

    assert found["n"] == 2
    assert found["rankings"]["n1"][0] == "weld"
    assert found["rankings"]["n2"] == []
    assert found["strict"]["recall@1"] == found["strict"]["mrr"] == 0.5
    assert found["by_language"]["de>de"]["n"] == 2


def test_the_right_answers_are_not_seen_by_the_ranking(tmp_path: Path) -> None:
    turned = [need | {"relevant": ["wine"], "also_relevant": []} for need in NEEDS]

    assert evaluate(tmp_path, turned)["rankings"] == evaluate(tmp_path, NEEDS)["rankings"]


def test_a_file_without_answers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="Record 1"):
        evaluate(tmp_path, [{"id": "n1", "text": "Wir prüfen Schweißnähte."}])
