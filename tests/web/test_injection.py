"""Five hundred texts that try to be more than text go through every field of the public form and
of the profiles, into pages, mails, files and PDF: nothing of them is ever more than text."""

import csv
import re
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sqlalchemy import select
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.mail.outbox import compose
from matchmaker.profiles import export_file
from matchmaker.tables import Mail, Need, Office
from matchmaker.web import create_app
from matchmaker.web.addresses import address
from matchmaker.web.forms import Field
from matchmaker.web.pages.need_form import NEED_FORM
from matchmaker.web.pages.public_form import PublicForm
from matchmaker.web.pages.startup_form import STARTUP_FORM
from tests.campaign import IS_LONG
from tests.factories import add_party, add_solution
from tests.web.payloads import PAYLOADS, Payload
from tests.web.soundness import flaws, html_flaws, pdf_flaws, sheet_flaws
from tests.web.visitor import ANSWERS, PROFILE, Visitor

FORMS = ((NEED_FORM, ANSWERS), (STARTUP_FORM, PROFILE))
MOST_PAGES = 2_000 if IS_LONG else 100
LISTS = 40 if IS_LONG else 2
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
    "Content-Type", "Content-Language",
]  # fmt: skip


@pytest.fixture
def app(settings: Settings, session_factory: SessionFactory, encoder: Encoder) -> FastAPI:
    return create_app(settings, session_factory, encoder)


def free_fields(form: PublicForm) -> list[tuple[str, Field]]:
    """Address of its page, and each question of a form that is answered by typing."""
    return [
        (address(step, "de"), one)
        for step, page in form.steps.items()
        for one in page.fields
        if not one.choices
    ]


def shares(width: int, payloads: list[Payload]) -> list[list[Payload]]:
    """For each form to send one payload a field: in the end every payload was in some field,
    in the long campaign in every field."""
    if IS_LONG:
        turned = payloads * 2
        return [turned[row : row + width] for row in range(len(payloads))]
    return [payloads[start : start + width] for start in range(0, len(payloads), width)]


def send_form(visitor: Visitor, form: PublicForm, email: str, payloads: list[Payload]) -> None:
    """Fill in and confirm one form; a field that refuses its payload takes a plain answer."""
    client = visitor.client
    for place, plain in visitor.answers.items():
        answers = {**plain, "email": email} if "email" in plain else dict(plain)
        tried = dict(answers)
        for (where, one), payload in zip(free_fields(form), payloads, strict=False):
            if where == place:
                words = " Wir prüfen jede Schweißnaht." if one.kind == "paragraph" else ""
                tried[one.name] = (payload.text + words)[: one.longest]
        answer = visitor.post(place, tried)
        if answer.status_code == 422:
            assert sound(answer)
            refused = set(re.findall(r'id="([a-z_]+)-error"', answer.text))
            assert refused
            answer = visitor.post(place, tried | {name: answers.get(name, "") for name in refused})
        assert answer.status_code == 303, answer.text
    assert sound(client.get(visitor.check))
    assert visitor.send().status_code == 303
    link = visitor.link()
    assert sound(client.get(link))
    owner = visitor.post(link).headers["location"]
    assert sound(client.get(owner))
    assert sound(client.get(f"{owner}/export"))


def sound(answer: Response) -> bool:
    """Whether an answer is 200 or 422 and has no flaw; a flaw is shown."""
    assert answer.status_code in (200, 422), (answer.url, answer.status_code)
    assert flaws(answer) == [], str(answer.url)
    return True


def walk(client: TestClient, start: str) -> set[str]:
    """Follow every link of the desk from a page on; each page and file met is sound."""
    seen, ahead = {start}, deque([start])
    while ahead and len(seen) < MOST_PAGES:
        answer = client.get(ahead.popleft())
        assert sound(answer)
        if answer.headers["Content-Type"].startswith("text/html"):
            for link in re.findall(r'href="([^"#]+)', answer.text):
                path = urlsplit(link.replace("&amp;", "&"))
                if path.netloc == "" and path.path.startswith("/de/schreibtisch"):
                    place = path.path + (f"?{path.query}" if path.query else "")
                    if place not in seen:
                        seen.add(place)
                        ahead.append(place)
    return seen


