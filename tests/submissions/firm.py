"""Firms that fill in the public form over the network, and do not give up when a server dies."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2
from sqlalchemy import select

from matchmaker.database import SessionFactory, transaction
from matchmaker.tables import Mail
from tests.web.visitor import solution

FASTEST_SECONDS = 3.1  # the form takes a faster one for a program
# Longer than any row of kills on a busy machine: nobody here gives up.
PATIENCE_SECONDS = 900


@dataclass
class Firm:
    """One sender with a mail box; `number` makes its text, its address and its computer its own."""

    number: int
    base_url: str
    factory: SessionFactory
    started_at: float = 0.0
    lost_answers: int = 0
    client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        # Senders are counted by their address; every firm has a loopback address of its own.
        place = f"127.1.{self.number // 250}.{self.number % 250 + 1}"
        self.client = httpx2.Client(
            base_url=self.base_url, timeout=10, transport=httpx2.HTTPTransport(local_address=place)
        )

    @property
    def email(self) -> str:
        return f"firma{self.number}@firma.example"

    @property
    def text(self) -> str:
        return (
            f"Beim Schweißen sehen wir Fehler erst am Ende. Das ist unsere Anfrage {self.number}x."
        )

    def write(self) -> None:
        """Answer every page; what was typed last is typed again after a lost answer."""
        self._post("/de/bedarf", {"text": self.text})
        self.started_at = time.monotonic()
        for place, answers in (
            ("/de/bedarf/unternehmen", {"company": f"Firma {self.number}", "postcode": "76703"}),
            (
                "/de/bedarf/kontakt",
                {"contact": "Eva Muster", "email": self.email, "visibility": "anonymous"},
            ),
        ):
            self._post(place, answers)

    def send(self) -> None:
        """Press the last button until a server says that the form was sent."""
        time.sleep(max(0.0, self.started_at + FASTEST_SECONDS - time.monotonic()))
        task = self._until_answered(lambda: self.client.get("/de/aufgabe"), {200}).json()
        answers = {"altcha": solution(task)}
        assert self._post("/de/bedarf/pruefen", answers) == "/de/bedarf/gesendet"

    def confirm(self) -> None:
        """Press the button behind the link in the mail until a server says that it counts."""
        link = self._link()
        # 303 leads to the owner's page; 200 says that it was confirmed already.
        answer = self._until_answered(lambda: self.client.post(link, headers=SAME_SITE), {303, 200})
        assert answer.status_code == 303 or "schon bestätigt" in answer.text

    def _link(self) -> str:
        with transaction(self.factory) as session:
            mails = session.scalars(select(Mail.text).where(Mail.recipient == self.email)).all()
        found = [match[1] for mail in mails if (match := re.search(r"(/de/bestaetigen/\S+)", mail))]
        assert len(found) == 1, (self.number, len(found))
        return found[0]

    def _post(self, place: str, answers: dict[str, str]) -> str:
        answer = self._until_answered(
            lambda: self.client.post(place, data=answers, headers=SAME_SITE), {303}
        )
        return answer.headers["location"]

    def _until_answered(
        self, ask: Callable[[], httpx2.Response], accepted: set[int]
    ) -> httpx2.Response:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                answer = ask()
            except httpx2.TransportError as error:
                # Nobody listens while a server starts; any other failure cut a request off.
                self.lost_answers += not isinstance(error, httpx2.ConnectError)
                time.sleep(0.1)
                continue
            assert answer.status_code in accepted, (answer.status_code, answer.text[:2000])
            return answer
        raise TimeoutError("No server answered.")


SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
