"""An import that is taken back."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import ImportBatch, LedgerEntry, Need, Party, Solution, Tandem, TextVersion
from tests.profiles.office import OfficeAtWork, Table

COMPANIES: Table = [
    ["id", "Firma", "Mitarbeitende", "Profil", "Cluster"],
    ["1", "Alpha GmbH", "10", "Wir drehen.", "metall"],
    ["2", "Beta GmbH", "20", "Wir fräsen.", ""],
]
CHANGED: Table = [COMPANIES[0], ["1", "Alpha GmbH", "12", "Wir drehen Teile.", "metall"]]


def test_what_an_import_created_is_gone(office: OfficeAtWork, session: Session) -> None:
    report = office.take("companies", COMPANIES)

    undone = office.undo(report.batch)

    assert (undone.deleted, undone.restored, undone.left) == (5, 0, [])
    assert (office.count(Party), office.count(TextVersion)) == (0, 0)
    assert session.get_one(ImportBatch, report.batch).undone_at is not None
    assert [e.action for e in session.scalars(select(LedgerEntry))] == ["import", "undo_import"]


def test_what_an_import_changed_is_as_before(office: OfficeAtWork, session: Session) -> None:
    first = office.take("companies", COMPANIES)
    before = dict(vars(office.party(session, "1")))
    second = office.take("companies", CHANGED)
    session.expire_all()
    assert office.party(session, "1").employees == 12

    assert office.undo(second.batch).restored == 1

    session.expire_all()
    after = office.party(session, "1")
    assert (after.employees, after.description_id) == (10, before["description_id"])
    assert after.updated_at == before["updated_at"]
    assert office.undo(first.batch).left == []
    assert office.count(Party) == 0


def test_an_older_import_leaves_what_a_later_one_changed(office: OfficeAtWork) -> None:
    first = office.take("companies", COMPANIES)
    office.take("companies", CHANGED)

    undone = office.undo(first.batch)

    reasons = {(left.table, left.reason) for left in undone.left}
    assert ("party", "a later import changed it") in reasons or (
        "party",
        "it was changed since",
    ) in reasons
    assert office.count(Party) == 1


def test_what_others_refer_to_stays_with_everything_it_needs(
    office: OfficeAtWork, session: Session
) -> None:
    companies = office.take("companies", COMPANIES)
    office.take("needs", [["id", "Firma", "Bedarf"], ["n", "1", "Wir suchen Hilfe."]])
    startups = office.take("startups", [["id", "text"], ["s", "We help."]])
    session.add(
        Tandem(
            owner_office_id=office.id,
            sme_party_id=office.party(session, "2").id,
            startup_party_id=office.party(session, "s").id,
        )
    )
    session.commit()

    left = office.undo(companies.batch).left
    assert {entry.reason for entry in left if entry.table == "party"} == {
        "a record of need refers to it",
        "a record of tandem refers to it",
    }
    assert office.count(Party) == 3
    assert {entry.table for entry in office.undo(startups.batch).left} == {"party"}
    assert office.count(Solution) == 0


def test_a_record_that_was_edited_since_stays(office: OfficeAtWork, session: Session) -> None:
    report = office.take("companies", COMPANIES)
    party = office.party(session, "1")
    party.town, party.updated_at = "Calw", now()
    session.commit()

    undone = office.undo(report.batch)

    assert ("party", "it was changed since") in {(x.table, x.reason) for x in undone.left}
    assert session.scalars(select(Party.town)).one() == "Calw"


def test_an_undone_import_can_be_made_again_but_not_undone_again(
    office: OfficeAtWork, session: Session
) -> None:
    needs = [["id", "Bedarf"], ["n", "Wir suchen Hilfe."]]
    report = office.take("needs", needs)
    office.undo(report.batch)
    assert session.scalar(select(func.count()).select_from(Need)) == 0

    with pytest.raises(ConflictError, match="was undone"):
        office.undo(report.batch)
    assert office.take("needs", needs).created == 1


def test_another_office_has_no_such_import(office: OfficeAtWork) -> None:
    report = office.take("companies", COMPANIES)
    other = OfficeAtWork(office.factory, office.folder)

    with pytest.raises(NotFoundError):
        other.undo(report.batch)
    with pytest.raises(NotFoundError):
        office.undo(uuid4())
