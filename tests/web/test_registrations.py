"""Registrations at the desk: one that may be known already waits for a person."""

from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer, log_in
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.tables import (
    Consent,
    Contact,
    LedgerEntry,
    Mail,
    Office,
    Party,
    Solution,
    Submission,
)
from matchmaker.tandems import Matching
from tests.factories import add_need, add_office, add_party, add_solution
from tests.web.visitor import Visitor, only

PASSWORD = "ein langes Passwort"
DESK = "/de/schreibtisch/anmeldungen"


@pytest.fixture
def desk(
    applicant: Visitor, session: Session, session_factory: SessionFactory, office: Office
) -> TestClient:
    """The browser of an officer."""
    create_officer(
        session, office.id, email="o@amt.example", name="O", role="officer", password=PASSWORD,
        actor="test",
    )  # fmt: skip
    session.commit()
    client = TestClient(applicant.client.app, base_url="http://127.0.0.1:8000")
    token = log_in(session_factory, "o@amt.example", PASSWORD, "", timedelta(hours=1))
    client.cookies.set("session", token or "")
    return client


@pytest.fixture
def known(session: Session, office: Office) -> Party:
    """A startup that the office knows under nearly the same name."""
    party = add_party(
        session, office.id, kind="startup", name="Nahtblick UG", name_key="nahtblick",
        postcode="70000",
    )  # fmt: skip
    add_solution(session, office.id, party_id=party.id)
    session.commit()
    return party


def decide(desk: TestClient, registration_id: UUID, decision: str) -> int:
    return desk.post(
        f"{DESK}/{registration_id}/decide", data={"decision": decision},
        headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False,
    ).status_code  # fmt: skip


def ranked(
    session: Session, factory: SessionFactory, office: Office, encoder: Encoder, settings: Settings
) -> list[str]:
    need = add_need(session, office.id)
    session.commit()
    answer = Matching(factory, office.id, encoder, settings).match_need(need.id, "de")
    return sorted(result["startup"]["name"] for result in answer["results"])


def test_the_sender_cannot_tell_that_the_firm_is_known(
    applicant: Visitor, session: Session, office: Office
) -> None:
    def everything_shown() -> list[str]:
        applicant.client.cookies.clear()
        applicant.write()
        shown = [applicant.client.get("/de/startup/pruefen").text, applicant.send().text]
        link = applicant.link()
        shown.append(applicant.client.get(link).text)
        place = applicant.post(link).headers["location"]
        shown.append(applicant.client.get(place).text)
        shown += [applicant.post(f"{place}/{deed}").text for deed in ("pause", "resume")]
        shown.append(applicant.client.get(place).text)
        mail = session.scalars(select(Mail.text).order_by(Mail.created_at)).all()
        tokens = (link.rpartition("/")[2], place.rpartition("/")[2])
        texts = [*shown, *mail[-2:]]
        return [text.replace(tokens[0], "").replace(tokens[1], "") for text in texts]

    new = everything_shown()
    assert session.scalar(select(func.count(Submission.suspected_party_id))) == 0
    again = everything_shown()
    assert session.scalar(select(func.count(Submission.suspected_party_id))) == 1
    assert again == new


@pytest.mark.parametrize("fields", [
    {"name_key": "nahtblick"}, {"domain_key": "nahtblick.example", "name_key": "anders"},
])  # fmt: skip
def test_the_same_name_or_domain_waits_and_is_not_ranked(
    applicant: Visitor, session: Session, office: Office, desk: TestClient,
    session_factory: SessionFactory, encoder: Encoder, settings: Settings, fields: dict[str, str],
) -> None:  # fmt: skip
    add_party(session, office.id, kind="startup", name="Schon da", **fields)
    session.commit()
    place = applicant.confirmed()

    assert ranked(session, session_factory, office, encoder, settings) == []
    for deed in ("pause", "resume"):  # its owner cannot put it into the lists
        applicant.post(f"{place}/{deed}")
    assert ranked(session, session_factory, office, encoder, settings) == []
    page = desk.get(DESK).text
    assert "vielleicht schon bekannt: Schon da" in page
    registration = only(session, Submission)
    assert "Ist es dasselbe Unternehmen?" in desk.get(f"{DESK}/{registration.id}").text

    assert decide(desk, registration.id, "keep") == 303
    assert ranked(session, session_factory, office, encoder, settings) == ["Nahtblick GmbH"]
    assert "nimmt teil" in desk.get(DESK).text


