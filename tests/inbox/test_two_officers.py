"""Two officers at once: nobody writes over what somebody else has just changed."""

from threading import Barrier, Thread

from sqlalchemy import select

from matchmaker import inbox
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.inbox import ChangedMeanwhileError
from matchmaker.tables import (
    Need,
    Teaser,
)
from tests.factories import add_need, add_office
from tests.inbox.conftest import CLEAN, add_officer, approve, change


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
