"""Proposals and the tandems that they led to, seen from either end."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.feedback.stages import END, standing_moves
from matchmaker.tables import Event, MatchList, MatchListEntry, Need, Solution, Tandem


@dataclass(frozen=True, slots=True)
class ProposedTandem:
    """The tandem of a proposal's pair; `may_begin` where the proposal can lead to it anew."""

    id: UUID
    stage: str
    may_begin: bool


@dataclass(frozen=True, slots=True)
class LedHere:
    """A proposal that led to a tandem: its rank, when it was made, and for which need."""

    entry_id: UUID
    rank: int
    made_at: datetime
    need_id: UUID


def tandems_of(
    session: Session, office_id: UUID, entry_ids: Collection[UUID]
) -> dict[UUID, ProposedTandem]:
    """The tandems of the pairs of these entries, by the id of the entry; the others have none."""
    found = session.execute(
        select(MatchListEntry, MatchList.created_at, Tandem)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .join(Need, Need.id == MatchListEntry.need_id)
        .join(Solution, Solution.id == MatchListEntry.solution_id)
        .join(
            Tandem,
            (Tandem.sme_party_id == Need.party_id) & (Tandem.startup_party_id == Solution.party_id),
        )
        .where(MatchListEntry.id.in_(entry_ids), Tandem.owner_office_id == office_id)
    ).all()
    events = _events(session, {tandem.id for _, _, tandem in found})
    return {
        entry.id: ProposedTandem(
            tandem.id, tandem.stage, _may_begin(entry, made_at, events[tandem.id])
        )
        for entry, made_at, tandem in found
    }


def led_to(session: Session, entry_ids: Sequence[UUID]) -> list[LedHere]:
    """These proposals, the newest first."""
    rows = session.execute(
        select(MatchListEntry.id, MatchListEntry.rank, MatchList.created_at, MatchListEntry.need_id)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .where(MatchListEntry.id.in_(entry_ids))
        .order_by(MatchList.created_at.desc(), MatchListEntry.rank)
    )
    return [LedHere(*row) for row in rows]


def _may_begin(
    entry: MatchListEntry, made_at: datetime, events: Sequence[tuple[Event, UUID]]
) -> bool:
    """After an end a newer proposal begins the tandem again; before, only another need matters."""
    standing = standing_moves(event for event, _ in events)
    if standing and standing[-1].stage == END:
        return made_at > standing[-1].event.recorded_at
    return entry.need_id not in {need_id for _, need_id in events}


def _events(
    session: Session, tandem_ids: Collection[UUID]
) -> dict[UUID | None, list[tuple[Event, UUID]]]:
    """The events of each tandem in order, each with the need that it was about."""
    found = defaultdict(list)
    for event, need_id in session.execute(
        select(Event, MatchListEntry.need_id)
        .join(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
        .where(Event.tandem_id.in_(tandem_ids))
        .order_by(Event.recorded_at, Event.id)
    ):
        found[event.tandem_id].append((event, need_id))
    return found
