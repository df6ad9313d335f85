"""The inbox as a page: a search that its address states, kept filters, and what others hide."""

from html import unescape
from urllib.parse import quote
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.tables import Need, Office, SavedFilter
from tests.factories import add_need
from tests.web.visitor import PASSWORD

INBOX = "/de/schreibtisch"


def test_a_search_while_typing_makes_its_address_short(desk: TestClient) -> None:
    place = f"{INBOX}?q=pr%C3%BCfung&status=open&review=all&proposals=all&owner=all&since="
    answer = desk.get(place, headers={"HX-Request": "true", "HX-Current-URL": f"http://x{INBOX}"})
    assert answer.headers["hx-push-url"] == f"{INBOX}?q=pr%C3%BCfung"
    assert "automatische Prüfung" in answer.text

    again = {"HX-Request": "true", "HX-Current-URL": f"http://x{INBOX}?q=pr%C3%BCfung"}
    assert desk.get(place, headers=again).headers["hx-push-url"] == "false"
    assert "hx-push-url" not in desk.get(place).headers


def test_the_script_obeys_the_content_security_policy(desk: TestClient) -> None:
    page = desk.get(INBOX).text

    assert '"includeIndicatorCSS": false' in page
    assert "hx-on" not in page
    assert "js:" not in page
    assert "htmx" not in desk.get("/de/").text


def test_a_filter_is_kept_opened_and_deleted(desk: TestClient, session: Session) -> None:
    saved = desk.post(
        f"{INBOX}/filters", data={"name": "Alte & neue", "q": "schweiß", "status": "all"},
        follow_redirects=False,
    )  # fmt: skip
    assert saved.headers["location"] == f"{INBOX}?q=schwei%C3%9F&status=all"
    page = desk.get(INBOX).text
    assert "Alte &amp; neue" in page
    assert f'href="{INBOX}?q=schwei%C3%9F&status=all"' in unescape(page)

    kept = session.scalars(select(SavedFilter.id)).one()
    desk.post(f"{INBOX}/filters/{kept}/delete")
    assert "Alte &amp; neue" not in desk.get(INBOX).text


def test_a_filter_without_a_name_is_refused_and_stays_on_the_page(desk: TestClient) -> None:
    answer = desk.post(f"{INBOX}/filters", data={"name": " ", "q": "schweiß"})

    assert answer.status_code == 422
    assert "Bitte geben Sie dem Filter einen Namen." in answer.text
    assert 'value="schweiß"' in answer.text
    assert "<title>Fehler: Bedarfe" in answer.text


def test_a_filter_of_somebody_else_is_neither_seen_nor_deleted(
    desk: TestClient, session: Session, office: Office
) -> None:
    desk.post(f"{INBOX}/filters", data={"name": "Meiner"})
    create_officer(
        session, office.id, email="max@amt.example", name="Max", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    desk.post("/de/anmelden", data={"email": "max@amt.example", "password": PASSWORD})

    assert "Meiner" not in desk.get(INBOX).text
    kept = session.scalars(select(SavedFilter.id)).one()
    assert desk.post(f"{INBOX}/filters/{kept}/delete").status_code == 404
    assert session.scalars(select(SavedFilter.id)).one() == kept


def test_hostile_searches_find_nothing_and_break_nothing(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    for search in ("%", "_", "\\", "'; DROP TABLE need; --", "\x00", "\ud83d", '"', "-" * 200):
        encoded = quote(search.encode("utf-8", "surrogatepass"))
        assert desk.get(f"{INBOX}?q={encoded}").status_code == 200
    assert desk.get(INBOX, params={"q": "x" * 201}).status_code == 422
    assert session.get(Need, UUID(region["need"])) is not None


def test_only_the_first_hundred_are_shown_and_all_are_counted(
    desk: TestClient, session: Session, office: Office
) -> None:
    for _ in range(101):
        add_need(session, office.id, "Noch ein Bedarf.", party_id=None)
    session.commit()

    page = desk.get(INBOX).text
    assert "100 von 102 Bedarfen" in page
    assert page.count("/de/schreibtisch/bedarf/") == 100
