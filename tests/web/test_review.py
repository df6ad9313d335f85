"""Reviewing at the desk, and what the owner of a need sees and gets of it."""

import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.tables import Mail, Need, Office, Review, Submission, Teaser
from matchmaker.web import issue_token
from tests.factories import add_need, add_office, add_party
from tests.web.visitor import PASSWORD, Visitor

CLEAN = "Fehler an Schweißnähten sollen früher auffallen."


@pytest.fixture
def owner_page(visitor: Visitor) -> str:
    """The page of the owner of a confirmed need."""
    return visitor.confirmed()


@pytest.fixture
def need_id(session: Session, owner_page: str) -> UUID:
    return session.scalars(select(Need.id)).one()


@pytest.fixture
def desk(visitor: Visitor, session: Session, office: Office) -> TestClient:
    """The same browser, in which an officer logs in."""
    create_officer(
        session, office.id, email="ben@amt.example", name="Ben Amt", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    visitor.post("/de/anmelden", {"email": "ben@amt.example", "password": PASSWORD})
    return visitor.client


def review_of(need_id: UUID) -> str:
    return f"/de/schreibtisch/pruefung/{need_id}"


def hidden(page: str) -> dict[str, object]:
    """What the forms of the page send along unseen."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_a_reviewed_need_says_so_to_the_desk_and_to_its_owner(
    visitor: Visitor, desk: TestClient, need_id: UUID, owner_page: str
) -> None:
    assert "sehen wir ihn uns an" in desk.get(owner_page).text
    place = review_of(need_id)
    answer = visitor.post(f"{place}/reviewed", hidden(desk.get(place).text))
    assert answer.headers["location"] == place

    assert "Geprüft von Ben Amt" in desk.get(f"/de/schreibtisch/bedarf/{need_id}").text
    assert desk.get("/de/schreibtisch?review=new").text.count("bedarf/") == 0
    assert desk.get("/de/schreibtisch?review=reviewed").text.count("bedarf/") == 1
    page = desk.get(owner_page).text
    assert "suchen passende Startups" in page
    assert "Ben Amt" in page
    assert "mailto:ben@amt.example" in page


def test_a_question_reaches_the_owner_with_a_link_that_replaces_the_old_one(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID, owner_page: str
) -> None:
    place = review_of(need_id)
    seen = hidden(desk.get(place).text)
    assert visitor.post(f"{place}/question", {**seen, "question": " "}).status_code == 422
    visitor.post(f"{place}/question", {**seen, "question": "Wie viele <Nähte>\nam Tag?"})

    mail = session.scalars(select(Mail).order_by(Mail.created_at.desc())).first()
    assert mail is not None
    assert (mail.recipient, mail.reply_to) == ("eva@firma.example", "ben@amt.example")
    assert "Wie viele <Nähte>\nam Tag?" in mail.text
    assert "&lt;Nähte&gt;<br>am Tag?" in (mail.html or "")
    assert desk.get(owner_page).status_code == 404
    fresh = visitor.link()
    assert "Wie viele &lt;Nähte&gt;" in desk.get(fresh).text

    visitor.post(f"{fresh}/edit", {"text": "Wir schweißen vierhundert Nähte am Tag."})
    assert "sehen wir ihn uns an" in desk.get(fresh).text
    assert "Diesen Wortlaut hat noch niemand geprüft." in desk.get(place).text


def test_a_need_that_changed_meanwhile_is_not_reviewed_unread(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID, owner_page: str
) -> None:
    place = review_of(need_id)
    seen = hidden(desk.get(place).text)
    visitor.post(f"{owner_page}/edit", {"text": "Wir brauchen jetzt etwas ganz anderes."})

    for deed, typed in (
        ("reviewed", {}), ("question", {"question": "Wie?"}),
        ("teaser", {"teaser": CLEAN, "approve": "yes"}),
    ):  # fmt: skip
        answer = visitor.post(f"{place}/{deed}", {**seen, **typed})
        assert answer.status_code == 409
        assert "Das hat inzwischen jemand geändert" in answer.text
        assert all(words in answer.text for name, words in typed.items() if name != "approve")
    assert session.scalars(select(Review)).all() == []
    assert session.scalars(select(Teaser)).all() == []
    assert visitor.count(Mail) == 2


def test_a_teaser_is_drafted_edited_and_approved(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID, owner_page: str
) -> None:
    place = review_of(need_id)
    seen = hidden(desk.get(place).text)
    visitor.post(f"{place}/teaser", {**seen, "teaser": CLEAN})
    assert "noch nicht freigegeben" in desk.get(place).text
    assert CLEAN not in desk.get(owner_page).text
    seen = hidden(desk.get(place).text)
    assert visitor.post(f"{place}/teaser", {**seen, "teaser": CLEAN, "approve": "yes"}).is_redirect

    assert "Startups dürfen ihn sehen" in desk.get(f"/de/schreibtisch/bedarf/{need_id}").text
    assert CLEAN in desk.get(owner_page).text
    visitor.post(f"{owner_page}/edit", {"text": "Wir brauchen jetzt etwas ganz anderes."})
    assert "Die Freigabe ist erloschen" in desk.get(place).text
    assert CLEAN not in desk.get(owner_page).text


def test_what_tells_is_approved_only_with_the_second_button(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID
) -> None:
    place = f"{review_of(need_id)}/teaser"
    telling = "Die Metallbau Muster aus 76703 Kraichtal sucht „TurboFix“."
    page = desk.get(review_of(need_id)).text
    assert "Trotzdem freigeben" not in page
    refused = visitor.post(place, {**hidden(page), "teaser": telling, "approve": "yes"})
    assert refused.status_code == 422
    assert "Trotzdem freigeben" in refused.text
    for piece in ("Metallbau Muster", "76703", "„TurboFix“"):
        assert f"<q>{piece}</q>" in refused.text or piece in refused.text

    # Another wording than the one that was warned about is no deliberate one.
    seen = hidden(refused.text)
    other = visitor.post(place, {**seen, "teaser": f"{telling} Eva!", "approve": "despite"})
    assert other.status_code == 422
    assert session.scalars(select(Teaser.approved_at)).all() == [None, None]
    seen = hidden(other.text)
    meant = visitor.post(place, {**seen, "teaser": f"{telling} Eva!", "approve": "despite"})
    assert meant.status_code == 303
    session.expire_all()
    assert session.scalars(
        select(Teaser).where(Teaser.approved_at.is_not(None))
    ).one().number == 2  # fmt: skip


def test_forms_that_we_did_not_send_are_refused(
    visitor: Visitor, desk: TestClient, need_id: UUID
) -> None:
    place = review_of(need_id)
    seen = hidden(desk.get(place).text)
    for wrong in ({}, {"seen": "x"}, {**seen, "seen_number": "٣"}, {**seen, "seen_number": "-1"}):
        answer = visitor.post(f"{place}/teaser", {**wrong, "teaser": CLEAN})
        assert answer.status_code == 422
    assert visitor.post(f"{place}/reviewed", {}).status_code == 422


def test_a_new_link_stops_the_old_one_at_once(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID, owner_page: str
) -> None:
    before = desk.get(f"/de/schreibtisch/bedarf/{need_id}").text
    assert "Neuen Link senden" in before
    answer = visitor.post(f"{review_of(need_id)}/link")
    assert answer.headers["location"] == f"/de/schreibtisch/bedarf/{need_id}"

    assert desk.get(owner_page).status_code == 404
    assert visitor.post(f"{owner_page}/withdraw").status_code == 404
    fresh = visitor.link()
    assert fresh != owner_page
    assert "Metallbau Muster" in desk.get(fresh).text
    visitor.post(f"{fresh}/erase")
    assert visitor.post(f"{review_of(need_id)}/link").status_code == 404
    assert "Neuen Link senden" not in desk.get(f"/de/schreibtisch/bedarf/{need_id}").text


def test_erasing_takes_the_teaser_and_the_question_along(
    visitor: Visitor, desk: TestClient, session: Session, need_id: UUID
) -> None:
    place = review_of(need_id)
    seen = hidden(desk.get(place).text)
    visitor.post(f"{place}/teaser", {**seen, "teaser": CLEAN, "approve": "yes"})
    visitor.post(f"{place}/question", {**seen, "question": "Frau Muster, wie viele?"})
    visitor.post(f"{visitor.link()}/erase")
    session.expire_all()

    assert session.scalars(select(Teaser)).all() == []
    assert session.scalars(select(Review.question)).all() == [None]
    assert session.scalars(select(Submission.status_hash)).one() is None


def test_a_need_of_another_office_is_not_reviewed_here(
    visitor: Visitor, desk: TestClient, session: Session
) -> None:
    other = add_office(session)
    hidden_need = add_need(session, other.id)
    shared = add_need(session, other.id, visibility="network")
    session.commit()

    for need in (hidden_need, shared):
        place = review_of(need.id)
        assert desk.get(place).status_code == 404
        assert visitor.post(f"{place}/link").status_code == 404
        typed = {"seen": str(need.text_id), "seen_number": "0", "teaser": CLEAN, "question": "Wie?"}
        for deed in ("reviewed", "teaser", "question"):
            assert visitor.post(f"{place}/{deed}", {**typed}).status_code in (404, 409)
    assert session.scalars(select(Teaser)).all() == []
    assert "Prüfen und Kurztext" not in desk.get(f"/de/schreibtisch/bedarf/{shared.id}").text


def test_an_imported_need_has_no_owner_to_ask(
    visitor: Visitor, desk: TestClient, session: Session, office: Office
) -> None:
    need = add_need(session, office.id, party_id=add_party(session, office.id).id)
    session.commit()

    page = desk.get(review_of(need.id)).text
    assert "fragen Sie bitte direkt nach" in page
    assert visitor.post(f"{review_of(need.id)}/question", {"question": "Wie?"}).status_code == 404


def test_the_api_shows_no_teaser(
    visitor: Visitor, desk: TestClient, session: Session, office: Office, need_id: UUID
) -> None:
    place = review_of(need_id)
    visitor.post(f"{place}/teaser", {**hidden(desk.get(place).text), "teaser": CLEAN})
    token = issue_token(session, office.id, "test")
    session.commit()

    headers = {"Authorization": f"Bearer {token}"}
    for address in (f"/api/v1/needs/{need_id}", "/api/v1/needs"):
        answer = desk.get(address, headers=headers)
        assert answer.status_code == 200
        assert CLEAN not in answer.text
