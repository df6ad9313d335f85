"""Judging at the desk: what a reason asks, what follows in words, undoing and lifting."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts import create_officer
from matchmaker.database import now
from matchmaker.feedback import TAKES
from matchmaker.tables import Consent, Contact, Hold, Mail, Need, Solution
from matchmaker.web.pages.verdicts import REASON_KEYS
from tests.factories import add_need, add_office
from tests.web.deeds import deeds
from tests.web.test_desk import compute, first_entry
from tests.web.visitor import PASSWORD

ANSWERS = {
    "too_early": {"maturity": "6"},
    "benefit_unclear": {"question": ""},
    "no_capacity": {"until": "31.12.2099"},
    "wrong_region": {"country": "AT"},
    "it_security": {"evidence": "tisax"},
    "timing": {"until": "2099-12-31"},
    "description_unclear": {"asked_side": "sme", "question": ""},
}
FOLLOWS = {
    "poor_fit": "steht bei diesem Bedarf jetzt weiter hinten",
    "too_early": "sobald dieser Reifegrad erreicht ist: Pilot (TRL 6).",
    "benefit_unclear": "was die Lösung hier nützt. Es ging keine E-Mail hinaus",
    "price": "sobald sich die angegebene Preisklasse ändert",
    "no_capacity": "Kommt am 31. Dezember 2099 zurück.",
    "competitor": "einander nicht mehr vorgeschlagen",
    "wrong_region": "verlangt ab jetzt diesen Sitz: Österreich.",
    "already_solved": "Der Bedarf ist geschlossen.",
    "trust": "einander nicht mehr vorgeschlagen",
    "it_security": "sobald dieser Nachweis im Profil steht: TISAX.",
    "timing": "Kommt am 31. Dezember 2099 zurück.",
    "description_unclear": "sobald das Unternehmen seinen Bedarf neu beschreibt",
}


def judged(desk: TestClient, entry: UUID, reason: str) -> str:
    """Say no with this reason, answer what it asks; the page that comes then."""
    place = f"/de/schreibtisch/vorschlag/{entry}"
    said = {"verdict": "judged_no_fit", "reason": reason}
    page = desk.post(f"{place}/verdict", data=said)
    if TAKES[reason]:
        assert page.url.path == f"{place}/no/{reason}"
        assert page.text.count("<fieldset") + page.text.count("kern-form-input__input") >= 1
        page = desk.post(f"{place}/verdict", data=said | {"is_answered": "yes"} | ANSWERS[reason])
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize("reason", FOLLOWS)
def test_the_row_says_what_follows_until_it_is_undone(
    desk: TestClient, session: Session, region: dict[str, str], reason: str
) -> None:
    compute(desk, region)
    entry = first_entry(session)
    page = judged(desk, entry, reason)

    # In the row and in the list of what the feedback has done.
    assert page.count(FOLLOWS[reason]) >= 2
    assert "Das hat Ihre Rückmeldung bewirkt" in page
    undone = desk.post(f"/de/schreibtisch/vorschlag/{entry}/undo").text
    assert FOLLOWS[reason] not in undone
    assert "bewirkt" not in undone
    assert session.scalars(select(Hold.lifted_by)).all() == ["officer:eva@amt.example"]


def test_nothing_more_is_asked_than_the_reason_needs() -> None:
    assert {reason for reason, facts in TAKES.items() if facts} == set(ANSWERS)
    assert list(REASON_KEYS) == list("123456789abc")


@pytest.mark.parametrize(
    ("reason", "answers", "says"),
    [
        ("timing", {"until": ""}, "Nennen Sie den Tag"),
        ("timing", {"until": "morgen"}, "Bitte schreiben Sie den Tag so"),
        ("timing", {"until": "1.1.2020"}, "Der Tag muss nach dem Tag des Urteils liegen."),
        ("timing", {"until": "1.1.2999"}, "Nennen Sie den Tag"),
        ("too_early", {}, "Nennen Sie den Reifegrad"),
        ("too_early", {"maturity": "7"}, "Bitte wählen Sie eine der Antworten."),
        ("it_security", {}, "Nennen Sie den Nachweis"),
        ("description_unclear", {"question": "?"}, "Nennen Sie die Seite"),
        ("benefit_unclear", {"question": "x" * 2001}, "Bitte kürzen Sie das"),
    ],
)
def test_an_answer_that_cannot_be_is_asked_for_again(
    desk: TestClient, session: Session, region: dict[str, str], reason: str,
    answers: dict[str, str], says: str,
) -> None:  # fmt: skip
    compute(desk, region)
    place = f"/de/schreibtisch/vorschlag/{first_entry(session)}/verdict"
    said = {"verdict": "judged_no_fit", "reason": reason, "is_answered": "yes"}
    page = desk.post(place, data=said | answers)

    assert page.status_code == 422
    assert says in page.text
    assert "<title>Fehler: " in page.text
    assert deeds(session) == []
    assert session.scalars(select(Hold)).all() == []


def test_what_the_facts_suggest_is_there_already(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    need, solution = session.get_one(Need, UUID(region["need"])), UUID(region["solution"])
    need.maturity_wanted_trl, need.it_security = 7, ["bsi_c5"]
    session.get_one(Solution, solution).maturity_trl = 6
    session.commit()
    place = f"/de/schreibtisch/vorschlag/{first_entry(session)}/no"

    page = desk.get(f"{place}/too_early").text
    assert 'value="8" checked' in page
    assert 'value="6"' not in page
    assert 'value="bsi_c5" checked' in desk.get(f"{place}/it_security").text
    assert 'value="DE" checked' in desk.get(f"{place}/wrong_region").text
    assert desk.get(f"{place}/nonsense").status_code == 404


def test_a_need_is_quoted_to_a_startup_only_with_consent_and_by_a_person(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    entry = first_entry(session)
    firm, startup = UUID(region["firm"]), UUID(region["startup"])
    office_id = session.get_one(Need, UUID(region["need"])).owner_office_id
    session.add(
        Contact(owner_office_id=office_id, party_id=startup, name="Ada", email="ada@s.example")
    )
    session.commit()
    place = f"/de/schreibtisch/vorschlag/{entry}"
    assert "automatische Prüfung" not in desk.get(f"{place}/no/benefit_unclear").text
    consent = Consent(
        owner_office_id=office_id, party_id=firm, purpose="introduction", confirmed_at=now()
    )
    session.add(consent)
    session.commit()
    page = desk.get(f"{place}/no/benefit_unclear").text
    assert "automatische Prüfung" in page
    assert "Metallbau" not in page
    consent.withdrawn_at = now()
    session.commit()
    assert "automatische Prüfung" not in desk.get(f"{place}/no/benefit_unclear").text

    said = {"verdict": "judged_no_fit", "reason": "benefit_unclear", "is_answered": "yes"}
    page = desk.post(f"{place}/verdict", data=said | {"question": "Was nützt es?"}).text
    assert "Eine E-Mail fragt danach" in page
    mail = session.scalars(select(Mail)).one()
    assert (mail.recipient, mail.reply_to) == ("ada@s.example", "eva@amt.example")


def test_the_answer_of_a_startup_is_written_down_and_shown(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    entry = first_entry(session)
    page = judged(desk, entry, "benefit_unclear")
    hold = session.scalars(select(Hold)).one()
    place = f"/de/schreibtisch/rueckmeldung/{hold.id}"
    assert f'href="{place}"' in page

    empty = desk.post(f"{place}/answer", data={"answer": " "})
    assert (empty.status_code, "schreiben Sie auf" in empty.text) == (422, True)
    page = desk.post(f"{place}/answer", data={"answer": "Sie <b>spart</b> Nacharbeit."}).text
    assert "Das Startup sagt: „Sie &lt;b&gt;spart&lt;/b&gt; Nacharbeit.“" in page
    assert "bewirkt" not in page
    assert "<textarea" not in desk.get(place).text
    assert desk.post(f"{place}/answer", data={"answer": "Doch."}).status_code == 409


def test_a_hold_is_lifted_at_the_desk_and_not_by_another_office(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    judged(desk, first_entry(session), "price")
    hold = session.scalars(select(Hold)).one()
    place = f"/de/schreibtisch/rueckmeldung/{hold.id}"
    other = add_office(session)
    create_officer(
        session, other.id, email="max@amt.example", name="Max", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip
    session.commit()
    desk.post("/de/anmelden", data={"email": "max@amt.example", "password": PASSWORD})
    assert desk.get(place).status_code == 404
    assert desk.post(f"{place}/lift").status_code == 404
    assert desk.post(f"{place}/answer", data={"answer": "Ja."}).status_code == 404
    assert (
        desk.get(f"/de/schreibtisch/vorschlag/{first_entry(session)}/no/price").status_code == 404
    )
    assert desk.post(f"/de/schreibtisch/vorschlag/{first_entry(session)}/undo").status_code == 404

    desk.post("/de/anmelden", data={"email": "eva@amt.example", "password": PASSWORD})
    page = desk.post(f"{place}/lift").text
    assert "Aufgehoben am" in page
    assert "bewirkt" not in page
    assert desk.post(f"/de/schreibtisch/rueckmeldung/{uuid4()}/lift").status_code == 404


def test_after_ten_minutes_a_verdict_stands(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    entry = first_entry(session)
    assert "Rückgängig" in judged(desk, entry, "price")
    (verdict,) = deeds(session)
    verdict.recorded_at = now() - timedelta(minutes=11)
    session.commit()

    assert "Rückgängig" not in desk.get(f"/de/schreibtisch/bedarf/{region['need']}").text
    late = desk.post(f"/de/schreibtisch/vorschlag/{entry}/undo")
    assert (late.status_code, "Das geht nicht mehr" in late.text) == (409, True)
    assert session.scalars(select(Hold.lifted_at)).all() == [None]


def test_a_solved_need_is_closed_wherever_it_is_seen(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    compute(desk, region)
    page = judged(desk, first_entry(session), "already_solved")
    place = f"/de/schreibtisch/bedarf/{region['need']}"

    assert "Dieser Bedarf ist geschlossen." in page
    assert f'action="{place}/compute"' not in page
    assert desk.get(f"{place}/match_list.pdf").status_code == 200


def test_another_offices_need_is_not_changed_from_here(
    desk: TestClient, session: Session, region: dict[str, str]
) -> None:
    other = add_office(session)
    need = add_need(session, other.id, visibility="network")
    session.commit()
    compute(desk, {"need": str(need.id)})
    place = f"/de/schreibtisch/vorschlag/{first_entry(session)}/verdict"
    page = desk.post(place, data={"verdict": "judged_no_fit", "reason": "already_solved"})

    assert page.status_code == 422
    assert "gehört einem anderen Haus" in page.text
    assert session.get_one(Need, need.id, populate_existing=True).status == "open"


def test_keys_are_switched_off_and_stay_off(desk: TestClient, region: dict[str, str]) -> None:
    place = f"/de/schreibtisch/bedarf/{region['need']}"
    assert "judging.js" in compute(desk, region)
    page = desk.post("/de/schreibtisch/tasten", data={"keys": "off", "next": place})
    assert page.url.path == place
    assert "judging.js" not in page.text
    assert "judging.js" not in desk.get(place).text
    page = desk.post("/de/schreibtisch/tasten", data={"keys": "on", "next": "//evil.example"})
    assert page.url.path == "/de/schreibtisch"
    assert "judging.js" in desk.get(place).text
