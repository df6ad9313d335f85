"""Solutions: create, read, change, delete."""

from uuid import UUID

from fastapi import APIRouter, Response

from matchmaker import profiles
from matchmaker.tables import Solution
from matchmaker.tandems import advise_startup
from matchmaker.web.dependencies import (
    SOURCE,
    After,
    CurrentCaller,
    Limit,
    OfficeEngine,
    ReadingSession,
    WritingSession,
)
from matchmaker.web.guard import GuardedRoute
from matchmaker.web.problems import problems
from matchmaker.web.schemas.advice import AdviceOut
from matchmaker.web.schemas.profiles import SolutionChangesIn, SolutionIn, SolutionOut, SolutionsOut

router = APIRouter(prefix="/solutions", tags=["solutions"], route_class=GuardedRoute)


@router.post("", status_code=201, summary="Add a solution", responses=problems(409, 413, 415))
def create_solution(
    caller: CurrentCaller, session: WritingSession, body: SolutionIn, response: Response
) -> SolutionOut:
    """Store a new solution of the office."""
    solution = profiles.create_record(
        session, Solution, caller.office_id, body, source=SOURCE, actor=caller.actor
    )
    response.headers["Location"] = f"/api/v1/solutions/{solution.id}"
    return SolutionOut.model_validate(solution)


@router.get("", summary="List solutions")
def list_solutions(
    caller: CurrentCaller, session: ReadingSession, limit: Limit = 50, after: After = None
) -> SolutionsOut:
    """Return the solutions that the office may see, by id."""
    found = profiles.list_records(session, Solution, caller.office_id, limit=limit, after=after)
    return SolutionsOut(
        items=[SolutionOut.model_validate(solution) for solution in found],
        next=found[-1].id if len(found) == limit else None,
    )


@router.get("/{solution_id}", summary="Read a solution", responses=problems(404))
def read_solution(caller: CurrentCaller, session: ReadingSession, solution_id: UUID) -> SolutionOut:
    """Return a solution that the office may see."""
    return SolutionOut.model_validate(
        profiles.get_record(session, Solution, caller.office_id, solution_id)
    )


@router.get(
    "/{solution_id}/coach",
    summary="Find the missing facts that would bring a solution farther up",
    responses=problems(404),
)
def read_advice(
    caller: CurrentCaller, session: ReadingSession, engine: OfficeEngine, solution_id: UUID
) -> AdviceOut:
    """Name at most three facts that the profile does not state, and what each would change.

    Scored by the scorer of the lists, one fact at a time. State a fact only if it is true.
    """
    profiles.get_record(session, Solution, caller.office_id, solution_id)
    return AdviceOut.of(advise_startup(engine, solution_id)[solution_id])


@router.patch("/{solution_id}", summary="Change a solution", responses=problems(404, 409, 413, 415))
def update_solution(
    caller: CurrentCaller, session: WritingSession, solution_id: UUID, body: SolutionChangesIn
) -> SolutionOut:
    """Change the given fields of one of the office's solutions."""
    return SolutionOut.model_validate(
        profiles.update_record(
            session, Solution, caller.office_id, solution_id, body, actor=caller.actor
        )
    )


@router.delete(
    "/{solution_id}",
    status_code=204,
    summary="Delete a solution",
    responses=problems(404, 409),
)
def delete_solution(caller: CurrentCaller, session: WritingSession, solution_id: UUID) -> None:
    """Delete one of the office's solutions that nothing refers to."""
    profiles.delete_record(session, Solution, caller.office_id, solution_id, actor=caller.actor)
