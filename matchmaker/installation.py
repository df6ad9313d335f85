"""Creating and migrating the database, and the first office in it."""

from uuid import NAMESPACE_OID, uuid5

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import OfficeSettings, shipped_folder
from matchmaker.errors import NotFoundError
from matchmaker.tables import Office


def migrate(engine: Engine) -> str:
    """Bring the database to the newest revision and return its name."""
    config = _alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest_revision()


def newest_revision() -> str:
    """The revision that this version of the program works with."""
    return str(ScriptDirectory.from_config(_alembic_config()).get_current_head())


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped_folder() / "migrations"))
    return config


def current_revision(engine: Engine) -> str | None:
    """The revision the database is at; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def ensure_office(session: Session, settings: OfficeSettings) -> Office:
    """Return the first office, created from the settings when there is none yet."""
    first = session.scalar(select(Office).order_by(Office.created_at, Office.id).limit(1))
    if first is not None:
        return first
    # An id that follows from the name lets two installations agree on all imported ids.
    office = Office(
        id=uuid5(NAMESPACE_OID, f"matchmaker/office/{settings.slug}"),
        slug=settings.slug,
        name=settings.name,
    )
    session.add(office)
    session.flush()
    ledger.record(session, office.id, "create_office", actor="init", subject_id=office.id)
    return office


def get_office(session: Session, slug: str | None) -> Office:
    """The office with this slug, or the first one when none is named."""
    query = select(Office).order_by(Office.created_at, Office.id).limit(1)
    if slug is not None:
        query = query.where(Office.slug == slug)
    office = session.scalar(query)
    if office is None:
        raise NotFoundError(
            f"There is no office named {slug}."
            if slug
            else "There is no office yet: run 'matchmaker init' first."
        )
    return office
