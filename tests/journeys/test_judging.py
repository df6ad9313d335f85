"""J5: an officer judges proposals, one key each; without JavaScript by the same buttons."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from matchmaker import ledger
from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, now, transaction
from matchmaker.installation import get_office
from matchmaker.tables import Need
from tests.factories import add_need, add_party, add_solution
from tests.journeys.accessibility import look_at

PASSWORD = "ein langes Passwort"
EMAIL = "judith@amt.example"
TEXTS = (
    "Unsere Kamera prüft Schweißnähte automatisch in der Fertigung.",
    "Wir planen Touren für Handwerksbetriebe.",
    "Roboter schweißen kleine Serien, ohne dass jemand sie programmiert.",
    "Sensoren erkennen Schäden an Pumpen, bevor die Anlage steht.",
)


@pytest.fixture(scope="module")
def officer(database: SessionFactory) -> None:
    with transaction(database) as session:
        create_officer(
            session, get_office(session, None).id, email=EMAIL, name="Judith", role="officer",
            password=PASSWORD, actor="test",
        )  # fmt: skip


@pytest.fixture
def need_id(database: SessionFactory, officer: None) -> Iterator[UUID]:
    """A need, and four startups that are there for this test only."""
    with transaction(database) as session:
        office = get_office(session, None)
        firm = add_party(session, office.id, name="Metallbau Muster GmbH", branches=["25"])
        need = add_need(session, office.id, party_id=firm.id, created_at=now() + timedelta(days=1))
        startups = [
            add_party(session, office.id, kind="startup", name=f"Startup {n}") for n in range(4)
        ]
        for startup, text in zip(startups, TEXTS, strict=True):
            add_solution(session, office.id, text, party_id=startup.id)
        ledger.record(session, office.id, "change", actor="test")  # as whoever adds a profile does
        found = need.id
    yield found
    with transaction(database) as session:
        session.get_one(Need, found).status = "closed"
        for startup in startups:
            session.merge(startup).is_paused = True


def open_list(page: Page, need_id: UUID, language: str = "de") -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_url("**/schreibtisch" if language == "de" else "**/desk")
    page.goto(
        f"/de/schreibtisch/bedarf/{need_id}" if language == "de" else f"/en/desk/need/{need_id}"
    )
    with page.expect_navigation():  # its end: only then do keys mean anything
        page.locator("form[action$=compute] button").click()


def said(page: Page, row: int) -> str:
    return page.locator(".proposal").nth(row).locator(".said").inner_text()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_three_proposals_are_judged_by_keys_alone(page: Page, need_id: UUID) -> None:
    open_list(page, need_id)
    press = page.keyboard.press

    press("j")
    assert focused(page).startswith("1. ")
    with page.expect_navigation():
        press("+")
    assert said(page, 0) == "passt"
    assert focused(page).startswith("1. ")
    expect(page.locator("#said")).to_have_text("passt")

    press("j")
    assert focused(page).startswith("2. ")
    press("-")
    assert focused(page) == "1 passt fachlich nicht"
    press("Escape")
    assert not page.locator("details.no[open]").count()
    press("-")
    with page.expect_navigation():
        press("4")
    assert said(page, 1).startswith("passt nicht: Preis. Kommt zurück, sobald")

    press("j")
    press("k")
    press("j")
    press("-")
    with page.expect_navigation():
        press("b")
    expect(page.locator("#until")).to_be_focused()
    page.keyboard.type("31.12.2099")
    with page.expect_navigation():
        press("Enter")
    assert said(page, 2).startswith("passt nicht: Zeitpunkt. Kommt am 31. Dezember 2099 zurück.")
    assert focused(page).startswith("3. ")

    press("o")
    page.wait_for_url("**/vorschlag/*")
    page.go_back()
    press("?")
    assert page.locator("#keys").get_attribute("open") is not None
    press("/")
    page.wait_for_url("**/schreibtisch#q")
    assert page.evaluate("document.activeElement.id") == "q"


def test_keys_that_were_switched_off_do_nothing(page: Page, need_id: UUID) -> None:
    open_list(page, need_id)
    page.locator("#keys summary").click()
    page.get_by_role("button", name="Tasten ausschalten").click()
    page.locator("#keys summary").click()
    page.get_by_role("button", name="Tasten einschalten").wait_for()
    before = focused(page)
    for key in "j+-4o?":
        page.keyboard.press(key)
    assert focused(page) == before
    assert page.locator(".said").count() == 0
    assert page.url.split("#")[0].endswith(str(need_id))


def test_the_same_is_done_without_javascript_and_undone(
    browser_without_javascript: BrowserContext, need_id: UUID
) -> None:
    page = browser_without_javascript.new_page()
    open_list(page, need_id)
    rows = page.locator(".proposal")
    rows.nth(0).locator("[value=judged_fit]").click()
    assert said(page, 0) == "passt"
    rows.nth(1).locator(".judge summary").click()
    rows.nth(1).get_by_role("button", name="Wettbewerber").click()
    assert "einander nicht mehr vorgeschlagen" in said(page, 1)
    rows.nth(2).locator(".judge summary").click()
    rows.nth(2).get_by_role("button", name="zu früh").click()
    page.get_by_label("Pilot (TRL 6)").check()
    page.get_by_role("button", name="Festhalten").click()
    assert "Pilot (TRL 6)" in said(page, 2)
    assert page.locator(".held li").count() == 2
    rows.nth(2).get_by_role("button", name="Rückgängig").click()
    assert rows.nth(2).locator(".said").count() == 0
    page.locator(".held").get_by_role("button", name="Aufheben").click()
    assert "Aufgehoben am" in said(page, 1)
    assert page.locator(".held").count() == 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_of_judging_is_accessible(page: Page, need_id: UUID, language: str) -> None:
    open_list(page, need_id, language)
    rows = page.locator(".proposal")
    rows.nth(0).locator(".judge summary").click()
    page.locator("#keys summary").click()
    look_at(page, f"judging_{language}")
    with page.expect_navigation():
        rows.nth(0).locator("[data-key='3']").click()
    look_at(page, f"judging_question_{language}")
    page.locator("form.form button").click()
    rows.nth(1).locator(".judge summary").click()
    with page.expect_navigation():
        rows.nth(1).locator("[data-key='b']").click()
    look_at(page, f"judging_day_{language}")
    with page.expect_navigation():
        page.locator("form.form button").click()
    assert page.title().startswith(("Fehler: ", "Error: "))
    look_at(page, f"judging_error_{language}")
    page.get_by_role("main").get_by_role("link").first.click()
    page.locator(".held").wait_for()
    look_at(page, f"judging_held_{language}")
    page.locator(".held a").click()
    look_at(page, f"judging_answer_{language}")
