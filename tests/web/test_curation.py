"""What an officer does with a list at the desk, beside judging it."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.tables import MatchList, Placement, Solution
from tests.factories import add_need, add_office, add_party, add_solution

PASSWORD = "ein langes Passwort"


@pytest.fixture
def desk(desk: TestClient, region: dict[str, str]) -> TestClient:
    """The browser of Eva, an officer, with the list of the need computed."""
    desk.post(f"{place_of(region)}/compute")
    return desk


def place_of(region: dict[str, str]) -> str:
    return f"/de/schreibtisch/bedarf/{region['need']}"


def place(desk: TestClient, region: dict[str, str], kind: str, **sent: str) -> Response:
    data = {"solution": region["solution"], "kind": kind} | sent
    return desk.post(f"{place_of(region)}/place", data=data)


def solution_of(session: Session, startup: str) -> str:
    found = session.scalars(select(Solution.id).where(Solution.party_id == UUID(startup))).one()
    return str(found)


def startups(page: str) -> list[str]:
    """The startups of the list, in the order of their ranks."""
    return re.findall(r">\d+\. (Startup \d)", page)


def changes(page: str) -> str:
    """What the page says has changed, without tags."""
    found = re.search(r'<details id="changes" open>(.*?)</details>', page, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", " ", found[1]).split())


def test_a_pin_shows_first_says_whose_it_is_and_what_it_changed(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    before = startups(desk.get(place_of(region)).text)
    last = session.scalars(select(Solution)).all()
    chosen = next(s for s in last if str(s.party_id) == region["far_startup"])
    page = place(desk, region, "pinned", solution=str(chosen.id)).text

    assert startups(page) == ["Startup 2", *(name for name in before if name != "Startup 2")]
    assert re.search(r"angeheftet</span></span>\s+von Eva", page)
    assert "Startup 2 : Rang" in changes(page)
    assert "Angeheftet von Eva." in changes(page)
    assert "Nur weil andere davor kamen oder weggingen: Startup 0 (1 → 2)" in changes(page)

    back = place(desk, region, "nothing", solution=str(chosen.id)).text
    assert startups(back) == before
    assert "Nicht mehr angeheftet, durch Eva." in changes(back)


def test_hiding_needs_a_note_and_shows_it_with_the_way_back(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    for note, error in (("", "Bitte schreiben Sie, warum"), ("x" * 501, "Bitte kürzen Sie das")):
        refused = place(desk, region, "hidden", note=note)
        assert refused.status_code == 422
        assert error in refused.text
        assert 'aria-invalid="true"' in refused.text
        assert f'value="{note}"' in refused.text
    assert session.scalars(select(Placement)).all() == []

    page = place(desk, region, "hidden", note="Ist <b>versorgt</b>").text
    assert "Startup 0" not in startups(page)
    assert "1 ausgeblendet" in page
    assert "Von Ihrem Haus ausgeblendet" in page
    assert "Ist &lt;b&gt;versorgt&lt;/b&gt;" in page
    assert "Ausgeblendet von Eva: Ist &lt;b&gt;versorgt" in changes(page)

    back = place(desk, region, "nothing").text
    assert "Startup 0" in startups(back)
    assert "Wieder gezeigt von Eva." in changes(back)


def test_the_marks_stand_in_both_files(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    place(desk, region, "pinned", solution=solution_of(session, region["far_startup"]))
    place(desk, region, "added")

    sheet = desk.get(f"{place_of(region)}/match_list.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    by_hand = rows[0].index("Von Hand")
    assert [(row[1], row[by_hand]) for row in rows[1:3]] == [
        ("Startup 2", "angeheftet"), ("Startup 0", "von Hand ergänzt"),
    ]  # fmt: skip
    paper = PdfReader(BytesIO(desk.get(f"{place_of(region)}/match_list.pdf").content))
    pages = [page.extract_text() for page in paper.pages]
    assert "Startup 2 (angeheftet)" in pages[0].replace("\n", " ")
    assert "angeheftet" in pages[1]
    assert "von Hand ergänzt" in pages[2]
    assert "angeheftet" not in pages[3]


def test_the_rule_that_stands_against_an_addition_is_told(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    session.get_one(Solution, UUID(region["solution"])).capacity = 0
    session.commit()
    engine_sees(session, region)
    refused = place(desk, region, "added")

    assert refused.status_code == 409
    assert "Diese Regel steht dagegen" in refused.text
    assert "keine freie Kapazität" in refused.text
    assert session.scalars(select(Placement)).all() == []


def engine_sees(session: Session, region: dict[str, str]) -> None:
    """Tell the running server through the ledger that profiles changed."""
    office_id = session.get_one(Solution, UUID(region["solution"])).owner_office_id
    ledger.record(session, office_id, "change", actor="test")
    session.commit()


@pytest.mark.parametrize(
    "sent",
    [{"kind": "shown"}, {"kind": ""}, {"kind": "pinned", "solution": "x"}, {"solution": ""}],
)
def test_what_is_no_decision_changes_nothing(
    desk: TestClient, session: Session, region: dict[str, str], sent: dict[str, str]
) -> None:
    data = {"solution": region["solution"], "kind": "pinned"} | sent
    assert desk.post(f"{place_of(region)}/place", data=data).status_code == 422
    assert session.scalars(select(Placement)).all() == []


def test_what_another_office_keeps_to_itself_cannot_be_placed_found_or_asked_about(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    other = add_office(session)
    hidden = add_party(session, other.id, kind="startup", name="Geheimwerk")
    solution = add_solution(session, other.id, party_id=hidden.id)
    need = add_need(session, other.id)
    session.commit()
    engine_sees(session, region)

    for kind in ("pinned", "added", "hidden"):
        sent = {"solution": str(solution.id), "kind": kind, "note": "x"}
        for target in (region["need"], str(need.id)):
            answer = desk.post(f"/de/schreibtisch/bedarf/{target}/place", data=sent)
            assert answer.status_code == 404
    for address in (
        f"/de/schreibtisch/startup/{hidden.id}",
        f"/de/schreibtisch/startup/{uuid4()}",
        f"{place_of(region)}/why-not/{hidden.id}",
        f"{place_of(region)}/list/{uuid4()}",
        f"/de/schreibtisch/startups?need={need.id}",
    ):
        assert desk.get(address).status_code == 404, address
    assert "Geheimwerk" not in desk.get("/de/schreibtisch/startups?q=geheim").text


def test_an_older_list_opens_as_it_was_and_cannot_be_changed(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    first = session.scalars(select(MatchList.id)).one()
    before = desk.get(place_of(region)).text
    place(desk, region, "hidden", note="Versorgt")
    older = desk.get(f"{place_of(region)}/list/{first}").text

    assert startups(older) == startups(before)
    assert "Das ist eine ältere Liste" in older
    assert "/place" not in older
    assert f"/en/desk/need/{region['need']}/list/{first}" in older
    assert f"/list/{first}" in desk.get(place_of(region)).text
    other = add_need(session, session.get_one(Solution, UUID(region["solution"])).owner_office_id)
    session.commit()
    assert desk.get(f"/de/schreibtisch/bedarf/{other.id}/list/{first}").status_code == 404
