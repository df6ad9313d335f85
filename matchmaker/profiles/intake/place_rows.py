"""Rows of a places file: each is one postcode area of one municipality."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.profiles.changes import Changes, Record
from matchmaker.profiles.intake.reading import Rejected
from matchmaker.profiles.intake.report import Duplicate, Tally
from matchmaker.profiles.intake.rows import Row
from matchmaker.profiles.keys import place_key
from matchmaker.profiles.places import STATED_OF_A_PLACE, PlaceIndex, new_place
from matchmaker.tables import Municipality, Party


def take_places(
    session: Session, office_id: UUID, rows: Iterable[Row], changes: Changes, tally: Tally
) -> None:
    """Take every row, then find the places of organizations that had none so far."""
    places = PlaceIndex.load(session)
    known = {_key(place): place for place in places.by_id.values()}
    described: set[UUID] = set()
    for row in rows:
        facts = row.facts
        name_key = place_key(facts["name"])
        if name_key is None:
            reason = f"“{facts['name']}”: expected the name of a place"
            tally.rejected.append(Rejected(row.number, "name", reason))
            continue
        place = known.get((facts.get("country", "DE"), facts.get("postcode", ""), name_key))
        if place is None:
            place = new_place(changes, facts)
            known[_key(place)] = place
            places.add(place)
            tally.outcomes[row.number] = "created"
        elif place["id"] in described:
            again = Duplicate(row.number, place["id"], place["name"], "postcode and name", True)
            tally.duplicates.append(again)
            tally.outcomes[row.number] = "unchanged"
        else:
            stated = {name: facts[name] for name in STATED_OF_A_PLACE if name in facts}
            changed = changes.change(Municipality, place, **stated)
            tally.outcomes[row.number] = "updated" if changed else "unchanged"
        described.add(place["id"])
    without_place = select(Party.__table__).where(
        Party.owner_office_id == office_id, Party.municipality_id.is_(None)
    )
    parties = [dict(party) for party in session.execute(without_place).mappings()]
    if linked := link_parties(parties, places, changes):
        tally.notes.append(f"{linked} organizations found their place")


def _key(place: Mapping[str, Any]) -> tuple[str, str, str]:
    return place["country"], place["postcode"], place["name_key"]


def link_parties(parties: Iterable[Record], places: PlaceIndex, changes: Changes) -> int:
    """Find the places of parties that came before their places did; how many were found."""
    linked = 0
    for party in parties:
        if party["municipality_id"] or not (party["postcode"] or party["town"]):
            continue
        place = places.resolve(
            country=party["country"], postcode=party["postcode"], town=party["town"]
        )
        if place is None:
            continue
        seat = {"municipality_id": place["id"], "country": party["country"] or place["country"]}
        if party["latitude"] is None or party["longitude"] is None:
            seat |= {"latitude": place["latitude"], "longitude": place["longitude"]}
        linked += changes.change(Party, party, **seat)
    return linked
