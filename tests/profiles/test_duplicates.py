"""Rows that are the same party as another one."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import (
    Need,
    Party,
    Solution,
)
from tests.profiles.office import STARTUPS, OfficeAtWork


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (["A GmbH", "HRB 1 Ulm", "", ""], ["B GmbH", "Ulm HRB1", "", ""], "register number"),
        (["Seamwright", "", "s.example", ""], ["Seamwrght", "", "www.s.example", ""],
         "domain and name"),
        (["Weber & Söhne KG", "", "", "76646"], ["WEBER SOEHNE", "", "", "76646"],
         "name and postcode"),
    ],
)  # fmt: skip
def test_a_certain_duplicate_fills_only_what_is_empty(
    office: OfficeAtWork, session: Session, first: list[str], second: list[str], by: str
) -> None:
    header = ["id", "Firma", "Handelsregister", "Webseite", "PLZ", "Mitarbeitende", "Ort"]
    rows = [header, ["1", *first, "10", ""], ["2", *second, "99", "Calw"]]

    report = office.take("companies", rows)

    (duplicate,) = report.duplicates
    assert (duplicate.row, duplicate.by, duplicate.is_certain) == (3, by, True)
    party = session.scalars(select(Party)).one()
    assert (party.id, party.employees, party.town) == (duplicate.of, 10, "Calw")
    again = office.take("companies", rows)
    assert (again.created, again.updated, again.batch) == (0, 0, None)


def test_a_need_finds_its_company_under_the_id_of_a_duplicate(
    office: OfficeAtWork, session: Session
) -> None:
    header = ["id", "Firma", "PLZ"]
    office.take("companies", [header, ["1", "Weber KG", "76646"], ["2", "Weber", "76646"]])

    office.take("needs", [["id", "Firma", "Bedarf"], ["n", "2", "Wir suchen Hilfe."]])

    assert session.scalars(select(Need)).one().party_id == office.party(session, "1").id


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (["Alpha", "x.example", ""], ["Omega", "x.example", ""], "domain"),
        (["Alpha", "", "76646"], ["Alpha GmbH", "", "10115"], "name"),
    ],
)
def test_a_possible_duplicate_becomes_a_record_of_its_own_and_is_listed(
    office: OfficeAtWork, first: list[str], second: list[str], by: str
) -> None:
    header = ["id", "Firma", "Webseite", "PLZ"]
    report = office.take("companies", [header, ["1", *first], ["2", *second]])

    (duplicate,) = report.duplicates
    assert (duplicate.row, duplicate.by, duplicate.is_certain) == (3, by, False)
    assert office.count(Party) == 2


def test_a_duplicate_of_a_startup_adds_no_second_solution(office: OfficeAtWork) -> None:
    office.take("startups", STARTUPS)

    rows = [["id", "name", "website", "text"], ["77", "Nahtblick", "nahtblick.example", "Anders."]]
    report = office.take("startups", rows, mapping="other")

    assert report.unchanged == 1
    assert office.count(Solution) == 3
