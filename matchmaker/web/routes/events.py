"""What became of proposals."""

from fastapi import APIRouter

from matchmaker.feedback import record_event
from matchmaker.web.dependencies import CurrentCaller, WritingSession
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.events import EventIn, EventOut

router = APIRouter(prefix="/events", tags=["events"], route_class=GuardedRoute)


@router.post(
    "",
    status_code=201,
    summary="Record what happened to a row of a match list",
    responses=problems(404, 409, 413, 415),
)
def create_event(caller: CurrentCaller, session: WritingSession, body: EventIn) -> EventOut:
    """Record an event; it is never edited. 409 if it is a step that its tandem cannot take now."""
    event = record_event(
        session,
        caller.office_id,
        list_entry_id=body.list_entry,
        kind=body.kind,
        reason=body.reason,
        side=body.side,
        at=body.at,
        origin="api",
        actor=caller.actor,
    )
    return EventOut(event=event.id, happened_at=event.happened_at)
