"""The public form: what is asked, kept and sent."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from matchmaker.config import Settings
from matchmaker.database import now
from matchmaker.submissions import purge
from matchmaker.tables import Mail, Submission
from matchmaker.web.pages.need_form import NEED_FORM
from tests.web.visitor import ANSWERS, TEXT, Visitor


def test_six_questions_must_be_answered_and_no_more() -> None:
    assert sum(field.is_mandatory for field in NEED_FORM.every_field) == 6
    assert list(NEED_FORM.steps) == ["need", "need_firm", "need_contact"]


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
