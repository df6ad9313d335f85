"""Words are cut at word boundaries, and their offsets resolve."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.language import Word, fold, words


def test_words_carry_their_code_points() -> None:
    assert words("Ölwechsel, KI-gestützt") == [
        Word("Ölwechsel", 0, 9),
        Word("KI", 11, 13),
        Word("gestützt", 14, 22),
    ]


@pytest.mark.parametrize(
    ("short", "text"),
    [("KI", "Kita"), ("OP", "Shop"), ("AI", "retail"), ("IT", "Digitalisierung"), ("5G", "15G8")],
)
def test_a_short_word_is_not_found_inside_another(short: str, text: str) -> None:
    assert short.lower() not in [word.text.lower() for word in words(text)]


def test_names_with_digits_and_signs_stay_whole() -> None:
    assert [word.text for word in words("5G, C++ und C# auf ISO_9001")] == [
        "5G",
        "C++",
        "und",
        "C#",
        "auf",
        "ISO",
        "9001",
    ]


def test_a_decomposed_umlaut_and_a_soft_hyphen_do_not_cut_a_word() -> None:
    assert [word.text for word in words("Pru\u0308fung Wasser\u00adpumpe")] == [
        "Pru\u0308fung",
        "Wasser\u00adpumpe",
    ]


@given(st.text())
def test_offsets_resolve_in_any_text(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    "written", ["Prüfung", "PRÜFUNG", "Pruefung", "Pru\u0308fung", "Prü\u00adfung"]
)
def test_all_spellings_of_a_word_fold_to_one(written: str) -> None:
    assert fold(written) == "pruefung"


def test_sharp_s_ligatures_and_accents_are_folded() -> None:
    assert [fold(word) for word in ("Straße", "STRASSE", "Eﬃzienz", "Café")] == [
        "strasse",
        "strasse",
        "effizienz",
        "cafe",
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
