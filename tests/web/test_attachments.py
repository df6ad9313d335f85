"""Files on the public form: kept with the draft, shown, taken away, handed out, erased."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from matchmaker.accounts import create_officer
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, now
from matchmaker.embedding import Encoder
from matchmaker.submissions import purge
from matchmaker.tables import Attachment, Need, Office, Submission
from matchmaker.web import create_app
from tests.attachments.crafted import WORD_WITH_MACROS, docx, pdf, png
from tests.factories import add_office
from tests.web.visitor import PASSWORD, TEXT, Visitor, only

PLAN = ("Grundriss Süd.pdf", pdf())
FIRST = {"text": TEXT}


def names(visitor: Visitor) -> list[str]:
    return list(visitor.session.scalars(select(Attachment.name).order_by(Attachment.created_at)))


def test_files_wait_with_the_draft_and_are_named_on_the_page_that_checks(visitor: Visitor) -> None:
    visitor.write()
    assert visitor.post("/de/bedarf", FIRST, [PLAN, ("Foto.jpg", png())]).status_code == 303

    for place in ("/de/bedarf", "/de/bedarf/pruefen"):
        page = visitor.client.get(place).text
        assert "Grundriss Süd.pdf (0,1 MB)" in page
        assert "Foto.png (0,1 MB)" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("Plan.pdf", b"MZ\x90 this is a program", "Das ist keine PDF-, PNG-, JPG-, DOCX- oder"),
        ("Plan.docx", docx(main=WORD_WITH_MACROS), "enthält Makros"),
        ("Plan.docx", docx({"word/a.xml": bytes(150_000_000)}), "beim Entpacken viel zu groß"),
        ("Plan.png", png() + bytes(11_000_000), "größer als 10 MB"),
        ("Plan.pdf", b"", "Das ist keine PDF-"),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_everything_else_is_kept(
    visitor: Visitor, name: str, content: bytes, said: str
) -> None:
    answer = visitor.post("/de/bedarf", FIRST, [PLAN, (name, content)])

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    assert re.search(rf"{re.escape(name)}: [^<]*{re.escape(said)}", answer.text)
    assert 'href="#attachments"' in answer.text
    assert TEXT in answer.text
    assert "Grundriss Süd.pdf (0,1 MB)" in answer.text
    assert names(visitor) == ["Grundriss Süd.pdf"]
    assert TEXT in visitor.client.get("/de/bedarf").text


def test_a_sixth_file_is_named_and_five_are_kept(visitor: Visitor) -> None:
    files = [(f"Bild {number}.png", png(width=number)) for number in range(1, 7)]
    answer = visitor.post("/de/bedarf", FIRST, files)

    assert answer.status_code == 422
    assert "Bild 6.png: Mehr als fünf Dateien gehen nicht." in answer.text
    assert names(visitor) == [f"Bild {number}.png" for number in range(1, 6)]


def test_a_file_outlives_a_wrong_answer_beside_it(visitor: Visitor) -> None:
    assert visitor.post("/de/bedarf", {"text": "Hilfe"}, [PLAN]).status_code == 422

    assert "Grundriss Süd.pdf" in visitor.client.get("/de/bedarf").text


def test_a_file_is_taken_away_by_its_writer_only(visitor: Visitor) -> None:
    visitor.write()
    visitor.post("/de/bedarf", FIRST, [PLAN])
    kept = visitor.session.scalars(select(Attachment.id)).one()
    place = f"/de/bedarf/pruefen/attachments/{kept}/remove"
    assert place in visitor.client.get("/de/bedarf/pruefen").text

    own = visitor.client.cookies["need_draft"]
    visitor.client.cookies.clear()
    assert visitor.post(place).status_code == 303
    visitor.write()  # another writer
    assert visitor.post(place).status_code == 303
    assert len(names(visitor)) == 1
    visitor.client.cookies.clear()
    visitor.client.cookies.set("need_draft", own)
    for _ in range(2):
        assert visitor.post(place).headers["location"] == "/de/bedarf/pruefen"
    assert names(visitor) == []


def test_a_file_is_handed_out_to_be_saved_and_never_shown(visitor: Visitor) -> None:
    visitor.post("/de/bedarf", FIRST, [PLAN])
    place = visitor.confirmed()
    found = re.search(r'href="([^"]+/attachments/[^"]+)" download', visitor.client.get(place).text)
    assert found
    answer = visitor.client.get(found[1])

    assert answer.content == pdf()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].endswith("sandbox")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Grundriss S_d.pdf\"; "
        f"filename*=UTF-8''{quote('Grundriss Süd.pdf')}"
    )  # fmt: skip
    assert visitor.client.get(f"{place}/attachments/{uuid4()}").status_code == 404
    document = visitor.client.get(f"{place}/export").json()
    assert [one["name"] for one in document["attachments"]] == ["Grundriss Süd.pdf"]


@pytest.mark.parametrize("deed", ["withdraw", "erase"])
def test_files_go_when_their_owner_takes_the_need_back(visitor: Visitor, deed: str) -> None:
    visitor.post("/de/bedarf", FIRST, [PLAN])
    place = visitor.confirmed()
    assert visitor.count(Attachment) == 1
    visitor.post(f"{place}/{deed}")

    assert visitor.count(Attachment) == 0


def test_files_go_with_a_form_that_nobody_finished(visitor: Visitor, settings: Settings) -> None:
    visitor.post("/de/bedarf", FIRST, [PLAN])
    purge(visitor.session, settings.retention, now() + timedelta(days=31))

    assert (visitor.count(Submission), visitor.count(Attachment)) == (0, 0)


def test_forms_with_files_fill_no_disk(visitor: Visitor) -> None:
    for start in range(0, 60, 5):
        visitor.client.cookies.clear()
        visitor.post("/de/bedarf", FIRST, [("a.png", png(width=start + n)) for n in range(1, 6)])
    visitor.client.cookies.clear()
    answer = visitor.post("/de/bedarf", FIRST, [("a.png", png(width=99))])

    assert answer.status_code == 422
    assert "Aus Ihrem Netz kamen viele Dateien" in answer.text
    assert visitor.count(Attachment) == 60


@pytest.mark.parametrize(
    ("content", "boundary", "status"),
    [
        (b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", "x", 422),
        (b"no form at all", "x", 422),
        (b"--x\r\n", "", 422),
        (b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"a" * 100_000
         + b"\r\n--x--\r\n", "x", 422),
        (b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\na\r\n' * 21
         + b"--x--\r\n", "x", 422),
        (b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
         + bytes(101_000_000) + b"\r\n--x--\r\n", "x", 413),
    ],
)  # fmt: skip
def test_what_is_no_form_of_ours_is_refused_before_it_is_kept(
    visitor: Visitor, content: bytes, boundary: str, status: int
) -> None:
    answer = visitor.client.post(
        "/de/bedarf", content=content,
        headers={
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        },
    )  # fmt: skip

    assert answer.status_code == status
    assert visitor.count(Submission) == 0


@pytest.fixture
def officers(
    settings: Settings, visitor: Visitor, session_factory: SessionFactory, encoder: Encoder
) -> Iterator[list[TestClient]]:
    """An officer of the office, and one of another."""
    office = visitor.session.scalars(select(Office)).one()
    clients = []
    for number, office_id in enumerate((office.id, add_office(visitor.session).id)):
        email = f"eva{number}@amt.example"
        create_officer(
            visitor.session, office_id, email=email, name="Eva", role="officer",
            password=PASSWORD, actor="test",
        )  # fmt: skip
        visitor.session.commit()
        client = TestClient(create_app(settings, session_factory, encoder))
        client.headers["Sec-Fetch-Site"] = "same-origin"
        client.post("/de/anmelden", data={"email": email, "password": PASSWORD})
        clients.append(client)
    yield clients
    for client in clients:
        client.close()


def test_only_the_office_that_was_asked_has_the_files(
    visitor: Visitor, officers: list[TestClient]
) -> None:
    own, other = officers
    visitor.post("/de/bedarf", FIRST, [PLAN])
    visitor.confirmed()
    need = visitor.session.scalars(select(Need)).one()
    need.visibility = "network"  # the other office sees the need itself
    visitor.session.commit()
    page = f"/de/schreibtisch/bedarf/{need.id}"
    file = f"{page}/attachments/{visitor.session.scalars(select(Attachment.id)).one()}"

    assert file in own.get(page).text
    assert own.get(file).content == pdf()
    assert other.get(page).status_code == 200
    assert "attachments" not in other.get(page).text
    assert other.get(file).status_code == 404
    assert visitor.client.get(file, follow_redirects=False).status_code == 303
    assert only(visitor.session, Submission).state == "confirmed"


def test_only_the_page_that_sends_asks_for_work(visitor: Visitor) -> None:
    visitor.write()

    assert "altcha" in visitor.client.get("/de/bedarf/pruefen").text
    for place in ("/de/", "/de/bedarf", "/de/bedarf/kontakt"):
        assert "altcha" not in visitor.client.get(place).text
