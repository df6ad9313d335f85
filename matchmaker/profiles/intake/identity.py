"""What tells organizations apart: the keys of a row, and the identity it is known again by."""

import re
from collections.abc import Mapping
from typing import Any

from matchmaker.profiles.keys import domain_key, name_key, place_key, register_key
from matchmaker.profiles.places import split_location
from matchmaker.profiles.texts import text_hash


def with_location(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with town and country from an address line, and the town's bare name.

    Official lists write "Bruchsal, Stadt"; what follows the comma names no place.
    """
    located = dict(facts)
    for name, value in split_location(located.pop("location", "")).items():
        located.setdefault(name, value)
    if town := re.sub(r"\s*[,;].*$", "", located.pop("town", "")):
        located["town"] = town
    return located


def comparison_keys(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison keys of whichever facts are there."""
    keys: dict[str, Any] = {}
    if "name" in facts:
        keys["name_key"] = name_key(facts["name"])
    if "website" in facts:
        keys["domain_key"] = domain_key(facts["website"])
    if "register_number" in facts:
        keys["register_key"] = register_key(facts["register_number"])
    return keys


def identity_of(facts: Mapping[str, Any], keys: Mapping[str, Any]) -> str:
    """What a row is known again by: its id, else what tells organizations apart."""
    if "id" in facts:
        return f"id {facts['id']}"
    if keys.get("register_key"):
        return f"register {keys['register_key']}"
    name = keys.get("name_key") or ""
    if name and keys.get("domain_key"):
        return f"domain {keys['domain_key']} name {name}"
    if name and "postcode" in facts:
        return f"postcode {facts['postcode']} name {name}"
    town = place_key(facts.get("town")) or ""
    return f"name {name} town {town} text {text_hash(facts.get('text', ''))}"
