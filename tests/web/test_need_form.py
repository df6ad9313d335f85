"""The public form: what is asked, kept, confirmed, and what its owner can do with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import SessionFactory, now
from matchmaker.embedding import Encoder
from matchmaker.submissions import purge
from matchmaker.tables import Consent, Contact, Mail, Need, Office, Party, Submission
from matchmaker.web import create_app
from matchmaker.web.pages.need_fields import EVERY_FIELD, STEPS

TEXT = "Beim Schweißen sehen wir Fehler erst am Ende. Die Prüfung dauert zu lange."
ANSWERS = {
    "/de/bedarf": {"text": TEXT, "maturity": "pilot", "cooperation": ["buy", "pilot"]},
    "/de/bedarf/unternehmen": {
        "company": "Metallbau Muster GmbH", "postcode": "76703", "branch": "Metallbau",
        "employees": "1.250",
    },
    "/de/bedarf/kontakt": {
        "contact": "Eva Muster", "email": "eva@firma.example", "visibility": "anonymous",
    },
}  # fmt: skip


@dataclass
class Visitor:
    """Somebody with a browser, and a look into the database."""

    client: TestClient
    session: Session

    def post(self, place: str, answers: dict[str, object] | None = None) -> Response:
        return self.client.post(
            place, data=answers or {}, headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )  # fmt: skip

    def write(self) -> None:
        for place, answers in ANSWERS.items():
            assert self.post(place, answers).status_code == 303

    def send(self, **extra: str) -> Response:
        self.let_time_pass(timedelta(seconds=10))
        return self.post("/de/bedarf/pruefen", {**extra})

    def let_time_pass(self, by: timedelta) -> None:
        self.session.execute(update(Submission).values(created_at=now() - by))
        self.session.commit()

    def link(self, position: int = -1) -> str:
        """The path of the link in a mail."""
        texts = self.session.scalars(select(Mail.text).order_by(Mail.created_at)).all()
        found = re.search(r"https?://[^/\s]+(/\S+)", texts[position])
        assert found
        return found[1]

    def count(self, table: type) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0

    def confirmed(self) -> str:
        """Write, send and confirm a need; the path of the owner's page."""
        self.write()
        self.send()
        answer = self.post(self.link())
        assert answer.status_code == 303
        return answer.headers["location"]


@pytest.fixture
def visitor(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    office: Office,
) -> Iterator[Visitor]:  # fmt: skip
    app = create_app(settings, session_factory, encoder)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield Visitor(client, session)


def only(session: Session, table: type[Submission]) -> Submission:
    session.expire_all()
    return session.scalars(select(table)).one()


def test_six_questions_must_be_answered_and_no_more() -> None:
    assert sum(field.is_mandatory for field in EVERY_FIELD) == 6
    assert list(STEPS) == ["need", "need_firm", "need_contact"]


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


