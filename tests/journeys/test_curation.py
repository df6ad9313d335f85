"""J3: an officer pins, hides and adds, asks why not, sees what changed, takes the list away."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from matchmaker import ledger
from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, now, transaction
from matchmaker.installation import get_office
from matchmaker.tables import BlockedPair, Need, Party
from tests.factories import add_need, add_party, add_solution
from tests.journeys.accessibility import look_at

PASSWORD = "ein langes Passwort"
EMAIL = "ida@amt.example"
CAMERA = "Unsere Kamera prüft Schweißnähte automatisch in der Fertigung."
# More of them than a list has rows, so that Tourwerk stands behind it.
TEXTS = {f"Nahtblick {number}": f"{CAMERA} Modell {number}." for number in range(1, 22)}
TEXTS["Tourwerk"] = "Wir backen Brot für Handwerksbetriebe."


@pytest.fixture(scope="module")
def firm_id(database: SessionFactory) -> Iterator[UUID]:
    """A firm, many startups, one of them blocked for it, and an officer."""
    with transaction(database) as session:
        office = get_office(session, None)
        create_officer(
            session, office.id, email=EMAIL, name="Ida", role="officer", password=PASSWORD,
            actor="test",
        )  # fmt: skip
        firm = add_party(session, office.id, name="Stahlbau Muster GmbH", branches=["25"])
        startups = []
        for name, text in TEXTS.items():
            startup = add_party(session, office.id, kind="startup", name=name, town="Mannheim")
            add_solution(session, office.id, text, party_id=startup.id, title="Angebot")
            startups.append(startup.id)
        rival = add_party(session, office.id, kind="startup", name="Schweißprüfer")
        add_solution(session, office.id, CAMERA, party_id=rival.id)
        session.add(
            BlockedPair(owner_office_id=office.id, party_id=firm.id, other_party_id=rival.id)
        )
        ledger.record(session, office.id, "change", actor="test")
    yield firm.id
    with transaction(database) as session:
        for startup_id in (*startups, rival.id):
            session.get_one(Party, startup_id).is_paused = True
        ledger.record(session, office.id, "change", actor="test")


@pytest.fixture
def need_id(database: SessionFactory, firm_id: UUID) -> Iterator[UUID]:
    """A need that no other test knows; the newest one while it is open."""
    with transaction(database) as session:
        office = get_office(session, None)
        newest = now() + timedelta(days=2)
        found = add_need(session, office.id, party_id=firm_id, created_at=newest).id
    yield found
    with transaction(database) as session:
        session.get_one(Need, found).status = "closed"


def log_in(page: Page, language: str) -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_url("**/schreibtisch" if language == "de" else "**/desk")


def press(found: Locator) -> None:
    """Use a control as the keyboard does."""
    found.focus()
    found.press("Enter")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_of_curating_are_accessible(page: Page, need_id: UUID, language: str) -> None:
    need = f"/de/schreibtisch/bedarf/{need_id}" if language == "de" else f"/en/desk/need/{need_id}"
    search = "/de/schreibtisch/startups" if language == "de" else "/en/desk/startups"
    log_in(page, language)
    page.goto(need)
    page.locator("form[action$=compute] button").click()
    page.locator(".proposal").nth(4).locator("button[value=pinned]").click()
    page.wait_for_url("**changed=yes*")
    last = page.locator(".proposal").nth(9)
    last.locator(".placing summary").click()
    last.locator("input[name=note]").fill("Ist im Gespräch")
    look_at(page, f"need_hiding_{language}")
    last.locator("button[value=hidden]").click()
    page.locator(".hidden-rows summary").click()
    look_at(page, f"need_curated_{language}")
    page.goto(f"{search}?need={need_id}&q=er")
    look_at(page, f"startups_{language}")
    page.goto(f"{search}?need={need_id}&q=tourwerk&why=yes")
    look_at(page, f"why_not_{language}")
    page.get_by_role("main").get_by_role("link").last.click()
    page.locator(".proposals").wait_for()
    look_at(page, f"startup_{language}")
    page.locator("a[href$='#coach']").click()
    page.wait_for_url("**coach=yes*")
    look_at(page, f"startup_coach_{language}")


def test_from_the_inbox_to_the_files_by_keyboard_and_without_javascript(
    browser: Browser, site: str, need_id: UUID
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "de")
    press(page.locator("tbody a").first)
    page.wait_for_url(f"**/{need_id}")
    press(page.locator("form[action$=compute] button"))
    page.locator(".proposal").first.wait_for()
    names = [one.split(". ")[1] for one in page.locator(".proposal h3").all_inner_texts()]
    assert len(names) == 20

    press(page.locator(".proposal").nth(7).get_by_role("button", name="Anheften"))
    page.wait_for_url("**changed=yes*")
    assert page.locator(".proposal h3").first.inner_text() == f"1. {names[7]}"
    assert "Angeheftet von Ida." in page.locator("#changes").inner_text()

    # A note is asked for, and the page comes back with the question.
    press(page.locator(".proposal").nth(1).locator(".placing summary"))
    press(page.locator(".proposal").nth(1).get_by_role("button", name="Ausblenden"))
    page.get_by_text("Bitte schreiben Sie, warum").wait_for()
    page.locator("[aria-invalid]").focus()
    page.keyboard.insert_text("Ist im Gespräch")
    page.keyboard.press("Enter")
    page.wait_for_url("**changed=yes*")
    assert f"1. {names[0]}" not in page.locator(".proposal h3").all_inner_texts()
    assert "Ausgeblendet von Ida: Ist im Gespräch" in page.locator("#changes").inner_text()

    ask(page, "schweisspruefer")
    assert "füreinander gesperrt" in page.get_by_role("main").inner_text()
    press(page.get_by_role("link", name="Zurück zur Liste"))
    ask(page, "tourwerk")
    assert "die Liste zeigt 20" in page.get_by_role("main").inner_text()
    press(page.get_by_role("button", name="Von Hand ergänzen"))
    page.wait_for_url("**changed=yes*")
    assert page.locator(".proposal h3").last.inner_text() == "21. Tourwerk – Angebot"
    assert "Von Hand ergänzt von Ida." in page.locator("#changes").inner_text()

    press(page.get_by_role("button", name="Neu berechnen"))
    page.get_by_text("Nichts: dieselben Startups").wait_for()
    with page.expect_download() as download:
        press(page.get_by_role("link", name="Tabelle"))
    sheet = CalamineWorkbook.from_path(str(download.value.path())).get_sheet_by_index(0)
    rows = sheet.to_python()
    by_hand = rows[0].index("Von Hand")
    assert (rows[1][by_hand], rows[-1][by_hand]) == ("angeheftet", "von Hand ergänzt")
    with page.expect_download() as download:
        press(page.get_by_role("link", name="PDF"))
    paper = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    overview = " ".join(paper.pages[0].extract_text().split())
    assert "(angeheftet)" in overview
    assert "Tourwerk (von Hand ergänzt)" in overview
    context.close()


def ask(page: Page, name: str) -> None:
    """Ask by the name of a startup why it is not in the list."""
    page.get_by_label("Name des Startups").focus()
    page.keyboard.insert_text(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/why-not/**")
