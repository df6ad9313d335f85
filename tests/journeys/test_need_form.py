"""J1: a firm submits its need, by keyboard, without JavaScript, on a narrow screen.

Without JavaScript it is held; how it goes on is in test_intake.py.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select, update

from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.tables import Mail, Submission
from tests.journeys.accessibility import look_at

TEXT = "Unsere Backstube verliert jeden Tag Brot, weil niemand den Absatz kennt."


@pytest.fixture
def narrow(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A telephone without JavaScript."""
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    yield context
    context.close()


def newest_link(database: SessionFactory, site: str, recipient: str | None = None) -> str:
    """Where the link of the newest mail leads, of all or of those to one address."""
    newest = select(Mail.text).order_by(Mail.created_at.desc())
    if recipient is not None:
        newest = newest.where(Mail.recipient == recipient)
    with reading(database) as session:
        text = session.scalars(newest).first()
    found = re.search(r"https?://[^/\s]+(/\S+)", text or "")
    assert found
    return site + found[1]


def let_reading_take_time(database: SessionFactory) -> None:
    """As if the writer had needed more than the three seconds that only programs beat."""
    with transaction(database) as session:
        session.execute(update(Submission).values(created_at=now().replace(year=2025)))


def type_into(page: Page, *keys: str) -> None:
    """Go on by keyboard: text is typed, keys in brackets are pressed."""
    for key in keys:
        if key.startswith("["):
            page.keyboard.press(key.strip("[]"))
        else:
            page.keyboard.insert_text(key)


def enter(page: Page, place: str) -> None:
    """Press the focused button or link, or send the focused form, which leads to `place`."""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{place}*")


def test_a_need_goes_from_the_start_page_to_its_owners_page(
    narrow: BrowserContext, database: SessionFactory, site: str
) -> None:
    text = "Am Samstag bleibt in unserer Backstube am meisten Brot liegen."
    page = narrow.new_page()
    page.goto("/")
    page.get_by_role("link", name="Bedarf melden").focus()
    enter(page, "/de/bedarf")
    assert "Schritt 1 von 4" in page.get_by_role("main").inner_text()
    page.get_by_label("Worum geht es?").focus()
    type_into(page, text, "[Tab]", "[ArrowDown]", "[Tab]", "[Space]")
    page.get_by_role("button", name="Weiter").focus()
    enter(page, "/de/bedarf/unternehmen")

    page.get_by_label("Name des Unternehmens").focus()
    type_into(page, "Backhaus Muster", "[Tab]", "76703")
    enter(page, "/de/bedarf/kontakt")
    page.get_by_label("Ihr Name").focus()
    type_into(page, "Eva Muster", "[Tab]", "eva@backhaus.example", "[Tab]", "[Tab]", "[Space]")
    enter(page, "/de/bedarf/pruefen")

    main = page.get_by_role("main").inner_text()
    for said in (text, "Backhaus Muster", "76703", "Eva Muster", "eva@backhaus.example"):
        assert said in main
    let_reading_take_time(database)
    page.get_by_role("button", name="Absenden").focus()
    enter(page, "/de/bedarf/gesendet")
    assert "Postfach" in page.get_by_role("heading", level=1).inner_text()

    page.goto(newest_link(database, site))
    page.get_by_role("button", name="Bestätigen").focus()
    enter(page, "/de/mein-bedarf/")
    assert page.get_by_role("heading", level=1).inner_text() == "Ihr Bedarf"
    assert text in page.get_by_role("main").inner_text()
    with reading(database) as session:
        answers = {row.answers["text"]: row.state for row in session.scalars(select(Submission))}
    assert answers[text] == "held"


ENGLISH = {"Weiter": "Next", "Absenden": "Send", "Bestätigen": "Confirm"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_and_every_error_of_the_form_is_accessible(
    page: Page, database: SessionFactory, site: str, language: str
) -> None:
    def button(german: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=german if language == "de" else ENGLISH[german]).click()

    def answer_wrongly() -> None:
        button("Weiter")
        assert page.title().startswith(("Fehler: ", "Error: "))
        look_at(page, f"error_{language}")
        page.get_by_role("alert").first.get_by_role("link").first.click()
        assert page.evaluate("document.activeElement.tagName") in ("INPUT", "TEXTAREA")

    page.goto(f"/{language}/{'bedarf' if language == 'de' else 'need'}")
    look_at(page, f"form_need_{language}")
    answer_wrongly()
    page.locator("textarea").fill(TEXT)
    button("Weiter")
    look_at(page, f"form_firm_{language}")
    answer_wrongly()
    page.locator("#company").fill("Backhaus Muster")
    page.locator("#postcode").fill("76703")
    button("Weiter")
    look_at(page, f"form_contact_{language}")
    answer_wrongly()
    page.locator("#contact").fill("Eva Muster")
    page.locator("#email").fill("eva@backhaus.example")
    page.locator("#visibility-2").check()
    button("Weiter")
    page.locator("[data-state=verified]").wait_for()
    look_at(page, f"form_check_{language}")
    let_reading_take_time(database)
    button("Absenden")
    look_at(page, f"form_sent_{language}")
    page.goto(newest_link(database, site))
    look_at(page, f"confirm_{language}")
    button("Bestätigen")
    look_at(page, f"status_{language}")
    for summary in page.locator("summary").all():
        summary.click()
    look_at(page, f"status_open_{language}")
