"""Any history: what was known at a moment stays so, in whatever order it is read."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.feedback import (
    END_REASONS,
    EVENT_KINDS,
    REASONS,
    TAKES,
    FollowUp,
    Label,
    derive_labels,
    record_event,
    undo_move,
)
from matchmaker.feedback.cases import Told, cases_of
from matchmaker.tables import SIDES, Event, MatchListEntry, Office, Tandem
from tests.campaign import examples
from tests.factories import add_entry, add_need, add_solution

TOLD: dict[str, Any] = {
    "until": "2099-12-31", "maturity": 9, "evidence": "tisax", "country": "DE",
    "asked_side": "sme", "question": "Was spart sie?",
}  # fmt: skip
DEEDS = st.tuples(
    st.sampled_from((*EVENT_KINDS, "undo", "sme_asked", "startup_asked", "judged_no_fit")),
    st.sampled_from(END_REASONS),
    st.sampled_from((None, *SIDES)),
    st.integers(0, 1),
    st.integers(0, 40),
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=14), order=st.randoms(use_true_random=False))
def test_labels_of_a_past_moment_never_change(
    session: Session, office: Office, deeds: list[tuple[Any, ...]], order: Any
) -> None:
    need = add_need(session, office.id)
    entries = [
        add_entry(session, office.id, need, add_solution(session, office.id)) for _ in range(2)
    ]
    known: list[tuple[datetime, tuple[Label, ...]]] = []
    for kind, reason, side, which, days in deeds:
        _try(session, office, entries[which], kind, reason, side, days)
        moment = now()
        known.append((moment, _labels(session, office, entries, moment)))

    for moment, then in known:
        assert _labels(session, office, entries, moment) == then
    told = [
        Told(event, (entry.need_id, entry.solution_id))
        for event, entry in session.execute(
            select(Event, MatchListEntry)
            .join(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
            .where(MatchListEntry.id.in_([entry.id for entry in entries]))
        )
    ]
    cases = cases_of(told)
    assert cases == cases_of(order.sample(told, len(told)))
    assert len({(case.pair, case.side) for case in cases}) == len(cases)
    for label in _labels(session, office, entries, now()):
        assert label.grade is None or label.grade == 0 or 0.5 < label.grade <= 1
        assert label.waited(now()) >= timedelta()
        assert (label.grade is None) == (label.decided_at is None) == (label.source is None)


def _try(
    session: Session,
    office: Office,
    entry: MatchListEntry,
    kind: str,
    reason: str,
    side: str | None,
    days: int,
) -> None:
    """Do it as an officer would; what the rules refuse leaves nothing."""
    shared: dict[str, Any] = {"origin": "desk", "actor": "test"}
    needs_reason = kind in ("judged_no_fit", "ended")
    reason = reason if kind == "ended" or reason in REASONS else "poor_fit"
    told = {name: TOLD[name] for name in TAKES[reason]} if kind == "judged_no_fit" else {}
    try:
        if kind == "undo":
            for tandem in session.scalars(
                select(Tandem).where(Tandem.owner_office_id == office.id)
            ).all():
                undo_move(session, office.id, tandem.id, version=tandem.version, **shared)
        else:
            record_event(
                session, office.id, list_entry_id=entry.id, kind=kind, side=side,
                reason=reason if needs_reason else None, at=now() - timedelta(days=days),
                told=FollowUp.of(told), **shared,
            )  # fmt: skip
    except (ConflictError, InvalidInputError):
        pass


def _labels(
    session: Session, office: Office, entries: list[MatchListEntry], moment: datetime
) -> tuple[Label, ...]:
    solutions = {entry.solution_id for entry in entries}
    return tuple(
        label for label in derive_labels(session, office.id, moment)
        if label.solution_id in solutions
    )  # fmt: skip
