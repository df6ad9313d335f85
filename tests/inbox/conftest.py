"""An office with a need that somebody looks at."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from matchmaker import inbox
from matchmaker.profiles import NeedChanges, update_record
from matchmaker.tables import (
    Contact,
    Need,
    Office,
    Officer,
    Teaser,
)
from tests.factories import add_need, add_office, add_party

CLEAN = "Wir suchen eine Kamera für Schweißnähte."


def add_officer(session: Session, office: Office) -> UUID:
    officer = Officer(office_id=office.id, email=f"{uuid4().hex}@amt.example", name="Eva Amt")
    session.add(officer)
    session.flush()
    return officer.id


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


@pytest.fixture
def officer(session: Session, office: Office) -> UUID:
    return add_officer(session, office)


@pytest.fixture
def need(session: Session, office: Office) -> Need:
    firm = add_party(session, office.id, name="Müllertechnik GmbH", town="Kraichtal")
    session.add(Contact(owner_office_id=office.id, party_id=firm.id, name="Eva Wünsche"))
    text = "Müllertechnik in Kraichtal sucht eine Kamera für Schweißnähte."
    created = add_need(session, office.id, text, party_id=firm.id)
    return inbox.lock_need(session, office.id, created.id, created.text_id)


@pytest.fixture
def save(session: Session, need: Need, officer: UUID) -> Callable[..., Teaser]:
    def save(text: str = CLEAN, number: int = 0) -> Teaser:
        return inbox.save_teaser(
            session, need.owner_office_id, need.id, text, seen=need.text_id, seen_number=number,
            officer_id=officer, actor="test",
        )  # fmt: skip

    return save


def approve(
    session: Session, need: Need, teaser: Teaser, officer: UUID, *, despite: bool = False
) -> None:
    inbox.approve_teaser(session, need, teaser, despite=despite, officer_id=officer, actor="test")


def change(session: Session, need: Need) -> None:
    changes = NeedChanges(text="Ganz andere Worte über eine andere Sache.")
    update_record(session, Need, need.owner_office_id, need.id, changes, actor="test")
