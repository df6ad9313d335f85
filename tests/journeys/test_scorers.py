"""J5: a manager puts what was learned in place, reads what it says, and goes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete

from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, transaction
from matchmaker.installation import get_office
from matchmaker.scoring import Calibration
from matchmaker.tables import ScorerVersion
from tests.journeys.accessibility import look_at
from tests.training.saved import add_scorer

PASSWORD = "ein langes Passwort"
EMAIL = "leitung@amt.example"
PAGES = {"de": "/de/schreibtisch/gelernt", "en": "/en/desk/learned"}


@pytest.fixture(scope="module", autouse=True)
def manager(database: SessionFactory) -> None:
    with transaction(database) as session:
        create_officer(
            session, get_office(session, None).id, email=EMAIL, name="Lea", role="manager",
            password=PASSWORD, actor="test",
        )  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_learned(database: SessionFactory) -> Iterator[None]:
    """Leave the office as it was found: with the expert's weights."""
    yield
    with transaction(database) as session:
        session.execute(delete(ScorerVersion))


def log_in(page: Page) -> None:
    page.goto("/de/anmelden")
    page.get_by_label("E-Mail").fill(EMAIL)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()


def test_learned_weights_are_put_in_place_read_and_taken_back(
    page: Page, database: SessionFactory, data_folder: Path
) -> None:
    log_in(page)
    page.get_by_role("link", name="Gelerntes").click()
    expect(page.get_by_role("main")).to_contain_text("Das Programm hat noch nichts gelernt.")
    look_at(page, "learned_nothing_de")
    with transaction(database) as session:
        office_id = get_office(session, None).id
        add_scorer(session, office_id, data_folder, 1.7, Calibration(1.1, 0.2))
        add_scorer(session, office_id, data_folder, 0.4, state="shadow")
    page.goto(PAGES["de"])
    look_at(page, "learned_waiting_de")

    for row in (1, 0):
        item = page.locator(".notes > li").nth(row)
        item.get_by_role("button", name="Diese gelten lassen").click()
        expect(page.get_by_role("main")).to_contain_text("gelten gelernte Gewichte")
    for language, place in PAGES.items():
        page.goto(place)
        expect(page.locator("table")).to_have_count(2)
        look_at(page, f"learned_{language}")

    page.goto(PAGES["de"])
    for words in ("gelten gelernte Gewichte", "Es gelten die Gewichte der Fachleute."):
        page.get_by_role("button", name="Einen Schritt zurück").click()
        expect(page.get_by_role("main")).to_contain_text(words)
    expect(page.get_by_role("button", name="Einen Schritt zurück")).to_have_count(0)


def test_a_page_that_is_out_of_date_says_so_without_javascript(
    browser_without_javascript: BrowserContext, database: SessionFactory, data_folder: Path
) -> None:
    with transaction(database) as session:
        add_scorer(session, get_office(session, None).id, data_folder, 1.3)
    page, other = (browser_without_javascript.new_page() for _ in range(2))
    log_in(page)
    for tab in (page, other):
        tab.goto(PAGES["de"])
    page.get_by_role("button", name="Diese gelten lassen").first.click()
    other.get_by_role("button", name="Diese gelten lassen").last.click()
    expect(other.get_by_role("alert")).to_contain_text("Es wurde nichts geändert.")

    other.get_by_role("button", name="Einen Schritt zurück").click()
    expect(other.get_by_role("main")).to_contain_text("Es gelten die Gewichte der Fachleute.")
