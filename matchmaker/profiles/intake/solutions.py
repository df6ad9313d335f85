"""Rows of a startups file: each is a party with one of its solutions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from matchmaker.language import fold
from matchmaker.profiles.changes import Record, record_id
from matchmaker.profiles.intake.parties import PartyBook, Taken
from matchmaker.profiles.intake.report import Outcome, Tally
from matchmaker.profiles.intake.rows import Row
from matchmaker.profiles.intake.stored import StoredRecords
from matchmaker.profiles.texts import text_hash
from matchmaker.tables import Solution

_AS_STATED = (
    "visibility",
    "tags",
    "target_branches",
    "maturity_trl",
    "cooperation_forms",
    "available_from_on",
    "capacity",
    "customer_sizes",
    "it_security",
    "price_class",
    "status",
)


def take_startups(
    rows: Iterable[Row], stored: StoredRecords, book: PartyBook, tally: Tally, source: str
) -> None:
    """Take every row: first the parties, then, party by party, the solutions.

    A closed company (`status` Inactive) comes in paused, so that nobody is proposed to it. A
    row without a text gets an empty solution, which no list shows and which says what is
    missing.
    """
    solutions = _SolutionBook(stored)
    by_party: dict[UUID, list[tuple[Row, Taken]]] = defaultdict(list)
    for row in rows:
        taken = book.take(row, source=source, kind="startup", about="solution")
        by_party[taken.party["id"]].append((row, taken))
    for of_one_party in by_party.values():
        for row, taken, outcome in solutions.take(of_one_party):
            tally.outcomes[row.number] = _stronger(taken.outcome, outcome)


def _stronger(party: Outcome, solution: Outcome) -> Outcome:
    order: tuple[Outcome, ...] = ("created", "updated", "unchanged")
    return min(party, solution, key=order.index)


class _SolutionBook:
    """The solutions of the office, by party, in the order in which they were stored."""

    def __init__(self, stored: StoredRecords) -> None:
        self._stored = stored
        self._by_party: dict[UUID, list[Record]] = defaultdict(list)
        for solution in sorted(stored.solutions.values(), key=_order):
            self._by_party[solution["party_id"]].append(solution)
        self._external_ids = {
            (solution["source"], solution["external_id"]) for solution in stored.solutions.values()
        }

    def take(self, rows: Sequence[tuple[Row, Taken]]) -> list[tuple[Row, Taken, Outcome]]:
        """Create or update the solutions of one party, one for each of its own rows.

        A row means the stored solution with its title and text, else its title, else its
        text, else the next one that no row means. A row that was only attached to the party
        fills what is empty in a solution with its title or text, and adds none.
        """
        own = [(row, taken) for row, taken in rows if taken.is_own]
        left = list(self._by_party[rows[0][1].party["id"]])
        meant = self._meant([row for row, _ in own], left)
        outcomes: list[tuple[Row, Taken, Outcome]] = []
        for row, taken in own:
            solution = meant.get(row.number)
            if solution is None:
                self._create(row, taken)
                outcomes.append((row, taken, "created"))
            else:
                outcomes.append((row, taken, self._fill(solution, row, only_empty=False)))
        for row, taken in rows:
            if not taken.is_own:
                outcomes.append((row, taken, self._attach(row, taken)))
        return outcomes

    def _meant(self, rows: Sequence[Row], left: list[Record]) -> dict[int, Record]:
        meant: dict[int, Record] = {}
        for likeness in (self._same_title_and_text, _same_title, self._same_text, _any):
            for row in rows:
                if row.number in meant:
                    continue
                for solution in left:
                    if likeness(row, solution):
                        meant[row.number] = solution
                        left.remove(solution)
                        break
        return meant

    def _attach(self, row: Row, taken: Taken) -> Outcome:
        present = self._by_party[taken.party["id"]]
        if not present:
            self._create(row, taken)
            return "created"
        for solution in present:
            if _same_title(row, solution) or self._same_text(row, solution):
                return self._fill(solution, row, only_empty=True)
        return "unchanged"

    def _same_text(self, row: Row, solution: Record) -> bool:
        stored = self._stored.texts[solution["text_id"]]
        return bool(stored["text_hash"] == text_hash(row.facts.get("text", "")))

    def _same_title_and_text(self, row: Row, solution: Record) -> bool:
        return _same_title(row, solution) and self._same_text(row, solution)

    def _create(self, row: Row, taken: Taken) -> None:
        number = 1
        while True:
            own_id = record_id(
                self._stored.office_id, "solution", taken.source, taken.identity, str(number)
            )
            external_id = _external_id(row.facts.get("id"), number)
            if own_id not in self._stored.solutions and (
                external_id is None or (taken.source, external_id) not in self._external_ids
            ):
                break
            number += 1
        text = row.facts.get("text", "")
        solution = self._stored.changes.create(
            Solution,
            id=own_id,
            owner_office_id=self._stored.office_id,
            visibility=taken.party["visibility"],
            party_id=taken.party["id"],
            source=taken.source,
            external_id=external_id,
            text_id=self._stored.text_version(own_id, "text_id", None, text, row.facts.get("lang")),
        )
        self._stored.solutions[own_id] = solution
        self._by_party[taken.party["id"]].append(solution)
        self._external_ids.add((taken.source, external_id))
        self._fill(solution, row, only_empty=False)

    def _fill(self, solution: Record, row: Row, *, only_empty: bool) -> Outcome:
        facts = row.facts
        values: dict[str, Any] = {name: facts[name] for name in _AS_STATED if name in facts}
        if "solution_title" in facts:
            values["title"] = facts["solution_title"]
        if only_empty:
            values = {name: value for name, value in values.items() if not solution.get(name)}
        elif "text" in facts:
            values["text_id"] = self._stored.text_version(
                solution["id"], "text_id", solution["text_id"], facts["text"], facts.get("lang")
            )
        changed = self._stored.changes.change(Solution, solution, **values)
        return "updated" if changed else "unchanged"


def _external_id(of_party: str | None, number: int) -> str | None:
    """The first solution has the id of its party, further ones "id/2", "id/3", …"""
    if of_party is None or number == 1:
        return of_party
    return f"{of_party}/{number}"


def _order(solution: Record) -> tuple[Any, ...]:
    """The order of a party's solutions: as numbered in their ids, then as stored."""
    external_id = solution["external_id"] or ""
    number = external_id.rpartition("/")[2]
    return (
        not external_id,
        int(number) if "/" in external_id and number.isdecimal() else 1,
        solution["created_at"],
        str(solution["id"]),
    )


def _same_title(row: Row, solution: Record) -> bool:
    title = row.facts.get("solution_title")
    return bool(title and solution["title"] and fold(title) == fold(solution["title"]))


def _any(row: Row, solution: Record) -> bool:
    return True
