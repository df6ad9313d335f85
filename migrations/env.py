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
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(load_settings().database_url).connect() as own:
        run(own)
