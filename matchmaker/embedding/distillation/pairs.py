"""The teaching material: pairs of a German and an English text that mean the same."""

import csv
import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matchmaker.embedding.shingles import fingerprints
from matchmaker.language import fold, words

CORPUS = Path(__file__).parents[1] / "corpus"
# A German word with more translations than these teaches their average, which is no meaning.
TRANSLATIONS_PER_WORD = 4
HELD_OUT = 1_000
LEAST_WORDS_HELD_OUT = 3

_ABBREVIATIONS = {
    "jd.": "jemand",
    "jdn.": "jemanden",
    "jdm.": "jemandem",
    "jds.": "jemandes",
    "etw.": "etwas",
    "sb.": "somebody",
    "sb.'s": "somebody's",
    "sth.": "something",
    "sth.'s": "something's",
}
_LEFTOVER = re.compile(r"[/\[\]{}<>|]|\.\.\.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A German and an English text with one meaning."""

    de: str
    en: str


def read_pairs(data: Path, known: set[int], corpus: Path = CORPUS) -> dict[str, list[Pair]]:
    """Return the pairs of the sources dictionary, sentences, titles and corpus.

    Each is in the order of its file and without repetitions. Left out is every pair of which a
    text shares a fingerprint in `known` (the development
    sets), or repeats a sentence of `held_out_pairs`.

    Parameters
    ----------
    data : the folder with `parallel` and `ref`.
    known : fingerprints as of `embedding.fingerprints`.
    corpus : the folder of the pairs written for this project.
    """
    kept_apart = {_key(text) for pair in held_out_pairs(data) for text in (pair.de, pair.en)}
    spoken = [pair for file in sorted(corpus.glob("*.tsv")) for pair in _corpus(file)]
    spoken += [pair for tandem in read_tandems(known, corpus) for pair in tandem]
    sources = {
        "dictionary": _few_translations(_dictionary(data)),
        "sentences": _sentences(data),
        "titles": [*_titles(data, "cpv2008"), *_titles(data, "wz2008")],
        "corpus": spoken,
    }
    return {
        name: [pair for pair in dict.fromkeys(pairs) if _may_teach(pair, known, kept_apart)]
        for name, pairs in sources.items()
    }


def held_out_pairs(data: Path) -> list[Pair]:
    """The 1,000 sentence pairs that are never taught: the test of translation retrieval.

    They are drawn by a hash of the German sentence, so that a longer file keeps most of them;
    each has at least three words, and no two share a text.
    """
    texts: set[str] = set()
    drawn = []
    for pair in sorted(_sentences(data), key=_draw):
        keys = {_key(pair.de), _key(pair.en)}
        if min(len(words(pair.de)), len(words(pair.en))) < LEAST_WORDS_HELD_OUT or keys & texts:
            continue
        texts |= keys
        drawn.append(pair)
        if len(drawn) == HELD_OUT:
            break
    return drawn


def joined(pairs: list[Pair], count: int, seed: int) -> list[Pair]:
    """Make paragraphs of two to five pairs each, drawn at random: what long texts look like."""
    random = np.random.default_rng(seed)
    paragraphs = []
    for _ in range(count):
        rows = random.choice(len(pairs), size=random.integers(2, 6), replace=False)
        drawn = [pairs[row] for row in rows]
        paragraphs.append(Pair(" ".join(p.de for p in drawn), " ".join(p.en for p in drawn)))
    return paragraphs


def _draw(pair: Pair) -> bytes:
    return hashlib.sha256(f"{pair.de}\t{pair.en}".encode()).digest()


def _key(text: str) -> str:
    return " ".join(fold(word.text) for word in words(text))


def read_tandems(known: set[int], corpus: Path = CORPUS) -> list[tuple[Pair, Pair]]:
    """Return the needs of the corpus, each with the offer that answers it; none with a text
    that shares a fingerprint in `known`."""
    tandems = []
    for file in sorted((corpus / "tandems").glob("*.tsv")):
        for row in _rows(file):
            need = Pair(row["need_de"], row["need_en"])
            offer = Pair(row["offer_de"], row["offer_en"])
            if not fingerprints((need.de, need.en, offer.de, offer.en)) & known:
                tandems.append((need, offer))
    return tandems


def _may_teach(pair: Pair, known: set[int], kept_apart: set[str]) -> bool:
    if _key(pair.de) in kept_apart or _key(pair.en) in kept_apart:
        return False
    return not fingerprints((pair.de, pair.en)) & known


def _dictionary(data: Path) -> Iterator[Pair]:
    for pair in _tab_separated(data / "parallel" / "dictionary_de_en.tsv.gz"):
        if not _LEFTOVER.search(pair.de) and not _LEFTOVER.search(pair.en):
            yield Pair(_spelled_out(pair.de), _spelled_out(pair.en))


def _spelled_out(text: str) -> str:
    return " ".join(_ABBREVIATIONS.get(word, word) for word in text.split())


def _few_translations(pairs: Iterable[Pair]) -> list[Pair]:
    seen: dict[str, int] = {}
    kept = []
    for pair in pairs:
        seen[pair.de] = seen.get(pair.de, 0) + 1
        if seen[pair.de] <= TRANSLATIONS_PER_WORD:
            kept.append(pair)
    return kept


def _sentences(data: Path) -> list[Pair]:
    return list(_tab_separated(data / "parallel" / "sentences_de_en.tsv.gz"))


def _tab_separated(path: Path) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            de, _, en = line.rstrip("\n").partition("\t")
            if de and en:
                yield Pair(de, en)


def _titles(data: Path, name: str) -> Iterator[Pair]:
    with (data / "ref" / f"ref_{name}_de_en.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["title_de"] and row["title_en"]:
                yield Pair(row["title_de"], row["title_en"])


def _corpus(file: Path) -> Iterator[Pair]:
    return (Pair(row["de"], row["en"]) for row in _rows(file))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
