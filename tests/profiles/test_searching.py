"""The columns that searching reads follow what is written, whoever writes it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, inspect, select, text, update
from sqlalchemy.orm import Session

from matchmaker.database import SessionFactory
from matchmaker.language import search_key
from matchmaker.profiles import (
    NeedChanges,
    PartyChanges,
    import_file,
    search_terms,
    undo_batch,
    update_record,
)
from matchmaker.tables import ImportBatch, Need, Party, TextVersion
from tests.factories import add_need, add_office, add_party
from tests.test_migrations import alembic


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("Prüfung", "prufung"),
        ("PRUEFUNG", "Prüfung"),
        ("Straße", "strasse"),
        ("Pru\u0308fung", "Prüfung"),
        ("Schweiß-\n  naht", "schweiß- naht"),
        ("Prü\u00adfung", "Prüfung"),
    ],
)
def test_spellings_of_one_word_meet(written: str, also: str) -> None:
    assert search_key(written) == search_key(also)


@pytest.mark.parametrize(
    ("search", "terms"),
    [
        ("Prüfung  -Tour", [("prufung", False), ("tour", True)]),
        ('"große Hallen" -"im Winter', [("grosse hallen", False), ("im winter", True)]),
        ("„zwei Wörter“", [("zwei worter", False)]),
        ('- "" --a', [("-", False), ("-a", True)]),
        (" \x00\ud800 ", [("\ufffd", False)]),
        ("KI-gestützt", [("ki-gestutzt", False)]),
    ],
)
def test_a_search_is_words_phrases_and_what_must_be_absent(
    search: str, terms: list[tuple[str, bool]]
) -> None:
    assert search_terms(search) == terms


def keys(session: Session) -> set[str]:
    """Everything that searching reads, checked against what it follows."""
    found: set[str] = set()
    for source, column in (
        (Need.title, Need.searched_title),
        (TextVersion.text, TextVersion.searched_text),
        (Party.name, Party.searched_name),
    ):
        for written, searched in session.execute(select(source, column)).all():
            assert searched == search_key(written or "")
            found.add(searched)
    return found - {""}


def test_a_changed_record_is_found_by_its_new_words_only(session: Session) -> None:
    office = add_office(session)
    firm = add_party(session, office.id, name="Müller Söhne")
    need = add_need(session, office.id, "Alte Wörter.", party_id=firm.id, title="Früher")
    assert keys(session) == {"muller sohne", "alte worter.", "fruher"}

    update_record(
        session, Need, office.id, need.id, NeedChanges(title=None, text="Neue Töne."), actor="test"
    )
    update_record(session, Party, office.id, firm.id, PartyChanges(name="Bäcker"), actor="test")
    assert keys(session) == {"backer", "alte worter.", "neu tone."}


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("id;titel;text;firma", *rows)), "utf-8")
    return path


def test_an_import_and_its_undo_keep_what_is_searched(
    session: Session, session_factory: SessionFactory, tmp_path: Path
) -> None:
    office = add_office(session)
    session.commit()
    first = write(tmp_path / "a.csv", "N1;Größe;Wir suchen eine Lösung für Säcke.;")
    second = write(tmp_path / "b.csv", "N1;Höhe;Wir suchen eine Lösung für Kühe.;")
    for file in (first, second):
        import_file(session_factory, "needs", file, office_id=office.id, actor="test")
    session.expire_all()
    assert keys(session) == {
        "hohe", "wir suchen eine losung fur sacke.", "wir suchen eine losung fur kuhe.",
    }  # fmt: skip

    newest = select(ImportBatch.id).order_by(ImportBatch.created_at.desc()).limit(1)
    undo_batch(session, office.id, session.scalars(newest).one(), "test")
    assert keys(session) == {"grosse", "wir suchen eine losung fur sacke."}


def test_an_import_from_before_the_column_is_undone_with_it(
    session: Session, session_factory: SessionFactory, tmp_path: Path
) -> None:
    office = add_office(session)
    session.commit()
    for title in ("Größe", "Höhe"):
        file = write(tmp_path / f"{title}.csv", f"N1;{title};Wir suchen eine Lösung.;")
        import_file(session_factory, "needs", file, office_id=office.id, actor="test")
    session.execute(
        update(ImportBatch.metadata.tables["import_change"])
        .where(text("before IS NOT NULL AND table_name = 'need'"))
        .values(before={"title": "Größe"})
    )
    newest = select(ImportBatch.id).order_by(ImportBatch.created_at.desc()).limit(1)
    undo_batch(session, office.id, session.scalars(newest).one(), "test")

    assert session.scalars(select(Need.searched_title)).one() == "grosse"


def test_objects_are_loaded_without_what_only_the_database_reads(session: Session) -> None:
    office = add_office(session)
    need = add_need(session, office.id)
    session.expire_all()
    found = session.get_one(Need, need.id)

    assert "searched_title" in inspect(found).unloaded


def test_the_migration_fills_the_rows_that_are_there(database_url: str) -> None:
    from matchmaker.database import open_engine, open_sessions, transaction

    engine: Engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        add_need(session, office.id, "Schweißnähte\nprüfen", title="Große Prüfung")
        # More than are filled at once.
        session.execute(
            insert(Party),
            [
                {"owner_office_id": office.id, "kind": "sme", "name": f"Bäcker {number}"}
                for number in range(1001)
            ],
        )
    alembic(engine, "downgrade", "0005_list_notice")
    alembic(engine, "upgrade", "head")

    with transaction(open_sessions(engine)) as session:
        assert len(keys(session)) == 1001 + 3
    engine.dispose()
