"""Rows about organizations, taken into the parties of an office."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple
from uuid import UUID

from matchmaker.profiles.changes import Record, record_id
from matchmaker.profiles.intake.duplicates import DuplicateFinder
from matchmaker.profiles.intake.identity import comparison_keys, identity_of, with_location
from matchmaker.profiles.intake.report import Duplicate, Outcome, Tally
from matchmaker.profiles.intake.rows import Row
from matchmaker.profiles.intake.stored import StoredRecords
from matchmaker.profiles.keys import name_key
from matchmaker.profiles.places import PlaceIndex, new_place
from matchmaker.tables import ClusterMembership, Party

_AS_STATED = (
    "name",
    "kind",
    "visibility",
    "website",
    "register_number",
    "postcode",
    "town",
    "country",
    "latitude",
    "longitude",
    "founded_on",
    "employees",
    "branches",
    "languages",
)
_OF_A_SOLUTION = ("text", "lang", "status")

About = Literal["party", "solution", "need"]


class Taken(NamedTuple):
    """The party a row means, and what the row did to it.

    `identity` is the key under which the row is known again; `is_own` is False where the
    row was only attached to a party that has another identity.
    """

    party: Record
    outcome: Outcome
    source: str
    identity: str
    is_own: bool


class PartyBook:
    """Every party of the office, found by identity first and by likeness second."""

    def __init__(self, stored: StoredRecords, places: PlaceIndex, tally: Tally) -> None:
        self._stored = stored
        self._places = places
        self._tally = tally
        self._finder = DuplicateFinder(stored.parties.values())
        self._by_external_id: dict[str, list[Record]] = defaultdict(list)
        for party in stored.parties.values():
            self._by_external_id[party["external_id"]].append(party)
        self._described: set[UUID] = set()

    def take(self, row: Row, *, source: str, kind: str, about: About) -> Taken:
        """Create or update the party that the row describes.

        The first row of an identity overwrites what is stored with what it states, an empty
        cell leaving it. A later row of the same identity, or a certain duplicate, fills only
        what is empty. Only in a row about the party itself is a repeated identity reported:
        several solutions or needs of one party are normal. In a row about a solution, text
        and status are the solution's.
        """
        facts = with_location(row.facts)
        source = facts.get("id_source", source)
        keys = comparison_keys(facts)
        identity = identity_of(facts, keys)
        own_id = record_id(self._stored.office_id, "party", source, identity)
        if about == "solution":
            facts = {name: value for name, value in facts.items() if name not in _OF_A_SOLUTION}
        party = self._identified(own_id, source, facts.get("id"))
        if party is not None:
            repeats = party["id"] in self._described
            self._described.add(party["id"])
            if repeats and about == "party":
                self._report(row, party, "id" if "id" in facts else "particulars", True)
            outcome = self._fill(party, facts, only_empty=repeats)
            return Taken(party, outcome, source, identity, True)
        if party := self._alike(own_id, row, facts, keys):
            outcome = self._fill(party, facts, only_empty=True)
            return Taken(party, outcome, source, identity, False)
        if possible := self._finder.possible(keys):
            self._report(row, self._stored.parties[possible.party], possible.by, False)
        party = self._create(own_id, source, facts, kind)
        self._described.add(own_id)
        self._fill(party, facts, only_empty=False)
        return Taken(party, "created", source, identity, True)

    def find(self, reference: str, *, source: str) -> UUID | str:
        """The party that is called so, by id, else by name; or why none can be told."""
        same_id = self._by_external_id.get(reference, [])
        preferred = [party for party in same_id if party["source"] == source] or same_id
        if len(preferred) == 1:
            found: UUID = preferred[0]["id"]
            return found
        if len(preferred) > 1:
            return f"“{reference}” is the id of {len(preferred)} organizations"
        if attached := self._stored.attached_external_ids.get(reference):
            return attached
        if party := self._by_own_uuid(reference):
            own: UUID = party["id"]
            return own
        named = self._finder.named(name_key(reference) or "")
        if len(named) == 1:
            return named[0]
        if named:
            return f"{len(named)} organizations are called “{reference}”; use the id"
        return f"no organization of the office has the id or name “{reference}”"

    def _identified(self, own_id: UUID, source: str, external_id: str | None) -> Record | None:
        if external_id:
            for party in self._by_external_id.get(external_id, ()):
                if party["source"] == source:
                    return party
        return self._stored.parties.get(own_id) or self._by_own_uuid(external_id)

    def _alike(
        self, own_id: UUID, row: Row, facts: dict[str, Any], keys: dict[str, Any]
    ) -> Record | None:
        """The party that the row was attached to before, or is a certain duplicate of."""
        if attached := self._stored.attached.get(own_id):
            by = "earlier import"
        elif alike := self._finder.certain({**facts, **keys}):
            attached, by = alike
            self._stored.attach(own_id, facts.get("id"), attached)
        else:
            return None
        self._report(row, self._stored.parties[attached], by, True)
        return self._stored.parties[attached]

    def _by_own_uuid(self, reference: str | None) -> Record | None:
        """A party without an id from a file goes by our own, as in exports."""
        try:
            return self._stored.parties.get(UUID(reference or ""))
        except ValueError:
            return None

    def _report(self, row: Row, party: Record, by: str, is_certain: bool) -> None:
        name = party["name"] or party["external_id"]
        self._tally.duplicates.append(Duplicate(row.number, party["id"], name, by, is_certain))

    def _create(self, own_id: UUID, source: str, facts: dict[str, Any], kind: str) -> Record:
        party = self._stored.changes.create(
            Party,
            id=own_id,
            owner_office_id=self._stored.office_id,
            kind=facts.get("kind", kind),
            source=source,
            external_id=facts.get("id"),
        )
        self._stored.parties[own_id] = party
        self._by_external_id[party["external_id"]].append(party)
        return party

    def _fill(self, party: Record, facts: dict[str, Any], *, only_empty: bool) -> Outcome:
        """Give the party what the row states."""
        values = {name: facts[name] for name in _AS_STATED if name in facts}
        if "status" in facts:
            values["is_paused"] = facts["status"] == "paused"
        for name, column, language in (
            ("text", "description_id", facts.get("lang")),
            ("looks_for", "looks_for_id", None),
        ):
            if name in facts and not (only_empty and party[column]):
                values[column] = self._stored.text_version(
                    party["id"], column, party[column], facts[name], language
                )
        if only_empty:
            values = {
                name: value for name, value in values.items() if party.get(name) in (None, [])
            }
        values |= self._seat({**party, **values}, party, facts)
        values |= comparison_keys(values)
        changed = self._stored.changes.change(Party, party, **values)
        self._finder.add(party)
        joined = self._join_clusters(party, facts.get("clusters", ()))
        return "updated" if changed or joined else "unchanged"

    def _seat(self, after: Record, before: Record, facts: dict[str, Any]) -> dict[str, Any]:
        """The municipality, and its coordinates where none are stated.

        A seat that was found once stays until the address changes.
        """
        address = ("postcode", "town", "country")
        if before["municipality_id"] and all(before[name] == after[name] for name in address):
            return {}
        place = self._places.resolve(
            country=after["country"],
            postcode=after["postcode"],
            town=after["town"],
            official_key=facts.get("official_key"),
        ) or self._new_place(facts)
        if place is None:
            return {}
        seat: dict[str, Any] = {"municipality_id": place["id"]}
        if after["country"] is None:
            seat["country"] = place["country"]
        moved = before["municipality_id"] not in (None, place["id"]) and not (
            "latitude" in facts and "longitude" in facts
        )
        if after["latitude"] is None or after["longitude"] is None or moved:
            seat |= {"latitude": place["latitude"], "longitude": place["longitude"]}
        return seat

    def _new_place(self, facts: dict[str, Any]) -> Record | None:
        """A municipality that nobody imported, where the row itself describes it fully."""
        described = ("official_key", "town", "country", "latitude", "longitude", "degurba")
        if not all(name in facts for name in described):
            return None
        place = new_place(self._stored.changes, facts | {"name": facts["town"]})
        self._places.add(place)
        return place

    def _join_clusters(self, party: Record, clusters: list[str] | tuple[()]) -> bool:
        """Add memberships from today on; an import never ends one."""
        new = [c for c in clusters if c not in self._stored.clusters[party["id"]]]
        for cluster in new:
            day = self._stored.changes.at.date()
            self._stored.clusters[party["id"]].add(cluster)
            self._stored.changes.create(
                ClusterMembership,
                id=record_id(
                    self._stored.office_id, "cluster", str(party["id"]), cluster, day.isoformat()
                ),
                owner_office_id=self._stored.office_id,
                party_id=party["id"],
                cluster=cluster,
                starts_on=day,
            )
        return bool(new)


def take_companies(
    rows: Iterable[Row], stored: StoredRecords, book: PartyBook, tally: Tally, source: str
) -> None:
    """Take every row as one party, an SME unless the row says otherwise."""
    for row in rows:
        taken = book.take(row, source=source, kind="sme", about="party")
        tally.outcomes[row.number] = taken.outcome
