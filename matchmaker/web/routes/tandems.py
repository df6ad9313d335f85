"""Tandems: list, read, lead a step further."""

from uuid import UUID

from fastapi import APIRouter

from matchmaker import feedback
from matchmaker.feedback import History
from matchmaker.web.dependencies import After, CurrentCaller, Limit, ReadingSession, WritingSession
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.tandems import (
    MoveIn,
    TandemEventOut,
    TandemOut,
    TandemsOut,
    WholeTandemOut,
)

router = APIRouter(prefix="/tandems", tags=["tandems"], route_class=GuardedRoute)


@router.get("", summary="List tandems")
def list_tandems(
    caller: CurrentCaller, session: ReadingSession, limit: Limit = 50, after: After = None
) -> TandemsOut:
    """Return the tandems of the office, by id."""
    found = feedback.list_tandems(session, caller.office_id, limit=limit, after=after)
    return TandemsOut(
        items=[TandemOut.model_validate(tandem) for tandem in found],
        next=found[-1].id if len(found) == limit else None,
    )


@router.get("/{tandem_id}", summary="Read a tandem", responses=problems(404))
def read_tandem(caller: CurrentCaller, session: ReadingSession, tandem_id: UUID) -> WholeTandemOut:
    """Return a tandem of the office with its events and the moves that may come next."""
    return _whole(feedback.get_history(session, caller.office_id, tandem_id))


@router.post(
    "/{tandem_id}/moves",
    status_code=201,
    summary="Lead a tandem one step further",
    responses=problems(404, 409, 413, 415),
)
def move_tandem(
    caller: CurrentCaller, session: WritingSession, tandem_id: UUID, body: MoveIn
) -> WholeTandemOut:
    """Record a legal move. 409 if it is none, or if the tandem was changed since it was read."""
    feedback.move_tandem(
        session,
        caller.office_id,
        tandem_id,
        to=body.to,
        version=body.version,
        at=body.at,
        reason=body.reason,
        note=body.note,
        origin="api",
        actor=caller.actor,
    )
    return _whole(feedback.get_history(session, caller.office_id, tandem_id))


def _whole(history: History) -> WholeTandemOut:
    tandem = TandemOut.model_validate(history.tandem)
    return WholeTandemOut(
        **tandem.model_dump(),
        legal_moves=list(feedback.legal_moves(history.standing)),
        events=[TandemEventOut.model_validate(event) for event in history.events],
    )
