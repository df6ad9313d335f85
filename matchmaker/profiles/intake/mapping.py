"""Which column of a file means which field: guessed, or as an office saved it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.field import Field
from matchmaker.profiles.intake.fields import FIELDS, REQUIRED
from matchmaker.profiles.vocabulary import compact
from matchmaker.tables import ImportMapping

ColumnMapping = dict[str, list[str]]

# Similarity from 0 to 100 from which a misspelled column name is taken for the one it
# resembles; names that only share a part ("subindustry", "industry") stay below.
_ALIKE = 87
_SHORTEST_GUESSED = 5


def guess_mapping(kind: str, columns: Sequence[str]) -> ColumnMapping:
    """The columns of each field that is found: by exact name first, then by a similar one.

    Names are compared folded and without punctuation. A column means one field, except that
    a headline column such as `one_liner` is both the title and part of the text.
    """
    names = {column: compact(column) for column in columns}
    found: ColumnMapping = {}
    for field in FIELDS[kind]:
        wanted = [compact(name) for name in (field.name, *field.synonyms)]
        if chosen := _exact(field, wanted, names):
            found[field.name] = chosen
    taken = {column for chosen in found.values() for column in chosen}
    free = {column: name for column, name in names.items() if column not in taken}
    for field in FIELDS[kind]:
        if field.name not in found and (alike := _most_alike(field, free)):
            found[field.name] = [alike]
            del free[alike]
    return found


def require_columns(kind: str, mapping: ColumnMapping, columns: Sequence[str]) -> None:
    """Raise InvalidInputError where a field is missing that the kind cannot do without."""
    by_name = {field.name: field for field in FIELDS[kind]}
    for group in REQUIRED[kind]:
        if not any(mapping.get(name) for name in group):
            known = [name for field in group for name in (field, *by_name[field].synonyms[:3])]
            shown = ", ".join(columns[:12]) + (", …" if len(columns) > 12 else "")
            raise InvalidInputError(
                f"No column for {' or '.join(group)} was found. Expected a header row with one "
                f"of: {', '.join(dict.fromkeys(known))}. Found: {shown or 'no columns'}.",
                field="file",
            )


def find_mapping(session: Session, office_id: UUID, kind: str, name: str) -> ColumnMapping | None:
    """The mapping that the office saved under this name, if there is one."""
    saved = session.scalar(_saved(office_id, kind, name))
    return None if saved is None else {field: list(cols) for field, cols in saved.columns.items()}


def save_mapping(
    session: Session, office_id: UUID, kind: str, name: str, mapping: ColumnMapping
) -> None:
    """Keep a mapping under a name, over the one that had it."""
    unknown = set(mapping) - {field.name for field in FIELDS[kind]}
    if unknown:
        raise InvalidInputError(
            f"{', '.join(sorted(unknown))} is no field of {kind}.", field="mapping"
        )
    saved = session.scalar(_saved(office_id, kind, name))
    if saved is None:
        saved = ImportMapping(owner_office_id=office_id, kind=kind, name=name)
        session.add(saved)
    saved.columns, saved.updated_at = dict(mapping), now()
    session.flush()


def _saved(office_id: UUID, kind: str, name: str) -> Any:
    return select(ImportMapping).where(
        ImportMapping.owner_office_id == office_id,
        ImportMapping.kind == kind,
        ImportMapping.name == name,
    )


def _exact(field: Field, wanted: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The columns named exactly so: in the order of the file for `all`, else of the synonyms."""
    if field.several == "all":
        return [column for column, name in names.items() if name in wanted]
    found = [column for synonym in wanted for column, name in names.items() if name == synonym]
    return found if field.several == "first" else found[:1]


def _most_alike(field: Field, free: Mapping[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    wanted = [compact(name) for name in (field.name, *field.synonyms)]
    best: tuple[float, str] | None = None
    for column, name in free.items():
        if len(name) < _SHORTEST_GUESSED:
            continue
        match = process.extractOne(name, wanted, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if match and (best is None or match[1] > best[0]):
            best = (match[1], column)
    return best[1] if best else None
