"""Columns that searching reads: beside a text, the same text in the spelling of `search_key`.

Whoever writes the text need not think of them. A new row gets them by their default, a changed
object when it is flushed; only a statement that changes rows without objects asks for them by
`with_search_keys`.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, event, inspect
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import MappedColumn, Mapper, mapped_column

from matchmaker.database import Base
from matchmaker.language import search_key

_SOURCE = "searched column"


def searched(source: str) -> MappedColumn[str]:
    """A column that follows the column `source` of its table; empty where that one is.

    It is read by the database only, so objects are loaded without it.
    """

    def derive(context: DefaultExecutionContext) -> str:
        values: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
        return search_key(values.get(source) or "")

    return mapped_column(
        default=derive,
        server_default="",
        deferred=True,
        deferred_raiseload=True,
        info={_SOURCE: source},
    )


def search_columns(table: Table) -> dict[str, str]:
    """The searched columns of a table by the columns that they follow."""
    return {column.info[_SOURCE]: column.name for column in table.columns if _SOURCE in column.info}


def with_search_keys(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` of a row, and what follows from them for the searched columns."""
    return dict(values) | {
        column: search_key(values[source] or "")
        for source, column in search_columns(table).items()
        if source in values
    }


@event.listens_for(Base, "before_update", propagate=True)
def _follow(mapper: Mapper[Any], _connection: object, row: Base) -> None:
    assert isinstance(mapper.local_table, Table)  # noqa: S101  # no row here is a join
    for source, column in search_columns(mapper.local_table).items():
        if inspect(row).attrs[source].history.has_changes():
            setattr(row, column, search_key(getattr(row, source) or ""))
