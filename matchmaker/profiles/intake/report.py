"""What an import reports: counts, rejected rows, duplicates and notes."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from matchmaker.profiles.intake.mapping import ColumnMapping
from matchmaker.profiles.intake.reading import Rejected

Outcome = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that means a record that was there before it.

    `of` is that record and `name` what people call it; `by` says what is the same. A certain
    duplicate filled only what was empty there; a possible one became a record of its own.
    """

    row: int
    of: UUID
    name: str | None
    by: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of one import or dry run; `read` is the sum of the other four.

    `mapping` names the columns that were used for each field, `ignored_columns` the others.
    `notes` are remarks that kept no row from going in. `batch` is None where nothing was
    written.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: list[Rejected]
    duplicates: list[Duplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    mapping: ColumnMapping = field(default_factory=dict)
    batch: UUID | None = None


@dataclass(slots=True)
class Tally:
    """The report while it is being written."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows ended so."""
        return sum(each == outcome for each in self.outcomes.values())
