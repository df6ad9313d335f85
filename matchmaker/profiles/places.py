"""Towns and postcodes, resolved to the municipalities that were imported."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.profiles.changes import Changes, Record, record_id
from matchmaker.profiles.countries import find_country
from matchmaker.profiles.keys import place_key
from matchmaker.tables import Municipality

Place = Record

STATED_OF_A_PLACE = (
    "name",
    "official_key",
    "district",
    "state",
    "latitude",
    "longitude",
    "degurba",
)

# "Esslingen am Neckar" is called Esslingen, "Halle (Saale)" Halle.
_FULL_NAME = re.compile(r"^(.+?) (?:am|an der|an|auf|bei|im|in|ob|unter|vor|saale|main|oder|v d)\b")


class PlaceIndex:
    """Municipalities as rows of `municipality`, ready to be looked up by what people write."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_postcode: dict[str, list[Place]] = defaultdict(list)
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        self._by_short_key: dict[str, list[Place]] = defaultdict(list)
        self._by_official_key: dict[str, list[Place]] = defaultdict(list)
        self.by_id: dict[UUID, Place] = {}
        for place in places:
            self.add(place)

    @classmethod
    def load(cls, session: Session) -> "PlaceIndex":
        """All municipalities of the installation."""
        return cls(dict(row) for row in session.execute(select(Municipality.__table__)).mappings())

    def add(self, place: Place) -> None:
        """Make one more place known."""
        self.by_id[place["id"]] = place
        self._by_postcode[place["postcode"]].append(place)
        self._by_key[place["name_key"]].append(place)
        if short := _FULL_NAME.match(place["name_key"]):
            self._by_short_key[short[1]].append(place)
        if place["official_key"]:
            self._by_official_key[place["official_key"]].append(place)

    def resolve(
        self,
        *,
        country: str | None = None,
        postcode: str | None = None,
        town: str | None = None,
        official_key: str | None = None,
    ) -> Place | None:
        """The municipality that is meant, or None where it is unknown or ambiguous.

        A postcode decides, with the town where it belongs to several municipalities; else
        the official key; else the town, if only one municipality is called so.
        """
        found = [
            place
            for place in self._by_postcode.get(postcode or "", ())
            if postcode and country in (None, place["country"])
        ]
        if len(found) > 1 and town:
            found = _named_like(found, town) or found
        if len(found) == 1:
            return found[0]
        if official_key and (same := self._by_official_key.get(official_key)):
            return _one_municipality([p for p in same if p in found] or same)
        if found:
            return _one_municipality(found)
        return self._by_town(town, country) if town else None

    def _by_town(self, town: str, country: str | None) -> Place | None:
        for name in (town, *re.split(r"\s+/\s+|-|\bOT\b|\(", town)[:1]):
            key = place_key(name)
            for index in (self._by_key, self._by_short_key):
                named = [
                    place
                    for place in (index.get(key, ()) if key else ())
                    if country in (None, place["country"])
                ]
                if named:
                    return _one_municipality(named)
        return None


def resolve_place(
    session: Session,
    *,
    country: str | None = None,
    postcode: str | None = None,
    town: str | None = None,
) -> Municipality | None:
    """The municipality that one address means, or None where it is unknown or ambiguous."""
    key = place_key(re.split(r"\s+/\s+|-|\bOT\b|\(", town)[0]) if town else None
    possible = [Municipality.postcode == postcode] if postcode else []
    if key:
        possible.append(Municipality.name_key.startswith(key, autoescape=True))
    if not possible:
        return None
    rows = session.execute(select(Municipality.__table__).where(or_(*possible))).mappings()
    place = PlaceIndex(dict(row) for row in rows).resolve(
        country=country, postcode=postcode, town=town
    )
    return session.get(Municipality, place["id"]) if place else None


def new_place(changes: Changes, facts: Mapping[str, Any]) -> Record:
    """A municipality as a file states it; the country is Germany where none is given."""
    country, postcode = facts.get("country", "DE"), facts.get("postcode", "")
    key = place_key(facts["name"])
    return changes.create(
        Municipality,
        id=record_id(None, "place", country, postcode, str(key)),
        country=country,
        postcode=postcode,
        name_key=key,
        **{name: facts.get(name) for name in STATED_OF_A_PLACE},
    )


def split_location(location: str) -> dict[str, str]:
    """Postcode, town and country of an address line, as far as they can be told.

    Of several places the first counts: "San Francisco, CA, USA; Remote" is in San Francisco.
    """
    first = next((part for part in re.split(r"[;|\n]", location) if part.strip()), "")
    parts = [part.strip() for part in first.split(",") if part.strip()]
    if not parts or parts[0].lower() in ("remote", "hybrid"):
        return {}
    found: dict[str, str] = {}
    if country := find_country(parts[-1]):
        found["country"] = country
        parts = parts[:-1]
    for part in parts:
        if match := re.search(r"\b(\d{4,5})\s+(\D{2,})$", part):
            return found | {"postcode": match[1], "town": match[2].strip()}
    if parts and not re.search(r"\d", parts[0]) and len(parts[0]) <= 200:
        found["town"] = parts[0]
    return found


def _named_like(places: list[Place], town: str) -> list[Place]:
    key = place_key(town) or ""
    return [place for place in places if place["name_key"] == key] or [
        place
        for place in places
        if place["name_key"].startswith(f"{key} ") or key.startswith(f"{place['name_key']} ")
    ]


def _one_municipality(places: list[Place]) -> Place | None:
    """The most central postcode area if all belong to one municipality, else None."""
    if len({_municipality(place) for place in places}) != 1:
        return None
    located = [place for place in places if place["latitude"] is not None]
    if not located:
        return min(places, key=lambda place: str(place["postcode"]))
    latitude = sum(place["latitude"] for place in located) / len(located)
    longitude = sum(place["longitude"] or 0.0 for place in located) / len(located)
    return min(
        located,
        key=lambda place: (
            (place["latitude"] - latitude) ** 2 + ((place["longitude"] or 0.0) - longitude) ** 2,
            str(place["postcode"]),
        ),
    )


def _municipality(place: Place) -> tuple[Any, ...]:
    if place["official_key"]:
        return (place["country"], place["official_key"])
    return (place["country"], place["name_key"], place["district"], place["state"])
