"""A partner enters startups of its hub, one after the other, and sees only those."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.tables import Consent, Mail, Office, Officer, Party, Submission
from tests.web.visitor import Visitor

PASSWORD = "ein langes Passwort"
Hub = Callable[[str], Visitor]


@pytest.fixture
def hub(applicant: Visitor, session: Session, office: Office) -> Hub:
    """Log a partner in, in a browser of its own."""

    def start(name: str) -> Visitor:
        email = f"{name}@hub.example"
        create_officer(
            session, office.id, email=email, name=name, role="partner", password=PASSWORD,
            actor="test",
        )  # fmt: skip
        session.commit()
        client = TestClient(applicant.client.app, base_url="http://127.0.0.1:8000")
        partner = replace(applicant, client=client)
        answer = partner.post("/de/anmelden", {"email": email, "password": PASSWORD})
        assert answer.headers["location"] == "/de/partner"
        return partner

    return start


def enter(partner: Visitor, company: str) -> None:
    assert partner.post("/de/partner/enter").headers["location"] == "/de/startup"
    partner.write(unternehmen={"company": company, "website": ""})
    assert "Wir nehmen das Profil sofort auf" in partner.client.get("/de/startup/pruefen").text
    assert partner.post("/de/startup/pruefen").headers["location"] == "/de/partner"


def test_startups_are_entered_one_after_the_other_and_owned_by_the_office(
    hub: Hub, session: Session, office: Office
) -> None:
    north, south = hub("nord"), hub("sued")
    for company in ("Erste GmbH", "Zweite GmbH"):
        enter(north, company)
    enter(south, "Dritte GmbH")

    page = north.client.get("/de/partner").text
    assert "Erste GmbH" in page
    assert "Zweite GmbH" in page
    assert "Dritte GmbH" not in page
    parties = session.scalars(select(Party)).all()
    assert {party.owner_office_id for party in parties} == {office.id}
    brought = session.execute(
        select(Officer.name, Submission.state).join(Officer, Officer.id == Submission.brought_by_id)
    ).all()
    assert sorted(map(tuple, brought)) == [("nord", "confirmed")] * 2 + [("sued", "confirmed")]


def test_the_startup_is_told_and_nobody_agreed_in_its_name(hub: Hub, session: Session) -> None:
    partner = hub("nord")
    enter(partner, "Erste GmbH")

    mail = session.scalars(select(Mail)).one()
    assert mail.recipient == "kim@nahtblick.example"
    assert "Ein Partner unseres Hauses" in mail.text
    assert partner.client.get(partner.link()).status_code == 200
    assert session.scalars(select(Consent)).all() == []


def test_a_partner_is_not_told_that_a_startup_is_known(hub: Hub, session: Session) -> None:
    first, second = hub("nord"), hub("sued")
    enter(first, "Erste GmbH")
    enter(second, "Erste GmbH")

    assert second.client.get("/de/partner").text == first.client.get("/de/partner").text
    assert len(session.scalars(select(Submission.suspected_party_id)).all()) == 2
    assert session.scalars(select(Party.is_paused).order_by(Party.created_at)).all() == [
        False,
        True,
    ]


def test_only_the_partner_who_began_can_send(hub: Hub, session: Session) -> None:
    partner, other = hub("nord"), hub("sued")
    partner.post("/de/partner/enter")
    partner.write()
    draft = partner.client.cookies["startup_draft"]
    other.client.cookies.set("startup_draft", draft)
    assert other.post("/de/startup/pruefen").status_code == 403
    partner.client.cookies.delete("session")
    partner.let_time_pass(timedelta(minutes=1))
    answer = partner.post("/de/startup/pruefen")

    assert answer.headers["location"].startswith("/de/anmelden")
    assert session.scalars(select(Party)).all() == []
