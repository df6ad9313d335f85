"""Whatever the bytes: they are of a kind or refused in words, and no macro gets in."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.attachments import RefusedFileError, kind_of
from matchmaker.attachments.keeping import safe_stem
from matchmaker.tables import ATTACHMENT_KINDS
from tests.attachments.crafted import (
    WORD_WITH_MACROS,
    docx,
    jpg,
    link,
    links,
    packed_objects,
    pdf,
    png,
    xlsx,
)

SOUND = [pdf(), pdf(packed_objects(b"<<>>")), png(), jpg(), docx(), xlsx()]
BEGINNINGS = [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"]
ACTIVE = [
    docx(main=WORD_WITH_MACROS),
    docx({"word/vbaProject.bin": b"\xd0\xcf"}),
    docx({"word/_rels/document.xml.rels": links(link("vbaProject", "vbaProject.bin"))}),
]
# Where something is changed (0 to 1), how many bytes are taken out there, what is put in.
Changes = list[tuple[float, int, bytes]]
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=6
)


def kind_or_none(content: bytes) -> str | None:
    try:
        return kind_of(content)
    except RefusedFileError:
        return None


def changed(content: bytes, changes: Changes) -> bytes:
    for share, taken, put in changes:
        position = int(share * len(content))
        content = content[:position] + put + content[position + taken :]
    return content


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_random_bytes_are_answered(beginning: bytes, rest: bytes) -> None:
    assert kind_or_none(beginning + rest) in {None, *ATTACHMENT_KINDS}


@given(st.sampled_from(SOUND), CHANGES)
def test_a_changed_file_is_answered(content: bytes, changes: Changes) -> None:
    assert kind_or_none(changed(content, changes)) in {None, *ATTACHMENT_KINDS}


@given(
    st.sampled_from(["word", "xl", "word/sub", "a b"]),
    st.sampled_from(["vbaProject.bin", "VBAPROJECT.BIN", "a.docm", "a.bin", "a.exe", "a.js"]),
    st.sampled_from([docx, lambda parts: docx(parts, main=WORD_WITH_MACROS)]),
)
def test_a_macro_part_is_never_let_in(folder: str, name: str, build: object) -> None:
    assert callable(build)
    assert kind_or_none(build({f"{folder}/{name}": b"\xd0\xcf\x11\xe0"})) is None


@given(st.sampled_from(ACTIVE), CHANGES)
def test_a_changed_macro_file_is_let_in_only_where_the_macro_is_gone(
    content: bytes, changes: Changes
) -> None:
    """A lucky change may turn it into a file without macros; then no part bears their name."""
    mutated = changed(content, changes)
    if kind_or_none(mutated) is not None:
        assert b"vbaProject.bin" not in mutated


@given(st.lists(st.booleans(), min_size=10, max_size=10), st.booleans())
def test_a_script_is_found_however_its_name_is_written(odd: list[bool], is_packed: bool) -> None:
    name = "".join(
        f"#{ord(letter):02X}" if is_odd else letter
        for letter, is_odd in zip("JavaScript", odd, strict=True)
    )
    action = f"<</S /{name} /JS (1)>>".encode()

    assert kind_or_none(pdf(packed_objects(action) if is_packed else action)) is None


@given(st.text(max_size=200))
def test_a_name_is_short_and_leads_nowhere(name: str) -> None:
    stem = safe_stem(name)

    assert 1 <= len(stem) <= 80
    assert not set(stem) & set('/\\<>:"|?*\r\n\0')
    assert not stem.startswith(".")
