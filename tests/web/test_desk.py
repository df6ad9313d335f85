"""The desk: what an officer finds, reads, judges and takes away."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import orjson
import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.feedback import REASONS
from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import MatchListEntry, Need, Office
from matchmaker.web.assets import Assets
from matchmaker.web.pages.pair import Piece, pieces
from matchmaker.web.pages.verdicts import REASON_WORDS
from matchmaker.web.pdf import write_pdf
from tests.factories import add_need, add_office, add_party, add_solution
from tests.web.deeds import deeds
from tests.web.visitor import PASSWORD


def compute(desk: TestClient, region: dict[str, str]) -> str:
    """Compute the list of the need; the page that shows it."""
    place = f"/de/schreibtisch/bedarf/{region['need']}"
    return desk.post(f"{place}/compute").text


def first_entry(session: Session) -> UUID:
    return session.scalars(select(MatchListEntry.id).order_by(MatchListEntry.rank)).first()  # type: ignore[return-value]


def test_a_need_shows_its_explained_list(desk: TestClient, region: dict[str, str]) -> None:
    before = desk.get(f"/de/schreibtisch/bedarf/{region['need']}").text
    assert "noch nichts berechnet" in before
    page = compute(desk, region)

    assert "1. Startup 0" in page
    assert "Metallbau Muster GmbH" in page
    assert "4 Lösungen verglichen" in page
    assert page.count('class="proposal"') == 4
    for row in page.split('class="proposal"')[1:]:
        assert 'class="against"' in row


def test_another_offices_need_and_list_do_not_exist(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    other = add_office(session)
    need = add_need(session, other.id)
    session.commit()
    compute(desk, region)

    for place in (
        f"/de/schreibtisch/bedarf/{need.id}",
        f"/de/schreibtisch/bedarf/{uuid4()}",
        f"/de/schreibtisch/vorschlag/{uuid4()}",
        f"/de/schreibtisch/bedarf/{need.id}/match_list.xlsx",
    ):
        assert desk.get(place).status_code == 404
    assert desk.post(f"/de/schreibtisch/bedarf/{need.id}/compute").status_code == 404
    judged = desk.post(
        f"/de/schreibtisch/vorschlag/{uuid4()}/verdict", data={"verdict": "judged_fit"}
    )
    assert judged.status_code == 404
    create_officer(
        session, other.id, email="max@amt.example", name="Max", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    desk.post("/de/anmelden", data={"email": "max@amt.example", "password": PASSWORD})
    assert desk.get(f"/de/schreibtisch/vorschlag/{first_entry(session)}").status_code == 404
    assert "Metallbau" not in desk.get("/de/schreibtisch").text


def test_a_shared_need_comes_without_a_firm_that_is_not_shared(
    desk: TestClient, session: Session
) -> None:
    other = add_office(session)
    firm = add_party(session, other.id, name="Geheim GmbH")
    need = add_need(session, other.id, "Wir suchen Hilfe.", party_id=firm.id, visibility="network")
    session.commit()

    for place in ("/de/schreibtisch", f"/de/schreibtisch/bedarf/{need.id}"):
        page = desk.get(place)
        assert "Wir suchen Hilfe." in page.text
        assert "Geheim" not in page.text


@pytest.mark.parametrize(
    ("search", "finds"),
    [
        ("", True),
        ("schweissnahte", True),
        ("Schweissnaehte", True),
        ("SCHWEISSNÄHTE prüfung", True),
        ("metallbau", True),
        ("schweissnahte -metallbau", False),
        ("-tour", True),
        ("tour", False),
        ("-", False),
        ("%", False),
        ("<script>", False),
    ],
)
def test_the_search_knows_umlauts_and_a_minus(desk: TestClient, search: str, finds: bool) -> None:
    page = desk.get("/de/schreibtisch", params={"q": search}).text

    assert ("automatische Prüfung unserer" in page) == finds
    assert "<script>" not in page


def test_the_inbox_filters_by_state(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    session.get_one(Need, UUID(region["need"])).status = "closed"
    session.commit()

    for status, found in (("open", 0), ("closed", 1), ("all", 1), ("nonsense", 0)):
        page = desk.get("/de/schreibtisch", params={"status": status}).text
        assert f"{found} von {found} Bedarfen" in page


def test_a_proposal_shows_both_texts_with_its_evidence_marked(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    entry = session.get_one(MatchListEntry, first_entry(session))
    document = orjson.loads(entry.document)
    need = session.get_one(Need, entry.need_id)
    document["evidence"] = [
        {
            "need_text_version": str(need.text_id),
            "need_span": [4, 38],
            "solution_text_version": str(entry.solution_text_version_id),
            "solution_span": [0, 26],
            "similarity": 0.8,
        }
    ]
    entry.document = orjson.dumps(document)
    session.commit()
    page = desk.get(f"/de/schreibtisch/vorschlag/{entry.id}").text

    assert re.findall("<mark>(.*?)</mark>", page) == [
        "suchen eine automatische Prüfung u", "Unsere Kamera erkennt Fehl",
    ]  # fmt: skip
    assert "Für das Startup" in page


def test_a_no_needs_its_reason_and_a_verdict_is_an_event(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    place = f"/de/schreibtisch/vorschlag/{first_entry(session)}/verdict"
    refused = desk.post(place, data={"verdict": "judged_no_fit", "reason": ""})
    assert refused.status_code == 422
    assert "Bitte wählen Sie, warum es nicht passt." in refused.text
    for wrong in ({"verdict": "shown0"}, {"verdict": "judged_no_fit", "reason": "x"}, {}):
        assert desk.post(place, data=wrong).status_code == 422
    assert deeds(session) == []

    no = desk.post(place, data={"verdict": "judged_no_fit", "reason": "price"})
    assert "passt nicht: Preis" in no.text
    yes = desk.post(place, data={"verdict": "judged_fit", "reason": ""})
    assert "<strong>passt</strong>" in yes.text
    events = deeds(session)
    assert [(event.kind, event.reason, event.origin) for event in events] == [
        ("judged_no_fit", "price", "desk"),
        ("judged_fit", None, "desk"),
    ]
    assert None not in {event.officer_id for event in events}


def test_only_verdicts_are_given_as_verdicts(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    place = f"/de/schreibtisch/vorschlag/{first_entry(session)}/verdict"

    assert desk.post(place, data={"verdict": "agreement"}).status_code == 422
    assert deeds(session) == []


def test_a_list_is_taken_away_as_a_spreadsheet_without_formulas(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    startup = add_party(session, office.id, kind="startup", name="=1+1")
    add_solution(session, office.id, "Automatische Prüfung der Schweißnähte.", party_id=startup.id)
    session.commit()
    compute(desk, region)
    answer = desk.get(f"/de/schreibtisch/bedarf/{region['need']}/match_list.xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "=1+1" in [row[1] for row in rows]
    assert "attachment" in answer.headers["content-disposition"]


def test_an_old_text_stays_in_the_list_that_quotes_it(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    compute(desk, region)
    entry = first_entry(session)
    version = new_text_version(office.id, "Ganz etwas anderes.")
    session.add(version)
    session.flush()
    session.get_one(Need, UUID(region["need"])).text_id = version.id
    session.commit()

    page = desk.get(f"/de/schreibtisch/vorschlag/{entry}").text
    assert "automatische Prüfung unserer Schweißnähte" in page


def test_pieces_are_the_whole_text_whatever_overlaps() -> None:
    assert pieces("abcdef", []) == [Piece("abcdef", False)]
    assert pieces("abcdef", [(1, 3), (2, 5)]) == [
        Piece("a", False), Piece("b", True), Piece("c", True), Piece("de", True), Piece("f", False),
    ]  # fmt: skip
    assert pieces("", []) == []


def test_a_list_is_taken_away_as_a_tagged_pdf_with_a_sheet_for_each_pair(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    hostile = '<img src="http://127.0.0.1:9/x"><a href="file:///etc/passwd">x</a>'
    startup = add_party(session, office.id, kind="startup", name=hostile)
    add_solution(session, office.id, "Automatische Prüfung der Schweißnähte.", party_id=startup.id)
    session.commit()
    assert desk.get(f"/de/schreibtisch/bedarf/{region['need']}/match_list.pdf").status_code == 404
    compute(desk, region)
    answer = desk.get(f"/de/schreibtisch/bedarf/{region['need']}/match_list.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    document = PdfReader(BytesIO(answer.content))
    catalogue = document.trailer["/Root"]
    assert catalogue["/Lang"] == "de"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert b"pdfuaid:part" in answer.content or "pdfuaid" in str(
        document.xmp_metadata.rdf_root.toxml()
    )  # type: ignore[union-attr]
    pages = [page.extract_text() for page in document.pages]
    assert len(pages) == 1 + 5
    assert "keine Bewertung der Bonität" in pages[3]
    assert sum(hostile[:20] in page.replace("\n", "") for page in pages) >= 2
    assert all("/Annots" not in page for page in document.pages)


def test_a_document_reads_our_own_fonts_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    html = (
        '<html lang="de"><title>x</title><img alt="" src="file:///etc/passwd">'
        '<img alt="" src="http://127.0.0.1:9/"><img alt="" src="own:///../app.py"><p>x</p>'
    )
    write_pdf(html, Assets())

    refused = [record.message for record in caplog.records if "may not read" in record.message]
    assert len(refused) == 3


def test_every_reason_for_a_no_can_be_chosen() -> None:
    assert tuple(REASON_WORDS) == REASONS
