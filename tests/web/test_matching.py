"""Match lists through the API."""

import math
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import LedgerEntry, MatchList, Need, Office, TextVersion
from matchmaker.web import issue_token
from matchmaker.web.schemas.matching import MatchOut
from tests.factories import add_need, add_office

NEED = "Wir suchen eine automatische Prüfung unserer Schweißnähte mit einer Kamera."


def test_a_text_typed_in_is_answered_and_nothing_is_stored(
    client: TestClient, session: Session, region: dict[str, str]
) -> None:
    client.post("/api/v1/match", json={"text": NEED})
    before = _rows(session)

    answer = client.post("/api/v1/match", json={"text": NEED, "top": 2, "lang": "en"})

    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert len(document["results"]) == 2
    assert document["results"][0]["startup"]["id"] == region["startup"]
    assert document["considered"] == 4
    assert document["match_list"] is None
    assert document["encoder_notice"]
    assert _rows(session) == before


def test_an_answer_is_what_its_description_says(client: TestClient, region: dict[str, str]) -> None:
    for answer in (
        client.post("/api/v1/match", json={"text": NEED}),
        client.post(f"/api/v1/needs/{region['need']}/match-list"),
    ):
        described = MatchOut.model_validate(answer.json(), extra="forbid")
        for result in described.results:
            for side in (result.sides.sme, result.sides.startup):
                total = side.intercept + sum(c.contribution for c in side.contributions)
                assert side.preference == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-9)


def test_facts_beside_the_text_count(client: TestClient, region: dict[str, str]) -> None:
    client.patch(f"/api/v1/parties/{region['startup']}", json={"country": "FR"})

    answer = client.post("/api/v1/match", json={"text": NEED, "seat_country": "DE"}).json()

    assert answer["excluded"] == {"wrong_seat": 1}


def test_a_text_that_says_too_little_gets_no_list_and_hears_why(
    client: TestClient, region: dict[str, str]
) -> None:
    answer = client.post("/api/v1/match", json={"text": "Hilfe"}).json()

    assert answer["abstained"] == ["need.text"]
    assert answer["results"] == []


def test_a_published_list_reads_the_same_byte_for_byte(
    client: TestClient, region: dict[str, str]
) -> None:
    published = client.post(f"/api/v1/needs/{region['need']}/match-list")
    assert published.status_code == 201

    newest = client.get(f"/api/v1/needs/{region['need']}/match-list")
    by_id = client.get(published.headers["Location"])

    assert newest.status_code == by_id.status_code == 200
    assert published.content == newest.content == by_id.content


def test_a_list_read_later_is_shorter_or_in_the_other_language_but_the_same(
    client: TestClient, region: dict[str, str]
) -> None:
    german = client.post(f"/api/v1/needs/{region['need']}/match-list").json()
    english = client.get(f"/api/v1/match-lists/{german['match_list']}?lang=en&top=1").json()

    assert len(english["results"]) == 1
    first, second = german["results"][0], english["results"][0]
    assert first["reciprocal_score"] == second["reciprocal_score"]
    assert first["list_entry"] == second["list_entry"]
    assert _sentences(first) != _sentences(second)


def test_a_need_without_a_list_says_how_to_make_one(
    client: TestClient, region: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1/needs/{region['need']}/match-list")

    assert answer.status_code == 404
    assert "POST" in answer.json()["detail"]


def test_after_a_new_wording_the_old_list_still_quotes_the_old_one(
    client: TestClient, region: dict[str, str]
) -> None:
    body = {"text": "Eine Kamera soll Fehler in Schweißnähten während der Fertigung erkennen."}
    address = client.post("/api/v1/needs", json=body).headers["Location"]
    old = client.post(f"{address}/match-list")
    client.patch(address, json={"text": "Wir suchen eine Tourenplanung für Handwerker im Kreis."})

    again = client.get(old.headers["Location"])
    new = client.post(f"{address}/match-list").json()

    assert again.content == old.content
    document = again.json()
    quoted = [evidence for result in document["results"] for evidence in result["evidence"]]
    assert quoted
    for evidence in quoted:
        text = document["texts"][evidence["need_text_version"]]
        start, end = evidence["need_span"]
        assert text[start:end].strip()
        assert "Schweißnähte" in text
    assert new["need"]["text_version"] != document["need"]["text_version"]
    assert new["match_list"] != document["match_list"]


def test_a_changed_solution_shows_in_the_next_list(
    client: TestClient, region: dict[str, str]
) -> None:
    client.post("/api/v1/match", json={"text": NEED})
    client.patch(f"/api/v1/solutions/{region['solution']}", json={"status": "paused"})

    answer = client.post("/api/v1/match", json={"text": NEED}).json()

    assert answer["excluded"] == {"paused": 1}
    assert region["startup"] not in [result["startup"]["id"] for result in answer["results"]]


def test_why_not_names_the_rule(client: TestClient, region: dict[str, str]) -> None:
    client.patch(f"/api/v1/solutions/{region['solution']}", json={"capacity": 0})
    client.post(f"/api/v1/needs/{region['need']}/match-list")

    answer = client.get(f"/api/v1/needs/{region['need']}/why-not?startup={region['startup']}")

    assert answer.status_code == 200, answer.text
    assert answer.json()["cause"] == "rule"
    assert answer.json()["detail"]["rule"] == "no_capacity"


def test_why_not_of_a_startup_in_the_list_is_a_contradiction(
    client: TestClient, region: dict[str, str]
) -> None:
    client.post(f"/api/v1/needs/{region['need']}/match-list")

    answer = client.get(f"/api/v1/needs/{region['need']}/why-not?startup={region['startup']}")

    assert answer.status_code == 409
    assert "rank" in answer.json()["detail"]


def test_another_office_sees_no_list_and_no_need(
    client: TestClient, session: Session, region: dict[str, str]
) -> None:
    published = client.post(f"/api/v1/needs/{region['need']}/match-list")
    other = issue_token(session, add_office(session).id, "other")
    session.commit()
    client.headers["Authorization"] = f"Bearer {other}"

    addresses = [
        ("GET", published.headers["Location"]),
        ("GET", f"/api/v1/needs/{region['need']}/match-list"),
        ("POST", f"/api/v1/needs/{region['need']}/match-list"),
        ("GET", f"/api/v1/needs/{region['need']}/why-not?startup={region['startup']}"),
    ]

    assert [client.request(*address).status_code for address in addresses] == [404] * 4
    assert client.post("/api/v1/match", json={"text": NEED}).json()["considered"] == 0


def test_an_office_keeps_its_lists_of_a_need_in_the_network_to_itself(
    client: TestClient, session: Session, region: dict[str, str], office: Office
) -> None:
    need = add_need(session, add_office(session).id, NEED, visibility="network")
    session.commit()

    published = client.post(f"/api/v1/needs/{need.id}/match-list")
    owner = issue_token(session, need.owner_office_id, "owner")
    session.commit()
    client.headers["Authorization"] = f"Bearer {owner}"

    assert published.status_code == 201
    assert client.get(published.headers["Location"]).status_code == 404


def _rows(session: Session) -> list[int]:
    tables: list[Any] = [Need.id, TextVersion.id, MatchList.id, LedgerEntry.id]
    return [len(session.scalars(select(column)).all()) for column in tables]


def _sentences(result: dict[str, Any]) -> list[str]:
    return [reason["text"] for side in result["sides"].values() for reason in side["contributions"]]
