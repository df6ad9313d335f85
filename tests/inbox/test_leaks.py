"""What in a text tells whose it is: hand-worked cases, and names planted anywhere."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchmaker.inbox import OMISSION, Secrets, find_leaks, without_leaks
from matchmaker.language import words

SECRETS = Secrets(
    firms=("Müller-Technik GmbH & Co. KG", "muellertechnik"),
    places=("Bad Schönborn", "76669"),
    persons=("Dr. Eva Wünsche",),
)


def told(text: str, secrets: Secrets = SECRETS) -> list[tuple[str, str]]:
    return [(leak.kind, text[leak.start : leak.end]) for leak in find_leaks(text, secrets)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir, die Müller-Technik GmbH, schweißen.", [("firm", "Müller-Technik")]),
        ("Bei MUELLERTECHNIK wird geschweißt.", [("firm", "MUELLERTECHNIK")]),
        ("Die Anlagen der Mullertechniks stehen.", [("firm", "Mullertechniks")]),
        ("Unsere Müllertechnikanlagen stehen.", [("firm", "Müllertechnikanlagen")]),
        ("Müllers Anlagen", [("firm", "Müllers")]),
        ("In 76669 Bad Schönborn", [("place", "76669"), ("place", "Bad Schönborn")]),
        ("die Bad Schönborner Halle", [("place", "Bad Schönborner")]),
        ("D-10115 Berlin", [("place", "D-10115")]),
        ("Fragen Sie Frau Wuensche.", [("person", "Wuensche")]),
        ("eva.w@firma.example", [("mail", "eva.w@firma.example")]),
        ("Mail: info(at)firma.de", [("mail", "info(at)firma.de")]),
        ("siehe https://a.example/x?y=1, dort", [("web", "https://a.example/x?y=1")]),
        ("auf firma-x.de.", [("web", "firma-x.de")]),
        ("Ruf an: +49 (0)7251 / 88-11 22", [("phone", "+49 (0)7251 / 88-11 22")]),
        ("unser „TurboFix 3“ und Klipp®", [("product", "„TurboFix 3“"), ("product", "Klipp®")]),
        # What tells nothing.
        ("Am 01.02.2027 fertigen wir 12000 Teile zu 0,75 Euro.", []),
        ("Die Technikerin prüft, ob es gut ist.", []),
        ("Eine GmbH & Co. KG, Dr. Bad", []),
        ("", []),
    ],
)
def test_what_tells_whose_need_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_a_draft_leaves_out_what_tells() -> None:
    text = "Wir, die Müller-Technik GmbH in Bad Schönborn (info@m.example), schweißen."

    assert without_leaks(text, SECRETS) == "Wir, die […] GmbH in […] ([…]), schweißen."


def test_pieces_that_meet_after_a_cut_are_cut_as_well() -> None:
    secrets = Secrets(firms=("Brotwerk",), persons=("Eva",))

    assert find_leaks(without_leaks("Brot Eva werk", secrets), secrets) == []


def test_a_firm_that_lets_its_name_be_told_still_hides_its_people() -> None:
    secrets = Secrets(
        firms=SECRETS.firms, persons=SECRETS.persons, tellable=frozenset({"firm", "place"})
    )

    assert told("Eva Wünsche von Müllertechnik, 76669 Bruchsal", secrets) == [
        ("person", "Eva"), ("person", "Wünsche"),
    ]  # fmt: skip


NAMES = st.text("abeoustäöüßéABEOUSÄÖÜ0-9 -&.", min_size=1, max_size=16)
TEXTS = st.text("abeouäüß ,.-„“\n[]@0", max_size=40)
SPELLINGS = (
    lambda name: name,
    str.upper,
    lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    lambda name: name.replace("ä", "a").replace("ö", "o").replace("ü", "u"),
    lambda name: name.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü").replace("ss", "ß"),
    lambda name: name.replace(" ", "-"),
    lambda name: name.replace("-", "").replace(" ", ""),
    lambda name: name.replace("-", " "),
    lambda name: name + "s",
    lambda name: name + "'s",
    lambda name: f"{name}-Anlage",
)


@given(NAMES, st.sampled_from(SPELLINGS), TEXTS, TEXTS, st.sampled_from(["firms", "persons"]))
def test_a_planted_name_is_always_found(
    name: str, spelling: object, before: str, after: str, kind: str
) -> None:
    assume(any(any(c.isalpha() for c in word.text) for word in words(name)))
    planted = spelling(name)  # type: ignore[operator]
    text = f"{before} {planted} {after}"
    secrets = Secrets(**{kind: (name,)})  # type: ignore[arg-type]

    start, end = len(before) + 1, len(before) + 1 + len(planted)
    assert any(leak.start < end and leak.end > start for leak in find_leaks(text, secrets))


@given(st.lists(NAMES, max_size=3), TEXTS)
def test_a_draft_tells_nothing_and_keeps_what_is_harmless(names: list[str], text: str) -> None:
    secrets = Secrets(firms=names)
    draft = without_leaks(text, secrets)

    assert find_leaks(draft, secrets) == []
    if not find_leaks(text, secrets):
        assert draft.replace(OMISSION, "") == text.replace(OMISSION, "")


@given(TEXTS, st.lists(NAMES, max_size=3))
def test_leaks_lie_in_the_text_and_apart(text: str, names: list[str]) -> None:
    end = 0
    for leak in find_leaks(text, Secrets(firms=names)):
        assert end <= leak.start < leak.end <= len(text)
        end = leak.end
