"""Towns and postcodes that find their municipality."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.profiles.places import resolve_place, split_location
from matchmaker.tables import Municipality, Party
from tests.profiles.office import OfficeAtWork, Table

PLACES: Table = [
    ["plz", "lat", "lon", "ort", "ags", "landkreis", "bundesland", "degurba"],
    ["76646", "49.12", "8.60", "Bruchsal", "08215009", "Karlsruhe", "Baden-Württemberg", "2"],
    ["76703", "49.14", "8.72", "Kraichtal", "08215097", "Karlsruhe", "Baden-Württemberg", "3"],
    ["68159", "49.49", "8.46", "Mannheim", "08222000", "", "Baden-Württemberg", "1"],
    ["68161", "49.48", "8.47", "Mannheim", "08222000", "", "Baden-Württemberg", "1"],
    ["68163", "49.46", "8.50", "Mannheim", "08222000", "", "Baden-Württemberg", "1"],
    ["73728", "48.74", "9.30", "Esslingen am Neckar", "08116019", "", "Baden-Württemberg", "1"],
    ["11111", "50.00", "9.00", "Neustadt", "01111111", "A", "Hessen", "3"],
    ["22222", "51.00", "9.00", "Neustadt", "02222222", "B", "Sachsen", "3"],
    ["33333", "50.50", "9.10", "Oberdorf", "03333331", "C", "Hessen", "3"],
    ["33333", "50.51", "9.11", "Unterdorf", "03333332", "C", "Hessen", "3"],
]


@pytest.fixture
def placed(office: OfficeAtWork) -> OfficeAtWork:
    report = office.take("places", PLACES)
    assert (report.created, report.rejected) == (10, [])
    return office


@pytest.mark.parametrize(
    ("country", "postcode", "town", "found"),
    [
        ("DE", "76646", None, "76646"),
        (None, "76646", "Irgendwo", "76646"),
        ("FR", "76646", None, None),
        (None, None, "Bruchsal, Stadt", "76646"),
        (None, None, "BRUCHSAL", "76646"),
        (None, None, "Bruchsal-Heidelsheim", "76646"),
        (None, None, "Esslingen", "73728"),
        (None, None, "Mannheim / Moline", "68161"),
        (None, None, "Neustadt", None),
        (None, "22222", "Neustadt", "22222"),
        (None, "33333", None, None),
        (None, "33333", "Unterdorf", "33333"),
        ("AT", None, "Bruchsal", None),
        (None, None, "Wolkenkuckucksheim", None),
        (None, "99999", "Kraichtal", "76703"),
        (None, None, None, None),
    ],
)
def test_an_address_finds_its_municipality_or_nothing(
    placed: OfficeAtWork,
    session: Session,
    country: str | None,
    postcode: str | None,
    town: str | None,
    found: str | None,
) -> None:
    place = resolve_place(session, country=country, postcode=postcode, town=town)

    assert (place.postcode if place else None) == found
    if town == "Unterdorf" and place:
        assert place.name == "Unterdorf"


def test_a_company_gets_coordinates_and_country_from_its_place(
    placed: OfficeAtWork, session: Session
) -> None:
    placed.take("companies", [["id", "Ort"], ["1", "Kraichtal"], ["2", "Nirgendwo"]])

    party, nowhere = placed.party(session, "1"), placed.party(session, "2")
    assert (party.country, party.latitude, party.longitude) == ("DE", 49.14, 8.72)
    place = session.get_one(Municipality, party.municipality_id)
    assert (place.degurba, place.state) == (3, "Baden-Württemberg")
    assert (nowhere.town, nowhere.municipality_id) == ("Nirgendwo", None)


def test_stated_coordinates_stay(placed: OfficeAtWork, session: Session) -> None:
    placed.take("companies", [["id", "Ort", "lat", "lon"], ["1", "Kraichtal", "49,5", "8,5"]])

    assert placed.party(session, "1").latitude == 49.5


def test_places_that_come_later_are_found_for_those_who_waited(
    office: OfficeAtWork, session: Session
) -> None:
    companies = [["id", "PLZ", "Ort"], ["1", "", "Kraichtal"], ["2", "76646", ""]]
    office.take("companies", companies)

    report = office.take("places", PLACES)

    assert report.notes == ["2 organizations found their place"]
    assert {p.latitude for p in session.scalars(select(Party))} == {49.14, 49.12}
    assert office.take("companies", companies).unchanged == 2


def test_a_company_file_brings_the_places_it_describes(
    office: OfficeAtWork, session: Session
) -> None:
    header = ["company_id", "land", "plz", "place", "ags", "gemeinde", "lat", "lon", "degurba"]
    rows = [
        header,
        ["1", "Sachsen", "", "Dresden", "", "", "", "", ""],
        ["2", "Sachsen", "", "", "14612000", "Dresden, Stadt", "51.05", "13.74", "1"],
    ]
    assert office.take("companies", rows).created == 2

    place = session.scalars(select(Municipality)).one()
    assert (place.name, place.country, place.degurba) == ("Dresden", "DE", 1)
    assert {p.municipality_id for p in session.scalars(select(Party))} == {place.id}
    assert office.take("companies", rows).unchanged == 2


def test_the_same_places_again_change_nothing(placed: OfficeAtWork) -> None:
    report = placed.take("places", PLACES)

    assert (report.unchanged, report.batch) == (10, None)


def test_a_place_that_cannot_be_read_is_rejected_alone(office: OfficeAtWork) -> None:
    rows = [PLACES[0], PLACES[1], ["1", "999", "1", "X", "", "", "", ""], PLACES[2]]
    report = office.take("places", rows)

    assert [(r.row, r.column) for r in report.rejected] == [(3, "lat")]
    assert report.created == 2


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("London, England, United Kingdom; Remote", {"town": "London", "country": "GB"}),
        ("San Francisco, CA, USA", {"town": "San Francisco", "country": "US"}),
        ("Hauptstr. 5, 76646 Bruchsal", {"postcode": "76646", "town": "Bruchsal"}),
        ("Remote", {}),
        (" ; ,", {}),
    ],
)
def test_an_address_line_is_taken_apart_as_far_as_it_goes(
    location: str, parts: dict[str, str]
) -> None:
    assert split_location(location) == parts
