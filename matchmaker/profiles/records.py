"""Parties, needs and solutions, written and read one at a time.

Every function takes the office that asks. A record that it may not see is not found; one that
it sees but does not own can be read and not changed. Every change adds a line to the ledger.
"""

from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Select, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.profiles.record_changes import apply_facts
from matchmaker.profiles.record_facts import (
    NeedChanges,
    NeedFacts,
    PartyChanges,
    PartyFacts,
    SolutionChanges,
    SolutionFacts,
)
from matchmaker.profiles.visibility import is_visible, visible_needs, visible_profiles
from matchmaker.tables import Need, Party, Solution

Record = TypeVar("Record", bound=Party | Need | Solution)


def get_record(session: Session, table: type[Record], office_id: UUID, record_id: UUID) -> Record:
    """The record with its texts.

    Raises
    ------
    NotFoundError
        There is no such record, or it belongs to another office alone.
    """
    found = session.scalar(_visible(table, office_id).where(table.id == record_id))
    if found is None:
        raise NotFoundError(f"There is no {table.__tablename__} with the id {record_id}.")
    return found


def list_records(
    session: Session, table: type[Record], office_id: UUID, *, limit: int, after: UUID | None
) -> list[Record]:
    """At most `limit` records that the office may see, by id, from the one behind `after` on."""
    query = _visible(table, office_id).limit(limit)
    if after is not None:
        query = query.where(table.id > after)
    return list(session.scalars(query))


def create_record(
    session: Session,
    table: type[Record],
    office_id: UUID,
    facts: PartyFacts | NeedFacts | SolutionFacts,
    *,
    source: str,
    actor: str,
) -> Record:
    """Store a new record; its `source` and external id together name it for ever.

    Raises
    ------
    InvalidInputError
        It refers to a party that the office does not own.
    ConflictError
        The office has a record of this source and external id.
    """
    stated = facts.model_dump()
    record = table(owner_office_id=office_id)
    if facts.external_id is not None:
        _refuse_taken(session, table, office_id, source, facts.external_id)
        stated["source"] = source
    apply_facts(session, record, stated)
    session.add(record)
    session.flush()
    _note(session, "create", record, actor)
    return record


def update_record(
    session: Session,
    table: type[Record],
    office_id: UUID,
    record_id: UUID,
    changes: PartyChanges | NeedChanges | SolutionChanges,
    *,
    actor: str,
) -> Record:
    """Change the given fields. A new wording is a new text version; the old one stays.

    Raises
    ------
    NotFoundError, ConflictError
        There is no such record for this office, or it belongs to another one.
    InvalidInputError
        A change refers to a party that the office does not own, or leaves half a coordinate.
    """
    record = _get_own(session, table, office_id, record_id)
    with session.no_autoflush:
        apply_facts(session, record, changes.model_dump(exclude_unset=True))
    changed = sorted(a.key for a in cast("Any", inspect(record)).attrs if a.history.has_changes())
    if changed:
        record.updated_at = now()
        session.flush()
        _note(session, "update", record, actor, {"fields": changed})
    return record


def delete_record(
    session: Session, table: type[Record], office_id: UUID, record_id: UUID, *, actor: str
) -> None:
    """Delete a record that nothing refers to.

    Raises
    ------
    NotFoundError
        There is no such record for this office.
    ConflictError
        It belongs to another office, or something refers to it, such as a match list.
    """
    record = _get_own(session, table, office_id, record_id)
    word = table.__tablename__
    try:
        with session.begin_nested():
            session.delete(record)
            session.flush()
    except IntegrityError:
        raise ConflictError(
            f"Other records refer to this {word}, such as match lists, needs or solutions. "
            f"{'Close' if table is Need else 'Pause'} it instead: it then appears in no new list."
        ) from None
    _note(session, "delete", record, actor)


def _visible(table: type[Record], office_id: UUID) -> Select[Record]:
    query: Any
    if table is Need:
        query = visible_needs(office_id)
    elif table is Solution:
        query = visible_profiles(office_id)
    else:
        query = (
            select(Party)
            .where(is_visible(Party, office_id))
            .order_by(Party.id)
            .options(joinedload(Party.description), joinedload(Party.looks_for))
        )
    return cast("Select[Record]", query)


def _get_own(session: Session, table: type[Record], office_id: UUID, record_id: UUID) -> Record:
    record = get_record(session, table, office_id, record_id)
    if record.owner_office_id != office_id:
        raise ConflictError(
            f"This {table.__tablename__} belongs to another office: it can be read, not changed."
        )
    return record


def _refuse_taken(
    session: Session, table: type[Record], office_id: UUID, source: str, external_id: str
) -> None:
    taken = session.scalar(
        select(table.id).where(
            table.owner_office_id == office_id,
            table.source == source,
            table.external_id == external_id,
        )
    )
    if taken is not None:
        word = table.__tablename__
        raise ConflictError(f"There is a {word} with this external id already: {taken}.")


def _note(
    session: Session,
    deed: str,
    record: Party | Need | Solution,
    actor: str,
    details: dict[str, Any] | None = None,
) -> None:
    action = f"{deed}_{record.__tablename__}"
    ledger.record(
        session,
        record.owner_office_id,
        action,
        actor=actor,
        subject_id=record.id,
        details=details,
        # A need is read for each of its lists, and no solution belongs to a new party yet.
        changes_profiles=not isinstance(record, Need)
        and not (isinstance(record, Party) and deed == "create"),
    )
