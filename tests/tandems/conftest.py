"""An office with three startups and one need, in a real database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder, HashedNgramEncoder, Role
from matchmaker.tables import Need, Office, Party, Solution
from matchmaker.tandems import Matching
from matchmaker.values import FloatArray
from tests.factories import add_need, add_office, add_party, add_solution
from tests.regions import fallback_vectors, shipped_settings

SOLUTIONS = {
    "camera": "Unsere Kamera erkennt Fehler in Schweißnähten bei der Fertigung. Sie läuft im Werk.",
    "planner": "Wir planen Touren für Handwerksbetriebe und ihre Monteure. Die App kennt den Stau.",
    "energy": "Software senkt den Stromverbrauch von Kühlräumen. Sie liest die Zähler der Anlage.",
}


@dataclass
class Region:
    """The rows of the office's records, and the ways to change and to ask."""

    factory: SessionFactory
    session: Session
    office: Office
    need: Need
    startups: dict[str, Party]
    solutions: dict[str, Solution]

    def matching(
        self,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        office_id: UUID | None = None,
    ) -> Matching:
        """A server that has just started."""
        return Matching(
            self.factory,
            office_id or self.office.id,
            encoder or fallback_vectors().encoder,
            settings or shipped_settings(),
        )

    def changed(self) -> None:
        """Keep what was changed, and tell running servers through the ledger."""
        ledger.record(self.session, self.office.id, "change", actor="test")
        self.session.commit()


@pytest.fixture
def region(session_factory: SessionFactory, session: Session) -> Region:
    office = add_office(session)
    startups = {
        name: add_party(session, office.id, kind="startup", name=name.title()) for name in SOLUTIONS
    }
    solutions = {
        name: add_solution(session, office.id, words, party_id=startups[name].id)
        for name, words in SOLUTIONS.items()
    }
    need = add_need(session, office.id)
    found = Region(session_factory, session, office, need, startups, solutions)
    found.changed()
    return found


class CountingEncoder:
    """The fallback encoder, which writes down what it was asked to embed."""

    is_fallback = True
    notice = None

    def __init__(
        self, version: str = "counting-1", languages: frozenset[str] | None = None
    ) -> None:
        self.languages = languages
        self._encoder = HashedNgramEncoder()
        self.version = version
        self.dimension = self._encoder.dimension
        self.asked: list[str] = []

    def embed(
        self, texts: Sequence[str], role: Role, progress: Callable[[int], None] | None = None
    ) -> FloatArray:
        self.asked += texts
        return self._encoder.embed(texts, role, progress)
