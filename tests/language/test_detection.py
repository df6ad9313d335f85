"""The language of a text is told from its function words, else from dictionaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir suchen eine Lösung, mit der unsere Maschinen weniger Strom verbrauchen.", "de"),
        ("Unser Predictive-Maintenance-Service läuft in der Cloud und ist DSGVO-konform.", "de"),
        ("wir haetten gern eine loesung fuer die pruefung", "de"),
        ("Our sensors tell the operator when a bearing is about to fail.", "en"),
        ("We help Mittelstand companies in Baden-Württemberg with their energy audits.", "en"),
        ("Nous cherchons une entreprise qui peut nous aider avec nos machines.", "fr"),
        ("Wärmepumpen, Photovoltaik, Instandhaltung, Werkzeuge", "de"),
        ("predictive maintenance, machine learning, welding", "en"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Maschine",
        "12 345 6789 10",
        "asdf qwertz yxcv jklp",
        "Wij zoeken een bedrijf dat ons kan helpen met het onderhoud van onze machines.",
        "Buscamos una empresa que pueda ayudarnos con el mantenimiento de las máquinas.",
        "Szukamy firmy, która pomoże nam w utrzymaniu maszyn w fabryce.",
    ],
)
def test_too_little_text_or_another_language_is_not_guessed(text: str) -> None:
    assert detect_language(text) is None


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert detect_language(text) in {"de", "en", "fr", None}
