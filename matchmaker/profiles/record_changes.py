"""What a stated fact changes in a record, and what follows from it: keys, places, versions."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import InvalidInputError
from matchmaker.profiles.keys import domain_key, name_key, register_key
from matchmaker.profiles.places import resolve_place
from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import Need, Party, Solution, TextVersion

_TEXTS = ("text", "description", "looks_for")
_SEAT = ("country", "postcode", "town")


def apply_facts(session: Session, record: Party | Need | Solution, stated: dict[str, Any]) -> None:
    """Put what is stated into the record, and what follows from it.

    Raises
    ------
    InvalidInputError
        The facts refer to a party that the office does not own, or leave half a coordinate.
    """
    if stated.get("party_id") is not None:
        _require_own_party(session, record.owner_office_id, stated["party_id"])
    language = stated.pop("language", None)
    if language and "text" not in stated:
        stated["text"] = cast("Need | Solution", record).text.text
    for name in _TEXTS:
        if name in stated:
            wording = stated.pop(name)
            version = getattr(record, name)
            setattr(record, name, _reword(record.owner_office_id, version, wording, language))
    moved = any(name in stated and stated[name] != getattr(record, name) for name in _SEAT)
    for name, value in stated.items():
        setattr(record, name, value)
    if isinstance(record, Party):
        _derive(session, record, moved, located="latitude" in stated or "longitude" in stated)


def _require_own_party(session: Session, office_id: UUID, party_id: UUID) -> None:
    owner = session.scalar(select(Party.owner_office_id).where(Party.id == party_id))
    if owner != office_id:
        raise InvalidInputError(
            f"The office has no party with the id {party_id}.", field="party_id"
        )


def _reword(
    office_id: UUID, current: TextVersion | None, wording: str | None, language: str | None
) -> TextVersion | None:
    """The version for this wording: the current one where nothing changed."""
    if wording is None:
        return None
    version = new_text_version(office_id, wording, language)
    same_words = current is not None and current.text_hash == version.text_hash
    same_language = current is not None and language in (None, current.language)
    return current if same_words and same_language else version


def _derive(session: Session, party: Party, moved: bool, *, located: bool) -> None:
    """Set the comparison keys, and the municipality of a seat that moved."""
    party.name_key = name_key(party.name)
    party.domain_key = domain_key(party.website)
    party.register_key = register_key(party.register_number)
    if (party.latitude is None) != (party.longitude is None):
        raise InvalidInputError(
            "Give latitude and longitude together, or neither.", field="longitude"
        )
    if not moved:
        return
    place = resolve_place(session, country=party.country, postcode=party.postcode, town=party.town)
    party.municipality_id = place.id if place else None
    if not located:
        # The coordinates of the old seat; without any, those of the municipality count.
        party.latitude = party.longitude = None