def test_two_firms_of_which_nothing_is_known_are_not_the_same(
    applicant: Visitor, session: Session, office: Office
) -> None:
    add_party(session, office.id, kind="startup", name=None, name_key=None)
    elsewhere = add_office(session)
    add_party(session, elsewhere.id, kind="startup", name_key="nahtblick", visibility="network")
    session.commit()

    applicant.confirmed(unternehmen={"website": ""})
    assert only(session, Submission).suspected_party_id is None


def test_merging_leaves_one_firm_with_everything(
    applicant: Visitor, session: Session, office: Office, desk: TestClient, known: Party,
    session_factory: SessionFactory, encoder: Encoder, settings: Settings,
) -> None:  # fmt: skip
    place = applicant.confirmed()
    registration = only(session, Submission)
    assert decide(desk, registration.id, "merge") == 303
    assert decide(desk, registration.id, "merge") == 409

    session.expire_all()
    party = session.scalars(select(Party).where(Party.kind == "startup")).one()
    assert party.id == known.id
    # What was known stays, what was missing is filled in.
    assert (party.name, party.postcode, party.town) == ("Nahtblick UG", "70000", "Karlsruhe")
    for table in (Solution, Contact, Consent, Submission):
        assert set(session.scalars(select(table.party_id))) == {known.id}
    assert applicant.count(Solution) == 2
    assert ranked(session, session_factory, office, encoder, settings) == ["Nahtblick UG"] * 2
    entry = session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == "decide_registration")
    ).one()
    assert (entry.actor, entry.details) == ("officer:o@amt.example", {"decision": "merge"})
    assert applicant.client.get(place).status_code == 200
    applicant.post(f"{place}/pause")
    assert ranked(session, session_factory, office, encoder, settings) == []


def test_a_third_registration_follows_the_second_into_the_merged_firm(
    applicant: Visitor, session: Session, desk: TestClient, known: Party
) -> None:
    applicant.confirmed(unternehmen={"company": "Nahtblick"})
    second = only(session, Submission)
    # The website is that of the second only, so the third seems to repeat the second.
    applicant.client.cookies.clear()
    applicant.confirmed(unternehmen={"company": "Ganz anders"})
    decide(desk, second.id, "merge")

    session.expire_all()
    suspected = session.scalars(select(Submission.suspected_party_id)).all()
    assert set(suspected) == {None, known.id}


def test_a_rejected_registration_takes_part_in_nothing(
    applicant: Visitor, session: Session, office: Office, desk: TestClient, known: Party,
    session_factory: SessionFactory, encoder: Encoder, settings: Settings,
) -> None:  # fmt: skip
    place = applicant.confirmed()
    assert decide(desk, only(session, Submission).id, "reject") == 303

    page = applicant.client.get(place).text
    assert "nicht aufgenommen" in page
    assert "Nahtblick UG" not in page
    applicant.post(f"{place}/resume")
    assert ranked(session, session_factory, office, encoder, settings) == ["Nahtblick UG"]


def test_the_desk_decides_nothing_it_is_not_asked(
    applicant: Visitor, session: Session, desk: TestClient
) -> None:
    applicant.confirmed()
    registration = only(session, Submission)
    assert decide(desk, registration.id, "reject") == 409
    assert decide(desk, registration.id, "other") == 422
    assert only(session, Submission).state == "confirmed"


def test_what_is_not_confirmed_or_of_another_office_is_not_on_the_desk(
    applicant: Visitor, session: Session, desk: TestClient
) -> None:
    applicant.write()
    applicant.send()
    unconfirmed = only(session, Submission)
    assert desk.get(f"{DESK}/{unconfirmed.id}").status_code == 404
    assert "Nahtblick" not in desk.get(DESK).text

    applicant.post(applicant.link())
    assert desk.get(f"{DESK}/{unconfirmed.id}").status_code == 200
    only(session, Submission).owner_office_id = add_office(session).id
    session.commit()
    assert desk.get(f"{DESK}/{unconfirmed.id}").status_code == 404
    assert "Nahtblick" not in desk.get(DESK).text
