"""Tandems at the desk: begun from a proposal, led on, taken back, annotated."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.feedback import END_REASONS, MOVES, PHASES
from matchmaker.tables import MatchListEntry, Need, Party, Tandem, TandemNote
from matchmaker.web.pages.tandem_words import END_WORDS, MOVE_WORDS, PHASE_WORDS
from tests.clock import age_events
from tests.factories import add_office
from tests.web.deeds import deeds

PASSWORD = "ein langes Passwort"
OWN = {"Sec-Fetch-Site": "same-origin"}
TODAY = day_of(now()).isoformat()


@pytest.fixture
def desk(desk: TestClient, region: dict[str, str]) -> TestClient:
    """Eva's browser, in front of a computed list."""
    desk.post(f"/de/schreibtisch/bedarf/{region['need']}/compute")
    return desk


@pytest.fixture
def place(desk: TestClient, session: Session) -> str:
    """The address of a tandem that Eva began from the first proposal."""
    entry = session.scalars(select(MatchListEntry.id).order_by(MatchListEntry.rank)).first()
    answer = desk.post(f"/de/schreibtisch/vorschlag/{entry}/tandem")
    assert answer.status_code == 200
    return str(answer.url.path)


def version(desk: TestClient, place: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', desk.get(place).text)
    assert found
    return found[1]


def record(desk: TestClient, place: str, step: str, **fields: str) -> Any:
    stated = {"step": step, "day": TODAY, "version": version(desk, place)} | fields
    return desk.post(f"{place}/moves", data=stated)


def choices(page: str, name: str) -> list[str]:
    select_box = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'option value="(\w+)"', select_box[0]) if select_box else []


def test_a_tandem_begins_at_a_proposal_and_the_list_shows_it(
    desk: TestClient, session: Session, region: dict[str, str], place: str
) -> None:
    page = desk.get(place).text
    assert "Metallbau Muster GmbH – Startup 0" in page
    assert "vorgeschlagen" in page
    assert "Eva" in page
    need = desk.get(f"/de/schreibtisch/bedarf/{region['need']}").text
    assert place in need
    assert need.count("beginnen") == 3
    (begun,) = deeds(session)
    entry = begun.match_list_entry_id
    assert place in desk.get(f"/de/schreibtisch/vorschlag/{entry}").text
    assert str(desk.post(f"/de/schreibtisch/vorschlag/{entry}/tandem").url.path) == place
    assert deeds(session) == [begun]


def test_only_legal_steps_can_be_chosen_and_each_says_who_when_and_why(
    desk: TestClient, session: Session, place: str
) -> None:
    assert choices(desk.get(place).text, "step") == ["reviewed", "sme_asked", "ended"]
    page = record(desk, place, "sme_asked", note="Am Telefon.\nFrau Muster will es.").text
    assert choices(page, "step") == ["startup_asked", "ended"]
    assert "Am Telefon.\nFrau Muster will es." in page
    page = record(desk, place, "ended", reason="price").text
    assert choices(page, "step") == []
    assert "beendet: Preis" in page
    events = deeds(session)
    assert [event.kind for event in events] == ["proposed", "sme_asked", "ended"]
    assert {event.officer_id for event in events} != {None}
    assert {event.origin for event in events} == {"desk"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"step": ""}, "Bitte wählen Sie den nächsten Schritt."),
        ({"step": "pilot"}, "Bitte wählen Sie eine der Antworten."),
        ({"step": "ended"}, "Bitte wählen Sie, warum es beendet ist."),
        ({"reason": "price"}, "Nur ein Ende hat einen Grund."),
        ({"day": ""}, "Bitte schreiben Sie einen Tag"),
        ({"day": "gestern"}, "Bitte schreiben Sie einen Tag"),
        ({"day": "1.1.2020"}, "nicht vor dem letzten Schritt"),
        ({"day": "2999-01-01"}, "nicht in der Zukunft"),
        ({"note": "x" * 4001}, "zu lang"),
    ],
)
def test_a_step_that_cannot_be_kept_is_shown_again_with_what_was_typed(
    desk: TestClient, session: Session, place: str, fields: dict[str, str], says: str
) -> None:
    answer = record(desk, place, **{"step": "sme_asked", "note": "Mein Satz"} | fields)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'id="errors"' in answer.text
    assert "Mein Satz" in answer.text or "x" * 4001 in answer.text
    assert session.scalars(select(Tandem.stage)).one() == "proposed"


def test_who_comes_second_sees_what_changed_and_loses_no_word(
    desk: TestClient, session: Session, place: str
) -> None:
    seen = version(desk, place)
    record(desk, place, "reviewed")
    answer = record(desk, place, "sme_asked", version=seen, note="Mein Satz")

    assert answer.status_code == 409
    assert "Von „vorgeschlagen“ zu „geprüft“" in answer.text
    assert re.search(r"\d\d:\d\d, Eva\.", answer.text)
    assert "Mein Satz" in answer.text
    assert 'value="sme_asked" selected' in answer.text
    assert f'value="{version(desk, place)}"' in answer.text
    for stale in ("", "x", "99"):
        assert desk.post(f"{place}/undo", data={"version": stale}).status_code == 409
    assert session.scalars(select(Tandem.stage)).one() == "reviewed"


def test_the_last_step_can_be_taken_back_for_ten_minutes(
    desk: TestClient, session: Session, place: str
) -> None:
    assert "zurücknehmen" not in desk.get(place).text
    record(desk, place, "sme_asked")
    page = desk.post(f"{place}/undo", data={"version": version(desk, place)}).text
    assert "Zurückgenommen:" in page
    assert choices(page, "step") == ["reviewed", "sme_asked", "ended"]
    record(desk, place, "reviewed")
    seen = version(desk, place)
    age_events(session, timedelta(minutes=11))
    assert "zurücknehmen" not in desk.get(place).text
    late = desk.post(f"{place}/undo", data={"version": seen})
    assert late.status_code == 409
    assert "zehn Minuten" in late.text


