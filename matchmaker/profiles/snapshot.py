"""The profiles of one moment as frozen values: rows go in, nothing of the database comes out."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.errors import NotFoundError
from matchmaker.profiles.visibility import sees, visible_needs, visible_profiles
from matchmaker.tables import (
    BlockedPair,
    ClusterMembership,
    Consent,
    Need,
    Party,
    Solution,
    TextVersion,
)
from matchmaker.values import NeedProfile, PartyProfile, Snapshot, SolutionProfile, Text

Memberships = Mapping[UUID, frozenset[str]]
_NEEDS_PER_QUERY = 5_000


def take_snapshot(session: Session, office_id: UUID, as_of: datetime) -> Snapshot:
    """Read every open need the office owns, and every solution it may see.

    `as_of` decides which cluster memberships are in force; the rest is as stored now.
    """
    clusters = _clusters(session, as_of)
    refusals = _parties_without_consent(session)
    needs = visible_needs(office_id).where(Need.owner_office_id == office_id, Need.status == "open")
    return Snapshot(
        as_of=as_of,
        needs=tuple(_need(need, office_id, clusters, refusals) for need in session.scalars(needs)),
        solutions=tuple(
            _solution(solution, clusters, refusals)
            for solution in session.scalars(visible_profiles(office_id))
        ),
        blocked=_blocked(session, office_id),
    )


def take_open_needs(session: Session, office_id: UUID, as_of: datetime) -> list[NeedProfile]:
    """Every open need that the office may see, those that others share with it as well."""
    clusters = _clusters(session, as_of)
    refusals = _parties_without_consent(session)
    needs = session.scalars(visible_needs(office_id).where(Need.status == "open"))
    return [_need(need, office_id, clusters, refusals) for need in needs]


def take_needs(
    session: Session, office_id: UUID, needs: Collection[UUID], as_of: datetime
) -> dict[UUID, NeedProfile]:
    """These needs, whatever their status, by id; without those that the office does not see."""
    clusters = _clusters(session, as_of)
    refusals = _parties_without_consent(session)
    ids, found = sorted(needs), {}
    for start in range(0, len(ids), _NEEDS_PER_QUERY):
        some = visible_needs(office_id).where(Need.id.in_(ids[start : start + _NEEDS_PER_QUERY]))
        for need in session.scalars(some):
            found[need.id] = _need(need, office_id, clusters, refusals)
    return dict(sorted(found.items()))


def get_need(session: Session, office_id: UUID, need_id: UUID, as_of: datetime) -> NeedProfile:
    """One need that the office may see, whatever its status.

    Raises
    ------
    NotFoundError
        There is no such need, or it belongs to another office alone.
    """
    need = session.scalar(visible_needs(office_id).where(Need.id == need_id))
    if need is None:
        raise NotFoundError(f"There is no need with the id {need_id}.")
    return _need(need, office_id, _clusters(session, as_of), _parties_without_consent(session))


def _need(
    need: Need, office_id: UUID, clusters: Memberships, refusals: frozenset[UUID]
) -> NeedProfile:
    # An office may share a need and keep the firm to itself: its words must not be quoted.
    firm = need.party if need.party and sees(office_id, need.party) else None
    return NeedProfile(
        id=need.id,
        text=_text(need.text),
        party=_party(firm, clusters, refusals) if firm else None,
        external_id=need.external_id,
        title=need.title,
        branches=frozenset(need.branches),
        tags=frozenset(need.tags),
        maturity_wanted_trl=need.maturity_wanted_trl,
        cooperation_forms=frozenset(need.cooperation_forms),
        needed_by_on=need.needed_by_on,
        seat_country=need.seat_country,
        it_security=frozenset(need.it_security),
    )


def _solution(
    solution: Solution, clusters: Memberships, refusals: frozenset[UUID]
) -> SolutionProfile:
    return SolutionProfile(
        id=solution.id,
        party=_party(solution.party, clusters, refusals),
        text=_text(solution.text),
        external_id=solution.external_id,
        title=solution.title,
        tags=frozenset(solution.tags),
        target_branches=frozenset(solution.target_branches),
        maturity_trl=solution.maturity_trl,
        cooperation_forms=frozenset(solution.cooperation_forms),
        available_from_on=solution.available_from_on,
        capacity=solution.capacity,
        customer_sizes=frozenset(solution.customer_sizes),
        it_security=frozenset(solution.it_security),
        is_paused=solution.status == "paused",
        changed_at=max(solution.updated_at, solution.text.created_at),
    )


def _party(party: Party, clusters: Memberships, refusals: frozenset[UUID]) -> PartyProfile:
    place = party.municipality
    # What the file says about the firm itself is finer than the middle of its municipality.
    seat = party if party.latitude is not None and party.longitude is not None else place
    return PartyProfile(
        id=party.id,
        name=party.name,
        external_id=party.external_id,
        kind=party.kind,
        town=party.town or (place.name if place else None),
        country=party.country or (place.country if place else None),
        latitude=seat.latitude if seat else None,
        longitude=seat.longitude if seat else None,
        degurba=place.degurba if place else None,
        founded_on=party.founded_on,
        employees=party.employees,
        branches=frozenset(party.branches),
        languages=frozenset(party.languages),
        clusters=clusters.get(party.id, frozenset()),
        description=_text(party.description) if party.description else None,
        looks_for=_text(party.looks_for) if party.looks_for else None,
        is_paused=party.is_paused,
        has_consent=party.id not in refusals,
    )


def _text(version: TextVersion) -> Text:
    return Text(version.id, version.text, version.text_hash, version.language)


def _clusters(session: Session, as_of: datetime) -> Memberships:
    day = as_of.date()
    in_force = select(ClusterMembership.party_id, ClusterMembership.cluster).where(
        ClusterMembership.starts_on <= day,
        or_(ClusterMembership.ends_on.is_(None), ClusterMembership.ends_on >= day),
    )
    found: dict[UUID, set[str]] = {}
    for party_id, cluster in session.execute(in_force):
        found.setdefault(party_id, set()).add(cluster)
    return {party_id: frozenset(names) for party_id, names in found.items()}


def _parties_without_consent(session: Session) -> frozenset[UUID]:
    """Parties whose newest word on matching is no: withdrawn, or asked for and not given."""
    words = (
        select(Consent.party_id, Consent.confirmed_at, Consent.withdrawn_at)
        .where(Consent.purpose == "matching")
        .order_by(Consent.requested_at, Consent.id)
    )
    newest = {
        party_id: confirmed_at is not None and withdrawn_at is None
        for party_id, confirmed_at, withdrawn_at in session.execute(words)
    }
    return frozenset(party_id for party_id, agreed in newest.items() if not agreed)


def _blocked(session: Session, office_id: UUID) -> frozenset[frozenset[UUID]]:
    pairs = select(BlockedPair.party_id, BlockedPair.other_party_id).where(
        BlockedPair.owner_office_id == office_id
    )
    return frozenset(frozenset((one, other)) for one, other in session.execute(pairs))
