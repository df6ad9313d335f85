"""What the office's judgments do to its lists, and when that ends by itself.

A hold is written by `feedback` and read here; the two meet in the table. While it is in force it
leaves its pairs out of new lists (or ranks them lower). It is lifted for good as soon as what it
waited for came true, so the pair is back exactly once: should the fact change back, nothing
happens until somebody says no again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.tables import REASONS, Hold, Need, Solution
from matchmaker.values import NeedProfile

LOWERS = "poor_fit"
# A solved need is closed as a whole; nothing is left out of a list that nobody makes any more.
CLOSES = "already_solved"
CONDITION = "condition"
# The words under which lists count what is left out, by the reason of the no.
HOLD_RULES = {code: f"judged_{code}" for code in REASONS if code not in (LOWERS, CLOSES)}


def in_force(office_id: UUID) -> Select[Hold]:
    """Select the holds of an office that nobody and nothing has lifted, the newest first."""
    return (
        select(Hold)
        .where(Hold.owner_office_id == office_id, Hold.lifted_at.is_(None))
        .order_by(Hold.created_at.desc(), Hold.id)
    )


def judged_needs(
    factory: SessionFactory, office_id: UUID, needs: Sequence[NeedProfile]
) -> list[NeedProfile]:
    """The needs as the office's judgments leave them, after lifting what came true meanwhile."""
    moment = now()
    with reading(factory) as session:
        if not _due(session, office_id, moment):
            return _judged(session, office_id, needs)
    with transaction(factory) as session:
        release_due(session, office_id, moment)
    with reading(factory) as session:
        return _judged(session, office_id, needs)


def release_due(session: Session, office_id: UUID, as_of: datetime) -> int:
    """Lift every hold of the office that waited for what is now the case; how many it was."""
    due = _due(session, office_id, as_of)
    if due:
        session.execute(
            update(Hold)
            .where(Hold.id.in_(due), Hold.lifted_at.is_(None))
            .values(lifted_at=as_of, lifted_by=CONDITION)
        )
        ledger.record(
            session,
            office_id,
            "lift_holds",
            actor=CONDITION,
            details={"holds": [str(hold_id) for hold_id in due]},
            changes_profiles=False,
        )
    return len(due)


def _due(session: Session, office_id: UUID, as_of: datetime) -> list[UUID]:
    waiting = (
        in_force(office_id)
        .add_columns(Solution, Need.text_id)
        .join(Solution, Solution.id == Hold.solution_id)
        .join(Need, Need.id == Hold.need_id)
    )
    return [
        hold.id
        for hold, solution, need_text_id in session.execute(waiting)
        if _came_true(hold, solution, need_text_id, as_of)
    ]


def _came_true(hold: Hold, solution: Solution, need_text_id: UUID, as_of: datetime) -> bool:
    if hold.until_on is not None:
        return as_of.date() >= hold.until_on
    if hold.until_maturity_trl is not None:
        return (solution.maturity_trl or 0) >= hold.until_maturity_trl
    if hold.until_evidence is not None:
        return hold.until_evidence in solution.it_security
    if hold.code == "price":
        return solution.price_class != hold.price_class_then
    if hold.text_then_id is not None:
        current = need_text_id if hold.asked_side == "sme" else solution.text_id
        return current != hold.text_then_id
    return False


def _judged(session: Session, office_id: UUID, needs: Sequence[NeedProfile]) -> list[NeedProfile]:
    by_need: dict[UUID, list[Hold]] = {}
    by_firm: dict[UUID, list[Hold]] = {}
    for hold in session.scalars(in_force(office_id)):
        if hold.need_id is not None:
            by_need.setdefault(hold.need_id, []).append(hold)
        elif hold.sme_party_id is not None:
            by_firm.setdefault(hold.sme_party_id, []).append(hold)
    found = []
    for need in needs:
        holds = by_need.get(need.id, [])
        if need.party is not None:
            holds = holds + by_firm.get(need.party.id, [])
        found.append(
            replace(
                need,
                left_out=frozenset(
                    (hold.solution_id or hold.startup_party_id, HOLD_RULES[hold.code])
                    for hold in holds
                    if hold.code in HOLD_RULES
                ),
                poor_fits=frozenset(
                    hold.solution_id for hold in holds if hold.code == LOWERS and hold.solution_id
                ),
            )
        )
    return found
