"""A need that came without a proof of work waits for a person of the office."""

import re
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from matchmaker.tables import Attachment, Consent, LedgerEntry, Mail, Need, Party, Submission
from tests.attachments.crafted import pdf
from tests.web.test_attachments import officers
from tests.web.visitor import TEXT, Visitor, only, solution

__all__ = ["officers"]
DESK = "/de/schreibtisch/zurueckgehalten"
PLAN = ("Plan.pdf", pdf())


@pytest.fixture
def held(visitor: Visitor) -> str:
    """A need that was sent without JavaScript and confirmed; its owner's page."""
    visitor.post("/de/bedarf", {"text": TEXT}, [PLAN])
    return visitor.confirmed(altcha="")


def place_of(visitor: Visitor) -> str:
    return f"{DESK}/{only(visitor.session, Submission).id}"


def test_without_javascript_a_need_is_nowhere_until_somebody_lets_it_in(
    visitor: Visitor, held: str, officers: list[TestClient]
) -> None:
    own, other = officers
    assert only(visitor.session, Submission).state == "held"
    assert [visitor.count(table) for table in (Need, Party, Consent)] == [0, 0, 0]
    assert "Schweißen" not in own.get("/de/schreibtisch?status=all").text
    assert "Zurückgehaltene Einsendungen (1)" in own.get("/de/schreibtisch").text
    assert "Zurückgehaltene Einsendungen (0)" in other.get("/de/schreibtisch").text
    assert "sieht ihn sich zuerst ein Mensch" in visitor.client.get(held).text
    assert TEXT in visitor.client.get(held).text

    assert "Metallbau Muster GmbH" in own.get(DESK).text
    place = place_of(visitor)
    page = own.get(place).text
    file = re.search(r'href="([^"]+/attachments/[^"]+)" download', page)
    assert file
    assert TEXT in page
    assert own.get(file[1]).content == pdf()
    released = own.post(f"{place}/release", follow_redirects=False)

    need = visitor.session.scalars(select(Need)).one()
    assert released.headers["location"] == f"/de/schreibtisch/bedarf/{need.id}"
    assert TEXT in own.get(f"/de/schreibtisch/bedarf/{need.id}").text
    assert (
        "nicht zusammentreffen mit: Konkurrenz AG"
        in own.get(f"/de/schreibtisch/bedarf/{need.id}").text
    )
    assert need.status == "open"
    assert "Zurückgehaltene Einsendungen (0)" in own.get("/de/schreibtisch").text
    assert "Wo wir stehen und wie es weitergeht" in visitor.client.get(held).text
    assert own.get(place).status_code == 404
    assert own.post(f"{place}/release").status_code == 404


def test_a_need_that_was_let_in_is_like_any_other(
    visitor: Visitor, held: str, officers: list[TestClient]
) -> None:
    submission = only(visitor.session, Submission)
    confirmed_at = submission.confirmed_at
    officers[0].post(f"{place_of(visitor)}/release")

    consents = visitor.session.scalars(select(Consent).order_by(Consent.purpose)).all()
    assert [one.purpose for one in consents] == ["introduction", "matching"]
    assert {one.confirmed_at for one in consents} == {confirmed_at}
    assert all(len(one.wording_hash or "") == 64 for one in consents)
    assert visitor.count(Mail) == 2
    visitor.post(f"{held}/withdraw")
    visitor.session.expire_all()
    assert visitor.session.scalars(select(Need.status)).one() == "closed"


def test_what_is_sent_away_is_deleted_and_its_sender_told_no_reason(
    visitor: Visitor, held: str, officers: list[TestClient]
) -> None:
    own, other = officers
    place = place_of(visitor)
    assert other.get(place).status_code == 404
    for deed in ("release", "reject"):
        assert other.post(f"{place}/{deed}", data={"reason": "not_ours"}).status_code == 404
    file = visitor.session.scalars(select(Attachment.id)).one()
    assert other.get(f"{place}/attachments/{file}").status_code == 404

    missing = own.post(f"{place}/reject", data={"reason": ""})
    assert missing.status_code == 422
    assert "Bitte wählen Sie einen Grund." in missing.text
    assert visitor.count(Submission) == 1
    answer = own.post(f"{place}/reject", data={"reason": "advertising"}, follow_redirects=False)

    assert answer.headers["location"] == DESK
    assert [visitor.count(one) for one in (Submission, Attachment, Need)] == [0, 0, 0]
    assert visitor.client.get(held).status_code == 404
    mail = visitor.session.scalars(select(Mail).order_by(Mail.created_at.desc())).first()
    assert mail is not None
    assert mail.recipient == "eva@firma.example"
    assert mail.subject == "Zu Ihrer Einsendung"
    assert "Werbung" not in mail.text + (mail.html or "")
    line = visitor.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert line is not None
    assert (line.action, line.details) == ("reject_submission", {"reason": "advertising"})
    assert own.get(f"{DESK}/{uuid4()}").status_code == 404


@pytest.mark.parametrize("deed", ["withdraw", "erase"])
def test_the_owner_may_take_it_back_while_it_waits(
    visitor: Visitor, held: str, officers: list[TestClient], deed: str
) -> None:
    assert visitor.post(f"{held}/edit", {"text": TEXT + " Das kostet Zeit."}).status_code == 303
    assert only(visitor.session, Submission).answers["text"].endswith("Das kostet Zeit.")
    document = visitor.client.get(f"{held}/export").json()
    assert set(document["agreed"]) == {"matching", "introduction"}
    place = place_of(visitor)
    visitor.post(f"{held}/{deed}")

    assert visitor.count(Attachment) == 0
    assert only(visitor.session, Submission).state == "withdrawn"
    assert officers[0].get(place).status_code == 404
    assert "Zurückgehaltene Einsendungen (0)" in officers[0].get("/de/schreibtisch").text


def test_a_forged_or_replayed_solution_sees_the_friendly_page_and_leaves_nothing(
    visitor: Visitor,
) -> None:
    good = solution(visitor.client.get("/de/aufgabe").json())
    for bad in ("x", "e30=", good[:-8]):
        visitor.write()
        answer = visitor.send(altcha=bad)
        assert answer.headers["location"] == "/de/bedarf/gesendet"
        assert (visitor.count(Submission), visitor.count(Mail)) == (0, 0)

    visitor.write()
    assert visitor.send(altcha=good).headers["location"] == "/de/bedarf/gesendet"
    assert only(visitor.session, Submission).is_proven
    visitor.write()
    assert visitor.send(altcha=good).headers["location"] == "/de/bedarf/gesendet"
    assert (visitor.count(Submission), visitor.count(Mail)) == (1, 1)
