"""Parties, needs and solutions through the API."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import LedgerEntry, Municipality, Office, Party, TextVersion
from tests.factories import add_need, add_office, add_party, add_solution

SUBJECTS = ("parties", "needs", "solutions")


def body_of(subject: str, region: dict[str, str]) -> dict[str, Any]:
    return {
        "parties": {"kind": "startup", "name": "Nahtblick UG", "description": "Wir prüfen Nähte."},
        "needs": {"text": "Wir suchen eine Tourenplanung.", "party_id": region["firm"]},
        "solutions": {"text": "Wir planen Touren.", "party_id": region["startup"]},
    }[subject]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_record_is_created_read_changed_and_deleted(
    client: TestClient, region: dict[str, str], subject: str
) -> None:
    created = client.post(f"/api/v1/{subject}", json=body_of(subject, region))
    assert created.status_code == 201, created.text
    address = created.headers["Location"]
    assert created.json().items() >= body_of(subject, region).items()
    assert client.get(address).json() == created.json()

    change = {"name": "Nahtblick GmbH"} if subject == "parties" else {"title": "Neuer Titel"}
    changed = client.patch(address, json=change)
    assert changed.status_code == 200, changed.text
    assert changed.json().items() >= change.items()
    assert changed.json()["updated_at"] > created.json()["updated_at"]

    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("subject", SUBJECTS)
def test_pages_follow_each_other_without_gap_or_repetition(
    client: TestClient, region: dict[str, str], subject: str
) -> None:
    for _ in range(3):
        client.post(f"/api/v1/{subject}", json=body_of(subject, region))
    everything = [item["id"] for item in client.get(f"/api/v1/{subject}").json()["items"]]

    paged, query = [], "limit=2"
    while True:
        page = client.get(f"/api/v1/{subject}?{query}").json()
        paged += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        query = f"limit=2&after={page['next']}"

    assert paged == everything == sorted(everything)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_another_office_owns_alone_does_not_exist(
    client: TestClient, session: Session, subject: str
) -> None:
    foreign = _foreign(session, subject, "office")
    address = f"/api/v1/{subject}/{foreign}"

    answers = [
        client.get(address),
        client.patch(address, json={"visibility": "network"}),
        client.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all(str(foreign) != item["id"] for item in _all(client, subject))
    unknown = client.get(f"/api/v1/{subject}/{uuid4()}").json()
    assert answers[0].json().keys() == unknown.keys()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_network_may_see_can_be_read_and_not_changed(
    client: TestClient, session: Session, subject: str
) -> None:
    foreign = _foreign(session, subject, "network")
    address = f"/api/v1/{subject}/{foreign}"

    assert client.get(address).status_code == 200
    assert str(foreign) in [item["id"] for item in _all(client, subject)]
    assert client.patch(address, json={"visibility": "office"}).status_code == 409
    assert client.delete(address).status_code == 409


def test_null_empties_a_field_and_a_field_left_out_stays(
    client: TestClient, region: dict[str, str]
) -> None:
    body = {"text": "Wir suchen Hilfe.", "title": "Hilfe", "tags": ["KI"], "seat_country": "DE"}
    address = client.post("/api/v1/needs", json=body).headers["Location"]

    changed = client.patch(address, json={"title": None, "tags": []}).json()

    assert (changed["title"], changed["tags"], changed["seat_country"]) == (None, [], "DE")


@pytest.mark.parametrize("field", ["text", "status", "visibility", "tags"])
def test_a_field_that_cannot_be_empty_is_not_emptied(
    client: TestClient, region: dict[str, str], field: str
) -> None:
    answer = client.patch(f"/api/v1/needs/{region['need']}", json={field: None})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(
    client: TestClient, session: Session, region: dict[str, str]
) -> None:
    address = f"/api/v1/needs/{region['need']}"
    before = client.get(address).json()

    after = client.patch(address, json={"text": "Wir suchen nun etwas anderes."}).json()

    assert after["text"] == "Wir suchen nun etwas anderes."
    assert after["text_version"] != before["text_version"]
    stored = select(TextVersion.id, TextVersion.text)
    texts = {str(version): text for version, text in session.execute(stored)}
    assert texts[before["text_version"]] == before["text"]


def test_the_same_text_again_is_no_change_at_all(
    client: TestClient, session: Session, region: dict[str, str]
) -> None:
    address = f"/api/v1/needs/{region['need']}"
    before = client.get(address).json()
    lines = len(session.scalars(select(LedgerEntry.id)).all())

    after = client.patch(address, json={"text": f"  {before['text']}\r\n", "status": "open"})

    assert after.json() == before
    assert len(session.scalars(select(LedgerEntry.id)).all()) == lines


def test_a_language_can_be_put_right_without_new_words(
    client: TestClient, region: dict[str, str]
) -> None:
    changed = client.patch(f"/api/v1/needs/{region['need']}", json={"language": "nl"}).json()

    assert changed["language"] == "nl"
    assert changed["text"].startswith("Wir suchen eine automatische")


def test_a_record_with_a_place_finds_its_municipality(
    client: TestClient, session: Session, office: Office
) -> None:
    place = Municipality(
        country="DE",
        postcode="76703",
        name="Kraichtal",
        name_key="kraichtal",
        latitude=49.12,
        longitude=8.75,
    )
    session.add(place)
    session.commit()
    body = {"kind": "sme", "name": "A", "postcode": "76703", "town": "Kraichtal", "country": "DE"}

    party = client.post("/api/v1/parties", json=body).json()
    assert party["municipality_id"] == str(place.id)

    moved = client.patch(f"/api/v1/parties/{party['id']}", json={"postcode": None, "town": None})
    assert moved.json()["municipality_id"] is None


def test_the_keys_that_find_duplicates_follow_the_fields(
    client: TestClient, session: Session
) -> None:
    body = {"kind": "sme", "name": "Müller GmbH", "website": "https://www.mueller.example/x"}
    party = client.post("/api/v1/parties", json=body).json()
    client.patch(f"/api/v1/parties/{party['id']}", json={"website": None})

    keys = select(Party.name_key, Party.domain_key).where(Party.name == "Müller GmbH")
    assert session.execute(keys).one() == ("mueller", None)


def test_branches_are_stored_as_divisions(client: TestClient) -> None:
    body = {"kind": "sme", "branches": ["C28", "28.99.1", "Maschinenbau", "Erfundenes Gewerbe"]}

    assert client.post("/api/v1/parties", json=body).json()["branches"] == [
        "28",
        "erfundenes gewerbe",
    ]


@pytest.mark.parametrize("subject", ["needs", "solutions"])
def test_a_record_cannot_be_given_to_a_party_of_another_office(
    client: TestClient, session: Session, subject: str
) -> None:
    foreign = add_party(session, add_office(session).id, visibility="network")
    session.commit()

    answer = client.post(f"/api/v1/{subject}", json={"text": "x", "party_id": str(foreign.id)})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "party_id"


def test_an_external_id_is_taken_once(client: TestClient) -> None:
    body = {"kind": "sme", "external_id": "K-17"}

    assert client.post("/api/v1/parties", json=body).json()["source"] == "api"
    assert client.post("/api/v1/parties", json=body).status_code == 409


def test_half_a_coordinate_is_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/parties", json={"kind": "sme", "latitude": 49.0})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "longitude"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_a_list_refers_to_is_not_deleted(
    client: TestClient, region: dict[str, str], subject: str
) -> None:
    assert client.post(f"/api/v1/needs/{region['need']}/match-list").status_code == 201
    used = {"parties": "startup", "needs": "need", "solutions": "solution"}[subject]

    answer = client.delete(f"/api/v1/{subject}/{region[used]}")

    assert answer.status_code == 409
    assert "instead" in answer.json()["detail"]
    assert client.get(f"/api/v1/{subject}/{region[used]}").status_code == 200


def _foreign(session: Session, subject: str, visibility: str) -> Any:
    other = add_office(session).id
    add = {"parties": add_party, "needs": add_need, "solutions": add_solution}[subject]
    record: Any = add(session, other, visibility=visibility)
    session.commit()
    return record.id


def _all(client: TestClient, subject: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"/api/v1/{subject}?limit=200").json()["items"]
    return items
