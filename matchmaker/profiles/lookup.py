"""Finding what a person names: by our id, or by the id of the file it came from."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.profiles.visibility import Owned, is_visible
from matchmaker.tables import Need, Party, Solution


def get_need_id(session: Session, office_id: UUID, name: str) -> UUID:
    """The id of the visible need with this id or external id.

    Raises
    ------
    NotFoundError
        The office sees no such need.
    ConflictError
        Several needs have this external id; only their own ids tell them apart.
    """
    return _get_id(session, office_id, name, Need, "need")


def get_startup_id(session: Session, office_id: UUID, name: str) -> UUID:
    """The id of the visible party, or else solution, with this id or external id.

    Raises `NotFoundError` and `ConflictError` as `get_need_id` does.
    """
    try:
        return _get_id(session, office_id, name, Party, "startup", has_solution=True)
    except NotFoundError:
        return _get_id(session, office_id, name, Solution, "startup")


def _get_id(
    session: Session,
    office_id: UUID,
    name: str,
    table: Owned,
    word: str,
    has_solution: bool = False,
) -> UUID:
    query = select(table.id).where(is_visible(table, office_id)).limit(2)
    if has_solution:
        query = query.where(table.id.in_(select(Solution.party_id)))
    try:
        query = query.where(table.id == UUID(name))
    except ValueError:
        query = query.where(table.external_id == name)
    found = session.scalars(query).all()
    if not found:
        raise NotFoundError(f"There is no {word} with the id {name}.")
    if len(found) > 1:
        raise ConflictError(f"Several records have the id {name}; name the {word} by its own id.")
    return found[0]
