"""Rows of a needs file: each is a need, with the firm that has it where one is named."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from matchmaker.profiles.changes import Record, record_id
from matchmaker.profiles.intake.parties import PartyBook
from matchmaker.profiles.intake.reading import Rejected
from matchmaker.profiles.intake.report import Duplicate, Tally
from matchmaker.profiles.intake.rows import Row
from matchmaker.profiles.intake.stored import StoredRecords
from matchmaker.profiles.texts import text_hash
from matchmaker.tables import BlockedPair, Need

_AS_STATED = (
    "visibility",
    "title",
    "branches",
    "tags",
    "maturity_wanted_trl",
    "cooperation_forms",
    "needed_by_on",
    "seat_country",
    "it_security",
    "status",
)

# Facts about the firm that stand in the need's own row, and what the firm calls them.
_EMBEDDED = {
    "company_name": "name",
    "company_postcode": "postcode",
    "company_town": "town",
    "company_country": "country",
    "company_branches": "branches",
    "company_size": "employees",
    "company_text": "text",
}


def take_needs(
    rows: Iterable[Row], stored: StoredRecords, book: PartyBook, tally: Tally, source: str
) -> None:
    """Take every row; one whose company is named but unknown is rejected.

    A row may carry facts about its firm instead of naming one; the firm is then created or
    found by them. Who is not to be met is blocked for the firm; names that mean nobody are
    reported as notes. A second row with the same id fills only what is empty.
    """
    needs = _NeedBook(stored)
    for row in rows:
        try:
            party_id = _company(row, book, source)
        except LookupError as unknown:
            tally.rejected.append(Rejected(row.number, "company", str(unknown)))
            continue
        need, is_new, repeats = needs.find(row, source, party_id)
        if repeats:
            by = "id" if "id" in row.facts else "text"
            label = need["title"] or need["external_id"]
            tally.duplicates.append(Duplicate(row.number, need["id"], label, by, True))
        changed = needs.fill(need, row, party_id, only_empty=repeats)
        changed |= _block(row, need["party_id"], stored, book, tally)
        if is_new:
            tally.outcomes[row.number] = "created"
        else:
            tally.outcomes[row.number] = "updated" if changed else "unchanged"


def _company(row: Row, book: PartyBook, source: str) -> UUID | None:
    if reference := row.facts.get("company"):
        found = book.find(reference, source="companies")
        if isinstance(found, str):
            raise LookupError(found)
        return found
    facts = {own: row.facts[name] for name, own in _EMBEDDED.items() if name in row.facts}
    if not facts:
        return None
    for shared in ("visibility", "id_source"):
        if shared in row.facts:
            facts[shared] = row.facts[shared]
    taken = book.take(Row(row.number, facts), source=source, kind="sme", about="need")
    found_id: UUID = taken.party["id"]
    return found_id


def _block(
    row: Row, party_id: UUID | None, stored: StoredRecords, book: PartyBook, tally: Tally
) -> bool:
    changed = False
    for reference in row.facts.get("not_with", ()):
        if party_id is None:
            note = f"row {row.number}: “{reference}” cannot be blocked, the need has no company"
            tally.notes.append(note)
            continue
        other = book.find(reference, source="startups")
        if isinstance(other, str):
            tally.notes.append(f"row {row.number}: not blocked, {other}")
            continue
        pair = {party_id, other}
        known = any(pair == {b["party_id"], b["other_party_id"]} for b in stored.blocked.values())
        if not known and party_id != other:
            block = stored.changes.create(
                BlockedPair,
                id=record_id(stored.office_id, "blocked", str(party_id), str(other)),
                owner_office_id=stored.office_id,
                party_id=party_id,
                other_party_id=other,
            )
            stored.blocked[block["id"]] = block
            changed = True
    return changed


class _NeedBook:
    """The needs of the office, by identity."""

    def __init__(self, stored: StoredRecords) -> None:
        self._stored = stored
        self._by_external_id = {
            (need["source"], need["external_id"]): need
            for need in stored.needs.values()
            if need["external_id"]
        }
        self._described: set[UUID] = set()

    def find(self, row: Row, source: str, party_id: UUID | None) -> tuple[Record, bool, bool]:
        """The need of a row, whether it is new, and whether an earlier row described it."""
        source = row.facts.get("id_source", source)
        external_id = row.facts.get("id")
        identity = (
            f"id {external_id}"
            if external_id
            else f"company {party_id} text {text_hash(row.facts['text'])}"
        )
        own_id = record_id(self._stored.office_id, "need", source, identity)
        need = self._by_external_id.get((source, external_id)) or self._stored.needs.get(own_id)
        if need is None and external_id:
            need = self._by_own_uuid(external_id)
        if need is not None:
            repeats = need["id"] in self._described
            self._described.add(need["id"])
            return need, False, repeats
        need = self._stored.changes.create(
            Need,
            id=own_id,
            owner_office_id=self._stored.office_id,
            party_id=party_id,
            source=source,
            external_id=external_id,
            text_id=self._stored.text_version(
                own_id, "text_id", None, row.facts["text"], row.facts.get("lang")
            ),
        )
        self._stored.needs[own_id] = need
        if external_id:
            self._by_external_id[source, external_id] = need
        self._described.add(own_id)
        return need, True, False

    def fill(self, need: Record, row: Row, party_id: UUID | None, *, only_empty: bool) -> bool:
        """Give the need what the row states; whether anything changed."""
        values: dict[str, Any] = {n: row.facts[n] for n in _AS_STATED if n in row.facts}
        if party_id is not None:
            values["party_id"] = party_id
        if only_empty:
            values = {name: value for name, value in values.items() if not need.get(name)}
        else:
            values["text_id"] = self._stored.text_version(
                need["id"], "text_id", need["text_id"], row.facts["text"], row.facts.get("lang")
            )
        return self._stored.changes.change(Need, need, **values)

    def _by_own_uuid(self, reference: str) -> Record | None:
        """A need without an id from a file goes by our own, as in exports."""
        try:
            return self._stored.needs.get(UUID(reference))
        except ValueError:
            return None
