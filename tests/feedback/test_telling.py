"""What a no is told besides its reason: questions that go out by mail, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.database import now
from matchmaker.errors import InvalidInputError
from matchmaker.feedback import REASONS, TAKES
from matchmaker.tables import Contact, Hold, Mail
from tests.feedback.conftest import Officer


@pytest.mark.parametrize(
    ("reason", "side", "told"),
    [
        ("benefit_unclear", "startup", {}),
        ("description_unclear", "startup", {"asked_side": "startup"}),
        ("description_unclear", "sme", {"asked_side": "sme"}),
    ],
)
def test_a_question_goes_out_by_mail_when_it_can_no_longer_be_taken_back(
    officer: Officer, reason: str, side: str, told: dict[str, Any]
) -> None:
    region = officer.region
    firm_id = region.need.party_id
    assert firm_id is not None
    for party_id, email in ((region.startups["camera"].id, "startup"), (firm_id, "sme")):
        region.session.add(
            Contact(
                owner_office_id=region.office.id,
                party_id=party_id,
                name="Eva Muster",
                email=f"{email}@firma.example",
            )
        )
    region.session.commit()
    hold = officer.no(
        "Camera", reason, question="Was genau prüft sie?", reply_to="max@amt.example", **told
    )

    mail = region.session.scalars(select(Mail)).one()
    assert (mail.recipient, mail.reply_to) == (f"{side}@firma.example", "max@amt.example")
    assert mail.due_at > now() + timedelta(minutes=9)
    assert "Was genau prüft sie?" in mail.text
    assert "Guten Tag Eva Muster," in mail.text
    # Neither side has agreed to be known to the other.
    assert "Muster GmbH" not in mail.text + mail.subject
    assert "Schweißnähte" not in mail.text
    if side == "sme":
        assert "Camera" not in mail.text + mail.subject
    assert hold.mail_id == mail.id

    officer.record("Camera", "verdict_withdrawn")
    region.session.expire_all()
    assert region.session.scalars(select(Mail)).one().state == "settled"


def test_without_words_of_an_officer_nobody_is_written_to(officer: Officer) -> None:
    region = officer.region
    region.session.add(
        Contact(
            owner_office_id=region.office.id,
            party_id=region.startups["camera"].id,
            name="Eva",
            email="eva@startup.example",
        )
    )
    region.session.commit()
    hold = officer.no("Camera", "benefit_unclear")

    assert region.session.scalars(select(Mail)).all() == []
    assert (hold.question, hold.lifted_at) == (None, None)


@pytest.mark.parametrize("reason", REASONS)
def test_a_fact_that_a_reason_does_not_take_is_refused(officer: Officer, reason: str) -> None:
    every: dict[str, Any] = {
        "until": "2100-01-01", "maturity": 9, "evidence": "tisax", "country": "DE",
        "asked_side": "sme", "question": "?",
    }  # fmt: skip
    for name in every.keys() - set(TAKES[reason]):
        told = {k: every[k] for k in TAKES[reason]} | {name: every[name]}
        with pytest.raises(InvalidInputError) as refused:
            officer.no("Camera", reason, **told)
        assert refused.value.field == name
    with pytest.raises(InvalidInputError):
        officer.record("Camera", "judged_fit", **every)
    assert officer.region.session.scalars(select(Hold)).all() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maturity", 0), ("maturity", "sehr"), ("until", "gestern"), ("until", "1999-01-01"),
        ("country", "Deutschland"), ("evidence", " "), ("asked_side", "both"),
        ("question", "x" * 2001),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field(officer: Officer, field: str, value: Any) -> None:
    with pytest.raises(InvalidInputError) as refused:
        officer.no("Camera", "price", **{field: value})
    assert refused.value.field == field


def test_what_is_the_case_already_is_refused(officer: Officer) -> None:
    camera = officer.region.solutions["camera"]
    camera.maturity_trl, camera.it_security = 8, ["tisax"]
    officer.region.changed()

    for reason, told in (
        ("too_early", {"maturity": 8}), ("it_security", {"evidence": "TISAX"}),
    ):  # fmt: skip
        with pytest.raises(InvalidInputError):
            officer.no("Camera", reason, **told)
