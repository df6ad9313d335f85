"""What an office has seen of its lists is noted once, and nobody waits for it."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.accounts import create_officer
from matchmaker.tables import Event, LedgerEntry, MatchListEntry, Office, Officer
from tests.factories import add_office
from tests.web.visitor import PASSWORD


def noted(session: Session, kind: str) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.kind == kind)))


def list_of(desk: TestClient, region: dict[str, str]) -> str:
    place = f"/de/schreibtisch/bedarf/{region['need']}"
    desk.post(f"{place}/compute", follow_redirects=False)
    return place


def entries(session: Session) -> list[UUID]:
    return list(session.scalars(select(MatchListEntry.id).order_by(MatchListEntry.rank)))


def test_the_first_look_at_a_list_is_noted_for_each_row_and_later_ones_are_not(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    place = list_of(desk, region)
    desk.head(place)
    assert noted(session, "shown") == []

    for address in (place, place, f"{place}/match_list.xlsx"):
        assert desk.get(address).status_code == 200

    shown = noted(session, "shown")
    assert {event.match_list_entry_id for event in shown} == set(entries(session))
    assert len(shown) == 4
    eva = session.scalars(select(Officer.id)).one()
    assert {(e.officer_id, e.origin, e.tandem_id) for e in shown} == {(eva, "desk", None)}
    lines = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "record_event")).all()
    assert [line.details["kind"] for line in lines] == ["shown"]
    assert lines[0].details["list_entries"] == [str(entry) for entry in entries(session)]
    assert not lines[0].changes_profiles
    assert ledger.altered_lines(session, office.id) == []


def test_a_colleague_who_reads_the_same_list_adds_nothing(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    place = list_of(desk, region)
    desk.get(place)
    before = {event.id for event in noted(session, "shown")}
    create_officer(
        session, office.id, email="max@amt.example", name="Max", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    desk.post("/de/anmelden", data={"email": "max@amt.example", "password": PASSWORD})
    desk.get(place)

    assert {event.id for event in noted(session, "shown")} == before


def test_a_newer_list_is_noted_anew_and_an_older_one_when_it_is_opened(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    place = list_of(desk, region)
    first = session.scalars(select(MatchListEntry.match_list_id)).first()
    list_of(desk, region)
    desk.get(place)
    assert len(noted(session, "shown")) == 4
    desk.get(f"{place}/list/{first}")
    assert len(noted(session, "shown")) == 8


def test_a_proposal_read_in_full_is_noted_as_opened_once(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    list_of(desk, region)
    entry = entries(session)[0]
    for _ in range(2):
        assert desk.get(f"/de/schreibtisch/vorschlag/{entry}").status_code == 200
    assert desk.get("/de/schreibtisch/vorschlag/" + str(UUID(int=1))).status_code == 404

    (opened,) = noted(session, "opened")
    assert (opened.match_list_entry_id, opened.origin) == (entry, "desk")
    assert noted(session, "shown") == []


@pytest.mark.parametrize("path", ["needs/{need}/match-list", "match-lists/{list}"])
def test_only_the_rows_that_the_api_gave_were_shown(
    client: TestClient, session: Session, region: dict[str, str], path: str
) -> None:
    need = region["need"]
    made = client.post(f"/api/v1/needs/{need}/match-list", params={"top": 1}).json()
    assert len(noted(session, "shown")) == 1
    address = "/api/v1/" + path.format(need=need, list=made["match_list"])
    first = client.get(address, params={"top": 3})
    again = client.get(address, params={"top": 3})

    assert first.content == again.content
    shown = noted(session, "shown")
    assert {event.match_list_entry_id for event in shown} == set(entries(session)[:3])
    assert {(event.officer_id, event.origin) for event in shown} == {(None, "api")}


def test_what_is_typed_in_or_belongs_to_others_leaves_no_note(
    client: TestClient, session: Session, region: dict[str, str]
) -> None:
    client.post("/api/v1/match", json={"text": "Wir suchen eine Kamera für unsere Nähte."})
    assert client.get(f"/api/v1/match-lists/{add_office(session).id}").status_code == 404

    assert noted(session, "shown") == []


def test_a_note_that_fails_costs_the_reader_nothing(
    desk: TestClient, session: Session, region: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = list_of(desk, region)
    monkeypatch.setattr(ledger, "hold", None)

    with pytest.raises(TypeError):
        desk.get(place)
    monkeypatch.undo()
    assert desk.get(place).status_code == 200
    assert len(noted(session, "shown")) == 4
