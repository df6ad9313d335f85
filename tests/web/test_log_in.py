"""Logging in through the pages."""

from collections.abc import Iterator

import pyotp
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.tables import Office
from matchmaker.web import create_app

PASSWORD = "ein langes Passwort"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    office: Office,
) -> Iterator[TestClient]:  # fmt: skip
    create_officer(
        session, office.id, email="eva@amt.example", name="Eva", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    app = create_app(settings, session_factory, encoder)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def log_in(browser: TestClient, password: str = PASSWORD, code: str = "", **query: str) -> Response:
    sent = {"email": "eva@amt.example", "password": password, "code": code}
    return browser.post("/de/anmelden", data=sent, headers=OWN, params=query)


def test_the_desk_asks_for_a_log_in_and_leads_back(browser: TestClient) -> None:
    asked = browser.get("/de/konto")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/de/anmelden?next=/de/konto"

    answer = log_in(browser, next="/de/konto")
    assert answer.headers["location"] == "/de/konto"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    page = browser.get("/de/konto")
    assert "eva@amt.example" in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/de//evil", "evil"]
)
def test_nobody_is_led_to_another_site(browser: TestClient, wanted: str) -> None:
    assert log_in(browser, next=wanted).headers["location"] == "/de/schreibtisch"


def test_a_wrong_password_says_so_and_keeps_it_out_of_the_page(browser: TestClient) -> None:
    answer = log_in(browser, "falsches Passwort")

    assert answer.status_code == 422
    assert "stimmt nicht" in answer.text
    assert "falsches Passwort" not in answer.text
    assert "eva@amt.example" in answer.text


def test_after_five_attempts_even_the_right_password_waits(browser: TestClient) -> None:
    for _ in range(5):
        assert log_in(browser, "falsch").status_code == 422

    assert log_in(browser).status_code == 429
    other = {"email": "other@amt.example", "password": "falsch", "code": ""}
    assert browser.post("/de/anmelden", data=other, headers=OWN).status_code == 422


def test_logging_out_ends_the_session_here_or_everywhere(browser: TestClient) -> None:
    for way in ("/de/abmelden", "/de/konto/sitzungen"):
        log_in(browser)
        kept = {"Cookie": f"session={browser.cookies['session']}"}
        assert browser.get("/de/konto", headers=kept).status_code == 200
        assert browser.post(way, headers=OWN).status_code == 303
        assert browser.get("/de/konto", headers=kept).status_code == 303


def test_a_second_factor_is_set_up_with_its_first_code(browser: TestClient) -> None:
    log_in(browser)
    page = browser.get("/de/konto/zweiter-faktor").text
    secret = page.split('name="secret" value="')[1].split('"')[0]
    assert "data:image/svg+xml" in page
    wrong = {"secret": secret, "code": "12"}
    assert browser.post("/de/konto/zweiter-faktor", data=wrong, headers=OWN).status_code == 422
    right = {"secret": secret, "code": pyotp.TOTP(secret).now()}
    assert browser.post("/de/konto/zweiter-faktor", data=right, headers=OWN).status_code == 303

    assert "eingeschaltet" in browser.get("/de/konto").text
    assert log_in(browser).status_code == 422
