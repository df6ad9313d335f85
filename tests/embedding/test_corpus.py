"""The sentences written for teaching the encoder are whole, different and in two languages."""

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from matchmaker import embedding
from matchmaker.embedding import fingerprints
from matchmaker.language import detect_language, fold, words

FILES = sorted((Path(embedding.__file__).parent / "corpus").glob("*.tsv"))
DOMAIN = {"need", "offer", "reference", "constraint", "looks_for", "note"}
GENERAL = {"scene", "news", "advice"}
REGISTERS = {"terse", "sentence", "pair", "paragraph"}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def pieces(text: str, length: int) -> set[tuple[str, ...]]:
    folded = [fold(word.text) for word in words(text)]
    return {tuple(folded[start : start + length]) for start in range(len(folded) - length + 1)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_row_is_a_pair_of_texts(file: Path) -> None:
    for row in rows(file):
        assert set(row) == {"kind", "register", "de", "en"}
        assert row["kind"] in DOMAIN | GENERAL
        assert row["register"] in REGISTERS
        assert row["de"].strip() == row["de"] != ""
        assert row["en"].strip() == row["en"] != ""


def test_there_are_three_thousand_pairs_of_every_kind_and_register() -> None:
    every = [row for file in FILES for row in rows(file) if row["kind"] in DOMAIN]

    assert len(every) >= 3_000
    assert {row["kind"] for row in every} == DOMAIN
    assert min(Counter(row["kind"] for row in every).values()) >= 200
    assert min(Counter(row["register"] for row in every).values()) >= 200


TANDEMS = sorted((Path(embedding.__file__).parent / "corpus" / "tandems").glob("*.tsv"))


@pytest.mark.parametrize("file", TANDEMS, ids=lambda file: file.stem)
def test_every_tandem_is_a_need_and_an_offer_in_both_languages(file: Path) -> None:
    for row in rows(file):
        assert list(row) == ["need_de", "need_en", "offer_de", "offer_en"]
        assert all(text.strip() == text != "" for text in row.values())


def test_there_are_hundreds_of_tandems() -> None:
    assert sum(len(rows(file)) for file in TANDEMS) >= 500


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_is_there_twice_and_each_is_in_its_language(language: str) -> None:
    texts = [row[language] for file in FILES for row in rows(file)]
    told = [detect_language(text) for text in texts]

    assert len(set(texts)) == len(texts)
    # A fragment of technical terms belongs to no language for certain.
    assert sum(found not in (language, None) for found in told) <= 0.03 * len(texts)


def test_no_text_repeats_a_development_set() -> None:
    path = Path(__file__).parents[2] / "docs" / "measured" / "bench_shingles.npy"
    known = set(np.load(path).tolist())
    texts = [row[language] for file in FILES for row in rows(file) for language in ("de", "en")]
    texts += [text for file in TANDEMS for row in rows(file) for text in row.values()]

    assert len(known) > 10_000
    assert not fingerprints(texts) & known


def test_no_text_repeats_a_test_set_of_our_own() -> None:
    sets = files("matchmaker.benchmark") / "sets"
    tests = [
        text
        for name in ("profiles_a.tsv", "profiles_b.tsv", "clinical.tsv")
        for line in (sets / name).read_text("utf-8").splitlines()[1:]
        for text in line.split("\t")
    ]
    taught = [text for file in FILES + TANDEMS for row in rows(file) for text in row.values()]

    assert len(tests) > 1_500
    assert not fingerprints(taught) & fingerprints(tests)


@pytest.mark.parametrize("language", ["de", "en"])
def test_hardly_any_two_texts_share_eight_words_in_a_row(language: str) -> None:
    seen: set[tuple[str, ...]] = set()
    repeated = 0
    texts = [row[language] for file in FILES for row in rows(file)]
    for text in texts:
        found = pieces(text, 8)
        repeated += bool(found & seen)
        seen |= found

    assert repeated <= 0.002 * len(texts)
