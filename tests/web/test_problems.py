"""Errors through the API, and what becomes of a request that cannot be carried out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from matchmaker import ledger
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, open_engine, open_sessions, transaction
from matchmaker.embedding import Encoder
from matchmaker.tables import Party
from matchmaker.web import create_app, issue_token
from tests.factories import add_need, add_office, add_solution

PROBLEM = "application/problem+json"


@pytest.fixture
def own_factory(database_url: str) -> Iterator[SessionFactory]:
    """Sessions on connections of their own, as a server has them."""
    engine = open_engine(database_url)
    yield open_sessions(engine)
    engine.dispose()


def failing_commits(factory: SessionFactory, error: Exception) -> SessionFactory:
    """Sessions as they are when the database refuses or is lost at the last moment."""

    def open_session() -> Session:
        session = factory()

        @event.listens_for(session, "before_commit")
        def refuse(_session: Session) -> None:
            raise error

        return session

    return open_session


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IntegrityError("INSERT secret", {}, Exception("secret")), 409),
        (StaleDataError("secret"), 409),
        (OperationalError("COMMIT secret", {}, Exception("secret")), 503),
        (RuntimeError("secret"), 500),
    ],
)
def test_a_failing_commit_is_an_error_the_user_sees(
    client: TestClient, session_factory: SessionFactory, error: Exception, status: int
) -> None:
    client.app.state.factory = failing_commits(session_factory, error)  # type: ignore[attr-defined]

    answer = client.post("/api/v1/parties", json={"kind": "sme", "name": "Nie gespeichert"})

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    assert "secret" not in answer.text
    assert ("Retry-After" in answer.headers) == (status == 503)
    client.app.state.factory = session_factory  # type: ignore[attr-defined]
    assert client.get("/api/v1/parties").json()["items"] == []


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/needs/", 404),
        ("GET", "/api/v1/docs", 404),
        ("PUT", "/api/v1/needs", 405),
        ("TRACE", "/api/v1/needs", 405),
        ("GET", f"/api/v1/needs/{UUID(int=1)}", 404),
        ("GET", "/api/v1/needs/17", 422),
        ("GET", "/api/v1/needs?limit=0", 422),
        ("GET", "/api/v1/needs?limit=99999999999999999999999", 422),
        ("GET", "/api/v1/needs?after=x", 422),
        ("GET", "/api/v1/%00", 404),
    ],
)
def test_every_error_of_the_api_is_a_problem_document(
    client: TestClient, method: str, address: str, status: int
) -> None:
    answer = client.request(method, address)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    document = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == address.partition("?")[0]
    assert ("errors" in document) == (status == 422)


def test_no_refusal_repeats_what_was_sent(client: TestClient) -> None:
    canary = "canary@example.org"
    bodies: list[Any] = [
        {"kind": canary, "name": [canary], "employees": canary, "website": canary + "\n"},
        {"kind": "sme", canary: 1},
        canary,
        [canary],
    ]

    answers = [client.post("/api/v1/parties", json=body) for body in bodies]
    answers.append(client.get("/api/v1/needs", params={"after": canary}))

    assert [answer.status_code for answer in answers] == [422] * 5
    for answer in answers:
        assert "canary" not in answer.text


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(
    client: TestClient, settings: Settings, stated: bool
) -> None:
    chunk = b"x" * 65536
    sent = 0

    def without_end() -> Iterator[bytes]:
        nonlocal sent
        while sent < 2 * settings.web.body_limit_bytes:
            sent += len(chunk)
            yield chunk

    content = b"x" * (settings.web.body_limit_bytes + 1) if stated else without_end()
    answer = client.post(
        "/api/v1/match", content=content, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == PROBLEM


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "", "multipart/form-data"])
def test_a_body_that_is_not_json_is_refused(client: TestClient, media_type: str) -> None:
    answer = client.post(
        "/api/v1/match", content=b'{"text": "x"}', headers={"Content-Type": media_type}
    )

    assert answer.status_code == 415
    assert answer.headers["Content-Type"] == PROBLEM


def test_a_server_without_its_database_says_so(
    settings: Settings, encoder: Encoder, tmp_path: Any
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    client = TestClient(create_app(settings, open_sessions(engine), encoder))

    answer = client.get("/api/v1/needs", headers={"Authorization": "Bearer mm_x"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "api_token" not in answer.text
    engine.dispose()


def test_health_needs_no_token_and_tells_versions_only(
    anyone: TestClient, encoder: Encoder
) -> None:
    answer = anyone.get("/api/v1/health")

    assert answer.status_code == 200
    document = answer.json()
    assert document["status"] == "ok"
    assert document["revision"]
    assert document["encoder"] == encoder.version
    assert document["encoder_notice"] == encoder.notice
    assert document.keys() == {"status", "version", "revision", "encoder", "encoder_notice"}


def test_many_requests_at_once_all_succeed(
    settings: Settings, encoder: Encoder, own_factory: SessionFactory
) -> None:
    with transaction(own_factory) as session:
        office_id = add_office(session).id
        add_solution(session, office_id)
        need = str(add_need(session, office_id).id)
        token = issue_token(session, office_id, "test")
    client = TestClient(create_app(settings, own_factory, encoder))
    client.headers["Authorization"] = f"Bearer {token}"

    def ask(number: int) -> int:
        if number % 3 == 0:
            return client.post("/api/v1/parties", json={"kind": "sme"}).status_code
        if number % 3 == 1:
            return client.post(f"/api/v1/needs/{need}/match-list").status_code
        return client.get("/api/v1/parties").status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(ask, range(36)))

    assert statuses == [201, 201, 200] * 12
    with own_factory() as session:
        assert ledger.altered_lines(session, office_id) == []


def test_requests_on_several_connections_see_what_was_committed(
    settings: Settings, encoder: Encoder, own_factory: SessionFactory
) -> None:
    with transaction(own_factory) as session:
        token = issue_token(session, add_office(session).id, "test")
    client = TestClient(create_app(settings, own_factory, encoder))
    client.headers["Authorization"] = f"Bearer {token}"

    for number in range(5):
        body = {"kind": "startup", "name": f"Startup {number}"}
        party = client.post("/api/v1/parties", json=body).json()["id"]
        solution = {"party_id": party, "text": f"Wir liefern Lösung {number} für das Handwerk."}
        assert client.post("/api/v1/solutions", json=solution).status_code == 201
    answer = client.post("/api/v1/match", json={"text": "Wir suchen Lösung 3 für das Handwerk."})

    assert answer.status_code == 200, answer.text
    assert answer.json()["considered"] == 5
    with own_factory() as session:
        assert session.query(Party).count() == 5
