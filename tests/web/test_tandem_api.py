"""Tandems through the API: read, led on, refused."""

from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from matchmaker.tables import Tandem, TandemNote
from matchmaker.web import issue_token
from tests.factories import add_office


@pytest.fixture
def entry(client: TestClient, region: dict[str, str]) -> str:
    answer = client.post(f"/api/v1/needs/{region['need']}/match-list").json()
    list_entry: str = answer["results"][0]["list_entry"]
    return list_entry


@pytest.fixture
def tandem(client: TestClient, entry: str) -> str:
    """The address of a tandem that an event began."""
    event = client.post("/api/v1/events", json={"list_entry": entry, "kind": "sme_asked"})
    assert event.status_code == 201
    (found,) = client.get("/api/v1/tandems").json()["items"]
    return f"/api/v1/tandems/{found['id']}"


def test_a_tandem_is_read_and_led_on(
    client: TestClient, session: Session, region: dict[str, str], entry: str, tandem: str
) -> None:
    read = client.get(tandem).json()
    assert (read["stage"], read["sme_party_id"]) == ("sme_asked", region["firm"])
    assert read["legal_moves"] == ["startup_asked", "ended"]
    assert [(one["kind"], one["list_entry"]) for one in read["events"]] == [("sme_asked", entry)]

    body = {"to": "startup_asked", "version": read["version"], "note": "am Telefon"}
    answer = client.post(f"{tandem}/moves", json=body)
    assert answer.status_code == 201
    assert answer.json()["stage"] == "startup_asked"
    assert answer.json() == client.get(tandem).json()
    assert session.query(TandemNote).one().text == "am Telefon"


def test_an_old_version_and_an_illegal_move_are_conflicts_in_words(
    client: TestClient, session: Session, entry: str, tandem: str
) -> None:
    version = client.get(tandem).json()["version"]
    refused = [
        client.post(f"{tandem}/moves", json={"to": "pilot", "version": version}),
        client.post("/api/v1/events", json={"list_entry": entry, "kind": "pilot"}),
    ]
    for answer in refused:
        assert answer.status_code == 409
        assert "startup_asked, ended" in answer.json()["detail"]
    body = {"to": "startup_asked", "version": version}
    assert client.post(f"{tandem}/moves", json=body).status_code == 201
    stale = client.post(f"{tandem}/moves", json=body)
    assert stale.status_code == 409
    assert "from sme_asked to startup_asked" in stale.json()["detail"]
    assert session.query(Tandem).one().stage == "startup_asked"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to": "proposed"}, "to"),
        ({"to": "ended"}, "reason"),
        ({"reason": "price"}, "reason"),
        ({"at": "2999-01-01T00:00:00Z"}, "at"),
        ({"at": "2001-01-01T00:00:00Z"}, "at"),
        ({"version": 0}, "version"),
        ({"version": None}, "version"),
        ({"note": ""}, "note"),
        ({"seen": True}, "seen"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_by_field(
    client: TestClient, tandem: str, changed: dict[str, object], field: str
) -> None:
    answer = client.post(f"{tandem}/moves", json={"to": "startup_asked", "version": 1} | changed)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_tandems_are_listed_page_by_page(
    client: TestClient, region: dict[str, str], tandem: str
) -> None:
    results = client.get(f"/api/v1/needs/{region['need']}/match-list").json()["results"]
    for row in results[1:]:
        body = {"list_entry": row["list_entry"], "kind": "proposed"}
        assert client.post("/api/v1/events", json=body).status_code == 201
    seen: list[str] = []
    after: str | None = None
    while True:
        params = {"limit": "3"} | ({"after": after} if after else {})
        page = client.get("/api/v1/tandems", params=params).json()
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len({*seen}) == len(results)
    assert seen == sorted(seen)


def test_another_offices_tandem_does_not_exist(
    client: TestClient, session: Session, tandem: str
) -> None:
    other = issue_token(session, add_office(session).id, "other")
    session.commit()
    client.headers["Authorization"] = f"Bearer {other}"

    assert client.get("/api/v1/tandems").json() == {"items": [], "next": None}
    for place in (tandem, f"/api/v1/tandems/{uuid4()}"):
        assert client.get(place).status_code == 404
        moved = client.post(f"{place}/moves", json={"to": "ended", "version": 1, "reason": "price"})
        assert moved.status_code == 404
    assert session.get_one(Tandem, UUID(tandem.rpartition("/")[2])).stage == "sme_asked"
