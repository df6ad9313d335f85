"""`matchmaker send-mail`, called as a timer or a person would call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from matchmaker.database import open_engine, open_sessions, reading, transaction
from matchmaker.mail import queue_mail
from matchmaker.tables import Mail
from tests.factories import add_office
from tests.mail.conftest import PostOffice

MATCHMAKER = str(Path(sys.executable).parent / "matchmaker")


def send_mail(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [MATCHMAKER, "send-mail", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_sends_and_names_what_needs_a_person(
    database_url: str, monkeypatch: pytest.MonkeyPatch, post_office: PostOffice
) -> None:
    factory = open_sessions(open_engine(database_url))
    with transaction(factory) as session:
        office = add_office(session)
        for name in ("eva", "nobody"):
            queue_mail(
                session,
                office.id,
                recipient=f"{name}@firma.example",
                subject="x",
                text="x",
                language="de",
            )
    monkeypatch.setenv("MATCHMAKER_DATABASE_URL", database_url)

    waiting = send_mail("--json")
    assert waiting.returncode == 2
    assert "mail.host: No mail server is configured; mails wait." in waiting.stderr

    for key, value in post_office.settings.model_dump(exclude_none=True).items():
        monkeypatch.setenv(f"MATCHMAKER_MAIL__{key.upper()}", str(value))
    post_office.refusals = {"nobody@firma.example": "550 no such user"}
    sent = send_mail("--json")
    assert json.loads(sent.stdout) == {"sent": 1, "postponed": 0, "failed": 1, "uncertain": 0}
    with reading(factory) as session:
        failed = session.scalars(select(Mail.id).where(Mail.state == "failed")).one()
    assert f"failed: mail {failed} to nobody@firma.example" in sent.stderr
    assert "(550 no such user). Decide with --again" in sent.stderr

    post_office.refusals = {}
    again = send_mail("--json", "--again", str(failed))
    assert json.loads(again.stdout)["sent"] == 1
    assert again.stderr == ""
    assert send_mail("--rest", str(failed)).returncode == 1
    factory.kw["bind"].dispose()  # type: ignore[attr-defined]
