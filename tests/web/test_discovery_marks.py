"""Discoveries are marked wherever a list is seen."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.web import create_app
from tests.web.test_curation import place_of, startups

WHY = "Ausgelost unter den Plätzen dahinter."


@pytest.fixture
def half(
    desk: TestClient, settings: Settings, session_factory: SessionFactory, encoder: Encoder
) -> Iterator[TestClient]:
    """Eva's browser before a server where every second row of two is drawn by lot."""
    lists = settings.lists.model_copy(update={"length": 2, "discovery_share": 0.5})
    changed = settings.model_copy(update={"lists": lists})
    with TestClient(create_app(changed, session_factory, encoder)) as client:
        client.headers.update(desk.headers)
        client.cookies = desk.cookies
        yield client


def test_a_discovery_is_marked_on_every_page_and_in_both_files(
    half: TestClient, session: Session, region: dict[str, str]
) -> None:
    page = half.post(f"{place_of(region)}/compute").text
    first, drawn = startups(page)
    row_of_first, row_of_drawn = page.split("<h3")[1:3]
    assert first in row_of_first
    assert WHY not in row_of_first
    assert drawn in row_of_drawn
    assert WHY in row_of_drawn
    assert "Entdeckung</span>" in row_of_drawn

    entry = row_of_drawn.partition('id="')[2].partition('"')[0]
    proposal = half.get(f"/de/schreibtisch/vorschlag/{entry}").text
    assert "· Entdeckung" in proposal
    assert WHY in proposal

    sheet = half.get(f"{place_of(region)}/match_list.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    by_lot = rows[0].index("Per Los")
    assert [(row[1], row[by_lot]) for row in rows[1:]] == [(first, ""), (drawn, "Entdeckung")]

    paper = PdfReader(BytesIO(half.get(f"{place_of(region)}/match_list.pdf").content))
    overview, sheet_of_first, sheet_of_drawn = (one.extract_text() for one in paper.pages)
    assert f"{drawn} (Entdeckung)" in overview.replace("\n", " ")
    assert "Entdeckung" not in sheet_of_first
    assert WHY in sheet_of_drawn.replace("\n", " ")


def test_how_we_propose_tells_of_the_lot_only_where_there_is_one(
    half: TestClient, settings: Settings, session_factory: SessionFactory, encoder: Encoder
) -> None:
    lists = settings.lists.model_copy(update={"discovery_share": 0.0})
    without = settings.model_copy(update={"lists": lists})

    assert "wenige Entdeckungen" in half.get("/de/wie-wir-vorschlagen").text
    with TestClient(create_app(without, session_factory, encoder)) as plain:
        assert "Entdeckungen" not in plain.get("/de/wie-wir-vorschlagen").text


def test_why_not_tells_that_the_places_behind_go_by_lot(
    half: TestClient, region: dict[str, str]
) -> None:
    shown = startups(half.post(f"{place_of(region)}/compute").text)
    ids = {"Startup 0": region["startup"], "Startup 2": region["far_startup"]}
    left_out = [ids[name] for name in ids if name not in shown]

    for startup_id in left_out:
        answer = half.get(f"{place_of(region)}/why-not/{startup_id}").text
        assert "Die Liste zeigt die ersten 1 und einige ausgeloste dahinter" in answer
