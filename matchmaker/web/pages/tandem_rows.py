"""What the page of a tandem shows: its steps, and the proposals that led to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matchmaker import feedback
from matchmaker.days import day_of
from matchmaker.feedback import Change, History, WrittenNote
from matchmaker.profiles import sees
from matchmaker.tables import Event, Need, Officer
from matchmaker.web.pages.inbox import about
from matchmaker.web.pages.tandem_words import (
    END_WORDS,
    MOVE_WORDS,
    ONE_MORE_PROPOSAL,
    ORIGIN_WORDS,
    STAGE_WORDS,
)


@dataclass(frozen=True, slots=True)
class By:
    """Who recorded something: an officer by name, or else through what it came, in words."""

    name: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: what, on which day, by whom and why; and by whom and when it was taken back."""

    words: str
    day: date
    by: By
    reason: str | None
    note: str | None
    taken_back: tuple[By, datetime] | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What somebody else has changed meanwhile."""

    by: By
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal that led here; `about` is None where the office may no longer see the need."""

    entry_id: UUID
    rank: int
    made_at: datetime
    about: str | None


@dataclass(frozen=True, slots=True)
class TandemLink:
    """The tandem of a proposal's pair; `may_begin` where the proposal can lead to it anew."""

    id: UUID
    stage: str
    may_begin: bool


def tandem_links(
    session: Session, office_id: UUID, entries: Collection[str]
) -> dict[str, TandemLink]:
    """The tandems of the pairs of these entries, by the entry's id."""
    found = feedback.tandems_of(session, office_id, [UUID(entry) for entry in entries if entry])
    return {
        str(entry_id): TandemLink(one.id, STAGE_WORDS[one.stage], one.may_begin)
        for entry_id, one in found.items()
    }


def step_rows(session: Session, history: History, notes: Sequence[WrittenNote]) -> list[StepRow]:
    """The steps in the order in which they were recorded; what was taken back says so."""
    names = _names(session, history.events)
    undone = {e.details["event"]: e for e in history.events if e.kind == feedback.UNDONE}
    words = {written.note.event_id: written.note.text for written in notes}
    return [
        StepRow(
            words=MOVE_WORDS[event.kind]
            if feedback.leads_on(history.events, number)
            else ONE_MORE_PROPOSAL,
            day=day_of(event.happened_at),
            by=_by(event, names),
            reason=END_WORDS.get(event.reason or ""),
            note=words.get(event.id),
            taken_back=(_by(back, names), back.recorded_at)
            if (back := undone.get(str(event.id)))
            else None,
        )
        for number, event in enumerate(history.events)
        if event.kind != feedback.UNDONE
    ]


def change_row(session: Session, change: Change) -> ChangeRow:
    """A change in words."""
    by = _by(change.event, _names(session, [change.event]))
    at = change.event.recorded_at
    return ChangeRow(by, at, STAGE_WORDS[change.before], STAGE_WORDS[change.after])


def proposal_rows(session: Session, office_id: UUID, history: History) -> list[ProposalRow]:
    """The proposals that led here, the newest first."""
    found = feedback.led_to(session, history.entry_ids)
    needs = session.scalars(
        select(Need)
        .where(Need.id.in_({one.need_id for one in found}))
        .options(joinedload(Need.text))
    )
    names = {need.id: about(need) for need in needs if sees(office_id, need)}
    return [
        ProposalRow(one.entry_id, one.rank, one.made_at, names.get(one.need_id)) for one in found
    ]


def _names(session: Session, events: Collection[Event]) -> Mapping[UUID, str]:
    ids = {event.officer_id for event in events}
    found = session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(ids)))
    return {row.id: row.name for row in found}


def _by(event: Event, names: Mapping[UUID, str]) -> By:
    name = names.get(event.officer_id) if event.officer_id else None
    return By(name, ORIGIN_WORDS.get(event.origin, ORIGIN_WORDS["cli"]))
