"""J3 and J5: an officer finds a need, reads its list, judges a proposal, takes the list away."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from matchmaker import ledger
from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, now, transaction
from matchmaker.installation import get_office
from matchmaker.tables import Need
from tests.factories import add_need, add_party, add_solution
from tests.journeys.accessibility import look_at

PASSWORD = "ein langes Passwort"
EMAIL = "eva@amt.example"


@pytest.fixture(scope="module")
def need_id(database: SessionFactory) -> Iterator[UUID]:
    """A need, three startups, and an officer."""
    with transaction(database) as session:
        office = get_office(session, None)
        create_officer(
            session, office.id, email=EMAIL, name="Eva", role="officer", password=PASSWORD,
            actor="test",
        )  # fmt: skip
        firm = add_party(session, office.id, name="Metallbau Muster GmbH", branches=["25"])
        need = add_need(session, office.id, party_id=firm.id, created_at=now() + timedelta(days=1))
        for number, text in enumerate(
            (
                "Unsere Kamera prüft Schweißnähte automatisch in der Fertigung.",
                "Wir planen Touren für Handwerksbetriebe.",
                "Roboter schweißen kleine Serien, ohne dass jemand sie programmiert.",
            )
        ):
            startup = add_party(session, office.id, kind="startup", name=f"Startup {number}")
            add_solution(session, office.id, text, party_id=startup.id)
        ledger.record(session, office.id, "change", actor="test")  # as whoever adds a profile does
        found = need.id
    yield found
    with transaction(database) as session:
        session.get_one(Need, found).status = "closed"


def log_in(page: Page, language: str, email: str = EMAIL) -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_url("**/schreibtisch" if language == "de" else "**/desk")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_desk_is_accessible_on_a_wide_and_on_a_narrow_screen(
    page: Page, need_id: UUID, language: str
) -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    look_at(page, f"log_in_{language}")
    log_in(page, language)
    look_at(page, f"inbox_{language}")
    page.locator("tbody a").first.click()
    page.wait_for_url(f"**/{need_id}")
    look_at(page, f"need_{language}")
    page.locator("form[action$=compute] button").click()
    page.locator(".proposal").first.wait_for()
    look_at(page, f"need_with_proposals_{language}")
    page.locator(".proposal a").first.click()
    page.locator(".both").wait_for()
    look_at(page, f"proposal_{language}")
    page.goto("/de/konto/zweiter-faktor" if language == "de" else "/en/account/second-factor")
    look_at(page, f"second_factor_{language}")


def test_from_the_inbox_to_a_verdict_and_a_file_by_keyboard_and_without_javascript(
    browser: Browser, site: str, need_id: UUID
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "de")
    page.get_by_label("Suchen", exact=True).first.focus()
    page.keyboard.insert_text("schweissnahte -tour")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=schweissnahte*")
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{need_id}")
    page.locator("form[action$=compute] button").focus()
    page.keyboard.press("Enter")
    page.locator(".proposal").first.wait_for()
    page.locator(".proposal a").first.focus()
    page.keyboard.press("Enter")
    page.locator(".both").wait_for()
    page.locator("[value=judged_fit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{need_id}#*")
    assert page.locator(".proposal strong").first.inner_text() == "passt"
    with page.expect_download() as download:
        page.get_by_role("link", name="Tabelle").click()
    assert download.value.suggested_filename == "match_list.xlsx"
    context.close()
