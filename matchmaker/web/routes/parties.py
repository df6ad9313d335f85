"""Parties: create, read, change, delete."""

from uuid import UUID

from fastapi import APIRouter, Response

from matchmaker import profiles
from matchmaker.tables import Party
from matchmaker.web.dependencies import (
    SOURCE,
    After,
    CurrentCaller,
    Limit,
    ReadingSession,
    WritingSession,
)
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.profiles import PartiesOut, PartyChangesIn, PartyIn, PartyOut

router = APIRouter(prefix="/parties", tags=["parties"], route_class=GuardedRoute)


@router.post("", status_code=201, summary="Add a party", responses=problems(409, 413, 415))
def create_party(
    caller: CurrentCaller, session: WritingSession, body: PartyIn, response: Response
) -> PartyOut:
    """Store a new party of the office."""
    party = profiles.create_record(
        session, Party, caller.office_id, body, source=SOURCE, actor=caller.actor
    )
    response.headers["Location"] = f"/api/v1/parties/{party.id}"
    return PartyOut.model_validate(party)


@router.get("", summary="List parties")
def list_parties(
    caller: CurrentCaller, session: ReadingSession, limit: Limit = 50, after: After = None
) -> PartiesOut:
    """Return the parties that the office may see, by id."""
    found = profiles.list_records(session, Party, caller.office_id, limit=limit, after=after)
    return PartiesOut(
        items=[PartyOut.model_validate(party) for party in found],
        next=found[-1].id if len(found) == limit else None,
    )


@router.get("/{party_id}", summary="Read a party", responses=problems(404))
def read_party(caller: CurrentCaller, session: ReadingSession, party_id: UUID) -> PartyOut:
    """Return a party that the office may see."""
    return PartyOut.model_validate(profiles.get_record(session, Party, caller.office_id, party_id))


@router.patch("/{party_id}", summary="Change a party", responses=problems(404, 409, 413, 415))
def update_party(
    caller: CurrentCaller, session: WritingSession, party_id: UUID, body: PartyChangesIn
) -> PartyOut:
    """Change the given fields of one of the office's parties."""
    return PartyOut.model_validate(
        profiles.update_record(session, Party, caller.office_id, party_id, body, actor=caller.actor)
    )


@router.delete(
    "/{party_id}",
    status_code=204,
    summary="Delete a party",
    responses=problems(404, 409),
)
def delete_party(caller: CurrentCaller, session: WritingSession, party_id: UUID) -> None:
    """Delete one of the office's parties that nothing refers to."""
    profiles.delete_record(session, Party, caller.office_id, party_id, actor=caller.actor)
