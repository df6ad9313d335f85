"""How Alembic reaches the database: through the application's own settings and tables."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text

import matchmaker.tables  # noqa: F401  # fills the metadata
from matchmaker.config import load_settings
from matchmaker.database import Base, UtcDateTime, open_engine


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column type as plain SQLAlchemy: a migration must outlive the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Migrate over `connection`; SQLite alters tables by copying them."""
    if connection.dialect.name == "postgresql":
        # A migration that waits behind a long query must not queue everyone else up.
        connection.execute(text("SET lock_timeout = '4s'"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
    )
    if connection.dialect.name != "sqlite":
        migrate()
        return
    _hold_foreign_keys(connection, "OFF")
    try:
        migrate(connection)
        connection.commit()
    finally:
        connection.rollback()
        _hold_foreign_keys(connection, "ON")


def migrate(checked: Connection | None = None) -> None:
    """Run the migrations in a transaction; that of `checked` must leave no broken reference."""
    with context.begin_transaction():
        context.run_migrations()
        if checked is not None:
            broken = checked.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration leaves rows that refer to nothing: {broken[:5]}")


def _hold_foreign_keys(connection: Connection, state: str) -> None:
    """Let a table be copied that others refer to; within a transaction SQLite ignores this."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(load_settings().database_url).connect() as own:
        run(own)
