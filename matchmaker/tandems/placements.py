"""Pinning, hiding and adding by hand: what officers decide about the list of a need.

Placements are inputs of the list, as profiles are: each new list follows those that stand then,
and its digest covers them. They are read with every list and not kept with the profiles in
memory, so a new one makes no server read the profiles again.
"""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles import get_record
from matchmaker.tables import Need, Placement, Solution
from matchmaker.values import Placed, PlacementKind

LONGEST_NOTE = 500


class RuleStandsAgainstError(ConflictError):
    """A rule leaves the solution out, and no officer overrides it; `rule` is its word."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"The rule {rule} leaves this solution out of the list.")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer wants with a solution in one need's list.

    `kind` None takes back what was decided before. Hiding has a `note` that says why.
    """

    solution_id: UUID
    kind: PlacementKind | None
    officer_id: UUID
    note: str | None = None

    def applied_to(self, placed: Placed) -> Placed:
        """What stands for the need after this decision."""
        others = {one: kind for one, kind in placed.items() if one != self.solution_id}
        return others if self.kind is None else {**others, self.solution_id: self.kind}


def find_placed(session: Session, office_id: UUID) -> dict[UUID, Placed]:
    """What stands in this office, by the id of the need; no other office's word is heard."""
    found: dict[UUID, dict[UUID, PlacementKind]] = {}
    for one in session.scalars(_standing(office_id)):
        found.setdefault(one.need_id, {})[one.solution_id] = cast("PlacementKind", one.kind)
    return dict(found)


def get_placed(session: Session, office_id: UUID, need_id: UUID) -> Placed:
    """What stands in this office for one need."""
    query = _standing(office_id).where(Placement.need_id == need_id)
    return {one.solution_id: cast("PlacementKind", one.kind) for one in session.scalars(query)}


def find_placements(session: Session, office_id: UUID, need_id: UUID) -> list[Placement]:
    """All placements of the office for a need, lifted ones too, the oldest first."""
    return list(
        session.scalars(
            select(Placement)
            .where(Placement.owner_office_id == office_id, Placement.need_id == need_id)
            .order_by(Placement.made_at, Placement.id)
        )
    )


def check_note(decision: Decision) -> None:
    """Raise `InvalidInputError` where the note of a decision is missing or too long."""
    if decision.kind == "hidden" and not decision.note:
        raise InvalidInputError("Hiding a startup needs a note that says why.", field="note")
    if decision.note and len(decision.note) > LONGEST_NOTE:
        raise InvalidInputError(
            f"The note may have at most {LONGEST_NOTE} characters.", field="note"
        )


def place(
    session: Session, office_id: UUID, need_id: UUID, decision: Decision, *, actor: str
) -> None:
    """Record a decision; what was decided about the pair before is closed by it.

    Raises
    ------
    NotFoundError
        The office sees no such need or solution, or there is nothing to take back.
    InvalidInputError
        The note is missing or too long.
    """
    check_note(decision)
    get_record(session, Need, office_id, need_id)
    moment = now()
    standing = session.scalar(
        _standing(office_id).where(
            Placement.need_id == need_id, Placement.solution_id == decision.solution_id
        )
    )
    if standing is not None:
        standing.lifted_at, standing.lifted_by_id = moment, decision.officer_id
        session.flush()
    if decision.kind is not None:
        get_record(session, Solution, office_id, decision.solution_id)
        session.add(
            Placement(
                owner_office_id=office_id,
                need_id=need_id,
                solution_id=decision.solution_id,
                kind=decision.kind,
                note=decision.note,
                officer_id=decision.officer_id,
                made_at=moment,
            )
        )
        session.flush()
    elif standing is None:
        raise NotFoundError("Nothing was decided about this startup for this need.")
    ledger.record(
        session,
        office_id,
        "place_solution",
        actor=actor,
        subject_id=need_id,
        details={"solution": str(decision.solution_id), "kind": decision.kind},
        changes_profiles=False,
    )


def _standing(office_id: UUID) -> Select[Placement]:
    return select(Placement).where(
        Placement.owner_office_id == office_id, Placement.lifted_at.is_(None)
    )
