"""The chain of hashes over what was done."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.installation import migrate
from matchmaker.tables import LedgerEntry
from tests.conftest import new_postgres_database
from tests.factories import add_office


def test_an_untouched_chain_is_sound(session: Session) -> None:
    office = add_office(session)
    for number in range(5):
        ledger.record(session, office.id, "import", actor="test", details={"rows": number})

    assert ledger.altered_lines(session, office.id) == []


@pytest.mark.parametrize(
    "change", [{"actor": "someone else"}, {"details": {"rows": 99}}, {"changes_profiles": False}]
)
def test_an_altered_line_is_found(session: Session, change: dict[str, object]) -> None:
    office = add_office(session)
    lines = [
        ledger.record(session, office.id, "import", actor="test", details={"rows": number})
        for number in range(3)
    ]
    session.execute(update(LedgerEntry).where(LedgerEntry.id == lines[1].id).values(**change))
    session.expire_all()

    assert ledger.altered_lines(session, office.id) == [lines[1].id]


def test_a_removed_line_breaks_the_one_after_it(session: Session) -> None:
    office = add_office(session)
    lines = [ledger.record(session, office.id, "import", actor="test") for _ in range(3)]
    session.delete(lines[1])
    session.flush()

    assert ledger.altered_lines(session, office.id) == [lines[2].id]


def test_only_changed_profiles_make_a_running_server_read_again(session: Session) -> None:
    office = add_office(session)
    before = ledger.record(session, office.id, "import", actor="test")
    ledger.record(session, office.id, "publish", actor="test", changes_profiles=False)

    assert ledger.data_version(session) == before.id


def test_a_change_that_another_office_overtook_is_not_missed(postgres_url: str) -> None:
    engine = open_engine(new_postgres_database(postgres_url))
    migrate(engine)
    sessions = open_sessions(engine)
    with transaction(sessions) as session:
        slow, fast = add_office(session).id, add_office(session).id

    with sessions() as late:
        ledger.record(late, slow, "import", actor="test")
        with transaction(sessions) as early:
            ledger.record(early, fast, "import", actor="test")
            before = ledger.data_version(early)
        late.commit()

    with sessions() as session:
        assert ledger.data_version(session) > before
    engine.dispose()