def add_startups(session: Session, office: Office) -> None:
    """Startups whose every word is a payload, near enough to welding to be proposed."""
    for row in range(0, len(PAYLOADS), 3):
        name, title, text = (PAYLOADS[(row + step) % len(PAYLOADS)].text for step in range(3))
        startup = add_party(
            session, office.id, kind="startup", name=name, town=title[:200], website=None
        )
        words = "Unsere Kamera prüft jede Schweißnaht."
        add_solution(
            session,
            office.id,
            f"{text} {words}",
            party_id=startup.id,
            title=title,
            tags=[name[:80]],
        )
    session.commit()


def test_five_hundred_payloads_stay_words(
    app: FastAPI, session: Session, office: Office, desk: TestClient, tmp_path: Path
) -> None:
    add_startups(session, office)
    # How a page says a text depends little on where it was stored.
    is_whole = IS_LONG or session.get_bind().dialect.name == "sqlite"
    sent = PAYLOADS if is_whole else PAYLOADS[::4]
    number = 0
    for form, answers in FORMS:
        for payloads in shares(len(free_fields(form)), sent):
            number += 1  # senders are counted by their computer and their address
            place = (f"10.0.{number // 200}.{number % 200}", 5000)
            client = TestClient(app, base_url="http://127.0.0.1:8000", client=place)
            visitor = Visitor(client, session, answers, address(form.check, "de"))
            send_form(visitor, form, f"firma{number}@firma.example", payloads)
    for need in list(session.scalars(select(Need.id).limit(LISTS))):
        place = f"/de/schreibtisch/bedarf/{need}"
        assert sound(desk.post(f"{place}/compute"))
        for file in ("match_list.pdf", "match_list.xlsx"):
            assert sound(desk.get(f"{place}/{file}"))
    assert len(walk(desk, "/de/schreibtisch")) >= 80

    check_mails(session, len(sent) // 10)
    for kind in ("startups", "companies", "needs"):
        check_exports(session, office, kind, tmp_path)


def check_mails(session: Session, at_least: int) -> None:
    mails = session.scalars(select(Mail)).all()
    assert len(mails) >= at_least
    for mail in mails:
        message = compose(mail, "amt@amt.example", "Amt")
        assert sorted(message.keys()) == sorted(HEADERS), mail.subject
        written = bytes(message)
        assert b"\nBcc" not in written.split(b"\n\n")[0]
        assert mail.html is None or html_flaws(mail.html) == []
        assert message["To"] == mail.recipient


def check_exports(session: Session, office: Office, kind: str, folder: Path) -> None:
    sheet, table = folder / f"{kind}.xlsx", folder / f"{kind}.csv"
    assert export_file(session, office.id, kind, sheet) > 0
    export_file(session, office.id, kind, table)
    assert sheet_flaws(sheet.read_bytes()) == []
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines, delimiter=";"):
            for cell in row:
                assert not cell.lstrip("\t\r ").startswith(("=", "+", "@")), cell
                assert not re.match(r"\s*-(?![\d.,]+$)", cell), cell


@pytest.mark.parametrize(
    "page",
    [
        "<p><img src=x onerror='mk1q'></p>",
        "<p><b mk1q=1></p>",
        "<script>mk1q</script>",
        "<a href='javascript:mk1q'>x</a>",
        "<a href='//mk1q.example'>x</a>",
        "<!--mk1q-->",
        "<p>mk1q1337</p>",
        "<p style='x'>",
    ],
)
def test_the_judge_of_pages_sees_what_it_should(page: str) -> None:
    assert html_flaws(page)
    assert html_flaws("<p>&lt;b mk1q&gt;</p><input value='mk1q'><a href='/de/x?q=mk1q'>") == []


def test_the_judges_of_files_see_what_they_should(tmp_path: Path) -> None:
    with Workbook(tmp_path / "x.xlsx") as book:
        book.add_worksheet().write_formula(0, 0, "=1+1")
    assert sheet_flaws((tmp_path / "x.xlsx").read_bytes())
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    writer.write(tmp_path / "x.pdf")
    assert pdf_flaws((tmp_path / "x.pdf").read_bytes())
