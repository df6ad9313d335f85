"""A tandem: how it begins, which steps it may take, and that its events say the same."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.days import TIME_ZONE, day_of, moment_on
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback import (
    END_REASONS,
    MOVES,
    IllegalMoveError,
    StaleTandemError,
    begin_tandem,
    get_history,
    legal_moves,
    move_tandem,
    record_event,
    undo_move,
)
from matchmaker.tables import (
    MatchListEntry,
    Need,
    Office,
    Solution,
    Tandem,
    TandemNote,
)
from tests.factories import add_entry, add_need, add_office, add_solution
from tests.feedback.conftest import Step, stages_say

THE_LONG_WAY = (
    "reviewed", "sme_asked", "startup_asked", "both_agreed", "first_talk", "pilot", "agreement",
    "alive_after_12_months",
)  # fmt: skip


def test_a_tandem_goes_its_way_step_by_step(
    session: Session, office: Office, tandem: Tandem, move: Step
) -> None:
    assert tandem.stage == "proposed"
    for stage in THE_LONG_WAY:
        assert move(stage).tandem_id == tandem.id
        assert tandem.stage == stage == stages_say(session, office.id, tandem.id)
    assert move("ended", reason="succeeded").reason == "succeeded"
    assert legal_moves(get_history(session, office.id, tandem.id).standing) == ()


@pytest.mark.parametrize("past", range(len(THE_LONG_WAY)))
def test_the_firm_is_asked_first_and_nothing_is_skipped(
    tandem: Tandem, move: Step, past: int
) -> None:
    for stage in THE_LONG_WAY[:past]:
        move(stage)
    skips = {"proposed": {"sme_asked"}, "first_talk": {"agreement"}}
    allowed = {THE_LONG_WAY[past], "ended"} | skips.get(tandem.stage, set())

    for to in (*MOVES, "proposed", "shown", "judged_fit", "move_undone", "x"):
        if to not in allowed:
            with pytest.raises(IllegalMoveError) as refused:
                move(to, reason="rests" if to == "ended" else None)
            assert all(word in str(refused.value) for word in allowed)


@pytest.mark.parametrize("stage", ["proposed", *THE_LONG_WAY])
def test_an_end_needs_a_reason_and_only_rest_can_be_taken_up_again(
    session: Session, office: Office, tandem: Tandem, move: Step, stage: str
) -> None:
    for step in THE_LONG_WAY[: ("proposed", *THE_LONG_WAY).index(stage)]:
        move(step)
    with pytest.raises(InvalidInputError):
        move("ended")
    for reason in END_REASONS:
        move("ended", reason=reason)
        if reason != "rests":
            with pytest.raises(IllegalMoveError):
                move("taken_up")
            undo_move(
                session, office.id, tandem.id, version=tandem.version, origin="desk", actor="t"
            )
        else:
            move("taken_up")
        assert tandem.stage == stage == stages_say(session, office.id, tandem.id)


def test_an_event_from_outside_leads_the_tandem_and_is_refused_where_it_cannot(
    session: Session, begin: Step
) -> None:
    with pytest.raises(IllegalMoveError, match="reviewed, sme_asked, ended"):
        begin("first_talk")
    assert session.scalar(select(func.count()).select_from(Tandem)) == 0

    event = begin("sme_asked")
    assert session.get_one(Tandem, event.tandem_id).stage == "sme_asked"
    assert begin("judged_fit").tandem_id is None
    assert begin("startup_asked").tandem_id == event.tandem_id
    assert session.get_one(Tandem, event.tandem_id).stage == "startup_asked"


def test_there_is_one_tandem_for_a_pair_whatever_led_to_it(
    session: Session, office: Office, entry: MatchListEntry, tandem: Tandem, move: Step
) -> None:
    move("sme_asked")
    firm_id = session.get_one(Need, entry.need_id).party_id
    solution = session.get_one(Solution, entry.solution_id)
    other = add_need(session, office.id, "Wir suchen auch Roboter.", party_id=firm_id)
    second = add_entry(session, office.id, other, solution)
    who: dict[str, Any] = {"actor": "test"}

    for found in (second, entry, second):
        assert begin_tandem(session, office.id, found.id, **who) == tandem.id
    history = get_history(session, office.id, tandem.id)
    assert history.entry_ids == [entry.id, second.id]
    assert (tandem.stage, len(history.events), tandem.version) == ("sme_asked", 3, 2)
    assert move("startup_asked").match_list_entry_id == second.id


def test_a_proposal_made_after_the_end_begins_a_tandem_again(
    session: Session, office: Office, entry: MatchListEntry, tandem: Tandem, move: Step
) -> None:
    move("sme_asked")
    need, solution = (
        session.get_one(Need, entry.need_id),
        session.get_one(Solution, entry.solution_id),
    )
    older = add_entry(session, office.id, need, solution)
    move("ended", reason="timing")
    who: dict[str, Any] = {"actor": "test"}
    with pytest.raises(IllegalMoveError):
        begin_tandem(session, office.id, older.id, **who)

    newer = add_entry(session, office.id, need, solution, made_at=now() + timedelta(seconds=1))
    assert begin_tandem(session, office.id, newer.id, **who) == tandem.id
    assert tandem.stage == "proposed" == stages_say(session, office.id, tandem.id)
    move("sme_asked")


def test_a_need_without_a_firm_has_no_tandem(session: Session, office: Office) -> None:
    need = add_need(session, office.id, party_id=None)
    entry = add_entry(session, office.id, need, add_solution(session, office.id))

    with pytest.raises(ConflictError, match="names no firm"):
        record_event(
            session, office.id, list_entry_id=entry.id, kind="sme_asked", origin="cli", actor="t"
        )


def test_another_offices_tandem_does_not_exist(session: Session, tandem: Tandem) -> None:
    other = add_office(session)
    for act in (
        lambda: get_history(session, other.id, tandem.id),
        lambda: move_tandem(
            session, other.id, tandem.id, to="reviewed", version=1, origin="desk", actor="t"
        ),
        lambda: undo_move(session, other.id, tandem.id, version=1, origin="desk", actor="t"),
        lambda: get_history(session, tandem.owner_office_id, uuid4()),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_a_step_happened_on_the_day_of_the_one_before_or_later(
    tandem: Tandem, begin: Step, move: Step
) -> None:
    today, present = day_of(now()), now()
    # It began today, so nothing can have happened before.
    with pytest.raises(InvalidInputError) as refused:
        move("sme_asked", at=moment_on(today - timedelta(days=1), present))
    assert refused.value.field == "at"
    with pytest.raises(InvalidInputError):
        move("sme_asked", at=moment_on(today + timedelta(days=1), present))
    move("sme_asked", at=moment_on(today, present))


def test_steps_of_one_day_are_of_one_day_whatever_the_hour(begin: Step) -> None:
    event = begin("sme_asked", at=datetime(2026, 3, 2, 18, tzinfo=TIME_ZONE))
    earlier_hour = begin("startup_asked", at=datetime(2026, 3, 2, 9, tzinfo=TIME_ZONE))
    assert earlier_hour.happened_at < event.happened_at
    with pytest.raises(InvalidInputError, match="2026-03-02"):
        begin("both_agreed", at=datetime(2026, 3, 1, 23, 59, tzinfo=TIME_ZONE))
    assert moment_on(date(2026, 3, 2), now()) == datetime(2026, 3, 2, 12, tzinfo=TIME_ZONE)


def test_who_has_not_seen_the_newest_stage_changes_nothing(
    session: Session, office: Office, tandem: Tandem, move: Step
) -> None:
    seen = tandem.version
    move("sme_asked")
    for act in (
        lambda: move("reviewed", version=seen),
        lambda: undo_move(session, office.id, tandem.id, version=seen, origin="desk", actor="test"),
        lambda: move("startup_asked", version=tandem.version + 1),
    ):
        with pytest.raises(StaleTandemError) as stale:
            act()
        assert (stale.value.change.before, stale.value.change.after) == ("proposed", "sme_asked")
    assert stages_say(session, office.id, tandem.id) == "sme_asked"


def test_the_reason_in_words_is_a_note_of_the_step(
    session: Session, tandem: Tandem, move: Step
) -> None:
    event = move("ended", reason="price", note="Zu teuer für das erste Jahr.")

    note = session.scalars(select(TandemNote)).one()
    assert (note.event_id, note.text) == (event.id, "Zu teuer für das erste Jahr.")
    assert event.details == {}
