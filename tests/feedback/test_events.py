from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.feedback import EVENT_KINDS, REASONS, STEPS, TAKES, FollowUp, record_event
from matchmaker.tables import Event, LedgerEntry, MatchListEntry, Office
from tests.factories import add_office

Recorder = Callable[..., Event]


@pytest.fixture
def record(session: Session, office: Office, entry: MatchListEntry) -> Recorder:
    def record(**fields: Any) -> Event:
        office_id: UUID = fields.pop("office_id", office.id)
        stated: dict[str, Any] = {
            "list_entry_id": entry.id,
            "kind": "shown",
            "origin": "cli",
            "actor": "cli",
        }
        return record_event(session, office_id, **(stated | fields))

    return record


@pytest.mark.parametrize("kind", sorted({*EVENT_KINDS} - {*STEPS}))
def test_every_kind_without_a_tandem_is_recorded_with_a_line_in_the_ledger(
    session: Session, office: Office, record: Recorder, kind: str
) -> None:
    if kind == "verdict_withdrawn":
        record(kind="judged_fit")
    event = record(kind=kind, reason="price" if kind == "judged_no_fit" else None)

    assert (event.kind, event.tandem_id) == (kind, None)
    assert event.happened_at == event.recorded_at
    newest = session.query(LedgerEntry).order_by(LedgerEntry.id.desc()).first()
    assert newest is not None
    assert (newest.action, newest.subject_id) == ("record_event", event.id)
    assert ledger.altered_lines(session, office.id) == []


@pytest.mark.parametrize("reason", REASONS)
def test_a_no_names_one_of_the_reasons(record: Recorder, reason: str) -> None:
    every: dict[str, Any] = {
        "until": "2099-12-31", "maturity": 9, "evidence": "tisax", "country": "DE",
        "asked_side": "sme", "question": "Was spart sie?",
    }  # fmt: skip
    told = {name: every[name] for name in TAKES[reason]}

    event = record(kind="judged_no_fit", reason=reason, side="startup", told=FollowUp.of(told))

    assert (event.reason, event.details) == (reason, told)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "SHOWN"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "judged_no_fit"}, "reason"),
        ({"kind": "judged_no_fit", "reason": "other"}, "reason"),
        ({"kind": "judged_fit", "reason": "price"}, "reason"),
        ({"kind": "judged_no_fit", "reason": "rests"}, "reason"),
        ({"kind": "ended"}, "reason"),
        ({"kind": "ended", "reason": "other"}, "reason"),
        ({"kind": "sme_asked", "reason": "price"}, "reason"),
        ({"kind": "move_undone"}, "kind"),
        ({"side": "both"}, "side"),
        ({"at": datetime(2026, 1, 1)}, "at"),  # noqa: DTZ001  # the point of the case
        ({"at": datetime(1999, 12, 31, tzinfo=UTC)}, "at"),
    ],
)
def test_words_outside_the_lists_and_impossible_times_are_refused(
    record: Recorder, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        record(**fields)

    assert refused.value.field == field


def test_nothing_is_recorded_of_the_future(record: Recorder) -> None:
    with pytest.raises(InvalidInputError):
        record(at=now() + timedelta(minutes=1))


def test_what_happened_before_is_recorded_under_its_own_time(record: Recorder) -> None:
    yesterday = now() - timedelta(days=1)

    event = record(at=yesterday)

    assert event.happened_at == yesterday < event.recorded_at


def test_a_row_of_another_offices_list_does_not_exist(session: Session, record: Recorder) -> None:
    with pytest.raises(NotFoundError):
        record(office_id=add_office(session).id)
    with pytest.raises(NotFoundError):
        record(list_entry_id=uuid4())
