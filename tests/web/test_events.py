"""Events through the API."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from matchmaker.tables import Event
from matchmaker.web import issue_token
from tests.factories import add_office


@pytest.fixture
def entry(client: TestClient, region: dict[str, str]) -> str:
    answer = client.post(f"/api/v1/needs/{region['need']}/match-list").json()
    list_entry: str = answer["results"][0]["list_entry"]
    return list_entry


def test_an_event_is_recorded_as_it_happened(
    client: TestClient, session: Session, entry: str
) -> None:
    body = {
        "list_entry": entry,
        "kind": "judged_no_fit",
        "reason": "too_early",
        "maturity": 7,
        "side": "sme",
        "at": "2026-01-05T10:00:00+01:00",
    }

    answer = client.post("/api/v1/events", json=body)

    assert answer.status_code == 201, answer.text
    event = session.get_one(Event, UUID(answer.json()["event"]))
    assert event.happened_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert (event.kind, event.reason, event.side, event.origin) == (
        "judged_no_fit",
        "too_early",
        "sme",
        "api",
    )
    assert str(event.match_list_entry_id) == entry


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "loved"}, "kind"),
        ({"kind": "judged_no_fit"}, "reason"),
        ({"reason": "price"}, "reason"),
        ({"kind": "judged_no_fit", "reason": "ugly"}, "reason"),
        ({"side": "office"}, "side"),
        ({"at": "2999-01-01T00:00:00Z"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-14:00"}, "at"),
        ({"at": "2026-01-05T10:00:00"}, "at"),
        ({"at": 1700000000}, "at"),
        ({"kind": "judged_no_fit", "reason": "too_early"}, "maturity"),
        ({"kind": "judged_no_fit", "reason": "too_early", "maturity": 10}, "maturity"),
        ({"kind": "judged_no_fit", "reason": "timing"}, "until"),
        ({"kind": "judged_no_fit", "reason": "no_capacity", "until": "2026-01-01"}, "until"),
        ({"kind": "judged_no_fit", "reason": "no_capacity", "until": "soon"}, "until"),
        ({"kind": "judged_no_fit", "reason": "it_security"}, "evidence"),
        ({"kind": "judged_no_fit", "reason": "description_unclear"}, "asked_side"),
        ({"kind": "judged_no_fit", "reason": "price", "maturity": 7}, "maturity"),
        ({"kind": "judged_fit", "country": "DE"}, "country"),
        ({"list_entry": "17"}, "list_entry"),
        ({"liked": True}, "liked"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_by_field(
    client: TestClient, entry: str, changed: dict[str, object], field: str
) -> None:
    body = {"list_entry": entry, "kind": "shown"} | changed

    answer = client.post("/api/v1/events", json=body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_an_entry_of_another_office_does_not_exist(
    client: TestClient, session: Session, entry: str
) -> None:
    other = issue_token(session, add_office(session).id, "other")
    session.commit()
    client.headers["Authorization"] = f"Bearer {other}"

    for list_entry in (entry, str(uuid4())):
        answer = client.post("/api/v1/events", json={"list_entry": list_entry, "kind": "shown"})
        assert answer.status_code == 404


def test_a_no_leaves_the_pair_out_until_it_is_taken_back(
    client: TestClient, region: dict[str, str], entry: str
) -> None:
    place = f"/api/v1/needs/{region['need']}/match-list"
    body = {"list_entry": entry, "kind": "judged_no_fit", "reason": "timing", "until": "2099-01-01"}
    before = client.post(place).json()
    assert client.post("/api/v1/events", json=body).status_code == 201
    assert client.post(place).json()["excluded"] == {"judged_timing": 1}

    body = {"list_entry": entry, "kind": "verdict_withdrawn"}
    assert client.post("/api/v1/events", json=body).status_code == 201
    after = client.post(place).json()
    assert [r["solution"] for r in after["results"]] == [r["solution"] for r in before["results"]]
    assert client.post("/api/v1/events", json=body).status_code == 409
