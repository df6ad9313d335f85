"""The inbox while somebody types, the review of a need, and the page of its owner."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker import submissions
from matchmaker.accounts import create_officer
from matchmaker.database import SessionFactory, now, transaction
from matchmaker.installation import get_office
from matchmaker.tables import Need
from tests.factories import add_need, add_party
from tests.journeys.accessibility import look_at
from tests.journeys.test_every_page import LARGEST_FIRST_VIEW

PASSWORD = "ein langes Passwort"
EMAIL = "inbox@amt.example"
ANSWERS = {
    "text": "Die Brotwerk Muster in Kraichtal sucht eine Prüfung für Teiglinge.",
    "company": "Brotwerk Muster GmbH", "postcode": "76703", "contact": "Eva Wünsche",
    "email": "eva@brotwerk.example", "visibility": "staff_first",
}  # fmt: skip


@pytest.fixture(scope="module")
def owned(database: SessionFactory) -> Iterator[tuple[UUID, str]]:
    """An officer, needs of firms and of another one; the id and the token of a confirmed need."""
    with transaction(database) as session:
        office = get_office(session, None)
        create_officer(
            session, office.id, email=EMAIL, name="Ben Amt", role="officer", password=PASSWORD,
            actor="test",
        )  # fmt: skip
        firm = add_party(session, office.id, name="Metallbau Übung GmbH")
        needs = [
            add_need(session, office.id, text, party_id=firm.id)
            for text in (
                "Wir suchen eine automatische Prüfung unserer Fugen.",
                "Die Prüfung der Touren dauert zu lange.",
                "Unsere Kühlung braucht zu viel Strom.",
            )
        ]
        found = confirmed_need(session)
        made = [*(need.id for need in needs), found[0]]
        put_first(session, made, days=2)
    yield found
    with transaction(database) as session:
        session.execute(update(Need).where(Need.id.in_(made)).values(status="closed"))


@pytest.fixture
def fresh(database: SessionFactory, owned: tuple[UUID, str]) -> Iterator[tuple[UUID, str]]:
    """The id and the token of a need that no other test has worked on."""
    with transaction(database) as session:
        found = confirmed_need(session)
        put_first(session, [found[0]], days=3)
    yield found
    with transaction(database) as session:
        session.execute(update(Need).where(Need.id == found[0]).values(status="closed"))


def confirmed_need(session: Session) -> tuple[UUID, str]:
    draft, _ = submissions.start_draft(session, get_office(session, None).id, "need", "de")
    submissions.save_answers(session, draft, ANSWERS)
    submissions.submit(session, draft, is_proven=True)
    token = submissions.confirm(session, draft, {}) or ""
    assert draft.need_id is not None
    return draft.need_id, token


def put_first(session: Session, needs: list[UUID], days: int) -> None:
    """The newest needs stand first in the inbox."""
    came = now() + timedelta(days=days)
    session.execute(update(Need).where(Need.id.in_(needs)).values(created_at=came))


def log_in(page: Page, language: str = "de") -> None:
    page.goto("/de/anmelden" if language == "de" else "/en/log-in")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    page.wait_for_url("**/schreibtisch" if language == "de" else "**/desk")


def test_results_follow_while_somebody_types(page: Page, owned: tuple[UUID, str]) -> None:
    log_in(page)
    status = page.locator("#found")
    page.get_by_label("Suchen", exact=True).first.press_sequentially("prufung", delay=20)
    expect(page).to_have_url("/de/schreibtisch?q=prufung")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    assert "3 von 3" in status.inner_text()
    assert page.evaluate("document.activeElement.id") == "q"

    page.keyboard.type(' -tour -"für teig"')
    expect(rows).to_have_count(1)
    assert "unserer Fugen" in rows.first.inner_text()
    page.locator("#review").select_option("reviewed")
    expect(rows).to_have_count(0)
    expect(status).to_have_text("0 von 0 Bedarfen, die neuesten zuerst.")
    assert "review=reviewed" in page.url


def test_the_back_button_leads_to_the_search_before(page: Page, owned: tuple[UUID, str]) -> None:
    log_in(page)
    page.locator("#q").fill("kuhlung")
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung")
    page.locator("#status").select_option("all")
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung&status=all")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/bedarf/*")
    page.go_back()
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung&status=all")
    assert page.locator("#q").input_value() == "kuhlung"
    assert page.locator("#status").input_value() == "all"
    page.go_back()
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung")
    expect(page.locator("#status")).to_have_value("open")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.reload()
    assert page.locator("#q").input_value() == "kuhlung"


def test_a_filter_is_kept_and_opened_with_one_click(page: Page, owned: tuple[UUID, str]) -> None:
    log_in(page)
    page.locator("#q").fill("kuhlung")
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung")
    page.get_by_label("Diesen Filter merken als").fill("Alles Kühle")
    page.get_by_role("button", name="Filter merken").click()
    page.goto("/de/schreibtisch")
    page.get_by_role("link", name="Alles Kühle").click()
    expect(page).to_have_url("/de/schreibtisch?q=kuhlung")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Löschen Alles Kühle").click()
    expect(page.get_by_role("link", name="Alles Kühle")).to_have_count(0)


def test_the_inbox_is_light(page: Page, owned: tuple[UUID, str]) -> None:
    log_in(page)
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(sum(
        r.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))))  # fmt: skip
    page.goto("/de/schreibtisch", wait_until="networkidle")

    assert sum(sizes) <= LARGEST_FIRST_VIEW


def test_a_need_is_reviewed_without_javascript_and_its_owner_reads_it(
    browser: Browser, site: str, fresh: tuple[UUID, str]
) -> None:
    _, token = fresh
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    page.locator("#q").fill("teiglinge")
    page.locator("#owner").select_option("own")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**q=teiglinge*owner=own*")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Prüfen und Kurztext schreiben").click()
    page.get_by_role("button", name="Als geprüft vermerken").click()
    main = page.get_by_role("main")
    assert "Geprüft von Ben Amt" in main.inner_text()
    assert page.locator("#teaser").input_value().startswith("Die […]")
    page.get_by_role("button", name="Freigeben", exact=True).click()
    assert "dass Sie zuerst mit ihm sprechen" in page.locator("#warnings").inner_text()
    page.locator("#teaser").fill("Eine Bäckerei sucht eine Prüfung für Teiglinge.")
    page.get_by_role("button", name="Trotzdem freigeben").click()
    page.get_by_role("button", name="Trotzdem freigeben").click()
    assert "Startups dürfen ihn sehen" in main.inner_text()

    page.goto(f"/de/mein-bedarf/{token}")
    assert "Eine Bäckerei sucht eine Prüfung" in main.inner_text()
    assert "Ben Amt" in main.inner_text()
    context.close()


@pytest.mark.parametrize("language", ["de", "en"])
def test_inbox_review_and_owners_page_are_accessible(
    page: Page, owned: tuple[UUID, str], language: str
) -> None:
    need_id, token = owned
    log_in(page, language)
    look_at(page, f"inbox_search_{language}")
    page.goto(
        f"/de/schreibtisch/bedarf/{need_id}" if language == "de" else f"/en/desk/need/{need_id}"
    )
    page.locator("main summary").last.click()
    look_at(page, f"need_review_{language}")
    place = "/de/schreibtisch/pruefung" if language == "de" else "/en/desk/review"
    page.goto(f"{place}/{need_id}")
    page.locator("summary").click()
    look_at(page, f"review_{language}")
    page.locator("#teaser").fill("Das Brotwerk Muster, eva@brotwerk.example, sucht Hilfe.")
    page.locator("button[value=yes]").click()
    page.locator("button[value=despite]").wait_for()
    look_at(page, f"review_refused_{language}")
    page.goto(f"/{'de/mein-bedarf' if language == 'de' else 'en/my-need'}/{token}")
    look_at(page, f"owner_{language}")
