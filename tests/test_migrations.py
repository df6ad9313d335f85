"""The migrations on both databases, with a row in every table."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from matchmaker.config import shipped_folder
from matchmaker.database import Base, now, open_engine, open_sessions, transaction
from matchmaker.installation import current_revision, migrate, newest_revision
from matchmaker.tables import Event, Officer, Submission, Tandem
from tests.everything import add_one_of_everything
from tests.factories import add_entry, add_need, add_office, add_solution


def alembic(engine: Engine, do: str, *arguments: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped_folder() / "migrations"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        getattr(command, do)(config, *arguments)


def test_migrations_run_down_and_up_again_with_a_row_in_every_table(database_url: str) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        add_one_of_everything(session)
    with engine.connect() as connection:
        for table in Base.metadata.tables.values():
            assert connection.scalar(select(func.count()).select_from(table)), table.name

    alembic(engine, "downgrade", "base")
    assert inspect(engine).get_table_names() in ([], ["alembic_version"])
    alembic(engine, "upgrade", "head")

    assert current_revision(engine) == newest_revision()
    with transaction(open_sessions(engine)) as session:
        add_one_of_everything(session)
    engine.dispose()


def test_a_held_submission_waits_for_its_mail_box_again_after_a_step_back(
    database_url: str,
) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        session.add(Submission(owner_office_id=office.id, language="de", state="held"))
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE submission SET state = 'lost'"))

    alembic(engine, "downgrade", "0005_list_notice")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT state FROM submission")) == "unconfirmed"
    alembic(engine, "upgrade", "head")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT value FROM challenge_key"))
    engine.dispose()


def test_a_migrated_connection_holds_its_foreign_keys(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        with pytest.raises(IntegrityError):
            connection.execute(
                insert(Officer).values(
                    id=uuid4(), office_id=uuid4(), email="a", name="a", role="officer",
                    is_active=True, created_at=now(),
                )
            )  # fmt: skip
    engine.dispose()


def test_the_tables_are_what_the_migrations_build(database_url: str) -> None:
    engine = open_engine(database_url)
    alembic(engine, "check")
    engine.dispose()


def test_steps_from_before_there_were_tandems_get_one(database_url: str) -> None:
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        need, solution = add_need(session, office.id), add_solution(session, office.id)
        nobodys = add_need(session, office.id, party_id=None)
        entry = add_entry(session, office.id, need, solution).id
        lone = add_entry(session, office.id, nobodys, solution).id
        for minute, kind, about in (
            (1, "sme_asked", entry), (3, "pilot", entry), (2, "first_talk", entry),
            (4, "judged_fit", entry), (5, "pilot", lone),
        ):  # fmt: skip
            at = datetime(2026, 1, 1, 12, minute, tzinfo=UTC)
            session.add(Event(owner_office_id=office.id, kind=kind, match_list_entry_id=about,
                              origin="api", happened_at=at, recorded_at=at))  # fmt: skip
    alembic(engine, "downgrade", "0005_list_notice")
    alembic(engine, "upgrade", "head")

    with transaction(open_sessions(engine)) as session:
        tandem = session.scalars(select(Tandem)).one()
        assert (tandem.stage, tandem.sme_party_id) == ("pilot", need.party_id)
        held = session.scalars(select(Event.kind).where(Event.tandem_id == tandem.id))
        assert sorted(held) == ["first_talk", "pilot", "sme_asked"]
    alembic(engine, "downgrade", "0005_list_notice")
    alembic(engine, "upgrade", "head")
    with transaction(open_sessions(engine)) as session:
        assert session.scalars(select(Tandem.stage)).one() == "pilot"
    engine.dispose()
