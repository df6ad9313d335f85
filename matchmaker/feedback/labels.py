"""Labels for the scorer, derived from what happened as of a moment; nothing stores them.

A pair of a need and a solution has at most one label for each side, and the newest standing word
of that side is its grade: verdicts that were taken back and moves that were undone do not count.
Who has not answered is open, never a no; and only who was asked can be: a firm from the first
event on, since officers judge on its behalf, a startup from the day on which it was asked.

That an officer pinned, added or hid a solution is no label: it says what an officer wants to talk
about, often for reasons that no feature sees. What is said about the pair afterwards counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.feedback.cases import Case, Told, cases_of
from matchmaker.feedback.grades import NO
from matchmaker.scoring import VERDICT
from matchmaker.tables import Event, MatchListEntry
from matchmaker.values import Side

_ENTRIES_PER_QUERY = 5_000


@dataclass(frozen=True, slots=True)
class Label:
    """What one side of a pair wanted, as far as it is known.

    `grade` is 0 for a no, more than a half for a yes (`grades.GRADES`), None while it is open.
    `stage` is the furthest stage that the pair got to, None before there was any.
    `open_since` is when the side could answer first, `decided_at` when the grade was reached,
    None while it is open; `shown_at` is when the office first saw the pair in a list, None where
    nothing says so. `source` is whose word it is: the id of an officer, `import:` and what the
    file named, or else through what it came (api, cli); None while it is open.

    `rank`, `propensity` and `signals` are those of the proposal `list_entry_id` that was judged:
    the newest one before the decision, or the first of an open pair. They are None where there
    was none, as before the office used lists. `signals` is None too where the list is older than
    the keeping of signals; who trains skips such labels and counts them. A feature whose input
    was missing has no signal.
    """

    need_id: UUID
    solution_id: UUID
    list_entry_id: UUID | None
    side: Side
    grade: float | None
    stage: str | None
    shown_at: datetime | None
    open_since: datetime
    decided_at: datetime | None
    source: str | None
    rank: int | None
    propensity: float | None
    signals: Mapping[str, float] | None

    @property
    def outcome(self) -> Literal["yes", "no", "open"]:
        """The grade in a word."""
        if self.grade is None:
            return "open"
        return "no" if self.grade == NO else "yes"

    def waited(self, as_of: datetime) -> timedelta:
        """How long the answer took, or is waited for as of a moment."""
        return (self.decided_at or as_of) - self.open_since


def derive_labels(session: Session, office_id: UUID, as_of: datetime) -> tuple[Label, ...]:
    """The labels of an office as they could be known at `as_of`, by need, solution and side.

    Events that happened or were recorded later do not exist yet, so the labels as of a past
    moment never change. The number of queries grows by one with every 5,000 proposals.
    """
    pair = (
        func.coalesce(Event.need_id, MatchListEntry.need_id),
        func.coalesce(Event.solution_id, MatchListEntry.solution_id),
    )
    events = session.execute(
        select(Event, *pair)
        .outerjoin(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
        .where(
            Event.owner_office_id == office_id,
            Event.happened_at <= as_of,
            Event.recorded_at <= as_of,
            pair[0].is_not(None),
        )
    )
    cases = cases_of(Told(event, (need, solution)) for event, need, solution in events)
    entries = _read_entries(session, [case.entry_id for case in cases if case.entry_id])
    return tuple(_label(case, entries.get(case.entry_id)) for case in cases)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A proposal as it was shown."""

    rank: int
    propensity: float
    signals: Mapping[str, float] | None


def _read_entries(session: Session, ids: Sequence[UUID]) -> dict[UUID | None, _Entry]:
    found: dict[UUID | None, _Entry] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _ENTRIES_PER_QUERY):
        rows = select(
            MatchListEntry.id,
            MatchListEntry.rank,
            MatchListEntry.exposure_propensity,
            MatchListEntry.document,
        ).where(MatchListEntry.id.in_(wanted[start : start + _ENTRIES_PER_QUERY]))
        for entry_id, rank, propensity, document in session.execute(rows):
            found[entry_id] = _Entry(rank, propensity, _signals(orjson.loads(document)))
    return found


def _signals(document: Mapping[str, Any]) -> Mapping[str, float] | None:
    """The signals of a pair; what the office said about it before is none of them.

    A feature has one signal, however many sides weigh it.
    """
    sides = document.get("sides", {}).values()
    kept = [one for side in sides for one in side["contributions"] if one["feature"] != VERDICT]
    if not kept or any("signal" not in one for one in kept):
        return None
    return {one["feature"]: one["signal"] for one in kept}


def _label(case: Case, entry: _Entry | None) -> Label:
    decided, asked_at = case.decided, case.asked.happened_at
    need_id, solution_id = case.pair
    return Label(
        need_id=need_id,
        solution_id=solution_id,
        list_entry_id=case.entry_id,
        side=case.side,
        grade=case.grade,
        stage=case.stage,
        shown_at=case.shown_at,
        # Of one day only the order is known.
        open_since=min(asked_at, decided.happened_at) if decided else asked_at,
        decided_at=decided.happened_at if decided else None,
        source=_source(decided) if decided else None,
        rank=entry.rank if entry else None,
        propensity=entry.propensity if entry else None,
        signals=entry.signals if entry else None,
    )


def _source(event: Event) -> str:
    if event.officer_id is not None:
        return str(event.officer_id)
    if event.origin == "import":
        return f"import:{event.details['source']}"
    return event.origin
