"""What an import does to the records, and what it reports."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles.intake.mapping import save_mapping
from matchmaker.tables import (
    BlockedPair,
    ClusterMembership,
    ImportBatch,
    ImportChange,
    ImportMapping,
    LedgerEntry,
    Need,
    Party,
    Solution,
    TextVersion,
)
from tests.factories import add_party
from tests.profiles.office import OfficeAtWork, Table, as_json_lines

STARTUPS: Table = [
    ["id", "name", "website", "solution_title", "text", "tags", "maturity_trl", "capacity"],
    [
        "S1",
        "Nahtblick",
        "nahtblick.example",
        "Prüfung",
        "Wir prüfen Schweißnähte.",
        "a|b",
        "8",
        "3",
    ],
    ["S1", "Nahtblick", "nahtblick.example", "Kleber", "Wir prüfen Klebenähte.", "a", "6", "3"],
    ["S2", "", "", "", "We sell sensors for silos.", "", "ready", ""],
]
COMPANIES: Table = [
    ["Nr", "Firma", "PLZ", "Ort", "Branche", "Mitarbeitende", "Gründung", "Profil", "Cluster"],
    ["F1", "Lößtal GmbH", "76703", "Kraichtal", "25", "48", "1987", "Wir schweißen.", "metall"],
    ["F2", "Hohlweg KG", "74889", "Sinsheim", "Maschinenbau", "1.200", "12.04.1974", "", ""],
]
NEEDS: Table = [
    ["Nr", "Firma-Nr", "Titel", "Bedarf", "Reifegrad", "Kooperationsform", "Bis wann", "Nicht mit"],
    ["N1", "F1", "Nähte", "Prüfung der Nähte dauert.", "Pilot", "Kauf|Pilot", "30.06.2027", "S2"],
    ["N2", "Hohlweg", "", "Wir suchen Einrichter.", "fertig", "Kauf", "", "Niemand"],
    ["N3", "", "", "Wer nimmt unsere Späne ab?", "", "", "", ""],
]


def test_several_rows_of_one_id_are_solutions_of_one_startup(
    office: OfficeAtWork, session: Session
) -> None:
    report = office.take("startups", STARTUPS)

    assert (report.read, report.created, report.rejected) == (3, 3, [])
    party = office.party(session, "S1")
    solutions = session.scalars(select(Solution).where(Solution.party_id == party.id)).all()
    assert {(s.external_id, s.title, s.maturity_trl) for s in solutions} == {
        ("S1", "Prüfung", 8),
        ("S1/2", "Kleber", 6),
    }
    assert (party.kind, party.domain_key) == ("startup", "nahtblick.example")


def test_a_missing_name_keeps_its_row(office: OfficeAtWork, session: Session) -> None:
    office.take("startups", STARTUPS)

    nameless = office.party(session, "S2")
    assert nameless.name is None
    solution = session.scalars(select(Solution).where(Solution.party_id == nameless.id)).one()
    version = session.get_one(TextVersion, solution.text_id)
    assert (version.text, version.language) == ("We sell sensors for silos.", "en")
    assert solution.maturity_trl == 9


def test_companies_come_in_with_german_headers(office: OfficeAtWork, session: Session) -> None:
    report = office.take("companies", COMPANIES)

    assert report.created == 2
    assert report.mapping["employees"] == ["Mitarbeitende"]
    one, two = office.party(session, "F1"), office.party(session, "F2")
    assert (one.branches, one.employees, one.founded_on) == (["25"], 48, date(1987, 1, 1))
    assert (two.branches, two.employees, two.founded_on) == (["28"], 1200, date(1974, 4, 12))
    memberships = session.scalars(select(ClusterMembership)).all()
    assert [(m.party_id, m.cluster) for m in memberships] == [(one.id, "metall")]


def test_needs_find_their_company_by_id_and_by_name(office: OfficeAtWork, session: Session) -> None:
    office.take("companies", COMPANIES)
    office.take("startups", STARTUPS)

    report = office.take("needs", NEEDS)

    assert (report.created, report.rejected) == (3, [])
    assert report.notes == [
        "row 3: not blocked, no organization of the office has the id or name “Niemand”"
    ]
    needs = {n.external_id: n for n in session.scalars(select(Need))}
    assert needs["N1"].party_id == office.party(session, "F1").id
    assert needs["N2"].party_id == office.party(session, "F2").id
    assert needs["N3"].party_id is None
    assert (needs["N1"].maturity_wanted_trl, needs["N2"].maturity_wanted_trl) == (6, 9)
    assert needs["N1"].cooperation_forms == ["buy", "pilot"]
    assert needs["N1"].needed_by_on == date(2027, 6, 30)
    block = session.scalars(select(BlockedPair)).one()
    assert {block.party_id, block.other_party_id} == {
        office.party(session, "F1").id,
        office.party(session, "S2").id,
    }


def test_a_need_of_an_unknown_company_is_rejected_and_the_others_go_in(
    office: OfficeAtWork,
) -> None:
    report = office.take("needs", NEEDS)

    assert [(r.row, r.column) for r in report.rejected] == [(2, "Firma-Nr"), (3, "Firma-Nr")]
    assert "“F1”" in report.rejected[0].reason
    assert report.created == 1


def test_a_need_may_carry_its_company_and_what_it_must_not_know_is_ignored(
    office: OfficeAtWork, session: Session
) -> None:
    company = {"town": "Calw", "industry": "Maschinenbau", "size": "medium", "profile_text": "X Y"}
    rows = [
        {"id": "n1", "lang": "de", "text": "Bedarf eins", "company": company, "relevant": ["s1"]},
        {"id": "n2", "lang": "de", "text": "Bedarf zwei", "company": company, "relevant": ["s2"]},
    ]
    report = office.take("needs", as_json_lines(rows), "needs.jsonl")

    assert (report.created, report.duplicates) == (2, [])
    assert report.ignored_columns == ["relevant"]
    party = session.scalars(select(Party)).one()
    assert (party.kind, party.town, party.branches, party.employees) == ("sme", "Calw", ["28"], 50)


def test_headline_and_description_are_one_text_and_a_closed_company_is_paused(
    office: OfficeAtWork, session: Session
) -> None:
    row = {
        "id": 5,
        "name": "Seamwright",
        "one_liner": "Inspection of welds",
        "long_description": "We inspect every weld.",
        "industry": "Industrials",
        "tags": "Robotics|Hardware",
        "all_locations": "London, England, United Kingdom; Remote",
        "team_size": 58,
        "status": "Inactive",
    }
    office.take("startups", as_json_lines([row]), "yc.jsonl")

    assert office.texts(Solution) == ["Inspection of welds\nWe inspect every weld."]
    solution = session.scalars(select(Solution)).one()
    assert (solution.title, solution.status) == ("Inspection of welds", "paused")
    assert solution.tags == ["Industrials", "Robotics", "Hardware"]
    party = office.party(session, "5")
    assert (party.town, party.country, party.employees) == ("London", "GB", 58)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("maturity_trl", "12", "a level from 1 to 9, or idea, prototype, pilot or ready"),
        ("founded_on", "9999", "a year from 1000 to 2100"),
        ("founded_on", "31.02.2019", "a year from 1000 to 2100"),
        ("latitude", "500", "degrees from -90 to 90"),
        ("employees", "viele", "a whole number"),
        ("website", "keine", "a web address"),
        ("cooperation_forms", "buy|borrow", "one of buy, pilot"),
        ("status", "vielleicht", "one of active, paused"),
        ("country", "Atlantis", "a country"),
        ("text", "x" * 200_001, "at most 200 kB of text"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row_and_no_other(
    office: OfficeAtWork, column: str, cell: str, expected: str
) -> None:
    report = office.take("startups", [["id", "name", column], ["1", "A", cell], ["2", "B", ""]])

    (rejected,) = report.rejected
    assert (rejected.row, rejected.column) == (2, column)
    assert f"expected {expected}" in rejected.reason
    assert len(rejected.reason) < 200
    assert report.created == 1


def test_every_bad_cell_of_a_row_is_named(office: OfficeAtWork) -> None:
    report = office.take("startups", [["id", "TRL", "Gründung"], ["1", "12", "x"]])

    (rejected,) = report.rejected
    assert {"TRL", "Gründung"} == {rejected.column, rejected.reason.split("; ")[1].split(":")[0]}


@pytest.mark.parametrize(
    ("postcode", "country", "stored"),
    [("1067", "DE", "01067"), ("D-76698", "", "76698"), ("8001", "CH", "8001")],
)
def test_a_postcode_is_brought_into_its_form(
    office: OfficeAtWork, session: Session, postcode: str, country: str, stored: str
) -> None:
    office.take("companies", [["id", "PLZ", "Land"], ["1", postcode, country]])

    assert office.party(session, "1").postcode == stored


def test_letters_in_a_german_postcode_reject_the_row(office: OfficeAtWork) -> None:
    report = office.take("companies", [["id", "PLZ", "Land"], ["1", "7669A", "Bayern"]])

    assert [(r.row, r.column) for r in report.rejected] == [(2, "PLZ")]


def test_nul_bytes_are_cleaned_away(office: OfficeAtWork) -> None:
    office.take("startups", "id;text\n1;Wir\x00 prüfen.\n")

    assert office.texts(Solution) == ["Wir prüfen."]


def test_a_file_without_a_needed_column_names_what_was_expected_and_found(
    office: OfficeAtWork,
) -> None:
    with pytest.raises(InvalidInputError, match=r"bedarf.*Found: Farbe, Form"):
        office.take("needs", [["Farbe", "Form"], ["rot", "rund"]])


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


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (["A GmbH", "HRB 1 Ulm", "", ""], ["B GmbH", "Ulm HRB1", "", ""], "register number"),
        (["Seamwright", "", "s.example", ""], ["Seamwrght", "", "www.s.example", ""],
         "domain and name"),
        (["Weber & Söhne KG", "", "", "76646"], ["WEBER SOEHNE", "", "", "76646"],
         "name and postcode"),
    ],
)  # fmt: skip
def test_a_certain_duplicate_fills_only_what_is_empty(
    office: OfficeAtWork, session: Session, first: list[str], second: list[str], by: str
) -> None:
    header = ["id", "Firma", "Handelsregister", "Webseite", "PLZ", "Mitarbeitende", "Ort"]
    rows = [header, ["1", *first, "10", ""], ["2", *second, "99", "Calw"]]

    report = office.take("companies", rows)

    (duplicate,) = report.duplicates
    assert (duplicate.row, duplicate.by, duplicate.is_certain) == (3, by, True)
    party = session.scalars(select(Party)).one()
    assert (party.id, party.employees, party.town) == (duplicate.of, 10, "Calw")
    again = office.take("companies", rows)
    assert (again.created, again.updated, again.batch) == (0, 0, None)


def test_a_need_finds_its_company_under_the_id_of_a_duplicate(
    office: OfficeAtWork, session: Session
) -> None:
    header = ["id", "Firma", "PLZ"]
    office.take("companies", [header, ["1", "Weber KG", "76646"], ["2", "Weber", "76646"]])

    office.take("needs", [["id", "Firma", "Bedarf"], ["n", "2", "Wir suchen Hilfe."]])

    assert session.scalars(select(Need)).one().party_id == office.party(session, "1").id


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (["Alpha", "x.example", ""], ["Omega", "x.example", ""], "domain"),
        (["Alpha", "", "76646"], ["Alpha GmbH", "", "10115"], "name"),
    ],
)
def test_a_possible_duplicate_becomes_a_record_of_its_own_and_is_listed(
    office: OfficeAtWork, first: list[str], second: list[str], by: str
) -> None:
    header = ["id", "Firma", "Webseite", "PLZ"]
    report = office.take("companies", [header, ["1", *first], ["2", *second]])

    (duplicate,) = report.duplicates
    assert (duplicate.row, duplicate.by, duplicate.is_certain) == (3, by, False)
    assert office.count(Party) == 2


def test_a_duplicate_of_a_startup_adds_no_second_solution(office: OfficeAtWork) -> None:
    office.take("startups", STARTUPS)

    rows = [["id", "name", "website", "text"], ["77", "Nahtblick", "nahtblick.example", "Anders."]]
    report = office.take("startups", rows, mapping="other")

    assert report.unchanged == 1
    assert office.count(Solution) == 3


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
