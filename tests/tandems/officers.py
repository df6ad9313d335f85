"""An officer before a list, for the tests of what officers decide."""

from typing import Any
from uuid import UUID, uuid4

from matchmaker.config import Settings
from matchmaker.tables import Officer
from matchmaker.tandems import Decision, Matching
from matchmaker.values import PlacementKind
from tests.tandems.conftest import Region


class Desk:
    """An officer of the region's office before the list of its need."""

    def __init__(self, region: Region, settings: Settings | None = None) -> None:
        self.region = region
        self.matching = region.matching(settings=settings)
        self.officer_id = officer(region, region.office.id)
        self.matching.match_need(region.need.id, "de")

    def decide(self, name: str, kind: PlacementKind | None, note: str | None = None) -> UUID:
        return decide(self.matching, self.region, self.officer_id, name, kind, note)

    def rows(self) -> list[tuple[str, str | None]]:
        """Names and marks in the order of the ranks, which count from 1."""
        answer = self.answer()
        results = answer["results"]
        assert [result["rank"] for result in results] == list(range(1, len(results) + 1))
        return [(result["startup"]["name"].lower(), result["placed"]) for result in results]

    def answer(self) -> dict[str, Any]:
        return self.matching.match_need(self.region.need.id, "de")


def officer(region: Region, office_id: UUID) -> UUID:
    person = Officer(office_id=office_id, email=f"{uuid4().hex}@amt.example", name="Eva")
    region.session.add(person)
    region.session.commit()
    return person.id


def decide(
    matching: Matching,
    region: Region,
    officer_id: UUID,
    name: str,
    kind: PlacementKind | None,
    note: str | None = None,
) -> UUID:
    decision = Decision(region.solutions[name].id, kind, officer_id, note)
    return matching.decide(region.need.id, decision, actor="officer:eva")
