"""The rows of an export, in the columns that the import understands."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from matchmaker.profiles.keys import name_key
from matchmaker.profiles.places import STATED_OF_A_PLACE
from matchmaker.tables import (
    BlockedPair,
    ClusterMembership,
    Municipality,
    Need,
    Party,
    Solution,
    TextVersion,
)

ExportRow = list[Any]

_SEAT = ("latitude", "longitude", "id_source")
_ORGANIZATION = (
    *("id", "name", "kind", "website", "register_number", "postcode", "town", "country"),
    *("founded_on", "employees", "languages", "looks_for"),
)
_OFFER = (
    *("tags", "target_branches", "maturity_trl", "cooperation_forms", "available_from_on"),
    *("capacity", "customer_sizes", "it_security", "price_class", "visibility"),
)
_WISH = (
    *("branches", "tags", "maturity_wanted_trl", "cooperation_forms", "needed_by_on"),
    *("seat_country", "it_security"),
)

EXPORT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "startups": (
        *_ORGANIZATION,
        *("solution_title", "text", "lang", *_OFFER, "status", "clusters", *_SEAT),
    ),
    "companies": (
        *_ORGANIZATION,
        *("branches", "text", "lang", "visibility", "status", "clusters", *_SEAT),
    ),
    "needs": (
        *("id", "company", "title", "text", "lang", *_WISH),
        *("not_with", "visibility", "status", "id_source"),
    ),
    "places": ("country", "postcode", *STATED_OF_A_PLACE),
}


def export_rows(session: Session, office_id: UUID, kind: str) -> Iterator[ExportRow]:
    """The rows of a kind in a lasting order; None where nothing is known.

    Startups are all solutions with their parties; companies are the SMEs and every other
    party that has no solution. Places belong to the installation, not to an office.
    """
    for facts in _FACTS[kind](session, office_id):
        yield [facts[column] for column in EXPORT_COLUMNS[kind]]


def _startups(session: Session, office_id: UUID) -> Iterator[dict[str, Any]]:
    clusters = _clusters(session, office_id)
    text, looks_for = aliased(TextVersion), aliased(TextVersion)
    found = session.execute(
        select(Solution, Party, text.text, text.language, looks_for.text)
        .join(Party, Solution.party_id == Party.id)
        .join(text, Solution.text_id == text.id)
        .outerjoin(looks_for, Party.looks_for_id == looks_for.id)
        .where(Solution.owner_office_id == office_id)
    ).all()
    for solution, party, words, language, wanted in sorted(
        found, key=lambda row: (*_by_id(row[1], "startups"), *_in_party(row[0]))
    ):
        yield _organization(party, "startups", wanted, clusters) | {
            "solution_title": solution.title,
            "text": words,
            "lang": language,
            **{name: getattr(solution, name) for name in _OFFER},
            "status": "paused" if party.is_paused else solution.status,
        }


def _companies(session: Session, office_id: UUID) -> Iterator[dict[str, Any]]:
    clusters = _clusters(session, office_id)
    text, looks_for = aliased(TextVersion), aliased(TextVersion)
    has_solution = select(Solution.id).where(Solution.party_id == Party.id).exists()
    found = session.execute(
        select(Party, text.text, text.language, looks_for.text)
        .outerjoin(text, Party.description_id == text.id)
        .outerjoin(looks_for, Party.looks_for_id == looks_for.id)
        .where(Party.owner_office_id == office_id, (Party.kind == "sme") | ~has_solution)
    ).all()
    for party, words, language, wanted in sorted(
        found, key=lambda row: _by_id(row[0], "companies")
    ):
        yield _organization(party, "companies", wanted, clusters) | {
            "branches": party.branches,
            "text": words,
            "lang": language,
            "visibility": party.visibility,
            "status": "paused" if party.is_paused else "active",
        }


def _needs(session: Session, office_id: UUID) -> Iterator[dict[str, Any]]:
    reference = _references(session, office_id)
    blocked: dict[UUID | None, list[UUID]] = defaultdict(list)
    pairs = select(BlockedPair.party_id, BlockedPair.other_party_id)
    for one, other in session.execute(pairs.where(BlockedPair.owner_office_id == office_id)):
        blocked[one].append(other)
        blocked[other].append(one)
    found = session.execute(
        select(Need, TextVersion.text, TextVersion.language)
        .join(TextVersion, Need.text_id == TextVersion.id)
        .where(Need.owner_office_id == office_id)
    ).all()
    for need, words, language in sorted(found, key=lambda row: _by_id(row[0], "needs")):
        others = blocked.get(need.party_id, ())
        yield {
            "id": _id(need),
            "company": reference(need.party_id, "companies") if need.party_id else None,
            "title": need.title,
            "text": words,
            "lang": language,
            **{name: getattr(need, name) for name in _WISH},
            "not_with": sorted(reference(other, "startups") for other in others),
            "visibility": need.visibility,
            "status": need.status,
            "id_source": _id_source(need, "needs"),
        }


def _places(session: Session, office_id: UUID) -> Iterator[dict[str, Any]]:
    order = (Municipality.country, Municipality.postcode, Municipality.name_key)
    for place in session.scalars(select(Municipality).order_by(*order)):
        yield {name: getattr(place, name) for name in EXPORT_COLUMNS["places"]}


_FACTS: Mapping[str, Callable[[Session, UUID], Iterator[dict[str, Any]]]] = {
    "startups": _startups,
    "companies": _companies,
    "needs": _needs,
    "places": _places,
}


def _organization(
    party: Party, usual_source: str, looks_for: str | None, clusters: Mapping[UUID, list[str]]
) -> dict[str, Any]:
    return {
        **{name: getattr(party, name) for name in _ORGANIZATION[1:-1]},
        "id": _id(party),
        "looks_for": looks_for,
        "clusters": clusters.get(party.id, []),
        "latitude": party.latitude,
        "longitude": party.longitude,
        "id_source": _id_source(party, usual_source),
    }


def _clusters(session: Session, office_id: UUID) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    current = select(ClusterMembership.party_id, ClusterMembership.cluster).where(
        ClusterMembership.owner_office_id == office_id, ClusterMembership.ends_on.is_(None)
    )
    for party, cluster in session.execute(current.order_by(ClusterMembership.cluster)):
        found[party].append(cluster)
    return found


def _id(record: Party | Need) -> str:
    return record.external_id or str(record.id)


def _id_source(record: Party | Need, usual: str) -> str | None:
    return record.source if record.source != usual else None


def _by_id(record: Party | Need, usual_source: str) -> tuple[str, str]:
    """The order of an export; the same for what went through an export and an import."""
    return _id_source(record, usual_source) or "", _id(record)


def _in_party(solution: Solution) -> tuple[Any, ...]:
    """The order of one party's solutions: as numbered in their ids, those without one last."""
    _, slash, number = (solution.external_id or "").rpartition("/")
    return (
        solution.external_id is None,
        int(number) if slash and number.isdecimal() else 1,
        str(solution.id),
    )


def _references(session: Session, office_id: UUID) -> Callable[[UUID, str], str]:
    """How to name a party so that the import finds it: by id, else by name, else by our id."""
    parties = {
        party.id: party
        for party in session.scalars(select(Party).where(Party.owner_office_id == office_id))
    }
    ids = Counter(party.external_id for party in parties.values())
    ids_of_source = Counter((party.source, party.external_id) for party in parties.values())
    names = Counter(party.name_key for party in parties.values())

    def reference(party_id: UUID, source: str) -> str:
        party = parties.get(party_id)
        if party is None:
            return str(party_id)
        in_source = party.source == source and ids_of_source[source, party.external_id] == 1
        if party.external_id and (ids[party.external_id] == 1 or in_source):
            return party.external_id
        if party.name and names[name_key(party.name)] == 1 and not ids[party.name]:
            return party.name
        return str(party_id)

    return reference
