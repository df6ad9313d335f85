"""The startup form: what is asked, kept and sent."""

import re
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from matchmaker.profiles import PartyFacts, SolutionFacts, clean_text
from matchmaker.profiles.vocabulary import (
    COOPERATION_FORMS,
    CUSTOMER_SIZES,
    IT_SECURITY,
    LANGUAGES,
    MATURITY,
)
from matchmaker.submissions.startup_records import _party, _solutions
from matchmaker.tables import Mail, Submission
from matchmaker.web.forms import fill, typed
from matchmaker.web.pages.startup_form import STARTUP_FORM
from tests.web.visitor import PROFILE, PROFILE_TEXT, Visitor, only

SECOND = {"text": "Wir planen Schichten so, dass niemand lange auf Teile wartet.", "title": "Takt"}


def test_five_questions_must_be_answered_and_no_more() -> None:
    mandatory = [field.name for field in STARTUP_FORM.every_field if field.is_mandatory]
    assert mandatory == ["text", "company", "postcode", "contact", "email"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("maturity", MATURITY),
        ("customer_sizes", CUSTOMER_SIZES),
        ("cooperation", COOPERATION_FORMS),
        ("data_location", IT_SECURITY),
        ("proofs", IT_SECURITY),
        ("languages", LANGUAGES),
    ],
)
def test_the_choices_are_words_of_the_profiles(field: str, words: dict[str, object]) -> None:
    [asked] = [one for one in STARTUP_FORM.every_field if one.name == field]
    assert {value for value, _ in asked.choices} <= set(words)


