"""Mail is sent once, whatever breaks; what nobody can know is left to a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.config import MailSettings
from matchmaker.database import SessionFactory, now, open_engine, open_sessions, transaction
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.mail import SendingReport, mails_in_doubt, queue_mail, send_waiting, settle_mail
from matchmaker.tables import Mail
from tests.factories import add_office
from tests.mail.conftest import PostOffice


def queue(session: Session, office_id: UUID, recipient: str = "eva@firma.example") -> Mail:
    return queue_mail(
        session, office_id, recipient=recipient, subject="Neu", text="Guten Tag", language="de"
    )


@pytest.fixture
def office_id(session: Session) -> UUID:
    office = add_office(session)
    session.commit()
    return office.id


def state_of(session: Session, mail: Mail) -> str:
    session.expire_all()
    return session.scalars(select(Mail.state).where(Mail.id == mail.id)).one()


def let_time_pass(session: Session, by: timedelta) -> None:
    session.execute(update(Mail).values(due_at=Mail.due_at, state_since=now() - by))
    session.execute(update(Mail).where(Mail.state == "waiting").values(due_at=now() - by))
    session.commit()


def test_a_mail_arrives_once_and_is_not_sent_again(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    mail = queue(session, office_id)
    session.commit()

    assert send_waiting(session_factory, post_office.settings) == SendingReport(1, 0, 0, 0)
    assert send_waiting(session_factory, post_office.settings) == SendingReport(0, 0, 0, 0)
    assert post_office.recipients == ["eva@firma.example"]
    assert state_of(session, mail) == "sent"


def test_a_deed_that_fails_leaves_no_mail(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    def deed() -> None:
        with transaction(session_factory) as own:
            queue(own, office_id)
            raise RuntimeError("the deed failed")

    with pytest.raises(RuntimeError, match="the deed failed"):
        deed()

    assert send_waiting(session_factory, post_office.settings).sent == 0


def test_while_the_server_is_away_mail_waits_longer_each_time(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    first, second = queue(session, office_id), queue(session, office_id)
    session.commit()
    away = post_office.settings.model_copy(update={"port": 1})

    assert send_waiting(session_factory, away) == SendingReport(0, 1, 0, 0)
    session.expire_all()
    waits = session.get_one(Mail, first.id)
    assert waits.due_at > now()
    assert "Connection" in (waits.error or "")
    assert session.get_one(Mail, second.id).attempts == 0

    let_time_pass(session, timedelta(minutes=2))
    assert send_waiting(session_factory, post_office.settings).sent == 2


def test_a_mail_that_nobody_takes_for_two_days_has_failed(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    mail = queue(session, office_id)
    session.commit()
    post_office.at_the_end = "451 later"
    for _ in range(7):
        assert send_waiting(session_factory, post_office.settings).postponed == 1
        assert send_waiting(session_factory, post_office.settings).postponed == 0
        let_time_pass(session, timedelta(days=1))

    assert send_waiting(session_factory, post_office.settings).failed == 1
    assert state_of(session, mail) == "failed"


def test_a_refused_recipient_does_not_hold_up_the_others(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    unknown = queue(session, office_id, "nobody@firma.example")
    full = queue(session, office_id, "full@firma.example")
    queue(session, office_id, "eva@firma.example")
    session.commit()
    post_office.refusals = {
        "nobody@firma.example": "550 no such user",
        "full@firma.example": "452 mailbox full",
    }

    assert send_waiting(session_factory, post_office.settings) == SendingReport(1, 1, 1, 0)
    assert post_office.recipients == ["eva@firma.example"]
    assert state_of(session, unknown) == "failed"
    assert state_of(session, full) == "waiting"


def test_a_line_cut_before_the_end_is_tried_again_and_arrives_once(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    queue(session, office_id)
    session.commit()
    post_office.cuts_before = True
    assert send_waiting(session_factory, post_office.settings) == SendingReport(0, 1, 0, 0)

    post_office.cuts_before = False
    let_time_pass(session, timedelta(minutes=2))
    assert send_waiting(session_factory, post_office.settings).sent == 1
    assert len(post_office.arrived) == 1


def test_a_line_cut_before_the_answer_is_left_to_a_person(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    mail = queue(session, office_id)
    session.commit()
    post_office.cuts_after = True
    assert send_waiting(session_factory, post_office.settings).uncertain == 1

    post_office.cuts_after = False
    let_time_pass(session, timedelta(days=1))
    assert send_waiting(session_factory, post_office.settings) == SendingReport(0, 0, 0, 1)
    assert len(post_office.arrived) == 1

    settle_mail(session, office_id, mail.id, again=True, actor="test")
    session.commit()
    assert send_waiting(session_factory, post_office.settings) == SendingReport(1, 0, 0, 0)
    assert len(set(post_office.ids)) == 1


def test_an_uncertain_mail_can_rest(session: Session, office_id: UUID) -> None:
    mail = queue(session, office_id)
    session.commit()
    with pytest.raises(ConflictError, match="waiting"):
        settle_mail(session, office_id, mail.id, again=True, actor="test")
    mail.state = "uncertain"
    session.flush()
    assert mails_in_doubt(session, office_id) == [mail]
    with pytest.raises(NotFoundError):
        settle_mail(session, add_office(session).id, mail.id, again=True, actor="test")

    settle_mail(session, office_id, mail.id, again=False, actor="test")
    assert mail.state == "settled"
    assert mails_in_doubt(session, office_id) == []


@pytest.mark.parametrize(
    ("left_in", "becomes", "arrives"), [("claimed", "sent", 1), ("handing_over", "uncertain", 0)]
)
def test_what_a_dead_sender_had_in_hand_is_taken_up(
    session: Session,
    session_factory: SessionFactory,
    office_id: UUID,
    post_office: PostOffice,
    left_in: str,
    becomes: str,
    arrives: int,
) -> None:
    mail = queue(session, office_id)
    session.commit()
    mail.state, mail.state_since = left_in, now()
    session.commit()
    send_waiting(session_factory, post_office.settings)
    assert state_of(session, mail) == left_in  # perhaps somebody is still at it

    let_time_pass(session, timedelta(minutes=16))
    send_waiting(session_factory, post_office.settings)
    assert state_of(session, mail) == becomes
    assert len(post_office.arrived) == arrives


def test_two_senders_at_once_send_each_mail_once(
    database_url: str, post_office: PostOffice
) -> None:
    engine = open_engine(database_url)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office = add_office(session)
        for number in range(30):
            queue_mail(
                session,
                office.id,
                recipient=f"n{number}@firma.example",
                subject="x",
                text="x",
                language="de",
            )
    with ThreadPoolExecutor(2) as senders:
        reports = list(senders.map(lambda _: send_waiting(factory, post_office.settings), range(2)))
    engine.dispose()

    assert sum(report.sent for report in reports) == 30
    assert sorted(post_office.recipients) == sorted(f"n{n}@firma.example" for n in range(30))


def test_without_a_server_mails_wait_and_the_reason_is_said(
    session: Session, session_factory: SessionFactory, office_id: UUID
) -> None:
    mail = queue(session, office_id)
    session.commit()
    with pytest.raises(InvalidInputError, match=r"mail\.host"):
        send_waiting(session_factory, MailSettings(port=25, security="none", timeout_s=1))

    assert state_of(session, mail) == "waiting"


def test_a_server_without_the_demanded_encryption_gets_nothing(
    session: Session, session_factory: SessionFactory, office_id: UUID, post_office: PostOffice
) -> None:
    queue(session, office_id)
    session.commit()
    secure = post_office.settings.model_copy(update={"security": "starttls"})

    assert send_waiting(session_factory, secure).postponed == 1
    assert post_office.arrived == []
