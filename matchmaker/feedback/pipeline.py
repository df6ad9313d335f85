"""The tandems of an office, as one list: where each stands, since when, and what is due."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from matchmaker.days import day_of
from matchmaker.feedback.notes import is_waiting
from matchmaker.feedback.stages import standing_moves
from matchmaker.profiles import sees
from matchmaker.tables import Event, Party, Tandem, TandemNote

# The phases of a tandem and the stages of each. Funding has none of its own yet.
PHASES: Mapping[str, tuple[str, ...]] = {
    "preparation": (
        "proposed", "reviewed", "sme_asked", "startup_asked", "both_agreed", "first_talk",
    ),
    "support": ("pilot", "agreement", "alive_after_12_months"),
    "funding": (),
    "ended": ("ended",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """One tandem. A name is None where the office may not see whose it is.

    `since` is the day of its last move, `reason` why it ended; `due_on` and `due_text` are the
    note that is due first.
    """

    id: UUID
    firm: str | None
    startup: str | None
    stage: str
    since: date
    reason: str | None
    due_on: date | None
    due_text: str | None


def read_pipeline(
    session: Session,
    office_id: UUID,
    stages: Collection[str],
    *,
    due_by: date | None = None,
    limit: int | None = None,
) -> tuple[list[PipelineRow], int]:
    """The office's tandems at these stages, changed last first, and how many there are.

    With `due_by`, only those with a note that is due on that day or before; at most `limit`.
    """
    firm, startup = aliased(Party), aliased(Party)
    query = (
        select(Tandem, firm, startup)
        .join(firm, firm.id == Tandem.sme_party_id)
        .join(startup, startup.id == Tandem.startup_party_id)
        .where(Tandem.owner_office_id == office_id, Tandem.stage.in_(stages))
    )
    if due_by is not None:
        due = select(TandemNote.id).where(
            TandemNote.tandem_id == Tandem.id, is_waiting(), TandemNote.due_on <= due_by
        )
        query = query.where(due.exists())
    found = session.scalar(query.with_only_columns(func.count())) or 0
    newest = query.order_by(Tandem.updated_at.desc(), Tandem.id).limit(limit)
    pairs = session.execute(newest).all()
    ids = [tandem.id for tandem, _, _ in pairs]
    moves, notes = _last_moves(session, ids), _first_notes(session, ids)
    rows = [
        _row(
            tandem,
            name_of(its_firm, office_id),
            name_of(its_startup, office_id),
            moves[tandem.id],
            notes.get(tandem.id),
        )
        for tandem, its_firm, its_startup in pairs
    ]
    return rows, found


def name_of(party: Party, office_id: UUID) -> str | None:
    """The name of one side of a tandem, if the office may see whose it is."""
    return party.name if sees(office_id, party) else None


def list_tandems(
    session: Session, office_id: UUID, *, limit: int, after: UUID | None
) -> Sequence[Tandem]:
    """The office's tandems by id, from the one behind `after` on."""
    query = select(Tandem).where(Tandem.owner_office_id == office_id)
    if after is not None:
        query = query.where(Tandem.id > after)
    return session.scalars(query.order_by(Tandem.id).limit(limit)).all()


def _row(
    tandem: Tandem, firm: str | None, startup: str | None, last: Event, note: TandemNote | None
) -> PipelineRow:
    return PipelineRow(
        id=tandem.id,
        firm=firm,
        startup=startup,
        stage=tandem.stage,
        since=day_of(last.happened_at),
        reason=last.reason,
        due_on=note.due_on if note else None,
        due_text=note.text if note else None,
    )


def _last_moves(session: Session, tandem_ids: Collection[UUID]) -> dict[UUID, Event]:
    """The event of each tandem's last standing move; where all were taken back, the newest."""
    events: dict[UUID, list[Event]] = defaultdict(list)
    query = select(Event).where(Event.tandem_id.in_(tandem_ids))
    for event in session.scalars(query.order_by(Event.recorded_at, Event.id)):
        if event.tandem_id is not None:
            events[event.tandem_id].append(event)
    last = {}
    for tandem_id, its in events.items():
        standing = standing_moves(its)
        last[tandem_id] = standing[-1].event if standing else its[-1]
    return last


def _first_notes(session: Session, tandem_ids: Collection[UUID]) -> dict[UUID, TandemNote]:
    """The note of each tandem that is due first."""
    query = (
        select(TandemNote)
        .where(TandemNote.tandem_id.in_(tandem_ids), is_waiting())
        .order_by(TandemNote.due_on.desc(), TandemNote.written_at.desc())
    )
    return {note.tandem_id: note for note in session.scalars(query)}
