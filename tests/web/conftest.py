from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.config import EmbeddingSettings, Settings, load_settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder, load_encoder
from matchmaker.tables import Office
from matchmaker.web import create_app, issue_token
from tests.factories import add_need, add_office, add_party, add_solution
from tests.web.visitor import PASSWORD, PROFILE, Visitor

SOLUTION_TEXTS = (
    "Unsere Kamera erkennt Fehler in Schweißnähten während der Fertigung.",
    "Wir planen Touren für Handwerksbetriebe und sparen damit Fahrzeit.",
    "Our software predicts the energy demand of bakeries and cold stores.",
    "Roboter schweißen kleine Serien, ohne dass jemand sie programmiert.",
)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder(EmbeddingSettings(model=None, batch_size=32), Path())


@pytest.fixture
def office(session: Session) -> Office:
    office = add_office(session)
    session.commit()
    return office


@pytest.fixture
def token(session: Session, office: Office) -> str:
    token = issue_token(session, office.id, "test")
    session.commit()
    return token


@pytest.fixture
def anyone(
    settings: Settings, session_factory: SessionFactory, encoder: Encoder
) -> Iterator[TestClient]:
    """A client without a token."""
    app = create_app(settings, session_factory, encoder)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(anyone: TestClient, token: str) -> TestClient:
    """A client with a token of the office."""
    anyone.headers["Authorization"] = f"Bearer {token}"
    return anyone


@pytest.fixture
def region(session: Session, office: Office) -> dict[str, str]:
    """A firm with a need, and startups with solutions; their ids."""
    firm = add_party(session, office.id, name="Metallbau Muster GmbH")
    need = add_need(session, office.id, party_id=firm.id)
    solutions = []
    for number, text in enumerate(SOLUTION_TEXTS):
        startup = add_party(session, office.id, kind="startup", name=f"Startup {number}")
        solutions.append(add_solution(session, office.id, text, party_id=startup.id))
    session.commit()
    return {
        "firm": str(firm.id),
        "need": str(need.id),
        "startup": str(solutions[0].party_id),
        "solution": str(solutions[0].id),
        "far_startup": str(solutions[2].party_id),
    }


@pytest.fixture
def visitor(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    office: Office,
) -> Iterator[Visitor]:  # fmt: skip
    app = create_app(settings, session_factory, encoder)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield Visitor(client, session)


@pytest.fixture
def desk(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    office: Office, region: dict[str, str],
) -> Iterator[TestClient]:  # fmt: skip
    """An officer's browser."""
    create_officer(
        session, office.id, email="eva@amt.example", name="Eva", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    with TestClient(create_app(settings, session_factory, encoder)) as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        client.post("/de/anmelden", data={"email": "eva@amt.example", "password": PASSWORD})
        yield client


@pytest.fixture
def applicant(visitor: Visitor) -> Visitor:
    """Somebody who registers a startup."""
    return replace(visitor, answers=PROFILE, check="/de/startup/pruefen")
