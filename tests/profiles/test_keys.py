"""Keys by which two spellings of one thing meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.profiles.branches import branch_title, resolve_branch
from matchmaker.profiles.intake.cell_lists import join_list, split_list
from matchmaker.profiles.keys import domain_key, name_key, place_key, register_key
from matchmaker.profiles.texts import clean_text, text_hash


@pytest.mark.parametrize(
    ("website", "key"),
    [
        ("https://www.Muster.example/kontakt?x=1", "muster.example"),
        ("muster.example", "muster.example"),
        ("http://muster.example:8080", "muster.example"),
        ("https://github.com/muster", None),
        ("https://de.linkedin.com/company/muster", None),
        ("http://", None),
        ("http://[kaputt", None),
        (None, None),
    ],
)
def test_a_domain_key_names_the_firm_or_nothing(website: str | None, key: str | None) -> None:
    assert domain_key(website) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Weber & Söhne GmbH & Co. KG", "weber soehne"),
        ("WEBER SOEHNE", "weber soehne"),
        ("Muster UG (haftungsbeschränkt)", "muster"),
        ("Max Muster e.K.", "max muster"),
        ("Esempio S.r.l.", "esempio"),
        ("B.A.U. GmbH", "bau"),
        ("AG", "ag"),
        ("…", None),
    ],
)
def test_a_name_key_has_no_legal_form(name: str, key: str | None) -> None:
    assert name_key(name) == key


def test_a_register_key_does_not_depend_on_the_order_of_its_parts() -> None:
    spellings = [
        "HRB 700123 Mannheim",
        "Amtsgericht Mannheim, HRB 700 123",
        "Mannheim HRB700123",
    ]
    assert {register_key(spelling) for spelling in spellings} == {"hrb700123mannheim"}


@pytest.mark.parametrize("town", ["Bruchsal, Stadt", "Stadt Bruchsal", "BRUCHSAL", " bruchsal "])
def test_official_and_everyday_names_of_a_town_meet(town: str) -> None:
    assert place_key(town) == "bruchsal"


@pytest.mark.parametrize(
    "branch",
    [
        "28",
        "C28",
        "28.9",
        "28.99.1",
        "WZ 28",
        "Maschinenbau",
        "mechanical engineering",
        "Manufacture of machinery and equipment n.e.c.",
        "Maschinen- und Anlagenbau",
    ],
)
def test_a_branch_is_found_by_code_title_and_short_form(branch: str) -> None:
    assert resolve_branch(branch) == "28"


def test_an_unknown_branch_stays_a_folded_name() -> None:
    assert resolve_branch("  Raumfahrt für Möwen ") == "raumfahrt fuer moewen"
    assert branch_title("raumfahrt fuer moewen", "de") == "raumfahrt fuer moewen"
    assert branch_title("28", "de") == "Maschinenbau"


@given(st.text())
def test_cleaning_a_text_twice_changes_nothing_more(raw: str) -> None:
    cleaned = clean_text(raw)

    assert clean_text(cleaned) == cleaned
    assert len(text_hash(cleaned)) == 64


def test_a_cleaned_text_can_be_stored_and_shown_anywhere() -> None:
    assert clean_text("\ufeff a\x00b\r\nc\rd\x0be\u0301\x9f\ud800 ") == "ab\nc\nd\né\ufffd"


items = st.text(st.characters(exclude_characters="|\r", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(items.map(str.strip).filter(lambda item: item and len(item) > 12), unique=True))
def test_a_list_survives_being_written_into_one_cell(written: list[str]) -> None:
    assert split_list(join_list(written)) == written
