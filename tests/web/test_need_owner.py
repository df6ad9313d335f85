"""Behind the links of mails: confirming a need, and what its owner can do with it."""

from datetime import timedelta

from sqlalchemy import select

from matchmaker.database import now
from matchmaker.tables import Consent, Contact, Mail, Need, Party, Submission
from tests.web.visitor import TEXT, Visitor, only


def test_a_confirmed_need_is_a_record_of_the_office(visitor: Visitor) -> None:
    visitor.write()
    assert visitor.send().headers["location"] == "/de/bedarf/gesendet"
    assert (visitor.count(Need), visitor.count(Party), visitor.count(Mail)) == (0, 0, 1)

    place = visitor.post(visitor.link()).headers["location"]
    assert place.startswith("/de/mein-bedarf/")
    need = visitor.session.scalars(select(Need)).one()
    party = visitor.session.get_one(Party, need.party_id)
    contact = visitor.session.scalars(select(Contact)).one()
    assert (party.name, party.postcode, party.branches) == (
        "Metallbau Muster GmbH", "76703", ["25"],
    )  # fmt: skip
    assert party.employees == 1250
    assert (need.maturity_wanted_trl, need.cooperation_forms) == (6, ["buy", "pilot"])
    assert (need.seat_country, need.it_security) == ("DE", ["tisax"])
    assert (contact.name, contact.email, contact.phone) == ("Eva Muster", "eva@firma.example", None)
    assert need.status == "open"
    assert need.visibility == "office"


def test_opening_the_link_changes_nothing_and_confirming_twice_is_friendly(
    visitor: Visitor,
) -> None:
    visitor.write()
    visitor.send()
    link = visitor.link()
    for _ in range(3):
        page = visitor.client.get(link)
        assert "ohne den Namen des Unternehmens" in page.text
        assert visitor.count(Need) == 0

    assert visitor.post(link).status_code == 303
    again = visitor.post(link)
    assert again.status_code == 200
    assert "Dieser Bedarf ist schon bestätigt" in again.text
    assert visitor.count(Need) == 1
    assert visitor.count(Mail) == 2


def test_the_consents_say_what_was_agreed_to_and_when(visitor: Visitor) -> None:
    visitor.confirmed()

    consents = visitor.session.scalars(select(Consent).order_by(Consent.purpose)).all()
    assert [consent.purpose for consent in consents] == ["introduction", "matching"]
    for consent in consents:
        assert consent.language == "de"
        assert len(consent.wording_hash or "") == 64
        assert consent.confirmed_at is not None
        assert consent.requested_at <= consent.confirmed_at
        assert consent.withdrawn_at is None


def test_an_expired_link_offers_another_and_three_are_the_most(visitor: Visitor) -> None:
    visitor.write()
    visitor.send()
    for sent in (1, 2, 3):
        submission = only(visitor.session, Submission)
        submission.confirmation_expires_at = now() - timedelta(minutes=1)
        visitor.session.commit()
        link = visitor.link()
        assert visitor.post(link).status_code == 409
        assert visitor.count(Need) == 0
        renewed = visitor.post(f"{link}/new")
        assert renewed.status_code == (303 if sent < 3 else 409)
    assert visitor.count(Mail) == 3
    assert "schon drei Links" in renewed.text


def test_a_link_that_was_never_sent_opens_nothing(visitor: Visitor) -> None:
    for place in ("/de/bestaetigen/x", "/en/my-need/x", "/de/mein-bedarf/x/export"):
        assert visitor.client.get(place).status_code == 404
    assert visitor.post("/de/mein-bedarf/x/erase").status_code == 404


def test_the_owner_reads_changes_exports_withdraws_and_deletes(visitor: Visitor) -> None:
    place = visitor.confirmed()
    page = visitor.client.get(place)
    assert TEXT in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"

    assert visitor.post(f"{place}/edit", {"text": "kurz"}).status_code == 422
    visitor.post(f"{place}/edit", {"text": "Unsere Schweißnähte sollen sich selbst prüfen."})
    need = visitor.session.scalars(select(Need)).one()
    visitor.session.refresh(need, ["text"])
    assert need.text.text == "Unsere Schweißnähte sollen sich selbst prüfen."

    document = visitor.client.get(f"{place}/export").json()
    assert document["answers"]["email"] == "eva@firma.example"
    assert [one["purpose"] for one in document["consents"]]

    visitor.post(f"{place}/withdraw")
    visitor.post(f"{place}/withdraw")
    visitor.session.expire_all()
    assert visitor.session.scalars(select(Need.status)).one() == "closed"
    assert all(visitor.session.scalars(select(Consent.withdrawn_at)).all())
    assert "zurückgezogen" in visitor.client.get(place).text

    assert "gelöscht" in visitor.post(f"{place}/erase").text
    assert visitor.client.get(place).status_code == 404
    assert visitor.count(Contact) == 0
    visitor.session.expire_all()
    assert visitor.session.scalars(select(Party.name)).one() is None
    assert only(visitor.session, Submission).answers == {}


def test_a_need_that_the_office_noted_as_solved_says_so_to_its_owner(visitor: Visitor) -> None:
    place = visitor.confirmed()
    visitor.session.scalars(select(Need)).one().status = "closed"
    visitor.session.commit()

    page = visitor.client.get(place).text
    assert "Ihr Bedarf ist geschlossen" in page
    assert "Unser Haus hat Ihren Bedarf geschlossen" in page
