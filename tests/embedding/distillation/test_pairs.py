"""What may be taught, and what is kept apart."""

from pathlib import Path

from matchmaker.embedding import fingerprints
from matchmaker.embedding.distillation import held_out_pairs
from matchmaker.embedding.distillation.pairs import Pair, joined, read_pairs, read_tandems


def test_abbreviations_are_spelled_out_and_leftovers_of_the_dictionary_dropped(
    data: Path, corpus: Path
) -> None:
    dictionary = read_pairs(data, set(), corpus)["dictionary"]

    assert Pair("etwas pumpen", "to pump something") in dictionary
    assert not any("/" in pair.de for pair in dictionary)


def test_a_title_without_english_teaches_nothing(data: Path, corpus: Path) -> None:
    titles = read_pairs(data, set(), corpus)["titles"]

    assert titles == [
        Pair("Pumpen cpv2008", "Pumps cpv2008"),
        Pair("Pumpen wz2008", "Pumps wz2008"),
    ]


def test_held_out_sentences_are_a_thousand_and_never_taught(data: Path, corpus: Path) -> None:
    held_out = held_out_pairs(data)
    taught = {pair for pairs in read_pairs(data, set(), corpus).values() for pair in pairs}

    assert len(held_out) == 1_000
    assert len({pair.de for pair in held_out} | {pair.en for pair in held_out}) == 2_000
    assert not taught & set(held_out)
    assert held_out_pairs(data) == held_out


def test_a_pair_that_repeats_a_known_text_is_not_taught(data: Path, corpus: Path) -> None:
    known = fingerprints(["The water in the bath is cold!"])
    taught = read_pairs(data, known, corpus)["corpus"]

    assert Pair("Die Pumpe ist zu laut.", "The pump is too loud.") in taught
    assert not any(pair.de.startswith("Das Wasser im Bad") for pair in taught)


def test_a_tandem_that_repeats_a_known_text_is_not_taught(corpus: Path) -> None:
    everything = read_tandems(set(), corpus)
    _, repeated = everything[3]
    left = read_tandems(fingerprints([repeated.en.upper()]), corpus)

    assert len(left) == len(everything) - 1
    assert all(offer != repeated for _, offer in left)


def test_a_joined_paragraph_says_the_same_in_both_languages() -> None:
    pairs = [Pair(f"d{number}", f"e{number}") for number in range(9)]

    for paragraph in joined(pairs, 50, seed=1):
        german, english = paragraph.de.split(), paragraph.en.split()
        assert [word[1:] for word in german] == [word[1:] for word in english]
        assert 2 <= len(german) <= 5
    assert joined(pairs, 50, seed=1) == joined(pairs, 50, seed=1)
