"""Notes on a tandem: added, corrected, due on a day, erased; and of no use to another office."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback import (
    LONGEST_NOTE,
    PHASES,
    add_note,
    begin_tandem,
    erase_note,
    list_due,
    notes_of,
    read_pipeline,
    settle_note,
)
from matchmaker.tables import TANDEM_STAGES, LedgerEntry, Office, Tandem
from tests.factories import add_entry, add_need, add_office, add_solution
from tests.feedback.conftest import Step

TODAY = day_of(now())
EVERY_STAGE = TANDEM_STAGES


def test_a_note_with_a_day_is_due_from_that_day_until_it_is_done(
    session: Session, office: Office, tandem: Tandem
) -> None:
    note = add_note(session, tandem, "Anrufen", due_on=TODAY + timedelta(days=3), actor="t")
    add_note(session, tandem, "Nur zur Erinnerung", actor="t")

    def due(days: int) -> list[str | None]:
        found = list_due(session, office.id, TODAY + timedelta(days=days))
        return [one.note.text for one in found]

    assert (due(2), due(3), due(30)) == ([], ["Anrufen"], ["Anrufen"])
    assert list_due(session, add_office(session).id, TODAY + timedelta(days=9)) == []
    for _ in range(2):
        settle_note(session, tandem, note.id, is_done=True, actor="t")
        assert due(3) == []
    settle_note(session, tandem, note.id, is_done=False, actor="t")
    assert due(3) == ["Anrufen"]


def test_a_correction_is_a_note_of_its_own_and_takes_the_place_of_the_first(
    session: Session, office: Office, tandem: Tandem, move: Step
) -> None:
    event = move("sme_asked", note="Herr Mustr fragt nach dem Preis.")
    (written,) = notes_of(session, tandem)
    first = written.note
    second = add_note(
        session, tandem, "Frau Muster fragt.", due_on=TODAY, corrects_id=first.id, actor="t"
    )

    assert (second.event_id, first.text) == (event.id, "Herr Mustr fragt nach dem Preis.")
    with pytest.raises(ConflictError):
        add_note(session, tandem, "Noch einmal", corrects_id=first.id, actor="t")
    third = add_note(session, tandem, "Ohne Tag", corrects_id=second.id, actor="t")
    assert list_due(session, office.id, TODAY) == []
    (written,) = notes_of(session, tandem)
    assert written.note.id == third.id
    assert [note.id for note in written.earlier] == [second.id, first.id]


def test_erasing_takes_the_words_of_every_version_and_keeps_the_place(
    session: Session, office: Office, tandem: Tandem
) -> None:
    first = add_note(session, tandem, "GEHEIM eins", actor="t")
    second = add_note(session, tandem, "GEHEIM zwei", corrects_id=first.id, actor="t")
    other = add_note(session, tandem, "bleibt", due_on=TODAY, actor="t")

    erase_note(session, tandem, second.id, actor="t")
    assert [(note.text, note.due_on) for note in (first, second)] == [(None, None)] * 2
    assert other.text == "bleibt"
    with pytest.raises(ConflictError):
        add_note(session, tandem, "x", corrects_id=second.id, actor="t")
    assert not any("GEHEIM" in str(line.details) for line in session.query(LedgerEntry))


def test_a_note_says_something_and_waits_for_a_day_to_come(
    session: Session, tandem: Tandem
) -> None:
    for text, due_on, field in (
        ("", None, "text"),
        ("x" * (LONGEST_NOTE + 1), None, "text"),
        ("x", TODAY - timedelta(days=1), "due_on"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            add_note(session, tandem, text, due_on=due_on, actor="t")
        assert refused.value.field == field


def test_a_note_of_another_tandem_is_not_found(
    session: Session, office: Office, tandem: Tandem
) -> None:
    entry = add_entry(
        session, office.id, add_need(session, office.id), add_solution(session, office.id)
    )
    other = session.get_one(Tandem, begin_tandem(session, office.id, entry.id, actor="t"))
    note = add_note(session, other, "hier", actor="t")

    for act in (
        lambda: settle_note(session, tandem, note.id, is_done=True, actor="t"),
        lambda: erase_note(session, tandem, note.id, actor="t"),
        lambda: add_note(session, tandem, "x", corrects_id=note.id, actor="t"),
        lambda: settle_note(session, tandem, uuid4(), is_done=True, actor="t"),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_the_pipeline_shows_where_each_tandem_stands_and_what_is_due_first(
    session: Session, office: Office, tandem: Tandem, move: Step
) -> None:
    move("sme_asked")
    add_note(session, tandem, "später", due_on=TODAY + timedelta(days=9), actor="t")
    add_note(session, tandem, "bald", due_on=TODAY + timedelta(days=2), actor="t")

    (row,), found = read_pipeline(session, office.id, ["sme_asked"])
    assert (found, row.firm, row.startup) == (1, "Muster GmbH", "Beispiel UG")
    assert (row.stage, row.since, row.due_text) == ("sme_asked", TODAY, "bald")
    assert read_pipeline(session, office.id, ["proposed"]) == ([], 0)
    assert read_pipeline(session, office.id, EVERY_STAGE, due_by=TODAY)[1] == 0
    assert read_pipeline(session, office.id, EVERY_STAGE, due_by=TODAY + timedelta(days=2))[1] == 1
    assert read_pipeline(session, add_office(session).id, EVERY_STAGE) == ([], 0)


def test_the_name_of_a_firm_that_is_not_shared_stays_with_its_office(
    session: Session, office: Office
) -> None:
    other = add_office(session)
    need = add_need(session, other.id, visibility="network")
    entry = add_entry(session, office.id, need, add_solution(session, office.id))
    begin_tandem(session, office.id, entry.id, actor="t")

    (row,), _ = read_pipeline(session, office.id, EVERY_STAGE)
    assert (row.firm, row.startup) == (None, "Beispiel UG")


def test_every_stage_has_one_phase() -> None:
    assert sorted(stage for stages in PHASES.values() for stage in stages) == sorted(TANDEM_STAGES)
