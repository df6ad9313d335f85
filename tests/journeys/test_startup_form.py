"""J2: a startup registers its profile, by keyboard, without JavaScript, on a narrow screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from matchmaker.accounts import create_officer
from matchmaker.config import load_settings
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.installation import get_office
from matchmaker.submissions import ask_owners, release
from matchmaker.tables import Officer, Solution, Submission, TextVersion
from matchmaker.web import owner_writer
from tests.journeys.accessibility import look_at
from tests.journeys.test_desk import PASSWORD
from tests.journeys.test_need_form import (
    enter,
    let_reading_take_time,
    narrow,
    newest_link,
    type_into,
)

__all__ = ["narrow"]  # a fixture

TEXT = "Unsere Waage erkennt das Gebäck und sagt den Absatz von morgen voraus."
EMAIL = "anmeldungen@amt.example"
ENGLISH = {
    "Weiter": "Next",
    "Absenden": "Send",
    "Bestätigen": "Confirm",
    "Weitere Lösung hinzufügen": "Add another solution",
    "Übernehmen und prüfen": "Keep and check",
    "Übernehmen": "Keep",
    "Profil anhalten": "Pause the profile",
    "Alles stimmt": "Everything is right",
}


def test_a_profile_goes_from_the_start_page_to_its_owners_page(
    narrow: BrowserContext, database: SessionFactory, site: str
) -> None:
    text = "Am Abend weiß der Bäcker von uns, was er morgen backen soll."
    page = narrow.new_page()
    page.goto("/")
    page.get_by_role("link", name="Startup anmelden").focus()
    enter(page, "/de/startup")
    assert "Schritt 1 von 5" in page.get_by_role("main").inner_text()
    page.get_by_label("Was lösen Sie?").focus()
    type_into(page, text, "[Tab]", "Absatzwaage")
    enter(page, "/de/startup/zusammenarbeit")
    page.get_by_role("button", name="Weiter").focus()
    enter(page, "/de/startup/unternehmen")
    page.get_by_label("Name des Startups").focus()
    type_into(page, "Waagemut UG", "[Tab]", "[Tab]", "76646")
    enter(page, "/de/startup/kontakt")
    page.get_by_label("Ihr Name").focus()
    type_into(page, "Kim Beispiel", "[Tab]", "kim@waagemut.example")
    enter(page, "/de/startup/pruefen")

    page.get_by_role("link", name="Weitere Lösung hinzufügen").focus()
    enter(page, "/de/startup/weitere-loesung/new")
    page.get_by_label("Was lösen Sie?").focus()
    type_into(page, "Wir verkaufen am Abend, was noch in der Theke liegt.", "[Tab]", "Abendkorb")
    enter(page, "/de/startup/pruefen")
    main = page.get_by_role("main").inner_text()
    for said in (text, "Abendkorb", "Waagemut UG", "So sehen Sie Unternehmen", "Unklar"):
        assert said in main
    let_reading_take_time(database)
    page.get_by_role("button", name="Absenden").focus()
    enter(page, "/de/startup/gesendet")

    page.goto(newest_link(database, site))
    page.get_by_role("button", name="Bestätigen").focus()
    enter(page, "/de/mein-profil/")
    assert page.get_by_role("heading", level=1).inner_text() == "Ihr Profil"
    # It came without JavaScript, and so without the check in the browser.
    assert "sieht es zuerst an" in page.get_by_role("main").inner_text()
    with transaction(database) as session:
        held = session.scalars(select(Submission).where(Submission.state == "held")).all()
        (ours,) = [one for one in held if one.answers["text"] == text]
        release(session, ours, actor="test")
    page.reload()
    with reading(database) as session:
        texts = session.scalars(
            select(TextVersion.text).join(Solution, Solution.text_id == TextVersion.id)
        )
        assert list(texts).count(text) == 1
    page.get_by_text("Pausieren", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Profil anhalten").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ihr Profil pausiert").wait_for()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_and_every_error_is_accessible(
    page: Page, database: SessionFactory, site: str, language: str
) -> None:
    def button(german: str) -> None:
        name = german if language == "de" else ENGLISH[german]
        page.get_by_role("button", name=name, exact=True).click()

    def answer_wrongly(press: str = "Weiter") -> None:
        with page.expect_navigation():
            button(press)
        assert page.title().startswith(("Fehler: ", "Error: "))
        look_at(page, f"startup_error_{language}")
        page.get_by_role("alert").first.get_by_role("link").first.click()
        assert page.evaluate("document.activeElement.tagName") in ("INPUT", "TEXTAREA")

    email = f"kim.{language}@waagemut.example"
    page.goto(f"/{language}/startup")
    look_at(page, f"startup_solution_{language}")
    page.locator("#links").fill("javascript:x")
    answer_wrongly()
    page.locator("#links").fill("https://waagemut.example/video")
    page.locator("#text").fill(TEXT)
    button("Weiter")
    look_at(page, f"startup_terms_{language}")
    page.locator("#available_from").fill("bald")
    answer_wrongly()
    page.locator("#available_from").fill("01.03.2027")
    page.locator("#ticket-2").check()
    button("Weiter")
    look_at(page, f"startup_firm_{language}")
    answer_wrongly()
    page.locator("#company").fill("Waagemut UG")
    page.locator("#postcode").fill("76646")
    page.locator("#founded_on").fill("15.03.2022")
    button("Weiter")
    look_at(page, f"startup_contact_{language}")
    answer_wrongly()
    page.locator("#contact").fill("Kim Beispiel")
    page.locator("#email").fill(email)
    button("Weiter")
    page.get_by_role("link", name="Weitere Lösung" if language == "de" else "Add another").click()
    look_at(page, f"startup_more_{language}")
    answer_wrongly("Übernehmen und prüfen")
    page.locator("#text").fill("Wir verkaufen am Abend, was noch in der Theke liegt.")
    button("Übernehmen und prüfen")
    look_at(page, f"startup_check_{language}")
    let_reading_take_time(database)
    button("Absenden")
    look_at(page, f"startup_sent_{language}")
    page.goto(newest_link(database, site, email))
    look_at(page, f"startup_confirm_{language}")
    button("Bestätigen")
    page.wait_for_url("**/mein-profil/*" if language == "de" else "**/my-profile/*")
    place = page.url
    for summary in page.locator("summary").all():
        summary.click()
    look_at(page, f"startup_owner_{language}")
    page.locator("a[href*='/edit/startup']").first.click()
    look_at(page, f"startup_edit_{language}")
    page.locator("#text").fill("kurz")
    answer_wrongly("Übernehmen")
    page.goto(place)
    page.locator("summary").first.click()
    page.locator("form[action$=pause] button").click()
    look_at(page, f"startup_paused_{language}")
    for days, name in ((366, "still_right"), (732, "still_right"), (763, "rests")):
        with transaction(database) as session:
            settings = load_settings()
            later = now() + timedelta(days=days)
            ask_owners(session, settings.retention, later, owner_writer(settings))
        page.goto(newest_link(database, site, email))
        look_at(page, f"startup_{name}_{language}")
    button("Alles stimmt")
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_desk_and_the_hub_are_accessible(
    browser: Browser, site: str, database: SessionFactory, language: str
) -> None:
    def log_in(page: Page, email: str) -> None:
        page.goto(f"/{language}/{'anmelden' if language == 'de' else 'log-in'}")
        page.locator("#email").fill(email)
        page.locator("#password").fill(PASSWORD)
        page.locator("form button").click()

    with transaction(database) as session:
        office = get_office(session, None)
        for role, email in (("officer", EMAIL), ("partner", f"hub-{EMAIL}")):
            if session.scalar(select(Officer.id).where(Officer.email == email)) is None:
                create_officer(
                    session, office.id, email=email, name=role, role=role, password=PASSWORD,
                    actor="test",
                )  # fmt: skip
    tab: Callable[[], Page] = lambda: browser.new_context(base_url=site).new_page()  # noqa: E731
    partner = tab()
    log_in(partner, f"hub-{EMAIL}")
    partner.wait_for_url("**/partner")
    look_at(partner, f"hub_{language}")
    for _ in range(2):
        partner.locator("form[action$=enter] button").click()
        partner.locator("#text").fill(TEXT)
        partner.locator("form button").click()
        partner.locator("form button").click()
        partner.locator("#company").fill("Waagemut Hub UG")
        partner.locator("#postcode").fill("76646")
        partner.locator("form button").click()
        partner.locator("#contact").fill("Kim Beispiel")
        partner.locator("#email").fill("kim@waagemut.example")
        partner.locator("form button").click()
        partner.get_by_role("button", name="Absenden" if language == "de" else "Send").click()
        partner.wait_for_url("**/partner")
    look_at(partner, f"hub_filled_{language}")
    partner.context.close()

    officer = tab()
    log_in(officer, EMAIL)
    officer.get_by_role("link", name="Anmeldungen" if language == "de" else "Registrations").click()
    look_at(officer, f"registrations_{language}")
    officer.locator("tbody a").first.click()
    look_at(officer, f"registration_{language}")
    officer.locator("button[value=merge]").click()
    officer.wait_for_load_state()
    assert officer.locator("button[value=merge]").count() == 0
    look_at(officer, f"registration_merged_{language}")
    officer.context.close()
