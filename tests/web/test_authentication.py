import hashlib

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.tables import ApiToken, LedgerEntry, Office
from matchmaker.web import issue_token, revoke_token


def test_without_a_token_a_call_is_refused_and_says_how_to_bring_one(anyone: TestClient) -> None:
    answer = anyone.get("/api/v1/needs")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Authorization: Bearer" in answer.json()["detail"]


@pytest.mark.parametrize("sent", ["Bearer mm_unknown", "Bearer ", "Basic bW06", "mm_x", "Bearer é"])
def test_an_unknown_token_opens_nothing(anyone: TestClient, token: str, sent: str) -> None:
    headers = {"Authorization": sent.encode("latin-1")}

    assert anyone.get("/api/v1/needs", headers=headers).status_code == 401


def test_a_revoked_token_opens_nothing(
    client: TestClient, session: Session, office: Office
) -> None:
    assert client.get("/api/v1/needs").status_code == 200

    revoke_token(session, office.id, "test")
    session.commit()

    assert client.get("/api/v1/needs").status_code == 401


def test_only_the_hash_of_a_token_is_stored(session: Session, office: Office, token: str) -> None:
    stored = session.scalars(select(ApiToken).where(ApiToken.office_id == office.id)).one()

    assert stored.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 3 + 43  # 256 bits in base64
    lines = session.scalars(select(LedgerEntry).where(LedgerEntry.subject_id == stored.id)).all()
    assert [line.action for line in lines] == ["issue_token"]
    assert token not in str([line.details for line in lines])


def test_a_label_names_one_valid_token_of_an_office(session: Session, office: Office) -> None:
    first = issue_token(session, office.id, "crm")
    with pytest.raises(ConflictError):
        issue_token(session, office.id, " crm ")

    revoke_token(session, office.id, "crm")

    assert issue_token(session, office.id, "crm") != first


@pytest.mark.parametrize("label", ["", " \x00 ", "x" * 81])
def test_a_token_needs_a_label_of_some_length(session: Session, office: Office, label: str) -> None:
    with pytest.raises(InvalidInputError):
        issue_token(session, office.id, label)


def test_a_token_that_is_not_there_cannot_be_revoked(session: Session, office: Office) -> None:
    with pytest.raises(NotFoundError):
        revoke_token(session, office.id, "nobody")


def test_what_a_token_changes_is_in_the_ledger_under_its_label(
    client: TestClient, session: Session, office: Office
) -> None:
    client.post("/api/v1/parties", json={"kind": "sme", "name": "Beispiel GmbH"})

    newest = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1)).one()
    assert (newest.actor, newest.action) == ("api:test", "create_party")
    assert ledger.altered_lines(session, office.id) == []
