"""J5: an officer starts a tandem from a proposal and leads it on, by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from matchmaker import ledger
from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, now, transaction
from matchmaker.days import day_of
from matchmaker.installation import get_office
from matchmaker.tables import Need
from tests.factories import add_need, add_party, add_solution
from tests.journeys.accessibility import look_at
from tests.journeys.test_desk import PASSWORD, log_in

EMAIL = "tandem@amt.example"
DESK = {"de": "/de/schreibtisch", "en": "/en/desk"}
NEED = {"de": "bedarf", "en": "need"}


@pytest.fixture(scope="module", autouse=True)
def officer(database: SessionFactory) -> None:
    with transaction(database) as session:
        create_officer(
            session, get_office(session, None).id, email=EMAIL, name="Eva Amtmann",
            role="officer", password=PASSWORD, actor="test",
        )  # fmt: skip


@pytest.fixture
def need_id(database: SessionFactory) -> Iterator[UUID]:
    """A need of a firm of its own, and two startups."""
    with transaction(database) as session:
        office = get_office(session, None)
        firm = add_party(session, office.id, name="Bäckerei Krume GmbH", branches=["10"])
        need = add_need(
            session, office.id, "Abends bleibt Brot übrig, weil wir den Absatz nicht kennen.",
            party_id=firm.id, created_at=now() + timedelta(days=2),
        )  # fmt: skip
        startups = []
        for name, text in (
            ("Absatzblick UG", "Wir sagen Bäckereien den Absatz jeder Filiale voraus."),
            ("Kühlwacht GmbH", "Unsere Sensoren melden, wenn ein Kühlhaus zu warm wird."),
        ):
            startup = add_party(session, office.id, kind="startup", name=name)
            add_solution(session, office.id, text, party_id=startup.id)
            startups.append(startup)
        ledger.record(session, office.id, "change", actor="test")  # as whoever adds a profile does
        found = need.id
    yield found
    with transaction(database) as session:
        session.get_one(Need, found).status = "closed"
        for startup in startups:
            session.merge(startup).is_paused = True


def press(page: Page, role: str, name: str) -> None:
    """Go to a button or a link and press it by keyboard."""
    page.get_by_role(role, name=name).first.focus()  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, label: str, steps: int) -> None:
    """Go down in a list of choices by keyboard."""
    page.get_by_label(label).focus()
    for _ in range(steps):
        page.keyboard.press("ArrowDown")


def test_a_tandem_is_started_led_on_taken_back_and_annotated_without_javascript(
    browser: Browser, site: str, need_id: UUID
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "de", EMAIL)
    page.goto(f"/de/schreibtisch/bedarf/{need_id}")
    press(page, "button", "Vorschläge berechnen")
    page.locator(".proposal a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "button", "Tandem mit")
    main = page.get_by_role("main")
    assert "Bäckerei Krume GmbH – " in main.inner_text()

    choose(page, "Was ist geschehen?", 2)
    press(page, "button", "Schritt festhalten")
    assert "Jetzt: Unternehmen gefragt" in main.inner_text()
    choose(page, "Was ist geschehen?", 1)
    page.get_by_label("In Worten").focus()
    page.keyboard.insert_text("Beim Frühstück der Wirtschaft getroffen.")
    press(page, "button", "Schritt festhalten")
    assert "Jetzt: Startup gefragt" in main.inner_text()
    assert "Beim Frühstück" in page.locator(".steps").inner_text()
    press(page, "button", "Letzten Schritt zurücknehmen")
    assert "Jetzt: Unternehmen gefragt" in main.inner_text()

    page.get_by_label("Notiz", exact=True).focus()
    page.keyboard.insert_text("Nach der Ferienwoche anrufen")
    page.get_by_label("Wiedervorlage am").focus()
    page.keyboard.type(day_of(now()).strftime("%m%d%Y"))
    press(page, "button", "Notiz festhalten")
    assert "Nach der Ferienwoche anrufen" in page.locator(".notes").first.inner_text()
    press(page, "link", "Bedarfe")
    assert "Nach der Ferienwoche anrufen" in page.locator(".due").inner_text()
    page.locator(".due li").filter(has_text="Ferienwoche").get_by_role("link").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "button", "Erledigt")
    press(page, "link", "Bedarfe")
    assert "Ferienwoche" not in page.get_by_role("main").inner_text()
    press(page, "link", "Tandems")
    assert "Unternehmen gefragt" in page.locator("tbody").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tabelle", exact=True).click()
    assert download.value.suggested_filename == "tandems.xlsx"
    context.close()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_of_tandems_are_accessible_on_a_wide_and_on_a_narrow_screen(
    page: Page, need_id: UUID, language: str
) -> None:
    log_in(page, language, EMAIL)
    need = f"{DESK[language]}/{NEED[language]}/{need_id}"
    page.goto(need)
    page.locator("form[action$=compute] button").click()
    page.locator(".proposal").first.wait_for()
    page.locator("form[action$='/tandem'] button, .proposal a[href*='/tandem/']").last.click()
    page.locator("#step").wait_for()
    address = page.url
    for step in ("reviewed", "sme_asked"):
        if page.locator(f"#step option[value={step}]").count():
            page.locator("#step").select_option(step)
            page.locator("form[action$=moves] button").click()
            page.locator("#step").wait_for()
    for day in (day_of(now()), day_of(now()) + timedelta(days=7)):
        page.locator("#text").fill("Frau Muster nach den Zahlen vom Herbst fragen.")
        page.locator("#due_on").fill(day.isoformat())
        page.locator("form[action$=notes] button").click()
        page.wait_for_url(address)
    page.locator("a[href*='/correct']").first.click()
    look_at(page, f"tandem_correct_{language}")
    page.locator("#text").fill("Frau Muster nach den Zahlen vom Herbst und Winter fragen.")
    page.locator("form[action$=notes] button").click()
    page.wait_for_url(address)
    for summary in page.locator(".notes summary").all():
        summary.click()
    look_at(page, f"tandem_{language}")
    page.locator("form[action$=moves] button").click()
    page.get_by_role("alert").first.wait_for()
    look_at(page, f"tandem_error_{language}")
    page.goto(address)
    page.locator("form[action$=moves] input[name=version]").evaluate("field => field.value = 1")
    page.locator("#step").select_option("ended")
    page.locator("#reason").select_option("rests")
    page.locator("form[action$=moves] button").click()
    page.locator("#changed").wait_for()
    look_at(page, f"tandem_changed_{language}")
    page.goto(need)
    look_at(page, f"need_with_tandem_{language}")
    page.goto(DESK[language])
    look_at(page, f"inbox_with_due_{language}")
    page.goto(f"{DESK[language]}/tandems")
    look_at(page, f"tandems_{language}")
    page.locator("a[href*='view=board']").click()
    page.locator(".board").wait_for()
    look_at(page, f"tandems_board_{language}")
    for picture in ("tandem", "tandems"):
        page.goto(address if picture == "tandem" else f"{DESK[language]}/tandems")
        page.set_viewport_size({"width": 320, "height": 800})
        page.screenshot(path=f"var/screenshots/{picture}_narrow_{language}.png", full_page=True)
