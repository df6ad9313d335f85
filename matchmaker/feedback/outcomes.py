"""Outcomes that an office has had already, from a file: dated, sourced, and without a list.

They become events of the origin `import`, which name their pair themselves. They are what the
scorer learns from and change nothing else: no tandem and no hold comes of what is long over.
"""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import SessionFactory
from matchmaker.days import day_of, moment_on
from matchmaker.errors import InvalidInputError
from matchmaker.feedback.events import check_reason
from matchmaker.profiles import (
    Delivery,
    ImportReport,
    Progress,
    Rejected,
    is_visible,
    record_id,
    take_file,
)
from matchmaker.tables import Event, Need, Party, Solution


def import_outcomes(
    factory: SessionFactory,
    path: Path,
    *,
    office_id: UUID,
    actor: str,
    mapping: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import what became of pairs, each row with need, startup, what happened and on which day.

    A row may say who or what says so (`source`; the file, if absent), the reason of a no or an
    end, and whose word it was (`side`). It is known again by the pair, what happened, the day,
    the reason and the side, so the same file again, or the same news from another one, changes
    nothing. Parameters and errors are those of `profiles.take_file`.
    """
    return take_file(
        factory,
        "outcomes",
        path,
        _take,
        office_id=office_id,
        actor=actor,
        mapping=mapping,
        dry_run=dry_run,
        progress=progress,
    )


def _take(delivery: Delivery) -> list[list[str | None]]:
    tally, office_id = delivery.tally, delivery.office_id
    records = _Records(delivery.session, office_id)
    known = set(
        delivery.session.scalars(
            select(Event.id).where(Event.owner_office_id == office_id, Event.need_id.is_not(None))
        )
    )
    for row in delivery.rows:
        try:
            event = _event(row.facts, records, delivery)
        except InvalidInputError as wrong:
            tally.rejected.append(Rejected(row.number, wrong.field, str(wrong)))
            continue
        if event["id"] in known:
            tally.outcomes[row.number] = "unchanged"
            continue
        known.add(event["id"])
        event["details"] |= {"row": row.number}
        delivery.changes.create(Event, owner_office_id=office_id, origin="import", **event)
        tally.outcomes[row.number] = "created"
    return []


def _event(facts: dict[str, Any], records: "_Records", delivery: Delivery) -> dict[str, Any]:
    """The event of a row; `InvalidInputError` names the field that cannot be."""
    kind, reason, side = facts["outcome"], facts.get("reason"), facts.get("side")
    check_reason(kind, reason)
    day: date = facts["happened_on"]
    if day > day_of(delivery.changes.at):
        raise InvalidInputError(f"“{day}” is still to come.", field="happened_on")
    need_id, solution_id = records.need(facts["need"]), records.solution(facts["startup"])
    identity = (need_id, solution_id, kind, day, reason or "", side or "")
    return {
        "id": record_id(delivery.office_id, "outcome", *map(str, identity)),
        "kind": kind,
        "need_id": need_id,
        "solution_id": solution_id,
        "reason": reason,
        "side": side,
        "happened_at": moment_on(day, delivery.changes.at),
        "details": {
            "source": facts.get("source", delivery.file_name),
            "file": delivery.file_name,
        },
    }


class _Records:
    """The needs and solutions that the office sees, by what a file may call them.

    A startup goes by its own id or that of a solution; where it has several solutions, the
    first one is "id/1".
    """

    def __init__(self, session: Session, office_id: UUID) -> None:
        self._needs: dict[str, set[UUID]] = defaultdict(set)
        self._solutions: dict[str, set[UUID]] = defaultdict(set)
        needs = select(Need.id, Need.external_id).where(is_visible(Need, office_id))
        for need_id, external_id in session.execute(needs):
            for name in filter(None, (str(need_id), external_id)):
                self._needs[name].add(need_id)
        solutions = (
            select(Solution.id, Solution.external_id, Party.id, Party.external_id)
            .join(Party, Party.id == Solution.party_id)
            .where(is_visible(Solution, office_id), is_visible(Party, office_id))
        )
        for solution_id, external_id, party_id, of_party in session.execute(solutions):
            first = f"{external_id}/1" if external_id and external_id == of_party else None
            names = {str(solution_id), external_id, first, str(party_id), of_party}
            for name in filter(None, names):
                self._solutions[name].add(solution_id)

    def need(self, name: str) -> UUID:
        found = self._needs.get(name, set())
        if len(found) != 1:
            raise InvalidInputError(_unclear(name, "need", len(found)), field="need")
        return min(found)

    def solution(self, name: str) -> UUID:
        found = self._solutions.get(name, set())
        if len(found) != 1:
            raise InvalidInputError(_unclear(name, "solution", len(found)), field="startup")
        return min(found)


def _unclear(name: str, word: str, count: int) -> str:
    if count == 0:
        return f"There is no {word} with the id {name}."
    return f"“{name}” means {count} {word}s; give the id of one of them."
