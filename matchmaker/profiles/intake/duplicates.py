"""Finding the organization that a row means, by what two spellings of it have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

# Names of firms on one domain from which they count as one, on rapidfuzz's scale to 100:
# "Seamwright" and "Seamwrght" do, "Seamwright" and "Seamwright Academy" do not.
SAME_NAME = 92.0


class Likeness(NamedTuple):
    """An organization that may be meant, and what it has in common."""

    party: UUID
    by: str


class DuplicateFinder:
    """Parties by their comparison keys, see `keys`.

    Certain are: the same register number; the same domain with the same or nearly the same
    name; the same name in the same postcode. Only possible are: the same domain under
    another name, and the same name elsewhere.
    """

    def __init__(self, parties: Iterable[Mapping[str, Any]]) -> None:
        self._by_register: dict[str, UUID] = {}
        self._by_domain: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._by_name: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for party in parties:
            self.add(party)

    def add(self, party: Mapping[str, Any]) -> None:
        """Make a party known, or known under keys that it did not have before."""
        if party["register_key"]:
            self._by_register.setdefault(party["register_key"], party["id"])
        for column, index in (("domain_key", self._by_domain), ("name_key", self._by_name)):
            key = party[column]
            if key and not any(known is party for known in index[key]):
                index[key].append(party)

    def named(self, name_key: str) -> list[UUID]:
        """The parties of this name."""
        return [party["id"] for party in self._by_name.get(name_key, ())]

    def certain(self, keys: Mapping[str, Any]) -> Likeness | None:
        """The party that has the same identity, if there is one."""
        if party := self._by_register.get(keys.get("register_key") or ""):
            return Likeness(party, "register number")
        name = keys.get("name_key")
        if not name:
            return None
        same_domain = self._by_domain.get(keys.get("domain_key") or "", ())
        alike = [(_likeness(name, known["name_key"]), known["id"]) for known in same_domain]
        if alike and max(alike)[0] >= SAME_NAME:
            return Likeness(max(alike)[1], "domain and name")
        if keys.get("postcode"):
            for known in self._by_name.get(name, ()):
                if known["postcode"] == keys["postcode"]:
                    return Likeness(known["id"], "name and postcode")
        return None

    def possible(self, keys: Mapping[str, Any]) -> Likeness | None:
        """A party that a person should compare, if there is one."""
        for known in self._by_domain.get(keys.get("domain_key") or "", ()):
            return Likeness(known["id"], "domain")
        for known in self._by_name.get(keys.get("name_key") or "", ()):
            return Likeness(known["id"], "name")
        return None


def _likeness(name: str, other: str | None) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(name, other)) if other else 0.0
