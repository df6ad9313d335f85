"""Sentences end where a reader would end them, in any text and in linear time."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.language import sentence_spans
from matchmaker.language.sentences import LONGEST_SENTENCE

BULLETS = "•‣◦▪▫●○■□►▸➢➤✓✔"
LINE_MARKS = "-–—*+"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_stops_line_breaks_and_bullets_separate() -> None:
    text = "Wir bohren. Das dauert! Warum?\nEs staubt; es lärmt\n- Späne • Öl  \n* Gas"
    assert sentences(text) == [
        "Wir bohren.",
        "Das dauert!",
        "Warum?",
        "Es staubt;",
        "es lärmt",
        "Späne",
        "Öl",
        "Gas",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir nutzen z. B. Roboter und z.B. Greifer.",
        "Das kostet ca. 5 Mio. Euro pro Jahr.",
        "Die Maier GmbH & Co. KG bohrt.",
        "Sie ist neu, d.h. leise.",
        "Siehe Nr. 5 im Plan.",
        "We use sensors, e.g. cameras, i.e. eyes.",
        "The reactor reaches 1,500 °C at 2.5 t of load.",
        "Mehr auf www.beispiel.example.de und per Mail.",
        "Am 3. Mai beginnt es.",
        "Dr. A. Müller leitet den Max. Durchsatz.",
    ],
)
def test_a_dot_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert sentences(f"Vorher. {sentence} Nachher.") == ["Vorher.", sentence, "Nachher."]


def test_a_unit_or_year_ends_a_sentence() -> None:
    assert sentences("Es sind 90 °C. Seit 1998. Neu usw. Alt usw. und so") == [
        "Es sind 90 °C.",
        "Seit 1998.",
        "Neu usw.",
        "Alt usw. und so",
    ]


def test_closing_quotes_and_repeated_stops_belong_to_their_sentence() -> None:
    assert sentences("„Geht das?“ Nein... (Leider!) Doch") == [
        "„Geht das?“",
        "Nein...",
        "(Leider!)",
        "Doch",
    ]


def test_a_long_sentence_is_cut_after_a_comma_and_else_at_a_space() -> None:
    with_comma = "wort " * 40 + "wort, " + "wort " * 40
    assert sentences(with_comma)[0].endswith("wort,")
    without = "wort " * 100
    assert all(piece.split() == ["wort"] * len(piece.split()) for piece in sentences(without))


@given(st.one_of(st.text(), st.text(alphabet="aB1 .!?;,-•\n°\u00a0")))
def test_spans_of_any_text_are_ordered_trimmed_and_complete(text: str) -> None:
    spans = sentence_spans(text)
    covered: set[int] = set()
    previous_end = 0
    for start, end in spans:
        assert previous_end <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert end - start <= LONGEST_SENTENCE
        covered.update(range(start, end))
        previous_end = end
    for position, character in enumerate(text):
        if not character.isspace() and character not in BULLETS + LINE_MARKS:
            assert position in covered


@pytest.mark.parametrize(
    "unit", ["Wir suchen z. B. eine Pumpe. ", ".", ".x", " ", "- ", "a. ", ")", ".)", "a", "\n"]
)
def test_two_hundred_thousand_characters_take_less_than_a_second(unit: str) -> None:
    text = (unit * 200_000)[:200_000]
    began = process_time()
    sentence_spans(text)
    assert process_time() - began < 1.0
