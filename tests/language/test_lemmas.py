"""Lemmas bring the forms of a word together and leave acronyms and names alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.language import Term, fold, is_stop_word, lemma, terms


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("Maschine Maschinen MASCHINEN maschinen", "maschine"),
        ("Prüfung Prüfungen Pruefungen", "pruefung"),
        ("Haus Häuser Haeuser", "haus"),
        ("Pumpe Pumpen", "pumpe"),
        ("Halle Hallen", "halle"),
        ("Daten daten", "daten"),
        ("Anlagendaten", "anlagendaten"),
        ("Kandidaten", "kandidat"),
        ("Handlesegerät Handlesegeräte", "handlesegeraet"),
        ("vernetzt vernetzte vernetzter vernetzen", "vernetzen"),
        ("gesamt gesamte gesamten", "gesamt"),
        ("Werkerinnen werkerinnen", "werkerin"),
        ("KI", "ki"),
        ("OEM OEMs", "oem"),
        ("Wasser\u00adpumpe", "wasserpumpe"),
    ],
)
def test_forms_of_a_german_word_share_a_lemma(forms: str, expected: str) -> None:
    assert {lemma(form, "de") for form in forms.split()} == {expected}


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("machine machines Machines MACHINES", "machine"),
        ("battery batteries", "battery"),
        ("weld welded welding", "weld"),
        ("AI", "ai"),
        ("PLC PLCs", "plc"),
    ],
)
def test_forms_of_an_english_word_share_a_lemma(forms: str, expected: str) -> None:
    assert {lemma(form, "en") for form in forms.split()} == {expected}


def test_without_a_language_both_dictionaries_are_asked() -> None:
    assert lemma("Maschinen", None) == "maschine"
    assert lemma("welded", None) == "weld"


def test_words_of_other_languages_and_unknown_names_are_only_folded() -> None:
    assert lemma("Machines", "fr") == "machines"
    assert lemma("Synhelion", "en") == "synhelion"


def test_terms_are_content_words_with_their_place() -> None:
    text = "Wir suchen 2 Pumpen für die Prüfungen."
    assert terms(text, "de") == [Term("pumpe", 13, 19), Term("pruefung", 28, 37)]


def test_information_technology_is_not_the_pronoun() -> None:
    assert [term.lemma for term in terms("it helps our IT", "en")] == ["it"]


def test_lone_letters_and_numbers_are_no_terms() -> None:
    assert terms("3 x 400 V, 2.5 t, 1,500 °C, Nr. 5", "de") == []


@pytest.mark.parametrize("word", ["und", "fuer", "werden", "the", "with", "gmbh"])
def test_function_words_are_stop_words(word: str) -> None:
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["maschine", "energie", "data", "welding", "ki", "nachhaltig"])
def test_subjects_are_no_stop_words(word: str) -> None:
    assert not is_stop_word(word)


@given(st.text(), st.sampled_from(["de", "en", "fr", None]))
def test_terms_of_any_text_resolve_to_their_lemma(text: str, language: str | None) -> None:
    for term in terms(text, language):
        assert lemma(text[term.start : term.end], language) == term.lemma == fold(term.lemma)
