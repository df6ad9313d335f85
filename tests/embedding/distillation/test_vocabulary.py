"""How the student reads: German letters kept, English words in the teacher's pieces."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.embedding.distillation.vocabulary import (
    SPECIAL,
    build_tokenizer,
    german_pieces,
    latin_pieces,
)

LETTERS = [*"abcdefghijklmnopqrstuvwxyzäöü", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyzäöü")]
PIECES = [*SPECIAL, *LETTERS, "pump", "##en", "maße", "masse"]


def read(text: str) -> list[str]:
    tokens: list[str] = build_tokenizer(PIECES).encode(text, add_special_tokens=False).tokens
    return tokens


def test_umlauts_are_letters_of_their_own_and_other_marks_are_dropped() -> None:
    assert read("Öl") == ["ö", "##l"]
    assert read("Café") == read("cafe")
    assert read("Maße") == read("MASSE") == ["masse"]


def test_a_decomposed_text_is_read_like_a_composed_one() -> None:
    text = "Öl für Bäder, naïve Café-Gäste"

    assert read(unicodedata.normalize("NFD", text)) == read(text)


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert len(build_tokenizer(PIECES).encode(text).ids) <= 256


def test_foreign_scripts_and_unused_pieces_are_left_out() -> None:
    teacher = {"[PAD]": 0, "[unused7]": 1, "[UNK]": 2, "[CLS]": 3, "[SEP]": 4, "[MASK]": 5}
    teacher |= {"pump": 6, "水": 7, "##ing": 8, "я": 9, "##ü": 10}

    assert latin_pieces(teacher) == [*SPECIAL, "pump", "##ing", "##ü"]


def test_new_pieces_are_german_and_leave_english_words_as_they_were() -> None:
    kept = [*SPECIAL, *LETTERS, "pump", "##ing"]
    german = {"wasserpumpe": 50, "wasserpumpen": 40, "wasserrohr": 30, "rohr": 20, "pumping": 1}
    english = {"pumping": 500, "rohr": 30}
    new = german_pieces(kept, german, english, count=40)
    tokenizer = build_tokenizer([*kept, *new])

    assert tokenizer.encode("pumping", add_special_tokens=False).tokens == ["pump", "##ing"]
    assert "rohr" not in new
    assert len(tokenizer.encode("wasserrohr", add_special_tokens=False).tokens) < 10
    assert not set(new) & set(kept)
