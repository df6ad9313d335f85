"""What a label takes from the list that was shown, from whom it is, and what it may not see."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.feedback import Label, derive_labels, record_event
from matchmaker.tables import Event, MatchListEntry, Need, Office, Officer, Solution
from tests.factories import add_entry, add_need, add_office, add_solution
from tests.feedback.conftest import Step
from tests.feedback.judge import Officer as Judge


def document(*, with_signals: bool = True, **sides: dict[str, float]) -> bytes:
    """A stored row with these signals by side."""
    told: dict[str, Any] = {"sme": {"contributions": []}, "startup": {"contributions": []}}
    for side, signals in sides.items():
        for name, signal in signals.items():
            reason = {"feature": name, "contribution": signal / 2}
            told[side]["contributions"].append(
                reason | ({"signal": signal} if with_signals else {})
            )
    return orjson.dumps({"sides": told})


@pytest.fixture
def pair(session: Session, office: Office) -> tuple[Need, Solution]:
    return add_need(session, office.id), add_solution(session, office.id)


def record(session: Session, office: Office, entry: MatchListEntry, kind: str, **f: Any) -> Event:
    shared = {"origin": "desk", "actor": "test"}
    return record_event(session, office.id, list_entry_id=entry.id, kind=kind, **(shared | f))


def only(session: Session, office: Office) -> Label:
    session.flush()
    (label,) = derive_labels(session, office.id, now())
    return label


def test_a_label_is_of_the_list_that_was_judged_not_of_the_first_or_newest(
    session: Session, office: Office, pair: tuple[Need, Solution]
) -> None:
    shown = [
        add_entry(
            session, office.id, *pair, rank=rank, exposure_propensity=rank / 10,
            document=document(sme={"tag_fit": float(rank)}, startup={"branch_fit": -1.0}),
        )
        for rank in (3, 5, 7)
    ]  # fmt: skip
    first = record(session, office, shown[0], "shown")
    record(session, office, shown[1], "shown")
    assert only(session, office).signals == {"tag_fit": 3.0, "branch_fit": -1.0}
    judged = record(session, office, shown[1], "judged_no_fit", reason="poor_fit")
    record(session, office, shown[2], "shown")

    label = only(session, office)
    assert (label.list_entry_id, label.rank, label.propensity) == (shown[1].id, 5, 0.5)
    assert label.signals == {"tag_fit": 5.0, "branch_fit": -1.0}
    assert (label.shown_at, label.decided_at) == (first.happened_at, judged.happened_at)


def test_lists_from_before_signals_were_kept_give_labels_without_any(
    session: Session, office: Office, pair: tuple[Need, Solution]
) -> None:
    old = document(with_signals=False, sme={"tag_fit": 1.0})
    entry = add_entry(session, office.id, *pair, document=old)
    record(session, office, entry, "judged_fit")

    assert (only(session, office).grade, only(session, office).signals) == (0.6, None)


def test_what_the_office_said_before_is_no_feature_to_learn_from(officer: Judge) -> None:
    officer.no("Camera", "poor_fit")
    officer.names()
    officer.record("Camera", "judged_no_fit", "poor_fit")
    region = officer.region

    reasons = officer.row("Camera")["sides"]["sme"]["contributions"]
    (label,) = derive_labels(region.session, region.office.id, now())
    assert label.signals is not None
    assert label.signals == {
        one["feature"]: one["signal"] for one in reasons if one["feature"] != "judged_poor_fit"
    }
    assert len(label.signals) == len(reasons) - 1


@pytest.mark.parametrize(
    ("origin", "details", "by_officer", "source"),
    [
        ("desk", {}, True, "officer"),
        ("api", {}, False, "api"),
        ("import", {"source": "CRM"}, False, "import:CRM"),
    ],
)
def test_a_label_says_whose_word_it_is(
    session: Session,
    office: Office,
    pair: tuple[Need, Solution],
    origin: str,
    details: dict[str, str],
    by_officer: bool,
    source: str,
) -> None:
    officer = Officer(office_id=office.id, email=f"{office.slug}@amt.example", name="Eva")
    session.add(officer)
    session.flush()
    session.add(
        Event(
            owner_office_id=office.id, kind="judged_fit", origin=origin, details=details,
            officer_id=officer.id if by_officer else None, need_id=pair[0].id,
            solution_id=pair[1].id, happened_at=now(),
        )
    )  # fmt: skip

    label = only(session, office)
    assert label.source == (str(officer.id) if by_officer else source)
    assert (label.list_entry_id, label.rank, label.propensity, label.signals) == (None,) * 4


def test_what_came_by_a_file_is_about_the_list_that_stood_then(
    session: Session, office: Office, pair: tuple[Need, Solution]
) -> None:
    moment = now()
    entry = add_entry(session, office.id, *pair, document=document(sme={"tag_fit": 0.5}))
    record(session, office, entry, "shown", at=moment - timedelta(days=30))
    later = add_entry(session, office.id, *pair, document=document(sme={"tag_fit": 0.1}))
    record(session, office, later, "shown", at=moment - timedelta(days=2))
    session.add(
        Event(
            owner_office_id=office.id, kind="agreement", origin="import",
            details={"source": "CRM"}, need_id=pair[0].id, solution_id=pair[1].id,
            happened_at=moment - timedelta(days=9),
        )
    )  # fmt: skip
    session.flush()

    sme, startup = derive_labels(session, office.id, now())
    assert (sme.grade, sme.signals, sme.list_entry_id) == (0.95, {"tag_fit": 0.5}, entry.id)
    assert sme.waited(now()) == timedelta(days=21)
    # A feature has one signal, whichever side weighs it.
    assert (startup.grade, startup.signals) == (0.95, {"tag_fit": 0.5})


def test_an_office_learns_from_its_own_events_only(
    session: Session, office: Office, begin: Step
) -> None:
    begin("judged_fit")

    assert derive_labels(session, add_office(session).id, now()) == ()


def test_nothing_is_known_before_it_happened_or_before_it_was_recorded(
    session: Session, office: Office, begin: Step
) -> None:
    yesterday = now() - timedelta(days=1)
    begin("judged_fit", at=yesterday)
    before_it_was_recorded = now() - timedelta(hours=1)

    assert derive_labels(session, office.id, before_it_was_recorded) == ()
    assert only(session, office).decided_at == yesterday


def test_a_thousand_labels_cost_as_many_queries_as_ten(session: Session, office: Office) -> None:
    need, moment = add_need(session, office.id), now()
    entry = add_entry(session, office.id, need, add_solution(session, office.id))
    solutions = [
        Solution(
            owner_office_id=office.id, text_id=need.text_id,
            party_id=session.get_one(Solution, entry.solution_id).party_id,
        )
        for _ in range(1_000)
    ]  # fmt: skip
    session.add_all(solutions)
    session.flush()
    rows = [
        MatchListEntry(
            match_list_id=entry.match_list_id, need_id=need.id, solution_id=solution.id,
            solution_text_version_id=need.text_id, rank=rank, sme_preference=0.5,
            startup_preference=0.5, reciprocal_score=0.5, exposure_propensity=1.0,
            document=document(sme={"tag_fit": 1.0}),
        )
        for rank, solution in enumerate(solutions, 2)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    session.add_all(
        Event(
            owner_office_id=office.id, kind="shown", origin="desk", happened_at=moment,
            recorded_at=moment, match_list_entry_id=row.id,
        )
        for row in rows
    )  # fmt: skip
    session.flush()
    queries: list[str] = []
    connection = session.connection()

    def count(*arguments: Any) -> None:
        queries.append(arguments[2])

    event.listen(connection, "before_cursor_execute", count)
    found = derive_labels(session, office.id, now())
    event.remove(connection, "before_cursor_execute", count)

    assert len(found) == 1_000
    assert {label.outcome for label in found} == {"open"}
    assert len(queries) == 2
