from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles.record_facts import (
    NeedChanges,
    NeedFacts,
    PartyChanges,
    PartyFacts,
    SolutionChanges,
    SolutionFacts,
)
from matchmaker.profiles.records import (
    create_record,
    delete_record,
    get_record,
    list_records,
    update_record,
)
from matchmaker.tables import LedgerEntry, Municipality, Need, Office, Party, Solution, TextVersion
from tests.factories import add_need, add_office, add_party, add_solution


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


def new_party(session: Session, office: Office, **facts: object) -> Party:
    stated = PartyFacts.model_validate({"kind": "sme"} | facts)
    return create_record(session, Party, office.id, stated, source="desk", actor="test")


def change_party(session: Session, party: Party, **changes: object) -> Party:
    stated = PartyChanges.model_validate(changes)
    return update_record(session, Party, party.owner_office_id, party.id, stated, actor="test")


def test_a_party_is_stored_with_texts_and_keys(session: Session, office: Office) -> None:
    party = new_party(
        session,
        office,
        name=" Müller  & Söhne GmbH ",
        website="https://www.mueller.example",
        register_number="Amtsgericht Mannheim, HRB 700 123",
        branches=["C28", "Maschinenbau"],
        description="Wir bauen Maschinen für die Verpackung von Brot.",
    )

    assert party.name == "Müller & Söhne GmbH"
    assert party.domain_key == "mueller.example"
    assert party.register_key == "hrb700123mannheim"
    assert party.branches == ["28"]
    assert party.description is not None
    assert party.description.language == "de"
    assert get_record(session, Party, office.id, party.id) is party


def test_every_change_is_one_line_of_the_ledger_that_tells_no_content(
    session: Session, office: Office
) -> None:
    party = new_party(session, office, name="Geheim GmbH")
    change_party(session, party, name="Geheimer GmbH", employees=7)
    change_party(session, party, name="Geheimer GmbH")
    delete_record(session, Party, office.id, party.id, actor="test")

    lines = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
    own = [line for line in lines if line.owner_office_id == office.id]
    assert [line.action for line in own] == ["create_party", "update_party", "delete_party"]
    assert own[1].details == {"fields": ["employees", "name", "name_key"]}
    assert "Geheim" not in str([line.details for line in own])
    assert ledger.altered_lines(session, office.id) == []


def test_a_change_touches_only_what_it_names(session: Session, office: Office) -> None:
    party = new_party(session, office, name="A", employees=5, languages=["de"])
    before = party.updated_at

    changed = change_party(session, party, employees=None)

    assert (changed.name, changed.employees, changed.languages) == ("A", None, ["de"])
    assert changed.updated_at > before


def test_a_seat_that_moves_takes_its_coordinates_along(session: Session, office: Office) -> None:
    places = [
        Municipality(country="DE", postcode=postcode, name=name, name_key=name.lower())
        for postcode, name in (("76703", "Kraichtal"), ("74889", "Sinsheim"))
    ]
    session.add_all(places)
    session.flush()
    here = {"postcode": "76703", "town": "Kraichtal", "latitude": 49.1, "longitude": 8.7}
    party = new_party(session, office, **here)
    assert party.municipality_id == places[0].id

    change_party(session, party, town="Kraichtal")
    assert (party.latitude, party.longitude) == (49.1, 8.7)

    change_party(session, party, postcode="74889", town="Sinsheim")
    assert party.municipality_id == places[1].id
    assert (party.latitude, party.longitude) == (None, None)


def test_an_old_wording_stays_and_the_same_wording_is_no_new_one(
    session: Session, office: Office
) -> None:
    facts = NeedFacts(text="Wir suchen eine Kamera.")
    need = create_record(session, Need, office.id, facts, source="desk", actor="test")
    first = need.text

    for text in ("Wir suchen eine Kamera.", "\ufeffWir suchen eine Kamera.\r\n"):
        update_record(session, Need, office.id, need.id, NeedChanges(text=text), actor="test")
        assert need.text is first
    update_record(session, Need, office.id, need.id, NeedChanges(text="Neu."), actor="test")

    assert need.text.text == "Neu."
    assert session.get(TextVersion, first.id) is first


