"""Why a startup is not in a list, how it is found by name, and which needs fit it."""

from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.config import Settings
from matchmaker.database import SessionFactory
from matchmaker.embedding import Encoder
from matchmaker.profiles import find_named_solutions
from matchmaker.retrieval import RULES
from matchmaker.tables import BlockedPair, Consent, Need, Office, Party, Solution
from matchmaker.web import create_app
from matchmaker.web.pages.why_not import RULE_WORDS
from matchmaker.web.rendering import speak
from tests.factories import add_need, add_party, add_solution
from tests.web.test_curation import desk, place, place_of, startups

__all__ = ["desk"]


def note_change(session: Session, office: Office) -> None:
    """Tell the running server through the ledger that profiles changed."""
    ledger.record(session, office.id, "change", actor="test")
    session.commit()


def why(desk: TestClient, region: dict[str, str]) -> str:
    desk.post(f"{place_of(region)}/compute")
    answer = desk.get(f"{place_of(region)}/why-not/{region['startup']}")
    assert answer.status_code == 200
    return answer.text


def test_every_rule_has_its_words() -> None:
    assert set(RULE_WORDS) == set(RULES)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "hidden"])
def test_each_rule_is_told_with_what_would_change_it(
    desk: TestClient, session: Session, office: Office, region: dict[str, str], rule: str
) -> None:
    solution = session.get_one(Solution, UUID(region["solution"]))
    party = session.get_one(Party, UUID(region["startup"]))
    need = session.get_one(Need, UUID(region["need"]))
    if rule == "no_consent":
        session.add(Consent(owner_office_id=office.id, party_id=party.id, purpose="matching"))
    elif rule == "paused":
        solution.status = "paused"
    elif rule == "no_capacity":
        solution.capacity = 0
    elif rule == "blocked_pair":
        session.add(
            BlockedPair(owner_office_id=office.id, party_id=party.id, other_party_id=need.party_id)
        )
    elif rule == "wrong_seat":
        need.seat_country, party.country = "DE", "FR"
    else:
        solution.text_id = add_solution(session, office.id, "KI").text_id
    note_change(session, office)
    page = why(desk, region)

    for sentence in RULE_WORDS[rule]:
        assert speak(sentence, "de") in page
    assert "Von Hand ergänzen" not in page


def test_what_the_office_hid_is_told_with_note_and_the_way_back(
    desk: TestClient, region: dict[str, str]
) -> None:
    place(desk, region, "hidden", note="Ist versorgt")
    page = desk.get(f"{place_of(region)}/why-not/{region['solution']}").text

    assert "Ihr Haus hat es für diesen Bedarf ausgeblendet." in page
    assert "Ist versorgt" in page
    assert "Eva" in page
    assert "Wieder zeigen" in page


def test_one_that_stands_too_far_down_can_be_added_by_hand(
    settings: Settings, session: Session, session_factory: SessionFactory, encoder: Encoder,
    desk: TestClient, region: dict[str, str],
) -> None:  # fmt: skip
    short = settings.model_copy(update={"lists": settings.lists.model_copy(update={"length": 1})})
    with TestClient(create_app(short, session_factory, encoder)) as client:
        client.headers.update(desk.headers)
        client.cookies = desk.cookies
        client.post(f"{place_of(region)}/compute")
        page = client.get(f"{place_of(region)}/why-not/{region['far_startup']}").text
        assert "von 4, die Liste zeigt 1" in page
        assert "Von Hand ergänzen" in page

        found = find_named_solutions(session, _office_of(session, region), "Startup 2")
        added = place(client, region, "added", solution=str(found[0].solution_id)).text
        assert startups(added) == ["Startup 0", "Startup 2"]
        assert "Von Hand ergänzt von Eva." in added


