"""What officers decided about the list of a need, in words for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import tandems
from matchmaker.profiles import NamedSolution, name_solutions
from matchmaker.tables import Officer, Placement


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One decision: about whom, what, by whom, when and why."""

    solution: NamedSolution
    kind: str
    note: str | None
    officer: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RefusedHiding:
    """A wish to hide that cannot be followed as it was sent: what was typed, and what is wrong."""

    solution_id: str
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class Placing:
    """Every decision that stands for a need, by the solution's id, of solutions that are seen."""

    standing: Mapping[str, PlacedRow] = field(default_factory=dict)
    refused: RefusedHiding | None = None

    @property
    def hidden(self) -> Sequence[PlacedRow]:
        """What the list leaves out at the office's wish."""
        return [row for row in self.standing.values() if row.kind == "hidden"]

    def missing(self, shown: Sequence[str]) -> Sequence[PlacedRow]:
        """What was pinned or added and still is not among the `shown` solutions."""
        return [
            row
            for solution_id, row in self.standing.items()
            if row.kind != "hidden" and solution_id not in shown
        ]


def placing_of(
    session: Session, office_id: UUID, need_id: UUID, refused: RefusedHiding | None = None
) -> Placing:
    """Read what stands for a need."""
    standing = [
        one for one in tandems.find_placements(session, office_id, need_id) if one.lifted_at is None
    ]
    if not standing:
        return Placing(refused=refused)
    names = name_solutions(session, office_id)
    officers = officer_names(session, standing)
    return Placing(
        {
            str(one.solution_id): PlacedRow(
                names[one.solution_id], one.kind, one.note, officers[one.officer_id], one.made_at
            )
            for one in standing
            if one.solution_id in names
        },
        refused,
    )


def officer_names(session: Session, placements: Sequence[Placement]) -> dict[UUID, str]:
    """The names of those who made or lifted these."""
    ids = {one.officer_id for one in placements} | {one.lifted_by_id for one in placements}
    rows = session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}
