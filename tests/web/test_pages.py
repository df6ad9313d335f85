"""What surrounds every page: safe headers, files kept by browsers, words from the catalogue."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from matchmaker.config import (
    AccessibilitySettings,
    OfficeSettings,
    OperatorSettings,
    PersonSettings,
    PrivacySettings,
    Settings,
)
from matchmaker.database import open_engine, open_sessions
from matchmaker.embedding import Encoder
from matchmaker.web import create_app

BrowserTo = Callable[..., TestClient]


@pytest.fixture
def browser_to(settings: Settings, encoder: Encoder) -> BrowserTo:
    """A client of a site with some settings changed; the pages here need no database."""

    def build(**changes: Any) -> TestClient:
        changed = settings.model_copy(update=changes)
        app = create_app(changed, open_sessions(open_engine("sqlite://")), encoder)
        return TestClient(app, raise_server_exceptions=False)

    return build


def test_every_answer_forbids_foreign_code_and_frames(browser_to: BrowserTo) -> None:
    client = browser_to()
    for place in ("/de/", "/en/nothing", "/api/v1/nothing", "/static/0/matchmaker.css"):
        headers = client.get(place).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; ")
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 405),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 405),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_form_from_another_site_is_refused(
    browser_to: BrowserTo, headers: dict[str, str], status: int
) -> None:
    assert browser_to().post("/de/", headers=headers).status_code == status


def test_a_file_is_kept_for_a_year_under_its_digest_only(browser_to: BrowserTo) -> None:
    client = browser_to()
    style = client.get("/de/").text.split('href="/static/')[1].split('"')[0]
    current = client.get(f"/static/{style}")
    older = client.get("/static/000000000000/vendor/kern.css")

    assert current.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert current.headers["content-type"].startswith("text/css")
    assert older.headers["cache-control"] == "no-cache"
    assert older.content == current.content
    assert client.get("/static/000000000000/../app.py").status_code == 404
    assert client.get("/static/000000000000/vendor/kern.LICENSE.md").status_code == 404


def test_pages_and_style_sheets_are_compressed_where_the_browser_takes_it(
    browser_to: BrowserTo,
) -> None:
    client = browser_to()
    for place in ("/de/", "/static/0/matchmaker.css"):
        packed = client.get(place, headers={"Accept-Encoding": "gzip"})
        plain = client.get(place, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content


def test_the_first_address_leads_to_the_german_page(browser_to: BrowserTo) -> None:
    answer = browser_to().get("/", follow_redirects=False)

    assert answer.headers["location"] == "/de/"


def test_an_error_outside_the_api_is_a_page_without_a_word_of_the_machine(
    browser_to: BrowserTo,
) -> None:
    client = browser_to()
    client.app.state.settings = None  # type: ignore[attr-defined]  # so that a page breaks
    broken = client.get("/en/how-we-propose")

    assert broken.status_code == 500
    assert "Something went wrong on our side" in broken.text
    assert "Traceback" not in broken.text
    assert "AttributeError" not in broken.text
    missing = client.get("/de/gibt-es-nicht")
    assert missing.status_code == 404
    assert "Diese Seite gibt es nicht" in missing.text
    assert client.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"


def test_the_statements_say_what_is_configured(browser_to: BrowserTo) -> None:
    person = PersonSettings(name="Eva Muster", phone="+49 7000 12 34", email="eva@amt.example")
    client = browser_to(
        operator=OperatorSettings(
            address=("Marktplatz 1", "70000 Musterstadt"), represented_by="Landrat", contact=person
        ),
        privacy=PrivacySettings(
            officer=PersonSettings(name="Dana Schutz"),
            authority="Die Aufsicht",
            matching="contract",
            recipients=("Rechenzentrum Süd",),
        ),
        accessibility=AccessibilitySettings(
            conformance="partial",
            assessed_on=date(2027, 1, 31),
            gaps=("Das Video hat keine Gebärdensprache.",),
            enforcement=("Überwachungsstelle",),
        ),
    )

    imprint = client.get("/de/impressum").text
    assert "Marktplatz 1<br>70000 Musterstadt" in imprint
    assert "Landrat" in imprint
    assert 'href="tel:+4970001234"' in imprint
    privacy = client.get("/de/datenschutz").text
    for said in ("Dana Schutz", "Die Aufsicht", "Buchst. b DSGVO", "Rechenzentrum Süd"):
        assert said in privacy
    accessibility = client.get("/de/barrierefreiheit").text
    for said in ("teilweise vereinbar", "31. Januar 2027", "Gebärdensprache", "Überwachungsstelle"):
        assert said in accessibility
    assert "January 31, 2027" in client.get("/en/accessibility").text
    assert "Noch nicht angegeben" not in accessibility


def test_what_is_not_configured_is_shown_as_missing(browser_to: BrowserTo) -> None:
    client = browser_to()

    assert "Noch nicht angegeben (Einstellung operator.address)." in client.get(
        "/de/impressum"
    ).text  # fmt: skip
    assert "Not stated yet (setting privacy.officer)." in client.get("/en/privacy").text


def test_how_we_propose_tells_the_weights_in_force(
    browser_to: BrowserTo, settings: Settings
) -> None:
    ignored = settings.scoring.sme.features["maturity_gap"].model_copy(update={"weight": 0.0})
    features = {**settings.scoring.sme.features, "maturity_gap": ignored}
    sme = settings.scoring.sme.model_copy(update={"features": features})
    changed = browser_to(scoring=settings.scoring.model_copy(update={"sme": sme}))

    assert "How mature the solution is" in browser_to().get("/en/how-we-propose").text
    assert "How mature the solution is" not in changed.get("/en/how-we-propose").text
    assert "Ab 0,75 nennen wir ein Paar stark" in changed.get("/de/wie-wir-vorschlagen").text


def test_words_of_the_configuration_are_no_code(browser_to: BrowserTo) -> None:
    hostile = "<script>alert(1)</script>{{ 7 * 7 }}{settings}"
    client = browser_to(
        office=OfficeSettings(slug="office", name=hostile),
        operator=OperatorSettings(address=(hostile,), contact=PersonSettings(name=hostile)),
    )
    for place in ("/de/", "/de/impressum", "/en/imprint", "/en/nothing"):
        text = client.get(place).text
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}{settings}" in text
