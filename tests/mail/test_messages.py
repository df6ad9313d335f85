"""What stands in a mail, and what cannot be smuggled into one."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matchmaker.database import SessionFactory
from matchmaker.errors import InvalidInputError
from matchmaker.mail import queue_mail, send_waiting
from matchmaker.mail.outbox import compose, mail_address, one_line
from matchmaker.tables import Mail
from tests.factories import add_office
from tests.mail.conftest import PostOffice

TEXT = "Grüß Gott,\n\n.eine Zeile mit Punkt\n..zwei Punkte\n" + "ä" * 2000 + "\n"


@pytest.fixture
def office_id(session: Session) -> UUID:
    office = add_office(session)
    session.commit()
    return office.id


def test_a_mail_arrives_as_it_was_written(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    queue_mail(
        session,
        office_id,
        recipient="eva@müller-söhne.example",
        subject="Bitte bestätigen: Prüfung der Schweißnähte",
        text=TEXT,
        html="<p>Grüß Gott</p>",
        language="de",
        reply_to="amt@kreis.example",
    )
    session.commit()
    send_waiting(session_factory, post_office.settings)

    (message,) = post_office.arrived
    assert message["Subject"] == "Bitte bestätigen: Prüfung der Schweißnähte"
    assert message["From"].addresses[0].display_name == "Wirtschaftsförderung Musterkreis"
    assert message["Reply-To"] == "amt@kreis.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert message["Message-ID"].endswith("@amt.example>")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().strip() == "<p>Grüß Gott</p>"
    assert post_office.recipients == ["eva@xn--mller-shne-kcb9d.example"]


@given(subject=st.text(), text=st.text(st.characters(exclude_categories=["Cs"])))
def test_no_subject_and_no_text_begins_a_header(subject: str, text: str) -> None:
    mail = Mail(
        recipient="a@b.example",
        reply_to=None,
        subject=one_line(subject),
        text=text,
        html=None,
        language="de",
    )
    _compare_headers(mail)


def _compare_headers(mail: Mail) -> None:
    from uuid import uuid4

    from matchmaker.database import now

    mail.id, mail.created_at = uuid4(), now()
    written = compose(mail, "tandem@amt.example", None).as_bytes().partition(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0] for line in written.split(b"\r\n") if line[:1] not in b" \t"}
    assert names <= {
        *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Content-Language"),
        *(b"Auto-Submitted", b"MIME-Version", b"Content-Type", b"Content-Transfer-Encoding"),
    }


@pytest.mark.parametrize(
    "subject", ["a\r\nBcc: all@firma.example", "a\nX: y", "a\x0b\x0cTo: x", "a\u2028Bcc: x"]
)
def test_a_subject_is_one_line(session: Session, office_id: UUID, subject: str) -> None:
    mail = queue_mail(
        session, office_id, recipient="a@b.example", subject=subject, text="", language="de"
    )

    assert len(mail.subject.splitlines()) == 1
    _compare_headers(mail)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "eva",
        "eva@",
        "@firma.example",
        "eva@firma",
        "eva@firma.example, all@firma.example",
        "eva@firma.example\r\nRCPT TO:<x@y.example>",
        "<eva@firma.example>",
        "Eva <eva@firma.example>",
        "eva müller@firma.example",
        "eva@fir ma.example",
        "eva@firma..example",
        "e" * 65 + "@firma.example",
        "eva@" + "f" * 64 + ".example",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(InvalidInputError, match="no e-mail address"):
        mail_address(written)


def test_an_address_is_taken_as_servers_take_it() -> None:
    assert mail_address(" Eva.Muster+x@Firma.example ") == "Eva.Muster+x@Firma.example"
    assert mail_address("eva@bäckerei.example") == "eva@xn--bckerei-5wa.example"
