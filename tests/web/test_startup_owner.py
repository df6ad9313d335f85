"""What becomes of a confirmed profile, and what its owner can do with it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import SessionFactory, now
from matchmaker.embedding import Encoder
from matchmaker.feedback import record_event
from matchmaker.submissions import ask_owners
from matchmaker.tables import (
    Consent,
    Contact,
    MatchListEntry,
    Office,
    Party,
    Solution,
    Submission,
    TextVersion,
)
from matchmaker.tandems import Matching
from matchmaker.web import owner_writer
from tests.factories import add_need, add_party
from tests.web.visitor import PROFILE, PROFILE_TEXT, Visitor, only

SECOND = {"text": "Wir planen Schichten so, dass niemand lange auf Teile wartet.", "title": "Takt"}
NEW_TEXT = "Unsere Kamera misst jede Naht und meldet Fehler sofort."


@pytest.fixture
def matching(
    session_factory: SessionFactory, office: Office, encoder: Encoder, settings: Settings
) -> Matching:
    return Matching(session_factory, office.id, encoder, settings)


def proposed(matching: Matching, need_id: UUID) -> list[str]:
    """The titles of the solutions in the newest list of a need."""
    answer = matching.match_need(need_id, "de")
    return [result["solution"]["title"] for result in answer["results"]]


def test_a_confirmed_profile_is_a_startup_of_the_office(applicant: Visitor) -> None:
    applicant.write()
    applicant.post("/de/startup/weitere-loesung/new", SECOND)
    applicant.send()
    assert (applicant.count(Party), applicant.count(Solution)) == (0, 0)

    place = applicant.post(applicant.link()).headers["location"]
    assert place.startswith("/de/mein-profil/")
    party = applicant.session.scalars(select(Party)).one()
    assert (party.kind, party.name, party.domain_key) == (
        "startup", "Nahtblick GmbH", "nahtblick.example",
    )  # fmt: skip
    assert (party.founded_on, party.town, party.country) == (date(2022, 3, 15), "Karlsruhe", "DE")
    assert (party.languages, party.visibility) == (["de", "en"], "office")
    first, second = applicant.session.scalars(
        select(Solution).order_by(Solution.title)
    ).all()  # fmt: skip
    assert (first.title, first.maturity_trl, first.target_branches) == (
        "Nahtblick",
        9,
        ["25", "28"],
    )
    assert first.tags == ["Bildverarbeitung", "Robotik"]
    assert first.it_security == ["de_hosting", "iso27001"]
    assert (second.title, second.cooperation_forms) == ("Takt", ["pilot", "buy"])
    assert second.available_from_on == date(2027, 3, 1)
    contact = applicant.session.scalars(select(Contact)).one()
    assert (contact.party_id, contact.email) == (party.id, "kim@nahtblick.example")
    consents = applicant.session.scalars(select(Consent)).all()
    assert {consent.purpose for consent in consents} == {"matching", "introduction"}
    assert all(c.confirmed_at and c.wording_hash and c.party_id == party.id for c in consents)


def test_a_profile_is_ranked_at_once_and_not_while_it_is_paused(
    applicant: Visitor, session: Session, office: Office, matching: Matching
) -> None:
    need = add_need(session, office.id)
    session.commit()
    assert proposed(matching, need.id) == []

    place = applicant.confirmed()
    assert proposed(matching, need.id) == ["Nahtblick"]
    for deed, titles in (("pause", []), ("pause", []), ("resume", ["Nahtblick"])):
        assert applicant.post(f"{place}/{deed}").status_code == 303
        assert proposed(matching, need.id) == titles
    applicant.post(f"{place}/withdraw")
    assert proposed(matching, need.id) == []
    applicant.post(f"{place}/resume")
    assert proposed(matching, need.id) == []


def test_changed_words_are_a_new_version_and_other_facts_stay(
    applicant: Visitor, session: Session
) -> None:
    place = applicant.confirmed()
    party = session.scalars(select(Party)).one()
    party.employees = 7  # the office knows more than the form asks
    session.commit()

    page = applicant.client.get(f"{place}/edit/startup")
    assert PROFILE_TEXT in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert applicant.post(f"{place}/edit/startup", {"text": "kurz"}).status_code == 422
    changed = PROFILE["/de/startup"] | {"text": NEW_TEXT}
    assert applicant.post(f"{place}/edit/startup", changed).headers["location"] == place
    firm = PROFILE["/de/startup/unternehmen"] | {"town": "Bruchsal", "postcode": "76646"}
    applicant.post(f"{place}/edit/startup_firm", firm)
    applicant.post(f"{place}/edit/startup_contact", {"contact": "Kim Neu", "phone": "0721 1"})

    session.expire_all()
    solution = session.scalars(select(Solution)).one()
    session.refresh(solution, ["text"])
    assert solution.text.text == NEW_TEXT
    assert PROFILE_TEXT in session.scalars(select(TextVersion.text)).all()
    party = session.scalars(select(Party)).one()
    assert (party.town, party.employees) == ("Bruchsal", 7)
    contact = session.scalars(select(Contact)).one()
    assert (contact.name, contact.email) == ("Kim Neu", "kim@nahtblick.example")
    assert applicant.client.get(f"{place}/edit/nothing").status_code == 404


def test_solutions_come_and_go(applicant: Visitor, session: Session) -> None:
    place = applicant.confirmed()
    assert applicant.client.get(f"{place}/solution/new").status_code == 200
    assert applicant.post(f"{place}/solution/new", {"text": ""}).status_code == 422
    applicant.post(f"{place}/solution/new", SECOND)
    [key] = only(session, Submission).answers["more"]
    applicant.post(f"{place}/solution/{key}", SECOND | {"title": "Tempo"})
    applicant.post(f"{place}/solution/{key}/remove")

    rows: Any = session.execute(select(Solution.title, Solution.status).order_by(Solution.title))
    assert rows.all() == [("Nahtblick", "active"), ("Tempo", "paused")]
    assert applicant.client.get(f"{place}/solution/{key}").status_code == 404


def test_the_owner_takes_everything_along_and_has_it_deleted(
    applicant: Visitor, session: Session
) -> None:
    place = applicant.confirmed()
    document = applicant.client.get(f"{place}/export").json()
    assert document["answers"]["ticket"] == "under_25000"
    assert len(document["consents"]) == 2

    assert "gelöscht" in applicant.post(f"{place}/erase").text
    assert applicant.client.get(place).status_code == 404
    session.expire_all()
    party = session.scalars(select(Party)).one()
    assert (party.name, party.website, party.domain_key) == (None, None, None)
    assert party.is_paused
    assert applicant.count(Contact) == 0
    assert only(session, Submission).answers == {}


def test_a_withdrawn_profile_can_be_read_and_not_changed(applicant: Visitor) -> None:
    place = applicant.confirmed()
    applicant.post(f"{place}/withdraw")

    assert "zurückgezogen" in applicant.client.get(place).text
    assert f"{place}/edit" not in applicant.client.get(place).text
    assert applicant.post(f"{place}/edit/startup", PROFILE["/de/startup"]).status_code == 404


def test_reasons_for_a_no_are_shown_from_three_firms_on(
    applicant: Visitor, session: Session, office: Office, matching: Matching
) -> None:
    place = applicant.confirmed()
    assert "Noch in keiner Liste" in applicant.client.get(place).text
    firms = [add_party(session, office.id, name=f"Firma {number}") for number in range(3)]
    # Two needs of one firm are one firm.
    needs = [add_need(session, office.id, party_id=firm.id).id for firm in (firms[0], *firms)]
    session.commit()
    for need_id in needs:
        matching.match_need(need_id, "de")
    entries = session.scalars(select(MatchListEntry).order_by(MatchListEntry.id)).all()
    by_need = {entry.need_id: entry.id for entry in entries}

    def refuse(need_id: UUID, reason: str, side: str | None) -> str:
        record_event(
            session, office.id, list_entry_id=by_need[need_id], kind="judged_no_fit",
            reason=reason, side=side, origin="test", actor="test",
        )  # fmt: skip
        session.commit()
        return applicant.client.get(place).text

    assert "In 4 Listen, für 4 verschiedene Bedarfe." in applicant.client.get(place).text
    for need_id in needs:
        refuse(need_id, "trust", None)  # what the office thinks stays in the office
    assert "Preis: " not in refuse(needs[0], "price", "sme")
    refuse(needs[1], "price", "sme")
    assert "Preis: " not in refuse(needs[2], "price", "sme")
    page = refuse(needs[3], "price", "sme")
    assert "Preis: 3 Unternehmen" in page
    assert "Vertrauen" not in page
    assert "Firma 1" not in page


def test_the_link_of_a_need_opens_no_profile(applicant: Visitor, visitor: Visitor) -> None:
    profile = applicant.confirmed().rpartition("/")[2]
    need = visitor.confirmed().rpartition("/")[2]

    assert applicant.client.get(f"/de/mein-profil/{need}").status_code == 404
    assert applicant.client.get(f"/de/mein-bedarf/{profile}").status_code == 404


def test_the_yearly_question_is_answered_by_a_button(
    applicant: Visitor, session: Session, settings: Settings
) -> None:
    place = applicant.confirmed()

    def a_year_on() -> None:
        later = now() + timedelta(days=400)
        ask_owners(session, settings.retention, later, owner_writer(settings))
        session.commit()

    a_year_on()
    link = applicant.link()
    for _ in range(2):
        page = applicant.client.get(link).text
        assert "Stimmt das noch?" in page
        assert "So sehen Sie Unternehmen" in page
    assert only(session, Submission).questions_open == 1

    new_place = applicant.post(link).headers["location"]
    assert only(session, Submission).questions_open == 0
    assert applicant.client.get(new_place).status_code == 200
    assert new_place in applicant.link()
    # The link to the page is a new one, so that a lost mail is no matter.
    assert applicant.client.get(place).status_code == 404
    assert "schon bestätigt" in applicant.post(link).text
