"""What the program learned, at the desk: read by the office, changed by those who may."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.scoring import Calibration
from matchmaker.tables import Office
from matchmaker.training import find_champion, promote
from matchmaker.web import create_app
from tests.factories import add_office
from tests.training.saved import add_scorer
from tests.web.visitor import PASSWORD

PAGE, CHANGE = "/de/schreibtisch/gelernt", "/de/schreibtisch/gelernt/wechsel"
As = Callable[..., TestClient]


@pytest.fixture
def browse(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    office: Office, tmp_path: Path,
) -> As:  # fmt: skip
    """Browsers of people of an office, all on the same running server."""
    own = settings.model_copy(update={"data_folder": tmp_path})
    app = create_app(own, session_factory, encoder)

    def start(role: str, of: Office = office) -> TestClient:
        email = f"{role}@{of.slug}.example"
        create_officer(
            session, of.id, email=email, name=role, role=role, password=PASSWORD, actor="test"
        )
        session.commit()
        client = TestClient(app, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
        client.post("/de/anmelden", data={"email": email, "password": PASSWORD})
        return client

    return start


@pytest.fixture
def add(session: Session, office: Office, tmp_path: Path) -> Callable[..., str]:
    def add(factor: float = 2.0, calibration: Calibration | None = None) -> str:
        version = add_scorer(session, office.id, tmp_path, factor, calibration).version
        session.commit()
        return version

    return add


def serving(session: Session, office: Office) -> str | None:
    session.expire_all()
    champion = find_champion(session, office.id)
    return champion.version if champion else None


def test_before_anything_was_learned_the_page_says_so_and_what_it_takes(browse: As) -> None:
    page = browse("officer").get(PAGE).text

    assert "Es gelten die Gewichte der Fachleute." in page
    assert "Das Programm hat noch nichts gelernt." in page
    assert "lernt aus Ihren Urteilen" in page
    assert "<table" not in page
    assert "Einen Schritt zurück" not in page
    assert "Nothing was learned yet." in browse("manager").get("/en/desk/learned").text


def test_a_manager_puts_one_in_place_and_takes_it_back(
    browse: As, session: Session, office: Office, add: Callable[..., str]
) -> None:
    manager, first, second = browse("manager"), add(2.0), add(0.5)
    assert "wartet auf eine Entscheidung" in manager.get(PAGE).text

    done = manager.post(f"{CHANGE}/promote", data={"version": first, "seen": ""})
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    manager.post(f"{CHANGE}/promote", data={"version": second, "seen": first})
    assert serving(session, office) == second
    page = manager.get(PAGE).text
    assert "gelten gelernte Gewichte" in page
    assert "aus 51 Urteilen und Ergebnissen vom 5. Januar 2026 bis zum 2. November 2026" in page
    assert "Ein Schritt zurück führt zu den Gewichten vom" in page
    assert "von neueren Gewichten abgelöst" in page

    manager.post(f"{CHANGE}/rollback", data={"seen": second})
    assert serving(session, office) == first
    assert "führt zu den Gewichten der Fachleute" in manager.get(PAGE).text
    manager.post(f"{CHANGE}/rollback", data={"seen": first})
    assert serving(session, office) is None
    assert "davon gilt noch nichts" in manager.get(PAGE).text


def test_each_weight_stands_beside_the_experts_with_its_range_in_words(
    browse: As, session: Session, office: Office, add: Callable[..., str]
) -> None:
    promote(session, office.id, add(2.0), seen=None, actor="test")
    session.commit()

    page = " ".join(browse("officer").get(PAGE).text.split())

    # tag_fit: the expert says 0.40 ± 0.20; doubled, and half as unsure: 0.80 ± 1.645 · 0.10.
    row = page[page.index("Stichwörter") :].partition("</tr>")[0]
    assert ">0,4<" in row
    assert ">0,8<" in row
    assert ">0,64 bis 0,96<" in row
    assert "klar mehr, als die Fachleute dachten" in row
    # seat_distance_km: 0.1 ± 0.1 became 0.2 ± 0.05.
    assert ">0,12 bis 0,28<" in page
    # The intercept stayed.
    assert "nicht klar anders, als die Fachleute dachten" in page


def test_an_officer_reads_and_does_not_decide(
    browse: As, session: Session, office: Office, add: Callable[..., str]
) -> None:
    version = add()
    officer = browse("officer")

    assert "<form" not in officer.get(PAGE).text.partition("<main")[2]
    assert officer.post(f"{CHANGE}/promote", data={"version": version}).status_code == 403
    assert officer.post(f"{CHANGE}/rollback", data={"seen": ""}).status_code == 403
    assert serving(session, office) is None


def test_an_administrator_gets_here_after_the_log_in_and_sees_only_own_ways(
    browse: As, office: Office
) -> None:
    administrator = browse("administrator")
    account = {"email": f"administrator@{office.slug}.example", "password": PASSWORD}
    assert administrator.post("/de/anmelden", data=account).headers["location"] == PAGE

    page = administrator.get(PAGE).text
    assert 'href="/de/konto"' in page
    assert 'href="/de/schreibtisch"' not in page


def test_who_saw_an_older_page_is_told_and_changes_nothing(
    browse: As, session: Session, office: Office, add: Callable[..., str]
) -> None:
    manager, first, second = browse("manager"), add(2.0), add(0.5)
    manager.post(f"{CHANGE}/promote", data={"version": first, "seen": ""})

    for place, sent in (
        ("promote", {"version": second, "seen": ""}),
        ("promote", {"version": first, "seen": first}),
        ("rollback", {"seen": second}),
        ("rollback", {}),
    ):
        answer = manager.post(f"{CHANGE}/{place}", data=sent)
        assert answer.status_code == 409, (place, sent)
        assert "Es wurde nichts geändert." in answer.text
        assert "gelten gelernte Gewichte" in answer.text
    assert serving(session, office) == first


def test_what_cannot_be_read_is_not_put_in_place_and_is_said_where_it_serves(
    browse: As, session: Session, office: Office, add: Callable[..., str], tmp_path: Path
) -> None:
    manager, version = browse("manager"), add()
    path = tmp_path / "scorers" / version / "parameters.json"
    content = path.read_bytes()
    path.write_bytes(content + b" ")

    assert manager.post(f"{CHANGE}/promote", data={"version": version}).status_code == 409
    assert serving(session, office) is None

    path.write_bytes(content)
    manager.post(f"{CHANGE}/promote", data={"version": version})
    path.unlink()
    page = manager.get(PAGE).text
    assert "lassen sich nicht lesen" in page
    assert "Einen Schritt zurück" in page
    assert "<table" not in page


def test_another_offices_scorers_do_not_exist(
    browse: As, session: Session, office: Office, add: Callable[..., str]
) -> None:
    version, stranger = add(), browse("manager", add_office(session))
    promote(session, office.id, version, seen=None, actor="test")
    session.commit()

    assert version not in stranger.get(PAGE).text
    assert stranger.post(f"{CHANGE}/promote", data={"version": version}).status_code == 404
    assert stranger.post(f"{CHANGE}/rollback", data={"seen": version}).status_code == 409
    assert serving(session, office) == version
    missing = stranger.post(f"{CHANGE}/promote", data={"version": "learned-nowhere"})
    assert missing.status_code == 404


def test_pages_say_how_many_of_ten_such_pairs_came_to_a_talk_where_that_is_known(
    browse: As, session: Session, office: Office, region: dict[str, str], add: Callable[..., str]
) -> None:
    officer, need = browse("officer"), f"/de/schreibtisch/bedarf/{region['need']}"
    officer.post(f"{need}/compute")
    assert "Von 10 solchen Paaren" not in officer.get(need).text
    # Whatever the score, 0.62 is the probability.
    promote(session, office.id, add(1.0, Calibration(0.0, 0.49)), seen=None, actor="test")
    session.commit()

    officer.post(f"{need}/compute")

    sentence = "Von 10 solchen Paaren kam es bei etwa 6 zu einem Gespräch."
    page = officer.get(need).text
    assert page.count(sentence) == 4
    entry = page.partition("/de/schreibtisch/vorschlag/")[2][:36]
    assert sentence in officer.get(f"/de/schreibtisch/vorschlag/{entry}").text
    startup = officer.get(f"/de/schreibtisch/startup/{region['startup']}").text
    assert sentence in startup
    assert officer.get(f"{need}/match_list.pdf").status_code == 200
    promote(session, office.id, add(1.0, Calibration(0.0, -4.0)),
            seen=serving(session, office), actor="test")  # fmt: skip
    session.commit()
    officer.post(f"{need}/compute")
    assert "kam es bei weniger als einem" in officer.get(need).text


def test_a_list_whose_scorer_could_not_be_read_says_so(
    browse: As, session: Session, office: Office, region: dict[str, str],
    add: Callable[..., str], tmp_path: Path,
) -> None:  # fmt: skip
    officer, need = browse("officer"), f"/de/schreibtisch/bedarf/{region['need']}"
    version = add()
    promote(session, office.id, version, seen=None, actor="test")
    session.commit()
    (tmp_path / "scorers" / version / "parameters.json").unlink()

    officer.post(f"{need}/compute")

    assert "Die gelernten Gewichte lassen sich nicht lesen." in officer.get(need).text
