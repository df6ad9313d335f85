"""Somebody who fills in the public form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from altcha import Challenge, Payload, solve_challenge
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import Mail, Submission

TEXT = "Beim Schweißen sehen wir Fehler erst am Ende. Die Prüfung dauert zu lange."
ANSWERS = {
    "/de/bedarf": {"text": TEXT, "maturity": "pilot", "cooperation": ["buy", "pilot"]},
    "/de/bedarf/unternehmen": {
        "company": "Metallbau Muster GmbH", "postcode": "76703", "branch": "Metallbau",
        "employees": "1.250",
    },
    "/de/bedarf/kontakt": {
        "contact": "Eva Muster", "email": "eva@firma.example", "visibility": "anonymous",
    },
}  # fmt: skip


@dataclass
class Visitor:
    """Somebody with a browser, and a look into the database."""

    client: TestClient
    session: Session

    def post(
        self,
        place: str,
        answers: dict[str, object] | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Response:
        return self.client.post(
            place,
            data=answers or {},
            files=[("attachments", file) for file in files] or None,
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )

    def write(self) -> None:
        for place, answers in ANSWERS.items():
            assert self.post(place, answers).status_code == 303

    def send(self, **extra: str) -> Response:
        """Send the form, as a browser with JavaScript does unless `altcha` is given."""
        self.let_time_pass(timedelta(seconds=10))
        if "altcha" not in extra:
            extra["altcha"] = solution(self.client.get("/de/aufgabe").json())
        return self.post("/de/bedarf/pruefen", {**extra})

    def let_time_pass(self, by: timedelta) -> None:
        self.session.execute(update(Submission).values(created_at=now() - by))
        self.session.commit()

    def link(self, position: int = -1) -> str:
        """The path of the link in a mail."""
        texts = self.session.scalars(select(Mail.text).order_by(Mail.created_at)).all()
        found = re.search(r"https?://[^/\s]+(/\S+)", texts[position])
        assert found
        return found[1]

    def count(self, table: type) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0

    def confirmed(self, **extra: str) -> str:
        """Write, send and confirm a need; the path of the owner's page."""
        self.write()
        self.send(**extra)
        answer = self.post(self.link())
        assert answer.status_code == 303
        return answer.headers["location"]


def solution(document: dict[str, object]) -> str:
    """What a browser sends for a task."""
    challenge = Challenge.from_dict(document)
    solved = solve_challenge(challenge)
    assert solved
    return Payload(challenge, solved).to_base64()


def only(session: Session, table: type[Submission]) -> Submission:
    session.expire_all()
    return session.scalars(select(table)).one()
