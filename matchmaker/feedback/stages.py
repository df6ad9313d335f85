"""The stages of a tandem: which step may follow which, and what events add up to.

Nothing here reads or writes: the rules are one table, and the stage is a sum over events.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from matchmaker.tables import TANDEM_STAGES, Event

FIRST = "proposed"
END = "ended"
RESTS = "rests"
# A resting tandem goes on where it was.
TAKEN_UP = "taken_up"
# Takes the step before it back; recorded by `undo_move` only.
UNDONE = "move_undone"
# A step, like a verdict, can be taken back for so long.
UNDO_WITHIN = timedelta(minutes=10)

# What may come next. Besides, every tandem may end, and one that rests may be taken up again.
# The firm is asked first.
_NEXT: Mapping[str, tuple[str, ...]] = {
    "proposed": ("reviewed", "sme_asked"),
    "reviewed": ("sme_asked",),
    "sme_asked": ("startup_asked",),
    "startup_asked": ("both_agreed",),
    "both_agreed": ("first_talk",),
    "first_talk": ("pilot", "agreement"),
    "pilot": ("agreement",),
    "agreement": ("alive_after_12_months",),
    "alive_after_12_months": (),
}
# The steps a person takes with a tandem, by the kind of their event.
MOVES = (*(stage for stage in TANDEM_STAGES if stage != FIRST), TAKEN_UP)
# The kinds of events that belong to a tandem: `proposed` says that a proposal led to it.
STEPS = (FIRST, *MOVES)


@dataclass(frozen=True, slots=True)
class Move:
    """An event and the stage that it led to."""

    event: Event
    stage: str


def standing_moves(events: Iterable[Event]) -> list[Move]:
    """The moves that nobody took back, in order, from the events of one tandem in order.

    `proposed` is a move where a tandem begins, or begins again after its end; otherwise it
    only says that one more proposal led to the same tandem.
    """
    standing: list[Move] = []
    for event in events:
        if event.kind == UNDONE:
            standing.pop()
        elif event.kind == TAKEN_UP:
            standing.append(Move(event, stage_of(standing[:-1])))
        elif event.kind != FIRST or not standing or standing[-1].stage == END:
            standing.append(Move(event, event.kind))
    return standing


def leads_on(events: Sequence[Event], number: int) -> bool:
    """Whether the event at this place changed the standing moves, or only named a proposal."""
    return len(standing_moves(events[:number])) != len(standing_moves(events[: number + 1]))


def stage_of(standing: Sequence[Move]) -> str:
    """Where these moves lead: a tandem without any is proposed."""
    return standing[-1].stage if standing else FIRST


def legal_moves(standing: Sequence[Move]) -> tuple[str, ...]:
    """The moves that may come next."""
    stage = stage_of(standing)
    if stage != END:
        return (*_NEXT[stage], END)
    return (TAKEN_UP,) if standing[-1].event.reason == RESTS else ()
