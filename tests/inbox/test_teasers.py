"""Teasers: approved for one wording, and never with what tells whose need it is unseen."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from matchmaker import inbox
from matchmaker.errors import InvalidInputError
from matchmaker.inbox import ChangedMeanwhileError, OpenWarningsError
from matchmaker.tables import (
    Municipality,
    Need,
    Party,
    Submission,
    Teaser,
)
from tests.inbox.conftest import CLEAN, approve, change


def test_a_teaser_is_seen_when_it_is_approved_and_until_the_need_changes(
    session: Session, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    teaser = save()
    worded = inbox.find_teaser(session, need)
    assert worded is not None
    assert (worded.text, worded.is_approved, worded.has_lapsed) == (CLEAN, False, False)
    approve(session, need, teaser, officer)
    worded = inbox.find_teaser(session, need)
    assert worded is not None
    assert worded.is_approved
    assert (teaser.approved_by, teaser.need_text_id) == (officer, need.text_id)
    assert teaser.approved_at is not None

    change(session, need)
    worded = inbox.find_teaser(session, need)
    assert worded is not None
    assert (worded.is_approved, worded.has_lapsed) == (False, True)


def test_a_closed_need_shows_nothing_to_startups(
    session: Session, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    approve(session, need, save(), officer)
    need.status = "closed"
    session.flush()

    worded = inbox.find_teaser(session, need)
    assert worded is not None
    assert not worded.is_approved


def test_another_wording_has_to_be_approved_anew(
    session: Session, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    first = save()
    approve(session, need, first, officer)
    assert save(CLEAN, 1) is first
    second = save("Gesucht: Kamera für Nähte.", 1)

    worded = inbox.find_teaser(session, need)
    assert worded is not None
    assert (worded.teaser, worded.is_approved) == (second, False)
    assert (second.number, first.approved_by) == (2, officer)


def test_what_tells_is_approved_only_when_that_is_meant(
    session: Session, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    teaser = save("Wir von Müllertechnik suchen eine Kamera.")
    with pytest.raises(OpenWarningsError):
        approve(session, need, teaser, officer)
    assert teaser.approved_at is None
    approve(session, need, teaser, officer, despite=True)
    assert teaser.approved_at is not None


@pytest.mark.parametrize(
    ("wish", "text", "warns"),
    [
        ("anonymous", CLEAN, False),
        ("anonymous", "Kamera für Müllers Kraichtaler Halle", True),
        ("named", "Kamera für Müllers Kraichtaler Halle", False),
        ("named", "Kamera, fragen Sie Frau Wünsche", True),
        ("staff_first", CLEAN, True),
    ],
)
def test_the_wish_of_the_firm_decides_what_may_be_told(
    session: Session, need: Need, wish: str, text: str, warns: bool
) -> None:
    session.add(
        Submission(
            owner_office_id=need.owner_office_id,
            language="de",
            need_id=need.id,
            state="confirmed",
            answers={"visibility": wish},
        )
    )
    session.flush()

    assert bool(inbox.warnings_about(session, need, text)) == warns


def test_a_draft_of_the_needs_text_tells_nothing(session: Session, need: Need) -> None:
    secrets = inbox.secrets_of(session, need)
    draft = inbox.without_leaks(need.text.text, secrets)

    assert draft == "[…] in […] sucht eine Kamera für Schweißnähte."
    assert not inbox.warnings_about(session, need, draft)


def test_the_towns_of_the_postcode_are_told_by_it(session: Session, need: Need) -> None:
    firm = session.get_one(Party, need.party_id)
    firm.town, firm.postcode = None, "76703"
    for name, postcode in (("Kraichtal", "76703"), ("Bruchsal", "76646")):
        place = Municipality(
            country="DE", postcode=postcode, name=name, name_key=name.lower(),
            latitude=49.1, longitude=8.7,
        )  # fmt: skip
        session.add(place)
    session.flush()

    told = inbox.warnings_about(session, need, "In Kraichtal, nahe Bruchsal.").leaks
    assert [(leak.start, leak.end) for leak in told] == [(3, 12)]


def test_nobody_writes_over_what_they_have_not_seen(
    session: Session, need: Need, save: Callable[..., Teaser]
) -> None:
    save()
    with pytest.raises(ChangedMeanwhileError):
        save("Von jemandem, der den ersten nicht sah.")
    for text in ("", "x" * 5_001):
        with pytest.raises(InvalidInputError):
            save(text, 1)