@pytest.mark.parametrize(
    ("place", "answers", "wrong"),
    [
        ("", {}, ["text"]),
        ("", {"text": "Kamera"}, ["text"]),
        ("", {"text": PROFILE_TEXT, "links": "javascript:alert(1)"}, ["links"]),
        ("", {"text": PROFILE_TEXT, "links": "https://a@b.example"}, ["links"]),
        ("", {"text": PROFILE_TEXT, "links": "ftp://firma.example/x"}, ["links"]),
        ("", {"text": PROFILE_TEXT, "links": "https://a.example\nhttps://"}, ["links"]),
        ("", {"text": PROFILE_TEXT, "tags": ",".join(map(str, range(21)))}, ["tags"]),
        ("", {"text": PROFILE_TEXT, "tags": "ä" * 101}, ["tags"]),
        ("", {"text": PROFILE_TEXT, "maturity": "7"}, ["maturity"]),
        ("/zusammenarbeit", {"available_from": "bald"}, ["available_from"]),
        ("/zusammenarbeit", {"available_from": "31.02.2027"}, ["available_from"]),
        ("/unternehmen", {}, ["company", "postcode"]),
        ("/unternehmen", {"company": "A", "postcode": "1"}, ["postcode"]),
        ("/unternehmen", {"company": "A", "postcode": "76131", "founded_on": "01.01.2090"},
         ["founded_on"]),
        ("/unternehmen", {"company": "A", "postcode": "76131", "website": "keine"}, ["website"]),
        ("/kontakt", {}, ["contact", "email"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_and_everything_typed_is_kept(
    applicant: Visitor, place: str, answers: dict[str, str], wrong: list[str]
) -> None:
    answer = applicant.post(f"/de/startup{place}", answers)

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    assert re.findall(r'id="(\w+)-error"', answer.text) == wrong
    for name, value in answers.items():
        if name != "maturity":
            assert value in unescape(answer.text)


def test_what_was_typed_comes_back_as_it_was_typed(applicant: Visitor) -> None:
    applicant.write()

    firm = applicant.client.get("/de/startup/unternehmen").text
    assert 'value="15.03.2022"' in firm
    assert 'value="https://www.nahtblick.example"' in firm
    assert 'value="Metallbau, Maschinenbau"' in applicant.client.get("/de/startup").text
    assert 'value="01.03.2027"' in applicant.client.get("/en/startup/working-together").text


def test_a_need_and_a_profile_are_written_side_by_side(
    applicant: Visitor, visitor: Visitor
) -> None:
    applicant.write()
    visitor.write()

    assert "Nahtblick GmbH" in applicant.client.get("/de/startup/pruefen").text
    assert "Nahtblick GmbH" not in visitor.client.get("/de/bedarf/pruefen").text
    visitor.send()
    assert "Nahtblick GmbH" in applicant.client.get("/de/startup/pruefen").text
    visitor.client.cookies.set("need_draft", applicant.client.cookies["startup_draft"])
    answer = visitor.client.get("/de/bedarf/pruefen", follow_redirects=False)
    assert answer.headers["location"] == "/de/bedarf"


def test_another_solution_is_added_changed_and_removed(applicant: Visitor) -> None:
    more = "/de/startup/weitere-loesung"
    assert applicant.client.get(f"{more}/new", follow_redirects=False).status_code == 303
    applicant.write()
    assert applicant.post(f"{more}/new", {"text": "kurz"}).status_code == 422
    for title in ("Takt", "Tempo"):
        answer = applicant.post(f"{more}/new", SECOND | {"title": title})
        assert answer.headers["location"] == "/de/startup/pruefen"

    first, second = only(applicant.session, Submission).answers["more"]
    assert SECOND["text"] in applicant.client.get(f"{more}/{first}").text
    applicant.post(f"{more}/{first}", SECOND | {"title": "Umbenannt"})
    applicant.post(f"{more}/{second}/remove")
    page = applicant.client.get("/de/startup/pruefen").text
    assert "Umbenannt" in page
    assert "Tempo" not in page
    assert applicant.post(f"{more}/{second}", SECOND).status_code == 404


def test_ten_solutions_are_the_most(applicant: Visitor) -> None:
    applicant.write()
    answers = [applicant.post("/de/startup/weitere-loesung/new", SECOND) for _ in range(10)]

    assert [answer.status_code for answer in answers] == [303] * 9 + [404]
    assert "weitere-loesung/new" not in applicant.client.get("/de/startup/pruefen").text


def test_firms_see_what_it_does_and_not_who_it_is(applicant: Visitor) -> None:
    applicant.write()

    page = applicant.client.get("/de/startup/pruefen").text
    preview = page.partition('<section class="preview"')[2].partition("</section>")[0]
    assert "So sehen Sie Unternehmen" in preview
    for said in (PROFILE_TEXT, "Bildverarbeitung", "Karlsruhe", "5.000 bis 25.000 Euro"):
        assert said in preview
    for hidden in ("Nahtblick GmbH", "nahtblick.example", "Kim Beispiel", "76131"):
        assert hidden not in preview
        assert hidden in page


def test_spam_sees_the_same_page_and_leaves_nothing(applicant: Visitor) -> None:
    applicant.write()
    assert applicant.send(website="x").headers["location"] == "/de/startup/gesendet"
    applicant.write()
    fast = applicant.post("/de/startup/pruefen")  # within a second
    assert fast.headers["location"] == "/de/startup/gesendet"

    assert (applicant.count(Submission), applicant.count(Mail)) == (0, 0)


def test_the_mail_asks_for_the_profile(applicant: Visitor) -> None:
    applicant.write()
    applicant.send()
    applicant.send()  # a second click

    mail = applicant.session.scalars(select(Mail)).one()
    assert mail.recipient == "kim@nahtblick.example"
    assert mail.subject == "Bitte bestätigen Sie Ihr Profil"
    page = applicant.client.get(applicant.link()).text
    assert "ohne unseren Namen" in page
    assert "Bestätigen Sie Ihr Profil" in page


@given(st.data())
def test_whatever_the_form_accepts_can_become_a_record(data: st.DataObject) -> None:
    """The checks of the form are at least as strict as those of the profiles."""
    sample = {name: text for page in PROFILE.values() for name, text in page.items()}
    posted = {}
    for field in STARTUP_FORM.every_field:
        choices = [value for value, _ in field.choices] or [sample.get(field.name, "")]
        long = st.integers(1, 300).map(lambda letters: "ä" * letters)
        free = st.sampled_from(choices) | st.text(max_size=300).map(clean_text) | long
        posted[field.name] = [str(data.draw(free, label=field.name) or "")]
    filled = fill(STARTUP_FORM.every_field, posted)
    answers = {name: filled.answers.get(name) for name in filled.typed}
    for name in ("text", "company", "postcode"):
        answers[name] = answers[name] or sample[name]

    PartyFacts(kind="startup", **_party(answers))
    for facts in _solutions(answers).values():
        SolutionFacts(party_id=UUID(int=1), **facts)
    again = {name: [value] if isinstance(value, str) else value
             for name, value in typed(STARTUP_FORM.every_field, answers).typed.items()}  # fmt: skip
    kept = fill(STARTUP_FORM.every_field, again).answers
    assert {name: kept.get(name) for name in kept if answers.get(name)} == {
        name: answers[name] for name in kept if answers.get(name)
    }


def test_a_day_is_read_as_people_write_it() -> None:
    [founded] = [field for field in STARTUP_FORM.every_field if field.name == "founded_on"]
    for written in ("15.03.2022", "2022-03-15", "15.3.2022"):
        assert founded.check(written) == date(2022, 3, 15).isoformat()
