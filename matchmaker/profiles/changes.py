"""What an import is about to write: collected first, written at once, and possible to undo."""

from datetime import date, datetime
from typing import Any, cast
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Table, insert, update
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.tables import ImportChange, search_columns, with_search_keys

Record = dict[str, Any]


def record_id(office_id: UUID | None, *key: str) -> UUID:
    """The id of a record, the same wherever the same file is imported for the same office.

    None stands for records that belong to the whole installation, such as places.
    """
    return uuid5(office_id or NAMESPACE_OID, "\x1f".join(key))


class Changes:
    """Records to be created and changed. A record is a dict of the columns of its table."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._created: dict[type[Base], dict[UUID, Record]] = {}
        self._changed: dict[type[Base], dict[UUID, Record]] = {}
        self._before: dict[tuple[type[Base], UUID], Record] = {}

    def __bool__(self) -> bool:
        return any(self._created.values()) or any(self._changed.values())

    def create(self, table: type[Base], **values: Any) -> Record:
        """A new record, with the table's defaults for what is not given."""
        record = with_search_keys(_table(table), _defaults(_table(table)) | values)
        for column in ("created_at", "updated_at"):
            if column in record:
                record[column] = self.at
        self._created.setdefault(table, {})[record["id"]] = record
        return record

    def change(self, table: type[Base], record: Record, **values: Any) -> bool:
        """Give a record new values; whether that changes anything."""
        stated = with_search_keys(_table(table), values)
        different = {name: value for name, value in stated.items() if record.get(name) != value}
        if not different:
            return False
        if record["id"] not in self._created.get(table, ()):
            if "updated_at" in record:
                different["updated_at"] = self.at
            before = self._before.setdefault((table, record["id"]), {})
            for name in different:
                before.setdefault(name, record.get(name))
            self._changed.setdefault(table, {}).setdefault(record["id"], {}).update(different)
        record.update(different)
        return True

    def write(self, session: Session, batch_id: UUID) -> None:
        """Write everything, with one `ImportChange` for each record, in the order of writing."""
        tables = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
        log: list[Record] = []
        for table in Base.metadata.sorted_tables:
            entity = tables[table]
            created = list(self._created.get(entity, {}).values())
            if created:
                session.execute(insert(entity), created)
            log += [_logged(table, record["id"], None) for record in created]
            for same_columns in _by_columns(self._changed.get(entity, {})):
                session.execute(update(entity), same_columns)
                log += [
                    _logged(table, record["id"], _jsonable(self._before[entity, record["id"]]))
                    for record in same_columns
                ]
        if log:
            for position, entry in enumerate(log):
                entry |= {
                    "id": uuid5(batch_id, str(position)),
                    "batch_id": batch_id,
                    "position": position,
                }
            session.execute(insert(ImportChange), log)


def _table(entity: type[Base]) -> Table:
    return cast("Table", entity.__table__)


def _logged(table: Table, of: UUID, before: Record | None) -> Record:
    return {"table_name": table.name, "record_id": of, "before": before}


def _by_columns(changed: dict[UUID, Record]) -> list[list[Record]]:
    """Changed records grouped by which columns change, so that each group is one statement."""
    groups: dict[frozenset[str], list[Record]] = {}
    for of, values in changed.items():
        groups.setdefault(frozenset(values), []).append({"id": of} | values)
    return list(groups.values())


def _jsonable(record: Record) -> Record:
    return {
        name: value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, UUID)
        else value
        for name, value in record.items()
    }


def _defaults(table: Table) -> Record:
    record: Record = {}
    followers = set(search_columns(table).values())
    for column in table.columns:
        if column.name in followers:
            continue
        default: Any = column.default
        if default is None:
            record[column.name] = None
        else:
            record[column.name] = default.arg(None) if default.is_callable else default.arg
    return record
