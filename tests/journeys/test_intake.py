"""J1: files and proof of work on the need form, with JavaScript and without."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from sqlalchemy import select

from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, reading, transaction
from matchmaker.installation import get_office
from matchmaker.tables import Need, Submission
from tests.attachments.crafted import pdf, png
from tests.journeys.accessibility import look_at
from tests.journeys.test_desk import PASSWORD
from tests.journeys.test_need_form import let_reading_take_time, newest_link

PLAN: FilePayload = {"name": "Plan Süd.pdf", "mimeType": "application/pdf", "buffer": pdf()}
PHOTO: FilePayload = {"name": "Foto.png", "mimeType": "image/png", "buffer": png()}
PROGRAM: FilePayload = {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
EMAIL = "ina@amt.example"


@pytest.fixture(scope="module")
def officer(database: SessionFactory) -> str:
    with transaction(database) as session:
        create_officer(
            session, get_office(session, None).id, email=EMAIL, name="Ina", role="officer",
            password=PASSWORD, actor="test",
        )  # fmt: skip
    return EMAIL


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A telephone without JavaScript."""
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    yield context
    context.close()


def go_on(page: Page) -> None:
    page.get_by_role("main").locator("form button").last.click()


def send_wrongly(page: Page) -> None:
    """Send the last form, which is refused."""
    with page.expect_navigation():
        go_on(page)
    assert page.title().startswith(("Fehler: ", "Error: "))


def write(page: Page, text: str, *files: FilePayload) -> None:
    """Fill in the three pages, up to the one that checks."""
    page.locator("#text").fill(text)
    page.locator("#attachments").set_input_files(files)
    go_on(page)
    page.locator("#company").fill("Backhaus Muster")
    page.locator("#postcode").fill("76703")
    go_on(page)
    page.locator("#contact").fill("Eva Muster")
    # Few forms a day are sent for one address.
    page.locator("#email").fill(f"eva{uuid4().hex}@backhaus.example")
    page.locator("#visibility-2").check()
    go_on(page)


def log_in(page: Page, language: str) -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_url("**/schreibtisch" if language == "de" else "**/desk")


def submission_of(database: SessionFactory, text: str) -> Submission:
    with reading(database) as session:
        rows = session.scalars(select(Submission)).all()
        return next(row for row in rows if row.answers.get("text") == text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_with_javascript_the_browser_works_and_the_need_is_a_record_at_once(
    page: Page, database: SessionFactory, site: str, language: str
) -> None:
    text = f"Unsere Öfen brauchen zu viel Strom, und niemand weiß warum ({language})."
    page.goto(f"/{language}/{'bedarf' if language == 'de' else 'need'}")
    write(page, text, PLAN, PHOTO)
    page.locator("[data-state=verified]").wait_for()
    look_at(page, f"form_check_with_files_{language}")
    page.get_by_role("button", name="Entfernen" if language == "de" else "Take away").last.click()
    page.locator("[data-state=verified]").wait_for()
    assert "Foto.png" not in page.get_by_role("main").inner_text()
    let_reading_take_time(database)
    go_on(page)
    page.wait_for_url("**/gesendet" if language == "de" else "**/sent")

    page.goto(newest_link(database, site))
    go_on(page)
    page.wait_for_url("**/mein-bedarf/*" if language == "de" else "**/my-need/*")
    look_at(page, f"status_with_files_{language}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Plan Süd.pdf").click()
    assert download.value.suggested_filename == "Plan Süd.pdf"
    assert download.value.path().read_bytes() == pdf()
    submission = submission_of(database, text)
    assert (submission.state, submission.is_proven) == ("confirmed", True)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_refused_file_is_told_in_a_way_that_everybody_understands(
    page: Page, language: str
) -> None:
    page.goto(f"/{language}/{'bedarf' if language == 'de' else 'need'}")
    page.locator("#text").fill("Unsere Öfen brauchen zu viel Strom, und niemand weiß warum.")
    page.locator("#attachments").set_input_files([PLAN, PROGRAM])
    send_wrongly(page)

    look_at(page, f"error_files_{language}")
    page.get_by_role("alert").first.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "attachments"


def test_where_the_work_cannot_be_done_the_form_goes_without_it(
    browser: Browser, site: str, database: SessionFactory
) -> None:
    context = browser.new_context(base_url=site)  # whose console may say that it failed
    page = context.new_page()
    text = "Unsere Öfen brauchen zu viel Strom, doch die Aufgabe kommt nicht an."
    page.route("**/aufgabe", lambda route: route.fulfill(status=200, body="{}"))
    page.goto("/de/bedarf")
    write(page, text)
    page.locator("altcha-widget").wait_for(state="detached")
    let_reading_take_time(database)
    go_on(page)
    page.wait_for_url("**/gesendet")

    assert not submission_of(database, text).is_proven
    context.close()


def test_without_javascript_an_officer_looks_first(
    plain: BrowserContext, browser: Browser, database: SessionFactory, site: str, officer: str
) -> None:
    text = "Unsere Backstube sucht jemanden, der alte Öfen umrüstet."
    page = plain.new_page()
    page.goto("/de/bedarf")
    write(page, text, PLAN)
    assert "führt keine Skripte aus" in page.get_by_role("main").inner_text()
    let_reading_take_time(database)
    go_on(page)
    page.goto(newest_link(database, site))
    go_on(page)
    page.wait_for_url("**/mein-bedarf/*")
    assert "zuerst ein Mensch" in page.get_by_role("main").inner_text()
    assert submission_of(database, text).state == "held"

    log_in(page, "de")
    page.get_by_role("link", name="Zurückgehaltene Einsendungen").click()
    page.get_by_role("row", name=text).get_by_role("link").click()
    page.get_by_role("button", name="Zulassen", exact=True).click()
    page.wait_for_url("**/schreibtisch/bedarf/*")
    assert text in page.get_by_role("main").inner_text()
    need_id = UUID(page.url.rsplit("/", 1)[1])
    with transaction(database) as session:
        need = session.get_one(Need, need_id)
        assert need.status == "open"
        need.status = "closed"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_held_pages_and_their_error_are_accessible(
    page: Page, browser: Browser, database: SessionFactory, site: str, officer: str, language: str
) -> None:
    text = f"Unsere Backstube sucht jemanden, der alte Öfen verkauft ({language})."
    sender = browser.new_context(base_url=site, java_script_enabled=False)
    form = sender.new_page()
    form.goto("/de/bedarf")
    write(form, text, PLAN)
    let_reading_take_time(database)
    go_on(form)
    form.goto(newest_link(database, site))
    go_on(form)
    sender.close()

    log_in(page, language)
    page.get_by_role("navigation").get_by_role("link", name="(").click()
    look_at(page, f"held_{language}")
    page.get_by_role("row", name=text).get_by_role("link").click()
    page.locator("summary").click()
    look_at(page, f"held_submission_{language}")
    send_wrongly(page)
    look_at(page, f"held_error_{language}")
    page.locator("#reason-1").check()
    go_on(page)
    page.wait_for_url("**/zurueckgehalten" if language == "de" else "**/held")
    assert text not in page.get_by_role("main").inner_text()
