"""An import of what is stored already: versions, mappings, identities, failures."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles.intake.mapping import save_mapping
from matchmaker.tables import (
    ImportBatch,
    ImportChange,
    ImportMapping,
    LedgerEntry,
    Party,
    Solution,
    TextVersion,
)
from tests.factories import add_party
from tests.profiles.office import COMPANIES, NEEDS, STARTUPS, OfficeAtWork


def test_the_same_file_again_changes_nothing_and_writes_nothing(
    office: OfficeAtWork, session: Session
) -> None:
    files = {"companies": COMPANIES, "startups": STARTUPS, "needs": NEEDS}
    for kind, rows in files.items():
        office.take(kind, rows)
    written = (ImportBatch, ImportChange, LedgerEntry, TextVersion, ImportMapping)
    before = [session.scalar(select(func.count()).select_from(table)) for table in written]

    for kind, rows in files.items():
        report = office.take(kind, rows)
        assert (report.created, report.updated, report.batch) == (0, 0, None)
        assert report.unchanged == report.read

    after = [session.scalar(select(func.count()).select_from(table)) for table in written]
    assert after == before


def test_a_changed_cell_overwrites_and_an_empty_one_leaves(
    office: OfficeAtWork, session: Session
) -> None:
    office.take("companies", COMPANIES)
    changed = [[*COMPANIES[1][:5], "52", "", "", ""]]

    report = office.take("companies", [COMPANIES[0], *changed])

    assert (report.updated, report.unchanged) == (1, 0)
    party = office.party(session, "F1")
    assert (party.employees, party.founded_on) == (52, date(1987, 1, 1))
    assert party.description_id is not None


def test_a_changed_text_is_a_new_version_and_an_unchanged_one_keeps_its_row(
    office: OfficeAtWork, session: Session
) -> None:
    office.take("startups", STARTUPS)
    by_title = select(Solution.title, Solution.text_id)
    before = dict(session.execute(by_title).all())
    rows = [list(row) for row in STARTUPS]
    rows[1][4] = "Wir prüfen jede Naht."

    report = office.take("startups", rows)

    after = dict(session.execute(by_title).all())
    assert report.updated == 1
    assert after["Prüfung"] != before["Prüfung"]
    assert after["Kleber"] == before["Kleber"]
    assert session.get_one(TextVersion, before["Prüfung"]).text == "Wir prüfen Schweißnähte."


def test_a_new_order_of_the_rows_changes_nothing(office: OfficeAtWork) -> None:
    office.take("startups", STARTUPS)

    report = office.take("startups", [STARTUPS[0], *reversed(STARTUPS[1:])])

    assert (report.created, report.updated) == (0, 0)


def test_a_dry_run_reports_the_same_and_writes_nothing(
    office: OfficeAtWork, session: Session
) -> None:
    dry = office.take("startups", STARTUPS, dry_run=True)

    assert session.scalar(select(func.count()).select_from(Party)) == 0
    assert session.scalar(select(func.count()).select_from(ImportMapping)) == 0
    assert dry.batch is None
    real = office.take("startups", STARTUPS)
    assert (real.read, real.created) == (dry.read, dry.created)


def test_an_import_leaves_a_batch_a_mapping_and_a_line_in_the_ledger(
    office: OfficeAtWork, session: Session
) -> None:
    report = office.take("startups", STARTUPS)

    batch = session.get_one(ImportBatch, report.batch)
    assert (batch.kind, batch.source, batch.file_name) == ("startups", "startups", "list.csv")
    assert batch.summary["created"] == 3
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.action, entry.actor, entry.subject_id) == ("import", "test", batch.id)
    assert ledger.altered_lines(session, office.id) == []
    saved = session.scalars(select(ImportMapping)).one()
    assert saved.columns["text"] == ["text"]


def test_a_saved_mapping_is_used_by_its_name(office: OfficeAtWork, session: Session) -> None:
    mapping = {"id": ["A"], "text": ["B"]}
    save_mapping(session, office.id, "startups", "messe", mapping)
    session.commit()

    report = office.take("startups", [["A", "B", "Name"], ["1", "Ein Text", "X"]], mapping="messe")

    assert report.mapping == mapping
    assert report.ignored_columns == ["Name"]
    assert office.party(session, "1").source == "messe"


def test_a_remembered_mapping_gives_way_where_the_file_looks_different(
    office: OfficeAtWork, session: Session
) -> None:
    office.take("startups", [["Kennung", "Beschreibung"], ["1", "Ein Text"]])

    report = office.take("startups", [["id", "text"], ["2", "Zwei Texte"]])

    assert report.created == 1


def test_the_same_id_from_another_source_is_another_record(office: OfficeAtWork) -> None:
    office.take("startups", [["id", "text"], ["1", "Wir bauen Boote."]])
    report = office.take("startups", [["id", "text"], ["1", "We brew beer."]], mapping="other")

    assert report.created == 1
    assert office.count(Party) == 2


def test_rows_without_an_id_are_known_again(office: OfficeAtWork) -> None:
    rows = [
        ["Firma", "PLZ", "Webseite", "Profil"],
        ["Muster GmbH", "76646", "", "A"],
        ["Beispiel AG", "", "beispiel.example", "B"],
        ["", "", "", "Nur ein Text"],
    ]
    assert office.take("companies", rows).created == 3
    assert office.take("companies", rows).unchanged == 3
    rows[1][3] = "Ein neues Profil"
    assert office.take("companies", rows).updated == 1


def test_two_installations_give_the_same_records_the_same_ids(
    office: OfficeAtWork, session: Session
) -> None:
    report = office.take("startups", STARTUPS)
    before = set(session.scalars(select(Solution.id)))
    office.undo(report.batch)

    office.take("startups", STARTUPS)

    assert set(session.scalars(select(Solution.id))) == before


def test_a_failure_while_writing_leaves_nothing_behind(
    office: OfficeAtWork, session: Session
) -> None:
    # A record that came another way already has an id that the file's own records will get.
    first = office.take("startups", STARTUPS)
    taken = session.scalars(select(Solution)).first()
    assert taken is not None
    solution_id = taken.id
    office.undo(first.batch)
    session.expunge_all()
    party = add_party(session, office.id, external_id="x")
    text = TextVersion(owner_office_id=office.id, text="t", text_hash="0" * 64)
    session.add(text)
    session.flush()
    other = OfficeAtWork(office.factory, office.folder)
    session.add(
        Solution(id=solution_id, owner_office_id=other.id, party_id=party.id, text_id=text.id)
    )
    session.commit()
    parties = office.count(Party)

    with pytest.raises(ConflictError, match="nothing was imported"):
        office.take("startups", STARTUPS)

    assert office.count(Party) == parties
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 1


def test_what_cannot_be_imported_is_said_before_anything_is_read(office: OfficeAtWork) -> None:
    with pytest.raises(InvalidInputError, match="expected one of startups, companies"):
        office.take("cars", STARTUPS)
    office.id = uuid4()
    with pytest.raises(NotFoundError, match="no office"):
        office.take("startups", STARTUPS)


def test_progress_is_told_up_to_the_last_row(office: OfficeAtWork) -> None:
    told: list[int] = []
    office.take("startups", STARTUPS, progress=told.append)

    assert sum(told) == 3


def test_a_remembered_mapping_still_sees_new_columns(office: OfficeAtWork) -> None:
    office.take("startups", [["id", "text"], ["1", "Ein Text"]])

    report = office.take("startups", [["id", "text", "Webseite"], ["1", "Ein Text", "a.example"]])

    assert (report.updated, report.ignored_columns) == (1, [])
