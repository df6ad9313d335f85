"""What an import makes of the rows of a file, and what it reports."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import InvalidInputError
from matchmaker.tables import (
    BlockedPair,
    ClusterMembership,
    Need,
    Party,
    Solution,
    TextVersion,
)
from tests.profiles.office import COMPANIES, NEEDS, STARTUPS, OfficeAtWork, as_json_lines


def test_several_rows_of_one_id_are_solutions_of_one_startup(
    office: OfficeAtWork, session: Session
) -> None:
    report = office.take("startups", STARTUPS)

    assert (report.read, report.created, report.rejected) == (3, 3, [])
    party = office.party(session, "S1")
    solutions = session.scalars(select(Solution).where(Solution.party_id == party.id)).all()
    assert {(s.external_id, s.title, s.maturity_trl) for s in solutions} == {
        ("S1", "Prüfung", 8),
        ("S1/2", "Kleber", 6),
    }
    assert (party.kind, party.domain_key) == ("startup", "nahtblick.example")


def test_a_missing_name_keeps_its_row(office: OfficeAtWork, session: Session) -> None:
    office.take("startups", STARTUPS)

    nameless = office.party(session, "S2")
    assert nameless.name is None
    solution = session.scalars(select(Solution).where(Solution.party_id == nameless.id)).one()
    version = session.get_one(TextVersion, solution.text_id)
    assert (version.text, version.language) == ("We sell sensors for silos.", "en")
    assert solution.maturity_trl == 9


def test_companies_come_in_with_german_headers(office: OfficeAtWork, session: Session) -> None:
    report = office.take("companies", COMPANIES)

    assert report.created == 2
    assert report.mapping["employees"] == ["Mitarbeitende"]
    one, two = office.party(session, "F1"), office.party(session, "F2")
    assert (one.branches, one.employees, one.founded_on) == (["25"], 48, date(1987, 1, 1))
    assert (two.branches, two.employees, two.founded_on) == (["28"], 1200, date(1974, 4, 12))
    memberships = session.scalars(select(ClusterMembership)).all()
    assert [(m.party_id, m.cluster) for m in memberships] == [(one.id, "metall")]


def test_needs_find_their_company_by_id_and_by_name(office: OfficeAtWork, session: Session) -> None:
    office.take("companies", COMPANIES)
    office.take("startups", STARTUPS)

    report = office.take("needs", NEEDS)

    assert (report.created, report.rejected) == (3, [])
    assert report.notes == [
        "row 3: not blocked, no organization of the office has the id or name “Niemand”"
    ]
    needs = {n.external_id: n for n in session.scalars(select(Need))}
    assert needs["N1"].party_id == office.party(session, "F1").id
    assert needs["N2"].party_id == office.party(session, "F2").id
    assert needs["N3"].party_id is None
    assert (needs["N1"].maturity_wanted_trl, needs["N2"].maturity_wanted_trl) == (6, 9)
    assert needs["N1"].cooperation_forms == ["buy", "pilot"]
    assert needs["N1"].needed_by_on == date(2027, 6, 30)
    block = session.scalars(select(BlockedPair)).one()
    assert {block.party_id, block.other_party_id} == {
        office.party(session, "F1").id,
        office.party(session, "S2").id,
    }


def test_a_need_of_an_unknown_company_is_rejected_and_the_others_go_in(
    office: OfficeAtWork,
) -> None:
    report = office.take("needs", NEEDS)

    assert [(r.row, r.column) for r in report.rejected] == [(2, "Firma-Nr"), (3, "Firma-Nr")]
    assert "“F1”" in report.rejected[0].reason
    assert report.created == 1


def test_a_need_may_carry_its_company_and_what_it_must_not_know_is_ignored(
    office: OfficeAtWork, session: Session
) -> None:
    company = {"town": "Calw", "industry": "Maschinenbau", "size": "medium", "profile_text": "X Y"}
    rows = [
        {"id": "n1", "lang": "de", "text": "Bedarf eins", "company": company, "relevant": ["s1"]},
        {"id": "n2", "lang": "de", "text": "Bedarf zwei", "company": company, "relevant": ["s2"]},
    ]
    report = office.take("needs", as_json_lines(rows), "needs.jsonl")

    assert (report.created, report.duplicates) == (2, [])
    assert report.ignored_columns == ["relevant"]
    party = session.scalars(select(Party)).one()
    assert (party.kind, party.town, party.branches, party.employees) == ("sme", "Calw", ["28"], 50)


def test_headline_and_description_are_one_text_and_a_closed_company_is_paused(
    office: OfficeAtWork, session: Session
) -> None:
    row = {
        "id": 5,
        "name": "Seamwright",
        "one_liner": "Inspection of welds",
        "long_description": "We inspect every weld.",
        "industry": "Industrials",
        "tags": "Robotics|Hardware",
        "all_locations": "London, England, United Kingdom; Remote",
        "team_size": 58,
        "status": "Inactive",
    }
    office.take("startups", as_json_lines([row]), "yc.jsonl")

    assert office.texts(Solution) == ["Inspection of welds\nWe inspect every weld."]
    solution = session.scalars(select(Solution)).one()
    assert (solution.title, solution.status) == ("Inspection of welds", "paused")
    assert solution.tags == ["Industrials", "Robotics", "Hardware"]
    party = office.party(session, "5")
    assert (party.town, party.country, party.employees) == ("London", "GB", 58)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("maturity_trl", "12", "a level from 1 to 9, or idea, prototype, pilot or ready"),
        ("founded_on", "9999", "a year from 1000 to 2100"),
        ("founded_on", "31.02.2019", "a year from 1000 to 2100"),
        ("latitude", "500", "degrees from -90 to 90"),
        ("employees", "viele", "a whole number"),
        ("website", "keine", "a web address"),
        ("cooperation_forms", "buy|borrow", "one of buy, pilot"),
        ("status", "vielleicht", "one of active, paused"),
        ("country", "Atlantis", "a country"),
        ("text", "x" * 200_001, "at most 200 kB of text"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row_and_no_other(
    office: OfficeAtWork, column: str, cell: str, expected: str
) -> None:
    report = office.take("startups", [["id", "name", column], ["1", "A", cell], ["2", "B", ""]])

    (rejected,) = report.rejected
    assert (rejected.row, rejected.column) == (2, column)
    assert f"expected {expected}" in rejected.reason
    assert len(rejected.reason) < 200
    assert report.created == 1


def test_every_bad_cell_of_a_row_is_named(office: OfficeAtWork) -> None:
    report = office.take("startups", [["id", "TRL", "Gründung"], ["1", "12", "x"]])

    (rejected,) = report.rejected
    assert {"TRL", "Gründung"} == {rejected.column, rejected.reason.split("; ")[1].split(":")[0]}


@pytest.mark.parametrize(
    ("postcode", "country", "stored"),
    [("1067", "DE", "01067"), ("D-76698", "", "76698"), ("8001", "CH", "8001")],
)
def test_a_postcode_is_brought_into_its_form(
    office: OfficeAtWork, session: Session, postcode: str, country: str, stored: str
) -> None:
    office.take("companies", [["id", "PLZ", "Land"], ["1", postcode, country]])

    assert office.party(session, "1").postcode == stored


def test_letters_in_a_german_postcode_reject_the_row(office: OfficeAtWork) -> None:
    report = office.take("companies", [["id", "PLZ", "Land"], ["1", "7669A", "Bayern"]])

    assert [(r.row, r.column) for r in report.rejected] == [(2, "PLZ")]


def test_nul_bytes_are_cleaned_away(office: OfficeAtWork) -> None:
    office.take("startups", "id;text\n1;Wir\x00 prüfen.\n")

    assert office.texts(Solution) == ["Wir prüfen."]


def test_a_file_without_a_needed_column_names_what_was_expected_and_found(
    office: OfficeAtWork,
) -> None:
    with pytest.raises(InvalidInputError, match=r"bedarf.*Found: Farbe, Form"):
        office.take("needs", [["Farbe", "Form"], ["rot", "rund"]])