def test_one_that_came_later_was_not_seen_yet(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    late = add_solution(session, office.id)
    note_change(session, office)
    page = desk.get(f"{place_of(region)}/why-not/{late.party_id}").text

    assert "hat sich etwas geändert" in page
    assert "Neu berechnen" in page
    assert "Von Hand ergänzen" in page


def test_one_that_is_in_the_list_is_told_its_rank(desk: TestClient, region: dict[str, str]) -> None:
    page = desk.get(f"{place_of(region)}/why-not/{region['startup']}").text

    assert "Es ist in der Liste, auf Rang 1." in page


def test_without_a_list_there_is_nothing_to_ask(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    need = add_need(session, office.id, "Wir suchen eine Planung unserer Touren.")
    session.commit()
    place = f"/de/schreibtisch/bedarf/{need.id}"

    assert desk.get(f"{place}/why-not/{region['startup']}").status_code == 404
    assert "Warum ist ein Startup nicht dabei" not in desk.get(place).text


@pytest.mark.parametrize(
    ("search", "finds"),
    [
        ("schoen", True),
        ("SCHÖN", True),
        ("schon prufung", True),
        ("prüfung schön", True),
        ("schön tour", False),
        ("", False),
        ("%", False),
        ("<script>", False),
    ],
)
def test_a_startup_is_found_by_parts_of_its_name_in_any_spelling(
    desk: TestClient, session: Session, office: Office, region: dict[str, str],
    search: str, finds: bool,
) -> None:  # fmt: skip
    party = add_party(session, office.id, kind="startup", name="Schönwerk UG")
    add_solution(session, office.id, party_id=party.id, title="Prüfung")
    session.commit()
    page = desk.get("/de/schreibtisch/startups", params={"q": search, "need": region["need"]})

    assert page.status_code == 200
    assert ("Schönwerk UG – Prüfung" in page.text) == finds
    assert "<script>" not in page.text


def test_asked_for_one_startup_by_name_the_answer_comes_at_once(
    desk: TestClient, region: dict[str, str]
) -> None:
    place = "/de/schreibtisch/startups"
    one = desk.get(place, params={"q": "Startup 2", "need": region["need"], "why": "yes"})
    several = desk.get(place, params={"q": "Startup", "need": region["need"], "why": "yes"})

    assert one.url.path == f"{place_of(region)}/why-not/{region['far_startup']}"
    assert "4 von 4 Lösungen gezeigt" in several.text
    assert "In der Liste auf Rang 1." in several.text


def test_a_startup_has_a_page_with_its_needs_and_its_lists(
    desk: TestClient, session: Session, office: Office, region: dict[str, str]
) -> None:
    party = session.get_one(Party, UUID(region["startup"]))
    party.town, party.website, party.employees = "Mannheim", "https://nahtblick.example", 7
    add_need(session, office.id, "Wer plant die Touren unserer Monteure?", title="Touren")
    note_change(session, office)
    page = desk.get(f"/de/schreibtisch/startup/{region['startup']}").text

    for said in ("Mannheim", "nahtblick.example", "7 Beschäftigte", "2 offene Bedarfe verglichen"):
        assert said in page
    assert page.index("automatische Prüfung") < page.index("2. Touren")
    assert "Rang 1" in page
    assert f"/de/schreibtisch/startup/{region['startup']}" in desk.get(place_of(region)).text
    assert desk.get(f"/de/schreibtisch/startup/{region['firm']}").status_code == 404


def test_the_api_ranks_the_needs_of_a_startup(client: TestClient, region: dict[str, str]) -> None:
    published = client.post(f"/api/v1/needs/{region['need']}/match-list").json()
    by_startup = client.get(f"/api/v1/startups/{region['startup']}/needs?lang=en")
    by_solution = client.get(f"/api/v1/startups/{region['solution']}/needs?lang=en").json()

    assert by_startup.status_code == 200
    answer = by_startup.json()
    assert answer["startup"] == {"id": region["startup"], "name": "Startup 0"}
    assert [row["need"]["id"] for row in answer["results"]] == [region["need"]]
    assert answer["results"][0]["list_entry"] == published["results"][0]["list_entry"]
    assert answer["results"][0]["list_rank"] == 1
    assert {**by_solution, "generated_at": ""} == {**answer, "generated_at": ""}
    assert client.get(f"/api/v1/startups/{uuid4()}/needs").status_code == 404
    assert client.get(f"/api/v1/startups/{region['firm']}/needs").status_code == 404


def _office_of(session: Session, region: dict[str, str]) -> UUID:
    return session.get_one(Need, UUID(region["need"])).owner_office_id
