"""Reviews and teasers: about one wording, by a person, and never over what somebody changed."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import inbox, ledger
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.inbox import ChangedMeanwhileError, OpenWarningsError
from matchmaker.profiles import NeedChanges, update_record
from matchmaker.tables import (
    Contact,
    Municipality,
    Need,
    Office,
    Officer,
    Party,
    Review,
    Submission,
    Teaser,
    TextVersion,
)
from tests.factories import add_need, add_office, add_party

CLEAN = "Wir suchen eine Kamera für Schweißnähte."


def add_officer(session: Session, office: Office) -> UUID:
    officer = Officer(office_id=office.id, email=f"{uuid4().hex}@amt.example", name="Eva Amt")
    session.add(officer)
    session.flush()
    return officer.id


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


@pytest.fixture
def officer(session: Session, office: Office) -> UUID:
    return add_officer(session, office)


@pytest.fixture
def need(session: Session, office: Office) -> Need:
    firm = add_party(session, office.id, name="Müllertechnik GmbH", town="Kraichtal")
    session.add(Contact(owner_office_id=office.id, party_id=firm.id, name="Eva Wünsche"))
    text = "Müllertechnik in Kraichtal sucht eine Kamera für Schweißnähte."
    created = add_need(session, office.id, text, party_id=firm.id)
    return inbox.lock_need(session, office.id, created.id, created.text_id)


@pytest.fixture
def save(session: Session, need: Need, officer: UUID) -> Callable[..., Teaser]:
    def save(text: str = CLEAN, number: int = 0) -> Teaser:
        return inbox.save_teaser(
            session, need.owner_office_id, need.id, text, seen=need.text_id, seen_number=number,
            officer_id=officer, actor="test",
        )  # fmt: skip

    return save


def approve(
    session: Session, need: Need, teaser: Teaser, officer: UUID, *, despite: bool = False
) -> None:
    inbox.approve_teaser(session, need, teaser, despite=despite, officer_id=officer, actor="test")


def change(session: Session, need: Need) -> None:
    changes = NeedChanges(text="Ganz andere Worte über eine andere Sache.")
    update_record(session, Need, need.owner_office_id, need.id, changes, actor="test")


def test_a_review_holds_until_the_need_is_changed(
    session: Session, office: Office, need: Need, officer: UUID
) -> None:
    who = {"officer_id": officer, "actor": "test"}
    seen = need.text_id
    assert inbox.find_review(session, need) is None
    inbox.ask_back(session, office.id, need.id, "Wie viele?", seen=seen, **who)  # type: ignore[arg-type]
    asked = inbox.find_review(session, need)
    assert asked is not None
    assert (asked.decision, asked.question) == ("question", "Wie viele?")
    inbox.mark_reviewed(session, office.id, need.id, seen=seen, **who)  # type: ignore[arg-type]
    reviewed = inbox.find_review(session, need)
    assert reviewed is not None
    assert (reviewed.decision, reviewed.number) == ("reviewed", 2)

    change(session, need)
    assert inbox.find_review(session, need) is None
    with pytest.raises(ChangedMeanwhileError):
        inbox.mark_reviewed(session, office.id, need.id, seen=seen, **who)  # type: ignore[arg-type]
    assert len(session.scalars(select(Review)).all()) == 2
    assert ledger.altered_lines(session, office.id) == []


def test_only_the_office_that_owns_a_need_reviews_it(
    session: Session, need: Need, officer: UUID
) -> None:
    other = add_office(session)
    who = {"seen": need.text_id, "officer_id": add_officer(session, other), "actor": "test"}
    with pytest.raises(NotFoundError):
        inbox.mark_reviewed(session, other.id, need.id, **who)  # type: ignore[arg-type]
    need.visibility = "network"
    session.flush()
    with pytest.raises(ConflictError, match="another office"):
        inbox.mark_reviewed(session, other.id, need.id, **who)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        inbox.mark_reviewed(session, other.id, uuid4(), **who)  # type: ignore[arg-type]


def test_a_question_has_words(session: Session, office: Office, need: Need, officer: UUID) -> None:
    for question in (" \n", "x" * 2_001):
        with pytest.raises(InvalidInputError):
            inbox.ask_back(
                session, office.id, need.id, question, seen=need.text_id, officer_id=officer,
                actor="test",
            )  # fmt: skip


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


def test_erasing_forgets_what_was_written_about_a_need(
    session: Session, office: Office, need: Need, officer: UUID, save: Callable[..., Teaser]
) -> None:
    text_id = save().text_id
    inbox.ask_back(
        session, office.id, need.id, "Wie viele?", seen=need.text_id, officer_id=officer,
        actor="test",
    )  # fmt: skip
    inbox.forget_words(session, need.id)
    session.expire_all()

    assert inbox.find_teaser(session, need) is None
    assert session.get(TextVersion, text_id) is None
    assert session.scalars(select(Review.question)).all() == [None]


def test_of_two_officers_who_approve_and_edit_at_once_one_is_told(database_url: str) -> None:
    engine = open_engine(database_url)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office = add_office(session)
        officer = add_officer(session, office)
        need = add_need(session, office.id, CLEAN)
    start, outcomes = Barrier(2), list[str]()

    def act(text: str) -> None:
        start.wait()
        try:
            with transaction(factory) as session:
                teaser = inbox.save_teaser(
                    session, office.id, need.id, text, seen=need.text_id, seen_number=0,
                    officer_id=officer, actor="test",
                )  # fmt: skip
                held = inbox.lock_need(session, office.id, need.id, need.text_id)
                approve(session, held, teaser, officer, despite=True)
            outcomes.append(text)
        except ChangedMeanwhileError:
            outcomes.append("told")

    threads = [Thread(target=act, args=(text,)) for text in ("Erster Text.", "Zweiter Text.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(factory) as session:
        teasers = session.scalars(select(Teaser)).all()
    engine.dispose()

    assert outcomes.count("told") == 1
    assert len(teasers) == 1


def test_an_approval_and_a_change_at_once_leave_no_stale_approval(database_url: str) -> None:
    engine = open_engine(database_url)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office = add_office(session)
        officer = add_officer(session, office)
        need = add_need(session, office.id, CLEAN)
    start = Barrier(2)

    def approve_it() -> None:
        start.wait()
        try:
            with transaction(factory) as session:
                teaser = inbox.save_teaser(
                    session, office.id, need.id, CLEAN, seen=need.text_id, seen_number=0,
                    officer_id=officer, actor="test",
                )  # fmt: skip
                held = inbox.lock_need(session, office.id, need.id, need.text_id)
                approve(session, held, teaser, officer)
        except ChangedMeanwhileError:
            pass

    def change_it() -> None:
        start.wait()
        with transaction(factory) as session:
            change(session, need)

    threads = [Thread(target=approve_it), Thread(target=change_it)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(factory) as session:
        worded = inbox.find_teaser(session, session.get_one(Need, need.id))
    engine.dispose()

    assert worded is None or not worded.is_approved
