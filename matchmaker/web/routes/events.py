"""What became of proposals."""

from fastapi import APIRouter, Request

from matchmaker.config import Settings
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
def create_event(
    request: Request, caller: CurrentCaller, session: WritingSession, body: EventIn
) -> EventOut:
    """Record an event; it is never edited. What a no does to later lists follows with it.

    409 if it is a step that its tandem cannot take now.
    """
    settings: Settings = request.app.state.settings
    contact = settings.operator.contact
    event = record_event(
        session,
        caller.office_id,
        list_entry_id=body.list_entry,
        kind=body.kind,
        reason=body.reason,
        side=body.side,
        at=body.at,
        told=body,
        origin="api",
        actor=caller.actor,
        reply_to=contact.email if contact else None,
    )
    return EventOut(event=event.id, happened_at=event.happened_at)
