"""What a field of a file is: what its column may be called and what its cells hold."""

from dataclasses import dataclass
from typing import Literal

from matchmaker.profiles.intake.cells import CellType


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record and the column names, German and English, that mean it.

    The field's own name is always understood. `several` says what happens where several
    columns of a file mean it: `all` joins their cells, `first` takes the first that is filled;
    otherwise only one column is used.
    """

    name: str
    type: CellType
    synonyms: tuple[str, ...] = ()
    several: Literal["all", "first"] | None = None


def field(
    name: str, cell: CellType, synonyms: str = "", several: Literal["all", "first"] | None = None
) -> Field:
    """A field whose synonyms stand between commas."""
    return Field(name, cell, tuple(s.strip() for s in synonyms.split(",") if s.strip()), several)
