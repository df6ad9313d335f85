"""Rules that take a solution out of a list before anything is ranked.

The first is the office's own word: an officer hid the solution for this need. The others yield
to nobody, not even to an officer who adds a solution by hand. They speak only on what is known:
a startup whose seat is not stated is not excluded by a demanded seat, it just cannot show that
it fits.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from matchmaker.values import NOTHING_PLACED, NeedProfile, Placed, SolutionProfile

HIDDEN = "hidden"

# In the order in which they are asked; a solution counts under the first one that holds. What the
# office's own judgments leave out (`NeedProfile.left_out`) comes behind blocked_pair, under the
# word that stands there.
RULES = (
    HIDDEN,
    "no_consent",
    "paused",
    "no_capacity",
    "blocked_pair",
    "wrong_seat",
    "missing_text",
)


def excluding_rules(
    need: NeedProfile,
    solutions: Sequence[SolutionProfile],
    blocked: frozenset[frozenset[UUID]],
    has_enough_text: Sequence[bool],
    placed: Placed = NOTHING_PLACED,
) -> list[str | None]:
    """Name the rule that excludes each solution, None where no rule does.

    Parameters
    ----------
    need : the need to be answered.
    solutions : the visible solutions, n of them.
    blocked : pairs of party ids that must never meet.
    has_enough_text : per solution, whether its text says enough to be ranked.
    placed : what the office decided about solutions for this need.
    """
    firm = need.party.id if need.party else None
    # Of several words on one solution the first in the alphabet counts.
    left_out = dict(sorted(need.left_out, reverse=True))
    return [
        HIDDEN
        if placed.get(solution.id) == "hidden"
        else _rule(need, firm, solution, blocked, left_out, enough)
        for solution, enough in zip(solutions, has_enough_text, strict=True)
    ]


def _rule(
    need: NeedProfile,
    firm: UUID | None,
    solution: SolutionProfile,
    blocked: frozenset[frozenset[UUID]],
    left_out: Mapping[UUID, str],
    has_enough_text: bool,
) -> str | None:
    party = solution.party
    if not party.has_consent:
        return "no_consent"
    if solution.is_paused or party.is_paused:
        return "paused"
    if solution.capacity == 0:
        return "no_capacity"
    # A firm is never proposed to itself, wherever it appears on both sides.
    if firm is not None and (firm == party.id or frozenset((firm, party.id)) in blocked):
        return "blocked_pair"
    if judged := left_out.get(solution.id) or left_out.get(party.id):
        return judged
    if need.seat_country and party.country and need.seat_country != party.country:
        return "wrong_seat"
    if not has_enough_text:
        return "missing_text"
    return None
