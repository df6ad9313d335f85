"""What an office has had already comes in by a file, dated and sourced, and invents no list."""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.feedback import END_REASONS, EVENT_KINDS, derive_labels
from matchmaker.profiles.intake.outcome_fields import OUTCOMES as OUTCOME_WORDS
from matchmaker.profiles.intake.outcome_fields import WHOSE, WHY
from matchmaker.tables import (
    SIDES,
    Event,
    Hold,
    ImportBatch,
    LedgerEntry,
    MatchList,
    Need,
    Solution,
    Tandem,
)
from tests.profiles.conftest import office
from tests.profiles.office import COMPANIES, NEEDS, OUTCOMES, STARTUPS, OfficeAtWork, Table

__all__ = ["office"]

HEADER = OUTCOMES[0]


@pytest.fixture
def at_work(office: OfficeAtWork) -> OfficeAtWork:
    """An office with two startups, one of them with two solutions, and three needs."""
    office.take("startups", STARTUPS)
    office.take("companies", COMPANIES)
    office.take("needs", NEEDS)
    return office


def events(office: OfficeAtWork) -> list[Event]:
    with office.factory() as session:
        owned = select(Event).where(Event.owner_office_id == office.id)
        return list(session.scalars(owned.order_by(Event.happened_at)))


def row(**cells: str) -> Table:
    usual = {"Bedarf-Nr": "N2", "Startup-Nr": "S2", "Ergebnis": "Pilot", "Datum": "02.05.2024"}
    return [HEADER, [(usual | cells).get(name, "") for name in HEADER]]


def test_the_words_of_files_are_the_words_of_events() -> None:
    assert set(OUTCOME_WORDS) <= set(EVENT_KINDS)
    assert set(EVENT_KINDS) - set(OUTCOME_WORDS) == {
        "shown", "opened", "verdict_withdrawn", "taken_up",
    }  # fmt: skip
    assert tuple(WHY) == END_REASONS
    assert tuple(WHOSE) == SIDES


def test_outcomes_become_dated_and_sourced_events_of_their_pair(at_work: OfficeAtWork) -> None:
    report = at_work.take("outcomes", OUTCOMES, name="förderung.csv")

    assert (report.read, report.created, report.updated, report.unchanged) == (4, 3, 0, 0)
    (rejected,) = report.rejected
    assert (rejected.row, rejected.column) == (5, "Bedarf-Nr")
    assert rejected.reason == "There is no need with the id N9."
    talk, no, contract = events(at_work)
    assert [event.kind for event in (talk, no, contract)] == [
        "first_talk", "judged_no_fit", "agreement",
    ]  # fmt: skip
    assert day_of(talk.happened_at) == date(2024, 3, 12)
    assert day_of(contract.happened_at) == date(2024, 9, 1)
    assert talk.recorded_at > now() - timedelta(minutes=5)
    assert talk.details == {"source": "Förderakte", "file": "förderung.csv", "row": 2}
    assert (no.reason, no.side, no.details["source"]) == (
        "no_capacity", "startup", "förderung.csv",
    )  # fmt: skip
    assert {event.origin for event in (talk, no, contract)} == {"import"}
    with at_work.factory() as session:
        need, solution = (
            session.get_one(Need, talk.need_id),
            session.get_one(Solution, talk.solution_id),
        )
        assert (need.external_id, solution.title) == ("N1", "Prüfung")
        for table in (MatchList, Tandem, Hold):
            assert session.scalars(select(table)).all() == []
        line = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
        assert line is not None
        assert (line.action, line.details["kind"], line.details["created"]) == (
            "import", "outcomes", 3,
        )  # fmt: skip


def test_the_same_file_again_changes_nothing(at_work: OfficeAtWork) -> None:
    at_work.take("outcomes", OUTCOMES)
    before = [(event.id, event.recorded_at, event.details) for event in events(at_work)]

    again = at_work.take("outcomes", [*OUTCOMES, OUTCOMES[1]], name="again.csv")

    assert (again.created, again.unchanged, again.batch) == (0, 4, None)
    assert [(event.id, event.recorded_at, event.details) for event in events(at_work)] == before


