"""That proposals were shown to the office, or opened: noted once, at the first time.

Selection is the bias of people who read whole lists: what nobody saw nobody can judge. Rank, list
length, scorer and propensity stand on the entry, its list and its run; they are not copied.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.tables import Event


def note_seen(
    factory: SessionFactory,
    office_id: UUID,
    kind: Literal["shown", "opened"],
    list_entry_ids: Sequence[UUID],
    *,
    officer_id: UUID | None = None,
    origin: str,
    actor: str,
) -> None:
    """Record that somebody of the office sees these rows of its lists, unless it was seen before.

    Whoever reads again, or a colleague, adds nothing and writes nothing. The office is held while
    we look a second time, so two readers at once record it once. One line in the ledger names
    all rows.
    """
    with reading(factory) as session:
        if not _unseen(session, kind, list_entry_ids):
            return
    with transaction(factory) as session:
        ledger.hold(session, office_id)
        unseen = _unseen(session, kind, list_entry_ids)
        if not unseen:
            return
        moment = now()
        seen = {
            "owner_office_id": office_id,
            "kind": kind,
            "officer_id": officer_id,
            "origin": origin,
            "happened_at": moment,
            "recorded_at": moment,
        }
        session.execute(insert(Event), [seen | {"match_list_entry_id": one} for one in unseen])
        ledger.record(
            session,
            office_id,
            "record_event",
            actor=actor,
            details={"kind": kind, "list_entries": [str(one) for one in unseen]},
            changes_profiles=False,
        )


def _unseen(session: Session, kind: str, list_entry_ids: Sequence[UUID]) -> list[UUID]:
    known = select(Event.match_list_entry_id).where(
        Event.match_list_entry_id.in_(list_entry_ids), Event.kind == kind
    )
    seen = set(session.scalars(known))
    return [one for one in list_entry_ids if one not in seen]
