"""Many readers of one list at the same moment: every row is noted once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from sqlalchemy import select

from matchmaker import ledger
from matchmaker.database import SessionFactory, reading
from matchmaker.feedback import note_seen
from matchmaker.tables import Event, LedgerEntry
from tests.feedback.test_two_officers import factory, pair

__all__ = ["factory", "pair"]


def test_tabs_at_once_note_every_row_once(
    factory: SessionFactory, pair: tuple[UUID, list[UUID]]
) -> None:
    office_id, entries = pair
    readers = 4
    gate = Barrier(readers)

    def read(number: int) -> None:
        gate.wait()
        # Every reader sees another part first, so that no order saves them.
        seen = entries[number % 2 :] + entries[: number % 2]
        note_seen(factory, office_id, "shown", seen, origin="desk", actor="test")

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(read, range(readers)))

    with reading(factory) as session:
        noted = session.scalars(select(Event.match_list_entry_id)).all()
        assert (len(noted), set(noted)) == (len(entries), set(entries))
        (line,) = session.scalars(select(LedgerEntry)).all()
        assert set(line.details["list_entries"]) == {str(entry) for entry in entries}
        assert ledger.altered_lines(session, office_id) == []


def test_what_was_seen_in_part_is_completed(
    factory: SessionFactory, pair: tuple[UUID, list[UUID]]
) -> None:
    office_id, entries = pair
    for seen in (entries[:1], entries, []):
        note_seen(factory, office_id, "opened", seen, origin="desk", actor="test")

    with reading(factory) as session:
        noted = session.scalars(select(Event.match_list_entry_id)).all()
        assert (len(noted), set(noted)) == (len(entries), set(entries))
        assert {event.kind for event in session.scalars(select(Event))} == {"opened"}
