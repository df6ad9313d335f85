"""Exports that come back as they went out."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import InvalidInputError
from matchmaker.tables import Solution, TextVersion
from tests.factories import add_party, add_solution
from tests.profiles.office import OfficeAtWork, Table, as_json_lines

COMPANIES: list[dict[str, Any]] = [
    {
        "id": "007",
        "Firma": '"Müller" & Söhne; KG',
        "Webseite": "mueller.example",
        "PLZ": "01067",
        "Ort": "Dresden",
        "Land": "DE",
        "Branche": "28|Möwenzucht",
        "Mitarbeitende": 12,
        "Gründung": "1987",
        "Profil": 'Zeile eins\n\n- Zeile zwei; mit "Zitat"',
        "Sprachen": "de|en",
        "Cluster": "b|a",
        "Sichtbarkeit": "network",
        "Status": "paused",
        "lat": 51.05,
        "lon": -13.7,
        "sucht": "=1+1",
    },
    {"id": "7", "Firma": "@home GmbH", "Land": "CH", "Profil": "'=kein", "sucht": "-5 % Kosten"},
    {"Firma": "+49 Vertrieb", "PLZ": "76646", "Branche": ["Möwen, Enten"], "Profil": "eins, zwei"},
]
STARTUPS: list[dict[str, Any]] = [
    {"id": "S1", "name": "Nahtblick", "title": "Eins", "text": "=SUM(A1)", "tags": ["a", "b, c"]},
    {"id": "S1", "name": "Nahtblick", "title": "Zwei", "text": "_x0041_ bleibt", "TRL": 8},
    {"id": "S2", "text": "We count\tbirds.", "capacity": 2, "status": "paused", "lang": "en"},
    {"id": "S3", "name": "Ohne Text", "customer_sizes": ["small", "large"]},
    {"text": "Nur ein Text, sonst nichts.", "it_security": ["tisax", "hausregel 7"]},
]
NEEDS: Table = [
    ["id", "Firma", "Titel", "Bedarf", "Branche", "Reifegrad", "Bis wann", "Sitz", "Nicht mit"],
    ["n1", "007", "-Titel", "@alle: Hilfe!", "25", "pilot", "2027-05-01", "DE", "S1|S2"],
    ["n2", "Home", "", '"Anführung"', "", "", "", "", ""],
    ["", "", "", "Ohne Firma und ohne Nummer", "", "", "", "", ""],
]
PLACES: Table = [
    ["plz", "ort", "lat", "lon", "degurba", "ags"],
    ["01067", "Dresden", "51.0547", "13.7269", "1", "14612000"],
]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".jsonl", ".jsonl.gz"])
def test_export_import_export_gives_the_same_bytes(office: OfficeAtWork, ending: str) -> None:
    office.take("places", PLACES)
    office.take("companies", as_json_lines(COMPANIES), "c.jsonl")
    office.take("startups", as_json_lines(STARTUPS), "s.jsonl")
    assert office.take("needs", NEEDS).rejected == []
    kinds = ("companies", "startups", "needs", "places")
    first = {kind: office.export(kind, kind + ending) for kind in kinds}

    other = OfficeAtWork(office.factory, office.folder)
    for kind in kinds:
        report = other.take(kind, first[kind], kind + ending)
        assert (report.rejected, report.notes) == ([], [])

    assert {kind: other.export(kind, kind + ending) for kind in kinds} == first


def test_an_export_read_back_into_its_own_office_changes_nothing(
    office: OfficeAtWork, session: Session
) -> None:
    party = add_party(session, office.id, kind="startup", name="Von Hand", name_key="von hand")
    add_solution(session, office.id, party_id=party.id, title="Eins")
    add_solution(session, office.id, "Etwas anderes, aber auch nützlich.", party_id=party.id)
    session.commit()

    report = office.take("startups", office.export("startups", "out.csv"))

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)


def test_no_text_is_a_formula_in_csv_and_each_comes_back(
    office: OfficeAtWork, session: Session
) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "'=1", "''@", "'quoted'", "plain"]
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    office.take("startups", as_json_lines(rows), "s.jsonl")

    content = office.export("startups", "out.csv")

    cells = {cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(";")}
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    other = OfficeAtWork(office.factory, office.folder)
    other.take("startups", content)
    owned = select(TextVersion.text).where(TextVersion.owner_office_id == other.id)
    assert set(session.scalars(owned)) == set(texts)


def test_a_text_that_fits_no_spreadsheet_is_refused_by_name(office: OfficeAtWork) -> None:
    office.take("startups", as_json_lines([{"id": "lang", "text": "x" * 40_000}]), "s.jsonl")

    with pytest.raises(InvalidInputError, match="text of lang is longer"):
        office.export("startups", "out.xlsx")
    assert not (office.folder / "out.xlsx").exists()
    assert office.export("startups", "out.csv")


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [("cars", "out.csv", "expected one of startups"), ("needs", "out.pdf", r"ends in \.csv")],
)
def test_an_unknown_kind_or_ending_is_refused(
    office: OfficeAtWork, kind: str, name: str, says: str
) -> None:
    with pytest.raises(InvalidInputError, match=says):
        office.export(kind, name)


def test_another_office_exports_nothing_of_this_one(office: OfficeAtWork) -> None:
    office.take("startups", as_json_lines(STARTUPS), "s.jsonl")
    other = OfficeAtWork(office.factory, office.folder)

    assert other.count(Solution) == 0
    assert other.export("startups", "out.jsonl") == b""
