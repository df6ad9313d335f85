"""The import of profiles and places: which rows of which file go where."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from uuid import UUID

from matchmaker.database import SessionFactory
from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.fields import FIELDS
from matchmaker.profiles.intake.needs import take_needs
from matchmaker.profiles.intake.parties import PartyBook, take_companies
from matchmaker.profiles.intake.place_rows import link_parties, take_places
from matchmaker.profiles.intake.report import ImportReport, Tally
from matchmaker.profiles.intake.rows import Row
from matchmaker.profiles.intake.solutions import take_startups
from matchmaker.profiles.intake.stored import StoredRecords
from matchmaker.profiles.intake.taking import Delivery, Progress, Take, take_file
from matchmaker.profiles.places import PlaceIndex


def import_file(
    factory: SessionFactory,
    kind: str,
    path: Path,
    *,
    office_id: UUID,
    actor: str,
    mapping: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import startups, companies, needs or places from a file; see `take_file`.

    A record is known again by the office, the source and its id in the file.
    """
    if kind not in _TAKE:
        raise InvalidInputError(
            f"“{kind}” cannot be imported; expected one of {', '.join(FIELDS)}.", field="kind"
        )
    return take_file(
        factory,
        kind,
        path,
        _TAKE[kind],
        office_id=office_id,
        actor=actor,
        mapping=mapping,
        dry_run=dry_run,
        progress=progress,
    )


def _take_places(delivery: Delivery) -> list[list[str | None]]:
    take_places(
        delivery.session, delivery.office_id, delivery.rows, delivery.changes, delivery.tally
    )
    return []


def _taking(
    profiles: Callable[[Iterable[Row], StoredRecords, PartyBook, Tally, str], None],
) -> Take:
    """Take rows of profiles, and link every party to its place where the file brought new ones."""

    def take(delivery: Delivery) -> list[list[str | None]]:
        stored = StoredRecords(delivery.session, delivery.office_id, delivery.changes)
        places = PlaceIndex.load(delivery.session)
        known_places = len(places.by_id)
        book = PartyBook(stored, places, delivery.tally)
        profiles(delivery.rows, stored, book, delivery.tally, delivery.source)
        if len(places.by_id) > known_places:
            link_parties(stored.parties.values(), places, delivery.changes)
        return stored.attached_now

    return take


_TAKE: Mapping[str, Take] = {
    "startups": _taking(take_startups),
    "companies": _taking(take_companies),
    "needs": _taking(take_needs),
    "places": _take_places,
}
