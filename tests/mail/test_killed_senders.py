"""Senders are killed at any moment: no mail is sent twice, none is lost unseen."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

from sqlalchemy import select, update

from matchmaker.database import SessionFactory, now, open_engine, open_sessions, transaction
from matchmaker.mail import queue_mail, send_waiting
from matchmaker.tables import Mail
from tests.campaign import examples
from tests.factories import add_office
from tests.mail.conftest import PostOffice

MAILS = 60
KILLS = examples(12)

SENDER = """
import sys
from matchmaker.config import MailSettings
from matchmaker.database import open_engine, open_sessions
from matchmaker.mail import send_waiting
factory = open_sessions(open_engine(sys.argv[1]))
settings = MailSettings.model_validate_json(sys.argv[2])
print("ready", flush=True)
send_waiting(factory, settings)
"""


def let_leases_end(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        session.execute(
            update(Mail)
            .where(Mail.state.in_(("claimed", "handing_over")))
            .values(state_since=now() - timedelta(hours=1))
        )


def test_killed_senders_send_no_mail_twice_and_lose_none_unseen(
    database_url: str, post_office: PostOffice
) -> None:
    factory = open_sessions(open_engine(database_url))
    with transaction(factory) as session:
        office = add_office(session)
        for number in range(MAILS):
            queue_mail(
                session,
                office.id,
                recipient=f"n{number}@firma.example",
                subject="x",
                text="x",
                language="de",
            )
    post_office.seconds_per_message = 0.02
    chance = random.Random(5)
    killed = 0
    for _ in range(KILLS):
        sender = subprocess.Popen(
            [sys.executable, "-c", SENDER, database_url, post_office.settings.model_dump_json()],
            stdout=subprocess.PIPE,
        )
        assert sender.stdout is not None
        sender.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        killed += sender.poll() is None
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        sender.stdout.close()
        let_leases_end(factory)
    report = send_waiting(factory, post_office.settings)

    with transaction(factory) as session:
        states = {mail.recipient: mail.state for mail in session.scalars(select(Mail))}
    taken = Counter(post_office.recipients)
    assert killed >= KILLS // 2
    assert max(taken.values()) == 1
    assert set(states.values()) <= {"sent", "uncertain"}
    for recipient, state in states.items():
        assert state == "uncertain" or taken[recipient] == 1
    assert report.uncertain <= killed
    factory.kw["bind"].dispose()  # type: ignore[attr-defined]