@pytest.mark.parametrize(
    ("place", "answers", "wrong"),
    [
        ("/de/bedarf", {}, ["text"]),
        ("/de/bedarf", {"text": "Hilfe bitte"}, ["text"]),
        ("/de/bedarf", {"text": "ä" * 5001}, ["text"]),
        ("/de/bedarf", {"text": TEXT, "maturity": "other"}, ["maturity"]),
        ("/de/bedarf", {"text": TEXT, "cooperation": ["buy", "steal"]}, ["cooperation"]),
        ("/de/bedarf/unternehmen", {}, ["company", "postcode"]),
        ("/de/bedarf/unternehmen", {"company": "A", "postcode": "7670"}, ["postcode"]),
        ("/de/bedarf/unternehmen", {"company": "A", "postcode": "76703", "employees": "viele"},
         ["employees"]),
        ("/de/bedarf/kontakt", {}, ["contact", "email", "visibility"]),
        ("/de/bedarf/kontakt", {"contact": "E", "email": "e@", "visibility": "named"}, ["email"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_and_everything_typed_is_kept(
    visitor: Visitor, place: str, answers: dict[str, object], wrong: list[str]
) -> None:
    answer = visitor.post(place, answers)

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    assert re.findall(r'id="(\w+)-error"', answer.text) == wrong
    assert len(re.findall(r'href="#(\w+)(?:-1)?">', answer.text)) >= len(wrong)
    for value in answers.values():
        if isinstance(value, str) and value not in ("other",):
            assert value in unescape(answer.text)


def test_the_way_leads_back_to_the_first_open_question(visitor: Visitor) -> None:
    for place in ("/de/bedarf/kontakt", "/de/bedarf/pruefen"):
        answer = visitor.client.get(place, follow_redirects=False)
        assert answer.headers["location"] == "/de/bedarf"
    visitor.post("/de/bedarf", ANSWERS["/de/bedarf"])
    answer = visitor.client.get("/de/bedarf/pruefen", follow_redirects=False)
    assert answer.headers["location"] == "/de/bedarf/unternehmen"


def test_a_draft_waits_for_its_writer_in_either_language(visitor: Visitor) -> None:
    visitor.write()

    assert TEXT in visitor.client.get("/de/bedarf").text
    assert "Metallbau Muster GmbH" in visitor.client.get("/en/need/firm").text
    corrected = visitor.post("/de/bedarf?check", {"text": TEXT + " Das kostet Zeit."})
    assert corrected.headers["location"] == "/de/bedarf/pruefen"
    assert "Das kostet Zeit." in visitor.client.get("/de/bedarf/pruefen").text


def test_a_second_click_sends_nothing_twice(visitor: Visitor) -> None:
    visitor.write()
    visitor.send()

    assert visitor.send().headers["location"] == "/de/bedarf/gesendet"
    assert (visitor.count(Submission), visitor.count(Mail)) == (1, 1)


def test_spam_sees_the_same_page_and_leaves_nothing(visitor: Visitor) -> None:
    visitor.write()
    trapped = visitor.send(website="http://spam.example")
    assert trapped.headers["location"] == "/de/bedarf/gesendet"
    assert (visitor.count(Submission), visitor.count(Mail)) == (0, 0)

    visitor.write()  # and within a second:
    fast = visitor.post("/de/bedarf/pruefen")
    assert fast.headers["location"] == "/de/bedarf/gesendet"
    assert (visitor.count(Submission), visitor.count(Mail)) == (0, 0)


def test_the_form_fills_no_strangers_mail_box(visitor: Visitor) -> None:
    for _ in range(8):
        visitor.write()
        assert visitor.send().headers["location"] == "/de/bedarf/gesendet"
        visitor.client.cookies.clear()

    assert visitor.count(Mail) == 5


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


def test_what_was_never_finished_is_deleted_on_its_day(
    visitor: Visitor, settings: Settings
) -> None:
    visitor.write()
    started = now()
    days = timedelta(days=1)
    assert purge(visitor.session, settings.retention, started + 29 * days) == 0
    assert purge(visitor.session, settings.retention, started + 31 * days) == 1
    visitor.session.commit()
    visitor.client.cookies.clear()

    visitor.write()
    visitor.send()
    assert purge(visitor.session, settings.retention, started + 6 * days) == 0
    assert purge(visitor.session, settings.retention, started + 8 * days) == 1
    visitor.session.commit()
    visitor.client.cookies.clear()

    visitor.confirmed()
    assert purge(visitor.session, settings.retention, started + 999 * days) == 0


def test_the_mail_names_the_link_in_words_and_in_html(visitor: Visitor) -> None:
    visitor.write()
    visitor.send()

    mail = visitor.session.scalars(select(Mail)).one()
    assert mail.recipient == "eva@firma.example"
    assert mail.subject == "Bitte bestätigen Sie Ihren Bedarf"
    assert "http://127.0.0.1:8000/de/bestaetigen/" in mail.text
    assert "<" not in mail.text
    assert 'href="http://127.0.0.1:8000/de/bestaetigen/' in (mail.html or "")
    assert "nach 7 Tagen" in mail.text


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script> vier Wörter hier",
        '"><img src=x onerror=alert(1)> vier Wörter',
        "</textarea><svg onload=alert(1)> vier Wörter",
        "{{ 7 * 7 }} {% raw %} vier Wörter hier",
        "{settings} {0.__class__} vier Wörter hier",
    ],
)
def test_what_is_typed_is_shown_and_never_run(visitor: Visitor, payload: str) -> None:
    visitor.post("/de/bedarf", {"text": payload})
    visitor.post("/de/bedarf/unternehmen", {"company": payload, "postcode": "76703"})
    visitor.post(
        "/de/bedarf/kontakt",
        {"contact": payload, "email": "eva@firma.example", "visibility": "named"},
    )
    visitor.send()
    place = visitor.post(visitor.link()).headers["location"]
    for page in ("/de/bedarf", place):
        text = visitor.client.get(page).text
        assert payload not in text or "<" not in payload
    assert payload in unescape(visitor.client.get(place).text)
