"""An officer who judges the proposals of a small region; one server answers all along."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from matchmaker.database import transaction
from matchmaker.feedback import FollowUp, record_event
from matchmaker.tables import Event, Hold
from matchmaker.tandems import Matching
from tests.tandems.conftest import Region


@dataclass
class Officer:
    """Somebody who asks for lists and judges what stands in them."""

    region: Region
    matching: Matching
    answer: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Ask for the list: the startups in it, best first."""
        self.answer = self.matching.match_need(self.region.need.id, "en")
        listed = {row["startup"]["name"]: UUID(row["list_entry"]) for row in self.answer["results"]}
        self.entries |= listed
        return list(listed)

    def row(self, startup: str) -> dict[str, Any]:
        found: dict[str, Any]
        (found,) = [row for row in self.answer["results"] if row["startup"]["name"] == startup]
        return found

    def bytes(self) -> bytes:
        """The list without what names this very copy of it."""
        self.names()
        rows = [row | {"list_entry": None} for row in self.answer["results"]]
        return orjson.dumps([self.answer["considered"], self.answer["excluded"], rows])

    def record(self, startup: str, kind: str, reason: str | None = None, **told: Any) -> Event:
        side, reply_to = told.pop("side", None), told.pop("reply_to", None)
        with transaction(self.region.factory) as session:
            return record_event(
                session,
                self.region.office.id,
                list_entry_id=self.entries[startup],
                kind=kind,
                reason=reason,
                side=side,
                told=FollowUp.of(told),
                origin="desk",
                actor="officer:eva@amt.example",
                reply_to=reply_to,
            )

    def no(self, startup: str, reason: str, **told: Any) -> Hold:
        """Say no; the hold that it leads to."""
        event = self.record(startup, "judged_no_fit", reason, **told)
        found = select(Hold).where(Hold.made_by_event_id == event.id)
        return self.region.session.scalars(found).one()
