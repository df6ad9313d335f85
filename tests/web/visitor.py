"""Somebody who fills in a public form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from altcha import Challenge, Payload, solve_challenge
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import Mail, Submission

PASSWORD = "ein langes Passwort"
TEXT = "Beim Schweißen sehen wir Fehler erst am Ende. Die Prüfung dauert zu lange."
ANSWERS: dict[str, dict[str, Any]] = {
    "/de/bedarf": {
        "text": TEXT, "maturity": "pilot", "cooperation": ["buy", "pilot"], "seat": "germany",
        "proofs": ["tisax"],
    },
    "/de/bedarf/unternehmen": {
        "company": "Metallbau Muster GmbH", "postcode": "76703", "branch": "Metallbau",
        "employees": "1.250",
    },
    "/de/bedarf/kontakt": {
        "contact": "Eva Muster", "email": "eva@firma.example", "visibility": "anonymous",
        "not_with": "Konkurrenz AG",
    },
}  # fmt: skip
PROFILE_TEXT = "Unsere Kamera findet Fehler in Schweißnähten, noch während geschweißt wird."
PROFILE: dict[str, dict[str, Any]] = {
    "/de/startup": {
        "text": PROFILE_TEXT, "title": "Nahtblick", "branches": "Metallbau, Maschinenbau",
        "tags": "Bildverarbeitung, Robotik", "maturity": "9", "references": "Ein Metallbauer",
        "customer_sizes": ["small"], "links": "https://nahtblick.example/video",
    },
    "/de/startup/zusammenarbeit": {
        "cooperation": ["pilot", "buy"], "ticket": "under_25000", "available_from": "01.03.2027",
        "data_location": ["de_hosting"], "proofs": ["iso27001"],
        "looks_for": "Betriebe, die jeden Tag schweißen.",
    },
    "/de/startup/unternehmen": {
        "company": "Nahtblick GmbH", "website": "www.nahtblick.example", "postcode": "76131",
        "town": "Karlsruhe", "country": "DE", "founded_on": "15.03.2022", "team": "3_9",
        "financing": "seed", "languages": ["de", "en"],
    },
    "/de/startup/kontakt": {"contact": "Kim Beispiel", "email": "kim@nahtblick.example"},
}  # fmt: skip
Answers = Mapping[str, Mapping[str, Any]]


@dataclass
class Visitor:
    """Somebody with a browser who fills in a form, and a look into the database."""

    client: TestClient
    session: Session
    answers: Answers = field(default_factory=lambda: ANSWERS)
    check: str = "/de/bedarf/pruefen"

    def post(
        self,
        place: str,
        answers: Mapping[str, object] | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Response:
        return self.client.post(
            place,
            data=dict(answers or {}),
            files=[("attachments", file) for file in files] or None,
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )

    def write(self, **instead: Mapping[str, object]) -> None:
        """Answer every page; `instead` has other answers, by the end of a page's address."""
        for place, answers in self.answers.items():
            changed = instead.get(place.rpartition("/")[2], {})
            assert self.post(place, {**answers, **changed}).status_code == 303

    def send(self, **extra: str) -> Response:
        """Send the form, as a browser with JavaScript does unless `altcha` is given."""
        self.let_time_pass(timedelta(seconds=10))
        if "altcha" not in extra:
            extra["altcha"] = solution(self.client.get("/de/aufgabe").json())
        return self.post(self.check, {**extra})

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

    def confirmed(self, altcha: str | None = None, **instead: Mapping[str, object]) -> str:
        """Write, send and confirm; the path of the owner's page."""
        self.write(**instead)
        self.send(**({} if altcha is None else {"altcha": altcha}))
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
