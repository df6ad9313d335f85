"""How long an officer waits for the pages of a match list."""

import http.client
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np

from matchmaker import accounts
from matchmaker.benchmark.serving import Served, serving
from matchmaker.config import Settings
from matchmaker.database import transaction
from matchmaker.embedding import Encoder
from matchmaker.profiles import NeedFacts, create_record
from matchmaker.tables import Need
from matchmaker.web import address

Progress = Callable[[int], None]

_OFFICER = "benchmark@amt.example"
_WARM_UP = 2


def measure_pages(
    startups: int, needs: int, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Press “compute” for `needs` needs over `startups` synthetic profiles, and open the lists.

    Returns milliseconds of wall time: `fresh` from the button to having read the page of the
    new list, with warm vectors; `stored` for opening the page again; `pdf` and `inbox`; each
    as `_p50_ms` and `_p95_ms`.
    """
    with serving(startups, encoder, settings) as served:
        desk = _Desk(served)
        timed: dict[str, list[float]] = {"fresh": [], "stored": [], "pdf": [], "inbox": []}
        for number in range(needs + _WARM_UP):
            page = address("desk_need", "de", desk.new_need())
            seconds = {
                "fresh": desk.wait("POST", f"{page}/compute") + desk.wait("GET", page),
                "stored": desk.wait("GET", page),
                "pdf": desk.wait("GET", f"{page}/match_list.pdf"),
                "inbox": desk.wait("GET", address("inbox", "de")),
            }
            if number >= _WARM_UP:
                for name, value in seconds.items():
                    timed[name].append(1000 * value)
                progress(1)
    return {
        "startups": startups,
        "needs": needs,
        "encoder": encoder.version,
        **{
            f"{name}_p{part}_ms": float(np.percentile(values, part))
            for name, values in timed.items()
            for part in (50, 95)
        },
    }


class _Desk:
    """An officer's browser, one connection a page."""

    def __init__(self, served: Served) -> None:
        self._served = served
        with transaction(served.factory) as session:
            password = accounts.open_account(session, served.office_id, _OFFICER, actor="bench")
        hour = timedelta(hours=1)
        self._token = accounts.log_in(served.factory, _OFFICER, password, "", hour)

    def new_need(self) -> str:
        """The id of a need that nobody has seen yet."""
        facts = NeedFacts(text=self._served.words.text(sentences=3))
        with transaction(self._served.factory) as session:
            need = create_record(
                session, Need, self._served.office_id, facts, source="bench", actor="bench"
            )
            return str(need.id)

    def wait(self, method: str, place: str) -> float:
        """Seconds until the whole answer was read."""
        connection = http.client.HTTPConnection("127.0.0.1", self._served.port)
        headers = {"Cookie": f"session={self._token}", "Sec-Fetch-Site": "same-origin"}
        started = time.perf_counter()
        connection.request(method, place, headers=headers)
        response = connection.getresponse()
        response.read()
        elapsed = time.perf_counter() - started
        connection.close()
        if response.status not in (200, 303):
            raise RuntimeError(f"the server answered {response.status} to {place}")
        return elapsed
