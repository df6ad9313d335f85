"""Finding a startup by its name, as people remember names."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker.language import search_key
from matchmaker.profiles.visibility import visible_profiles
from matchmaker.tables import Party, Solution


@dataclass(frozen=True, slots=True)
class NamedSolution:
    """A solution with the startup that has it; `startup` is a name, or an id where it has none."""

    solution_id: UUID
    title: str | None
    startup_id: UUID
    startup: str

    @property
    def label(self) -> str:
        """Both in one line, as lists name a row."""
        return f"{self.startup} – {self.title}" if self.title else self.startup


def find_named_solutions(session: Session, office_id: UUID, search: str) -> list[NamedSolution]:
    """The visible solutions whose startup or title holds every word of the search, by name.

    Umlauts may be spelled in any way. A search without a word finds nothing.
    """
    words = search_key(search).split()
    if not words:
        return []
    return [one for one in _named(session, office_id) if _holds(one, words)]


def name_solutions(session: Session, office_id: UUID) -> dict[UUID, NamedSolution]:
    """Every solution that the office may see, by its id, in the order of the names."""
    return {one.solution_id: one for one in _named(session, office_id)}


def _named(session: Session, office_id: UUID) -> list[NamedSolution]:
    columns = (Solution.id, Solution.title, Party.id, Party.name, Party.external_id)
    rows = session.execute(visible_profiles(office_id).with_only_columns(*columns).options())
    found = [
        NamedSolution(solution_id, title, startup_id, name or external_id or str(startup_id))
        for solution_id, title, startup_id, name, external_id in rows
    ]
    return sorted(found, key=lambda one: (one.startup.casefold(), one.title or "", one.solution_id))


def _holds(one: NamedSolution, words: list[str]) -> bool:
    text = search_key(f"{one.startup} {one.title or ''}")
    return all(word in text for word in words)
