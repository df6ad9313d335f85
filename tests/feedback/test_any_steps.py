"""Any sequence of steps, legal or not: the stored stage is what the stored events say."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.feedback import MOVES, begin_tandem, move_tandem, record_event, undo_move
from matchmaker.tables import TANDEM_STAGES, Event, Office, Tandem
from tests.campaign import examples
from tests.factories import add_entry, add_need, add_solution
from tests.feedback.conftest import stages_say


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from((*MOVES, "sme_asked", "startup_asked", "both_agreed", "undo", "new")),
            st.sampled_from((None, "rests", "price")),
            st.booleans(),
            st.integers(0, 1),
        ),
        max_size=25,
    )
)
def test_whatever_is_tried_the_events_say_where_the_tandem_is(
    session: Session, office: Office, steps: list[tuple[str, str | None, bool, int]]
) -> None:
    need, solution = add_need(session, office.id), add_solution(session, office.id)
    entry = add_entry(session, office.id, need, solution)
    shared: dict[str, Any] = {"origin": "desk", "actor": "test"}
    tandem_id = begin_tandem(session, office.id, entry.id, actor="test")
    tandem = session.get_one(Tandem, tandem_id)
    for kind, reason, is_direct, behind in steps:
        before = (tandem.stage, tandem.version, len(_events(session, tandem)))
        version = tandem.version - behind
        try:
            if kind == "undo":
                undo_move(session, office.id, tandem_id, version=version, **shared)
            elif kind == "new":
                entry = add_entry(session, office.id, need, solution)
                begin_tandem(session, office.id, entry.id, actor="t")
            elif is_direct:
                record_event(
                    session, office.id, list_entry_id=entry.id, kind=kind, reason=reason, **shared
                )
            else:
                move_tandem(
                    session, office.id, tandem_id, to=kind, reason=reason, version=version, **shared
                )
        except (ConflictError, InvalidInputError):
            assert before == (tandem.stage, tandem.version, len(_events(session, tandem)))
        assert tandem.stage in TANDEM_STAGES
        assert tandem.stage == stages_say(session, office.id, tandem_id)


def _events(session: Session, tandem: Tandem) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.tandem_id == tandem.id)))
