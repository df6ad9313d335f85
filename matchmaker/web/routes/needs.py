"""Needs: create, read, change, delete."""

from uuid import UUID

from fastapi import APIRouter, Response

from matchmaker import profiles
from matchmaker.tables import Need
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
from matchmaker.web.schemas.profiles import NeedChangesIn, NeedIn, NeedOut, NeedsOut

router = APIRouter(prefix="/needs", tags=["needs"], route_class=GuardedRoute)


@router.post("", status_code=201, summary="Add a need", responses=problems(409, 413, 415))
def create_need(
    caller: CurrentCaller, session: WritingSession, body: NeedIn, response: Response
) -> NeedOut:
    """Store a new need of the office."""
    need = profiles.create_record(
        session, Need, caller.office_id, body, source=SOURCE, actor=caller.actor
    )
    response.headers["Location"] = f"/api/v1/needs/{need.id}"
    return NeedOut.model_validate(need)


@router.get("", summary="List needs")
def list_needs(
    caller: CurrentCaller, session: ReadingSession, limit: Limit = 50, after: After = None
) -> NeedsOut:
    """Return the needs that the office may see, by id."""
    found = profiles.list_records(session, Need, caller.office_id, limit=limit, after=after)
    return NeedsOut(
        items=[NeedOut.model_validate(need) for need in found],
        next=found[-1].id if len(found) == limit else None,
    )


@router.get("/{need_id}", summary="Read a need", responses=problems(404))
def read_need(caller: CurrentCaller, session: ReadingSession, need_id: UUID) -> NeedOut:
    """Return a need that the office may see."""
    return NeedOut.model_validate(profiles.get_record(session, Need, caller.office_id, need_id))


@router.patch("/{need_id}", summary="Change a need", responses=problems(404, 409, 413, 415))
def update_need(
    caller: CurrentCaller, session: WritingSession, need_id: UUID, body: NeedChangesIn
) -> NeedOut:
    """Change the given fields of one of the office's needs."""
    return NeedOut.model_validate(
        profiles.update_record(session, Need, caller.office_id, need_id, body, actor=caller.actor)
    )


@router.delete(
    "/{need_id}",
    status_code=204,
    summary="Delete a need",
    responses=problems(404, 409),
)
def delete_need(caller: CurrentCaller, session: WritingSession, need_id: UUID) -> None:
    """Delete one of the office's needs that nothing refers to."""
    profiles.delete_record(session, Need, caller.office_id, need_id, actor=caller.actor)
