"""What would help a profile: at the desk, through the API, and for the startup itself."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.tables import MatchListEntry, Office, Party, Solution
from matchmaker.tandems import Statement
from matchmaker.tandems.coaching import possible_statements
from matchmaker.web.pages.advice import STATEMENT_WORDS, say_statement
from tests.factories import add_need, add_office, add_party, add_solution
from tests.regions import a_need, a_party, a_solution
from tests.web.visitor import PROFILE_TEXT, Visitor

# Next door to the firm: a little before whoever did not say where it is.
SEAT = {"latitude": 49.0, "longitude": 8.5}


def add_rivals(session: Session, office: Office) -> None:
    """Five startups that say the same, and whose seat is known."""
    for number in range(5):
        rival = add_party(
            session, office.id, kind="startup", name=f"Rivale {number}", languages=["de", "en"],
            **SEAT,
        )  # fmt: skip
        add_solution(
            session, office.id, PROFILE_TEXT, party_id=rival.id, title="Nahtblick",
        )  # fmt: skip


def add_asking_firms(session: Session, office: Office, count: int) -> list[UUID]:
    needs = []
    for number in range(count):
        firm = add_party(session, office.id, name=f"Geheim {number} AG", employees=80, **SEAT)
        text = "Eine Kamera soll Fehler in Schweißnähten finden, während geschweißt wird."
        needs.append(add_need(session, office.id, text, party_id=firm.id).id)
    return needs


@pytest.fixture
def solution(session: Session, office: Office) -> Solution:
    """A solution whose startup said little, behind five others for two needs."""
    add_rivals(session, office)
    startup = add_party(session, office.id, kind="startup", name="Wir", languages=["de", "en"])
    ours = add_solution(
        session, office.id, PROFILE_TEXT, party_id=startup.id, title="Nahtblick",
        target_branches=["25"], cooperation_forms=["pilot"],
    )  # fmt: skip
    add_asking_firms(session, office, 2)
    ledger.record(session, office.id, "change", actor="test")
    session.commit()
    return ours


def test_every_fact_that_may_be_missing_has_its_words() -> None:
    asking = a_need(
        party=a_party(employees=80, languages=frozenset({"de"}), branches=frozenset({"25"})),
        maturity_wanted_trl=7,
        cooperation_forms=frozenset({"pilot"}),
        it_security=frozenset({"tisax"}),
        needed_by_on=date(2027, 6, 30),
    )
    statements = possible_statements(a_solution(), [asking], date(2026, 11, 22))

    assert {one.fact for one in statements} == STATEMENT_WORDS.keys()
    for one in statements:
        for language in ("de", "en"):
            assert "{" not in say_statement(one, language)


def test_the_desk_names_the_fact_the_needs_and_that_it_must_be_true(
    desk: TestClient, solution: Solution
) -> None:
    place = f"/de/schreibtisch/startup/{solution.party_id}"
    assert "Referenzkunde" not in desk.get(place).text

    page = desk.get(f"{place}?coach=yes").text

    told = re.search(r'id="coach".*?<h2', page, re.DOTALL)
    assert told
    assert "Nur wenn es stimmt" in told[0]
    assert "Ein Referenzkunde dieser Größe: mittlere Unternehmen" in told[0]
    assert "bei denen es unter den ersten fünf wäre: 2." in told[0]
    assert told[0].count("/de/schreibtisch/bedarf/") == 2
    assert "customer of this size: medium" in desk.get(
        f"/en/desk/startup/{solution.party_id}?coach=yes"
    ).text  # fmt: skip


def test_stating_the_fact_through_the_api_gives_the_rank_that_was_promised(
    client: TestClient, solution: Solution
) -> None:
    place = f"/api/v1/solutions/{solution.id}"
    (best, *_) = client.get(f"{place}/coach").json()["suggestions"]
    assert (best["fact"], best["value"]) == ("customer_sizes", "medium")
    assert best["fallen"] == []

    client.patch(place, json={best["fact"]: [best["value"]]})

    assert len(best["lifted"]) == 2
    for outlook in best["lifted"]:
        assert outlook["after"] <= 5 < outlook["before"]
        answer = client.post(f"/api/v1/needs/{outlook['need']}/match-list?top=20").json()
        (rank,) = [
            row["rank"] for row in answer["results"] if row["solution"]["id"] == str(solution.id)
        ]
        assert rank == outlook["after"]
    again = client.get(f"{place}/coach").json()["suggestions"]
    assert "customer_sizes" not in {one["fact"] for one in again}


def test_a_solution_of_another_office_gets_no_advice(
    client: TestClient, session: Session, solution: Solution
) -> None:
    foreign = add_solution(session, add_office(session).id)
    session.commit()

    for solution_id in (foreign.id, uuid4(), solution.party_id):
        assert client.get(f"/api/v1/solutions/{solution_id}/coach").status_code == 404


def test_a_proposal_says_which_missing_fact_would_lift_it_and_from_what_to_what(
    desk: TestClient, session: Session, solution: Solution, region: dict[str, str]
) -> None:
    desk.post(f"/de/schreibtisch/bedarf/{region['need']}/compute")
    entries = session.scalars(select(MatchListEntry)).all()
    (ours,) = [one for one in entries if one.solution_id == solution.id]
    page = desk.get(f"/de/schreibtisch/vorschlag/{ours.id}").text
    assert "nach vorn bringen würde" not in page, "the need asks for nothing that is missing"

    firm = session.get_one(Party, UUID(region["firm"]))
    firm.employees = 80
    session.commit()
    ledger.record(session, firm.owner_office_id, "change", actor="test")
    session.commit()
    page = " ".join(desk.get(f"/de/schreibtisch/vorschlag/{ours.id}").text.split())

    assert "<strong>Ein Referenzkunde dieser Größe: mittlere Unternehmen</strong>" in page
    scores = re.search(r"wäre der Wert (0,\d+) statt (0,\d+)", page)
    assert scores
    assert scores[1] > scores[2]


@pytest.mark.parametrize("firms", [2, 3])
def test_the_startup_reads_counts_from_three_firms_on_and_nothing_of_them(
    applicant: Visitor, session: Session, office: Office, firms: int
) -> None:
    place = applicant.confirmed(
        startup={"customer_sizes": [], "branches": "", "tags": ""},
        zusammenarbeit={"looks_for": ""},
    )
    add_rivals(session, office)
    add_asking_firms(session, office, firms)
    ledger.record(session, office.id, "change", actor="test")
    session.commit()

    page = applicant.client.get(f"{place}?coach=yes").text

    told = "Damit wären Sie bei 3 weiteren offenen Bedarfen unter den ersten fünf." in page
    assert told is (firms == 3)
    assert ("Ein Referenzkunde dieser Größe: mittlere Unternehmen" in page) is (firms == 3)
    assert "Geheim" not in page
    assert "Eine Kamera soll" not in page
    assert "/bedarf/" not in re.sub(r"<(nav|footer|header).*?</\1>", "", page, flags=re.DOTALL)


def test_a_profile_that_takes_no_part_is_not_advised(applicant: Visitor) -> None:
    place = applicant.confirmed()
    assert "coach=yes" in applicant.client.get(place).text
    applicant.post(f"{place}/pause")

    for page in (place, f"{place}?coach=yes"):
        assert "Was Ihrem Profil helfen würde" not in applicant.client.get(page).text


def test_a_day_and_a_branch_are_written_as_the_language_writes_them() -> None:
    day = Statement("available_from_on", date(2027, 3, 1))
    assert say_statement(day, "de") == "Frei spätestens ab 1. März 2027"
    branch = Statement("target_branches", "25")
    assert "25" not in say_statement(branch, "de")
