"""Creating and migrating the database, and the first office in it."""

import re
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import OfficeSettings, shipped_folder
from matchmaker.errors import NotFoundError
from matchmaker.tables import Office

_REVISION = re.compile(r'^(revision|down_revision)\b[^=]*= "([^"]+)"', re.MULTILINE)


def migrate(engine: Engine) -> str:
    """Bring the database to the newest revision and return its name."""
    # Alembic takes a quarter of a second to import, and most commands do not migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(shipped_folder() / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest_revision()


def newest_revision() -> str:
    """The revision that this version of the program works with: the one nothing builds upon."""
    names: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for script in (shipped_folder() / "migrations" / "versions").glob("*.py"):
        for variable, name in _REVISION.findall(script.read_text(encoding="utf-8")):
            names[variable].add(name)
    (newest,) = names["revision"] - names["down_revision"]
    return newest


def current_revision(engine: Engine) -> str | None:
    """The revision the database is at; None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


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
