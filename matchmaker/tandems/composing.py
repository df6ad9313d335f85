"""Which scored solutions become the rows of a list: by score, by hand, and a few by lot.

What is never shown is never judged, and a scorer that learns from judgments would only ever hear
about its own favorites. So a few rows go, as discoveries, to solutions from behind the list, and
every solution up to `FARTHEST_RANK` has a known chance to be shown.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from matchmaker.values import PlacementKind

# Nobody is drawn from farther behind: a row that cannot fit costs an officer's time.
FARTHEST_RANK = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """How the rows of one list are given away; positions count from 0 in the order of scores.

    The first `by_score` are shown for certain. `drawn` of those in `pool` are shown too, each of
    them with the same probability.
    """

    by_score: int
    pool: tuple[int, ...] = ()
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A scored position that is shown; `drawn_with` is a discovery's probability, else None."""

    position: int
    drawn_with: float | None = None


def give_away(length: int, share: float, kinds: Sequence[PlacementKind | None]) -> Rows:
    """Give away the rows of a list of `length`, a `share` of them by lot.

    `kinds` says for every scored solution, best first, how an officer placed it: such a one is
    shown for certain and takes part in no draw. Where no more are left than could be drawn,
    there is nothing to discover, and every row goes by score.
    """
    drawn = round(share * length)
    behind = range(length - drawn, min(FARTHEST_RANK, len(kinds)))
    pool = tuple(position for position in behind if kinds[position] is None)
    return Rows(length - drawn, pool, drawn) if len(pool) > drawn > 0 else Rows(length)


def compose(
    rows: Rows,
    kinds: Sequence[PlacementKind | None],
    ids: Sequence[UUID],
    occasion: tuple[object, ...],
) -> list[Row]:
    """The rows in the order in which people see them.

    Pinned ones come first, then the others by score, then the discoveries, the best first: the
    lot moves nobody who has a place. `ids` are those of the scored solutions, and `occasion`
    is what the lot hangs on.
    """
    shown = [
        Row(position) for position, kind in enumerate(kinds) if position < rows.by_score or kind
    ]
    shown.sort(key=lambda row: kinds[row.position] != "pinned")
    drawn = draw((ids[position] for position in rows.pool), rows.drawn, *occasion)
    return shown + [
        Row(position, rows.drawn / len(rows.pool))
        for position in rows.pool
        if ids[position] in drawn
    ]


def draw(ids: Iterable[UUID], count: int, *occasion: object) -> set[UUID]:
    """Draw `count` of the ids; over the occasions every one has the same chance.

    Each id draws a number of its own, so that what else is in the pool changes as little as
    possible: a pin in the list does not exchange all of its discoveries.
    """

    def number(one: UUID) -> bytes:
        return hashlib.sha256("|".join(map(str, (*occasion, one))).encode()).digest()

    return set(sorted(ids, key=number)[:count])