def test_a_row_that_stands_twice_is_one_event(at_work: OfficeAtWork) -> None:
    report = at_work.take("outcomes", [*row(), row()[1]])

    assert (report.created, report.unchanged) == (1, 1)
    assert len(events(at_work)) == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(at_work: OfficeAtWork) -> None:
    with at_work.factory() as session:
        batches = len(session.scalars(select(ImportBatch)).all())
    dry = at_work.take("outcomes", OUTCOMES, dry_run=True)

    assert events(at_work) == []
    with at_work.factory() as session:
        assert len(session.scalars(select(ImportBatch)).all()) == batches
    wet = at_work.take("outcomes", OUTCOMES)
    assert (dry.created, dry.rejected) == (wet.created, wet.rejected)


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"Datum": "31.02.2024"}, "Datum", "expected a date"),
        ({"Datum": "gestern"}, "Datum", "expected a date"),
        ({"Datum": "02.05.1999"}, "Datum", "expected a date from 2000"),
        ({"Datum": "02.05.2099"}, "Datum", "still to come"),
        ({"Datum": ""}, "Datum", "no happened_on"),
        ({"Ergebnis": "super"}, "Ergebnis", "expected one of judged_fit"),
        ({"Ergebnis": "shown"}, "Ergebnis", "expected one of judged_fit"),
        ({"Ergebnis": "Absage"}, "Grund", "needs a reason"),
        ({"Ergebnis": "Absage", "Grund": "erfolgreich"}, "Grund", "must be one of poor_fit"),
        ({"Ergebnis": "Absage", "Grund": "keine Lust"}, "Grund", "expected one of poor_fit"),
        ({"Ergebnis": "beendet"}, "Grund", "needs a reason"),
        ({"Grund": "Preis"}, "Grund", "have a reason"),
        ({"Seite": "Amt"}, "Seite", "expected one of sme"),
        ({"Bedarf-Nr": "N77"}, "Bedarf-Nr", "no need with the id N77"),
        ({"Bedarf-Nr": "-"}, "Bedarf-Nr", "no need"),
        ({"Startup-Nr": "S77"}, "Startup-Nr", "no solution with the id S77"),
        ({"Startup-Nr": "S1"}, "Startup-Nr", "means 2 solutions"),
    ],
)
def test_a_row_that_cannot_be_is_named_with_its_column(
    at_work: OfficeAtWork, cells: dict[str, str], column: str, says: str
) -> None:
    report = at_work.take("outcomes", [*row(**cells), row()[1]])

    (rejected,) = report.rejected
    assert (rejected.row, rejected.column) == (2, column)
    assert says in rejected.reason
    assert report.created == len(events(at_work)) == 1


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("ERSTGESPRAECH", "first_talk"),
        ("Erstes  Gespräch", "first_talk"),
        ("läuft nach 12 Monaten", "alive_after_12_months"),
        ("pilot", "pilot"),
        ("Contract", "agreement"),
        ("both_agreed", "both_agreed"),
    ],
)
def test_what_happened_is_understood_however_it_is_written(
    at_work: OfficeAtWork, written: str, kind: str
) -> None:
    at_work.take("outcomes", row(Ergebnis=written))

    assert [event.kind for event in events(at_work)] == [kind]


def test_json_lines_and_packed_files_and_our_own_ids_do_as_well(at_work: OfficeAtWork) -> None:
    with at_work.factory() as session:
        need = session.scalars(select(Need).where(Need.external_id == "N3")).one()
        startup = at_work.party(session, "S2")
    stated = {"need": str(need.id), "startup": str(startup.id), "outcome": "ended"}
    line = json.dumps(stated | {"happened_on": "2025-01-31", "reason": "Preis"})
    report = at_work.take("outcomes", gzip.compress(line.encode()), name="o.jsonl.gz")

    assert (report.created, report.rejected) == (1, [])


def test_a_file_without_a_column_for_the_day_is_refused_in_words(at_work: OfficeAtWork) -> None:
    with pytest.raises(InvalidInputError, match="No column for happened_on"):
        at_work.take("outcomes", [["need", "startup", "outcome"], ["N1", "S2", "pilot"]])


def test_another_offices_records_do_not_exist(
    at_work: OfficeAtWork, session_factory: Any, tmp_path: Path
) -> None:
    other = OfficeAtWork(session_factory, tmp_path)
    report = other.take("outcomes", OUTCOMES)

    assert report.created == 0
    assert {rejected.column for rejected in report.rejected} == {"Bedarf-Nr"}


def test_an_undone_import_takes_its_events_with_it(at_work: OfficeAtWork) -> None:
    at_work.take("outcomes", row())
    batch = at_work.take("outcomes", OUTCOMES).batch
    at_work.undo(batch)

    assert [event.kind for event in events(at_work)] == ["pilot"]
    with pytest.raises(ConflictError):
        at_work.undo(batch)
    assert at_work.take("outcomes", OUTCOMES).created == 3


def test_imported_outcomes_are_labels_of_both_sides_with_their_source(
    at_work: OfficeAtWork,
) -> None:
    at_work.take("outcomes", OUTCOMES)
    with at_work.factory() as session:
        found = derive_labels(session, at_work.id, now())
        early = derive_labels(session, at_work.id, now() - timedelta(days=1))

    assert early == ()
    graded = sorted((label.side, label.grade, label.stage, label.source) for label in found)
    assert graded == [
        ("sme", 0.95, "agreement", "import:Förderakte"),
        ("startup", 0.0, None, "import:list.csv"),
        ("startup", 0.95, "agreement", "import:Förderakte"),
    ]
    assert {(label.list_entry_id, label.signals) for label in found} == {(None, None)}
