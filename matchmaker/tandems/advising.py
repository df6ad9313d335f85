"""What an office could ask a startup for: the coach over the data of this moment."""

from uuid import UUID

from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.tandems.coaching import Lift, Suggestion, coach, find_lift
from matchmaker.tandems.matching import Matching
from matchmaker.tandems.why_not import startup_rows


def advise_startup(matching: Matching, startup_id: UUID) -> dict[UUID, list[Suggestion]]:
    """What would help each solution of a startup, or one solution by its id; by solution.

    Every need is one that is open and that the office sees.

    Raises
    ------
    NotFoundError
        The office sees no such startup.
    """
    proposer = matching.proposer()
    rows = startup_rows(proposer, startup_id)
    reads = matching.read_open_needs(proposer)
    solutions = proposer.corpus.snapshot.solutions
    return {solutions[row].id: coach(proposer, reads, row, day_of(now())) for row in rows}


def advise_pair(matching: Matching, need_id: UUID, solution_id: UUID) -> Lift | None:
    """The missing fact that would lift one pair most, if any would.

    Raises
    ------
    NotFoundError
        The office sees no such need or solution.
    """
    proposer = matching.proposer()
    (row,) = startup_rows(proposer, solution_id)
    need, placed = matching.get_need(need_id)
    return find_lift(proposer, proposer.read_stored(need, placed), row, day_of(now()))
