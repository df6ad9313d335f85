"""Whatever bytes a file holds, it goes in, is rejected row by row, or is refused in words."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.database import SessionFactory
from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.fields import FIELDS
from tests.campaign import examples
from tests.profiles.office import (
    COMPANIES,
    NEEDS,
    OUTCOMES,
    STARTUPS,
    OfficeAtWork,
    as_csv,
    as_json_lines,
)
from tests.profiles.test_places import PLACES

FILES = [as_csv(rows).encode() for rows in (STARTUPS, COMPANIES, NEEDS, PLACES, OUTCOMES)] + [
    as_json_lines(
        [{"id": 1, "text": "Wir prüfen.", "lat": 4.5, "company": {"town": "Calw"}}] * 2
    ).encode()
]
SPLINTERS = [b'"', b"\x00", b"\xff\xfe", b"\n", b";", b"\x85", b"\xed\xa0\x80", b"NaN", b"1e999"]


@st.composite
def mutated_files(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        until = at + draw(st.sampled_from([0, 0, 1, 5, 40]))
        content[at:until] = draw(st.one_of(st.sampled_from(SPLINTERS), st.binary(max_size=6)))
    return bytes(content)


@settings(
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutated_files(), st.sampled_from(sorted(FIELDS)))
def test_a_mutated_file_never_breaks_the_import(
    session_factory: SessionFactory, content: bytes, kind: str
) -> None:
    with TemporaryDirectory() as folder:
        office = OfficeAtWork(session_factory, Path(folder))
        try:
            report = office.take(kind, content)
        except InvalidInputError:
            return
        assert all(rejected.reason for rejected in report.rejected)
        again = office.take(kind, content)
        assert (again.created, again.updated) == (0, 0)
