"""Who may see which record. What an office may not see looks like what does not exist."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.tables import Need, Party, Solution

Owned = type[Party] | type[Need] | type[Solution]


def is_visible(table: Owned, office_id: UUID) -> ColumnElement[bool]:
    """The condition under which an office sees a row: it owns it, or the network may see it."""
    return or_(table.owner_office_id == office_id, table.visibility == "network")


def sees(office_id: UUID, record: Party | Need | Solution) -> bool:
    """Whether an office sees a record that is at hand; `is_visible` in Python."""
    return record.owner_office_id == office_id or record.visibility == "network"


def visible_profiles(office_id: UUID) -> Select[Solution]:
    """Select the solutions that may appear in an office's lists, in the order of their ids.

    This is the one door into retrieval: whatever this query does not return is not ranked,
    not counted and not mentioned. A solution is seen only together with its startup, whose
    name and words every list shows.
    """
    party = contains_eager(Solution.party)
    return (
        select(Solution)
        .join(Solution.party)
        .where(is_visible(Solution, office_id), is_visible(Party, office_id))
        .order_by(Solution.id)
        .options(
            joinedload(Solution.text, innerjoin=True),
            party.joinedload(Party.description),
            party.joinedload(Party.looks_for),
            party.joinedload(Party.municipality),
        )
    )


def visible_needs(office_id: UUID) -> Select[Need]:
    """Select the needs an office may see, in the order of their ids."""
    party = joinedload(Need.party)
    return (
        select(Need)
        .where(is_visible(Need, office_id))
        .order_by(Need.id)
        .options(
            joinedload(Need.text, innerjoin=True),
            party.joinedload(Party.description),
            party.joinedload(Party.looks_for),
            party.joinedload(Party.municipality),
        )
    )
