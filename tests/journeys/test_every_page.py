"""Every public page, in both languages: accessible, silent, light, at home on a telephone."""

import pytest
from playwright.sync_api import BrowserContext, Page

from matchmaker.messages import LANGUAGES
from matchmaker.web.addresses import PUBLIC, address
from tests.journeys.accessibility import look_at, violations

PAGES = [address(page, language) for page in PUBLIC for language in LANGUAGES]
ERRORS = ["/de/gibt-es-nicht", "/en/does-not-exist"]
LARGEST_FIRST_VIEW = 250_000


@pytest.mark.parametrize("place", PAGES)
def test_a_page_is_accessible_and_fits_a_telephone(page: Page, place: str) -> None:
    page.goto(place)
    assert page.locator("html").get_attribute("lang") == place[1:3]
    assert page.locator("h1").count() == 1
    look_at(page, place.strip("/").replace("/", "_"))


@pytest.mark.parametrize("place", ERRORS)
def test_an_error_is_a_page_like_any_other(page: Page, place: str) -> None:
    # The browser itself remarks on the status in the console, so it is asked for aside.
    answer = page.context.request.get(place)
    assert answer.status == 404
    page.route(f"**{place}", lambda route: route.fulfill(response=answer, status=200))
    page.goto(place)

    assert violations(page) == []
    page.get_by_role("main").get_by_role("link").click()
    assert page.url.endswith(f"/{place[1:3]}/")


def test_the_first_view_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(sum(
        r.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))))  # fmt: skip
    page.goto("/de/", wait_until="networkidle")

    assert len(sizes) >= 4
    assert sum(sizes) <= LARGEST_FIRST_VIEW


def test_the_keyboard_finds_the_content_first(page: Page) -> None:
    page.goto("/de/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_a_page_leads_to_itself_in_the_other_language(page: Page) -> None:
    page.goto("/de/wie-wir-vorschlagen")
    page.get_by_role("link", name="English").click()

    assert page.url.endswith("/en/how-we-propose")
    assert page.get_by_role("heading", level=1).inner_text() == "How we propose"


def test_pages_work_without_javascript(browser_without_javascript: BrowserContext) -> None:
    page = browser_without_javascript.new_page()
    page.goto("/")
    for link in ("Wie wir vorschlagen", "Datenschutz", "Barrierefreiheit", "Impressum"):
        page.get_by_role("contentinfo").get_by_role("link", name=link).click()
        assert page.get_by_role("heading", level=1).count() == 1


def test_the_check_finds_what_is_wrong(page: Page) -> None:
    page.goto("/de/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"data:,\"><input>'")

    assert {finding.partition(":")[0] for finding in violations(page)} >= {"image-alt", "label"}