def test_a_note_is_kept_corrected_settled_and_erased(
    desk: TestClient, session: Session, place: str
) -> None:
    assert desk.post(f"{place}/notes", data={"text": ""}).status_code == 422
    past = desk.post(f"{place}/notes", data={"text": "Anrufen", "due_on": "2020-01-01"})
    assert (past.status_code, "späteren Tag" in past.text) == (422, True)
    page = desk.post(f"{place}/notes", data={"text": "Anrufen", "due_on": TODAY}).text
    note = session.scalars(select(TandemNote)).one()
    assert "Erledigt" in page
    assert f"#{note.id}" in desk.get("/de/schreibtisch").text
    desk.post(f"{place}/notes/{note.id}/done", data={"done": "yes"})
    assert f"#{note.id}" not in desk.get("/de/schreibtisch").text
    desk.post(f"{place}/notes/{note.id}/done", data={"done": "no"})

    form = desk.get(f"{place}/notes/{note.id}/correct").text
    assert f'name="corrects" value="{note.id}"' in form
    correction = {"text": "Frau Muster anrufen", "due_on": "", "corrects": str(note.id)}
    page = desk.post(f"{place}/notes", data=correction).text
    assert page.count("Frühere Worte") == 1
    assert f"#{note.id}" not in desk.get("/de/schreibtisch").text
    again = desk.post(f"{place}/notes", data=correction | {"text": "Mein Satz"})
    assert (again.status_code, "Mein Satz" in again.text) == (409, True)
    newest = session.scalars(select(TandemNote).order_by(TandemNote.written_at.desc())).first()
    assert newest is not None
    page = desk.post(f"{place}/notes/{newest.id}/erase").text
    assert "nrufen" not in page
    assert "Gelöscht." in page
    assert desk.get(f"{place}/notes/{newest.id}/correct").status_code == 404


def test_the_tandems_are_filtered_by_the_address_and_shown_as_table_and_board(
    desk: TestClient, place: str
) -> None:
    record(desk, place, "sme_asked")
    desk.post(f"{place}/notes", data={"text": "Anrufen", "due_on": TODAY})
    for query, is_found in (
        ("", True), ("?phase=preparation", True), ("?phase=support", False),
        ("?phase=funding", False), ("?stage=sme_asked", True), ("?stage=pilot", False),
        ("?phase=support&stage=sme_asked", False), ("?due=yes", True), ("?stage=ended", False),
        ("?phase=ended", False), ("?phase=x&stage=y&due=z", True),
    ):  # fmt: skip
        for view in ("", "view=board"):
            page = desk.get(f"/de/schreibtisch/tandems{query}{'&' if query else '?'}{view}").text
            assert (place in page) == is_found, query
            assert f"{int(is_found)} von {int(is_found)} Tandems" in page
    record(desk, place, "ended", reason="rests")
    assert place not in desk.get("/de/schreibtisch/tandems").text
    for query in ("?phase=ended", "?stage=ended", "?stage=ended&view=board"):
        assert place in desk.get(f"/de/schreibtisch/tandems{query}").text


def test_the_table_is_taken_away_without_formulas(
    desk: TestClient, session: Session, region: dict[str, str], place: str
) -> None:
    session.get_one(Party, UUID(region["firm"])).name = "=1+1"
    session.commit()
    desk.post(f"{place}/notes", data={"text": "=2+2", "due_on": TODAY})
    answer = desk.get("/de/schreibtisch/tandems/tandems.xlsx?phase=preparation")

    head, row = (
        CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    assert head[:3] == ["Unternehmen", "Startup", "Stand"]
    assert row[:3] == ["=1+1", "Startup 0", "vorgeschlagen"]
    assert (str(row[3]), str(row[5]), row[6]) == (TODAY, TODAY, "=2+2")


def test_another_offices_tandem_does_not_exist(
    desk: TestClient, session: Session, place: str
) -> None:
    desk.post(f"{place}/notes", data={"text": "Anrufen", "due_on": TODAY})
    note = session.scalars(select(TandemNote.id)).one()
    create_officer(
        session, add_office(session).id, email="max@amt.example", name="Max", role="manager",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    desk.post("/de/anmelden", data={"email": "max@amt.example", "password": PASSWORD})

    for page in ("/de/schreibtisch", "/de/schreibtisch/tandems", "/de/schreibtisch/tandems?phase="):
        assert "Anrufen" not in desk.get(page).text
    assert desk.get(place).status_code == 404
    assert desk.get(f"{place}/notes/{note}/correct").status_code == 404
    for deed in ("moves", "undo", "notes", f"notes/{note}/done", f"notes/{note}/erase"):
        data = {"version": "1", "step": "reviewed", "day": TODAY, "text": "x"}
        assert desk.post(f"{place}/{deed}", data=data).status_code == 404
    assert session.scalars(select(TandemNote.text)).all() == ["Anrufen"]


def test_a_need_without_a_firm_makes_no_tandem(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    entry = session.scalars(select(MatchListEntry.id)).first()
    session.get_one(Need, UUID(region["need"])).party_id = None
    session.commit()

    answer = desk.post(f"/de/schreibtisch/vorschlag/{entry}/tandem")
    assert answer.status_code == 409
    assert "nennt der Bedarf kein Unternehmen" in answer.text


def test_every_move_reason_and_phase_has_its_words() -> None:
    assert set(MOVE_WORDS) == {"proposed", *MOVES}
    assert tuple(END_WORDS) == END_REASONS
    assert tuple(PHASE_WORDS) == tuple(PHASES)