@pytest.mark.parametrize("visibility", ["office", "network"])
def test_another_office_never_changes_a_record(
    session: Session, office: Office, visibility: str
) -> None:
    other = add_office(session).id
    need = add_need(session, office.id, visibility=visibility)
    refused = NotFoundError if visibility == "office" else ConflictError

    with pytest.raises(refused):
        update_record(session, Need, other, need.id, NeedChanges(status="closed"), actor="test")
    with pytest.raises(refused):
        delete_record(session, Need, other, need.id, actor="test")
    assert need.status == "open"


def test_a_list_goes_by_id_and_holds_what_the_office_sees(session: Session, office: Office) -> None:
    other = add_office(session).id
    seen = [add_solution(session, office.id).id for _ in range(3)]
    seen.append(add_solution(session, other, visibility="network").id)
    hidden = add_solution(session, other).id

    found = [s.id for s in list_records(session, Solution, office.id, limit=200, after=None)]

    assert hidden not in found
    assert set(seen) <= set(found)
    assert found == sorted(found)
    rest = list_records(session, Solution, office.id, limit=2, after=found[0])
    assert [solution.id for solution in rest] == found[1:3]


def test_a_solution_belongs_to_a_party_of_the_office(session: Session, office: Office) -> None:
    foreign = add_party(session, add_office(session).id, visibility="network")

    for party_id in (foreign.id, uuid4()):
        facts = SolutionFacts(text="Wir planen Touren.", party_id=party_id)
        with pytest.raises(InvalidInputError) as refused:
            create_record(session, Solution, office.id, facts, source="desk", actor="test")
        assert refused.value.field == "party_id"


def test_a_party_with_a_solution_is_not_deleted_and_its_solution_can_be(
    session: Session, office: Office
) -> None:
    solution = add_solution(session, office.id)

    with pytest.raises(ConflictError, match="Pause it instead"):
        delete_record(session, Party, office.id, solution.party_id, actor="test")
    delete_record(session, Solution, office.id, solution.id, actor="test")
    delete_record(session, Party, office.id, solution.party_id, actor="test")

    with pytest.raises(NotFoundError):
        get_record(session, Party, office.id, solution.party_id)


def test_source_and_external_id_name_one_record(session: Session, office: Office) -> None:
    new_party(session, office, external_id="17")

    with pytest.raises(ConflictError):
        new_party(session, office, external_id="17")
    facts = PartyFacts(kind="sme", external_id="17")
    create_record(session, Party, office.id, facts, source="crm", actor="test")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "firm"),
        ("employees", -1),
        ("employees", "5"),
        ("employees", True),
        ("latitude", 91.0),
        ("country", "de"),
        ("name", " \t"),
        ("name", "x" * 301),
        ("name", "\u0958" * 200),  # three hundred characters and more once they are composed
        ("website", "javascript:alert(1)"),
        ("founded_on", 0),
        ("founded_on", "0999-12-31"),
        ("branches", ["x"] * 51),
        ("is_paused", "no"),
        ("surprise", 1),
    ],
)
def test_a_party_is_held_to_its_lists_and_ranges(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        PartyFacts.model_validate({"kind": "sme", field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maturity_trl", 0),
        ("maturity_trl", 10),
        ("capacity", -1),
        ("cooperation_forms", ["gift"]),
        ("customer_sizes", ["giant"]),
        ("available_from_on", "9999-12-31"),
        ("status", "open"),
    ],
)
def test_a_solution_is_held_to_its_lists_and_ranges(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        SolutionChanges.model_validate({field: value})


def test_proofs_of_it_security_are_stored_as_codes_and_unknown_ones_folded() -> None:
    stated = NeedChanges(it_security=["ISO/IEC 27001", "DSGVO", "gdpr", "Hauseigene Prüfung"])

    assert stated.it_security == ["iso27001", "gdpr", "hauseigene pruefung"]
