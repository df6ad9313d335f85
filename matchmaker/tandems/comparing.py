"""What changed between two lists of one need, and why: a pure function over the stored two.

A cause is named only where the two lists differ in it, and where it points the way the rank
went. Where nothing of the row itself does, others did it: whoever goes down has somebody before
it who was not there, whoever goes up has somebody before it no more. Another scorer is a cause
for every row that nothing of its own explains.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from matchmaker.retrieval import HIDDEN
from matchmaker.values import PlacementKind, Side

# Numbers this close are one: arrays of another shape may differ in the last bits.
SAME = 1e-6

Weighed = Mapping[tuple[Side, str], float]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one solution stood in, or behind, or outside of a list.

    `rank` counts on behind the last shown row; None where a `rule` took the solution out.
    `weighed` are the contributions by side and feature; None behind the list. A discovery is
    shown because the lot fell on it, not for its score.
    """

    rank: int | None = None
    rule: str | None = None
    score: float | None = None
    text_version: UUID | None = None
    placed: PlacementKind | None = None
    weighed: Weighed | None = None
    is_discovery: bool = False


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A stored list, as far as a comparison reads it. `length` is the number of its rows.

    `keeps_unlisted` is False for lists that did not keep what they do not show.
    """

    need_text_version: UUID
    encoder: str
    scorer: tuple[str, str]
    length: int
    abstained: bool
    keeps_unlisted: bool
    standings: Mapping[UUID, Standing]

    def shows(self, solution_id: UUID) -> bool:
        """Whether the solution is a row of this list."""
        rank = self.standings.get(solution_id, Standing()).rank
        return rank is not None and rank <= self.length

    def ahead_of(self, rank: int) -> set[UUID]:
        """The solutions before a rank, behind the list as well."""
        return {
            one
            for one, standing in self.standings.items()
            if standing.rank and standing.rank < rank
        }


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a row is where it is now.

    `kind` is one of `CAUSES`; `before` and `after` are the two sides of what differs, where
    there are two: rules, placements, scores, or the contribution of the `feature` on a `side`.
    """

    kind: str
    before: str | float | None = None
    after: str | float | None = None
    feature: str | None = None
    side: Side | None = None


CAUSES = (
    "placed",
    "rule_now",
    "rule_no_more",
    "text",
    "need_text",
    "encoder",
    "scorer",
    "feature",
    "score",
    "discovery",
    "others_before",
    "others_left",
    "longer",
    "shorter",
    "abstained",
    "answered",
    "seen_first",
    "seen_no_more",
    "not_kept",
)


ChangeKind = Literal["new", "gone", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came, went or moved; a rank is None on the side where it is not shown."""

    kind: ChangeKind
    solution_id: UUID
    before: int | None
    after: int | None
    causes: tuple[Cause, ...]


def compare(before: ListRecord, after: ListRecord) -> list[Change]:
    """Every row whose rank is another one now: by today's rank, those that are gone at the end."""
    changes = []
    for solution_id in before.standings.keys() | after.standings.keys():
        was, is_now = before.shows(solution_id), after.shows(solution_id)
        old = before.standings.get(solution_id, Standing())
        new = after.standings.get(solution_id, Standing())
        if not (was or is_now) or (was and is_now and old.rank == new.rank):
            continue
        kind: ChangeKind = "moved" if was and is_now else "gone" if was else "new"
        causes = tuple(_causes(before, after, kind, old, new))
        changes.append(
            Change(
                kind,
                solution_id,
                old.rank if was else None,
                new.rank if is_now else None,
                causes,
            )
        )
    return sorted(changes, key=lambda one: one.after or after.length + (one.before or 0))


def _causes(
    before: ListRecord, after: ListRecord, kind: ChangeKind, old: Standing, new: Standing
) -> list[Cause]:
    if before.abstained or after.abstained:
        return [Cause("abstained" if after.abstained else "answered")]
    if old.rule != new.rule and HIDDEN not in (old.rule, new.rule):
        return [Cause("rule_now", after=new.rule) if new.rule else Cause("rule_no_more", old.rule)]
    causes = []
    if _is_by_hand(kind, old, new):
        causes.append(Cause("placed", _hand(old), _hand(new)))
    by_lot = [Cause("discovery")] if old.is_discovery or new.is_discovery else []
    if old.rank is None or new.rank is None:
        unseen = [_unseen(before, after, old)]
        return causes or (unseen if new.rank is None else unseen + by_lot)
    if kind != "moved" and by_lot:
        return causes or by_lot
    by_hand = list(causes)
    if old.score is not None and new.score is not None:
        rise = new.score - old.score
        if abs(rise) > SAME and (rise > 0) == (new.rank < old.rank) and old.rank != new.rank:
            causes += _own(before, after, old, new)
    if not causes:
        # Another scorer weighs every row anew: what others gained or lost by it is its doing too.
        weighed_anew = [_scorer(before, after)] if before.scorer != after.scorer else []
        causes = [*weighed_anew, _others(before, after, kind, old.rank, new.rank)]
    return causes if by_hand or by_lot == causes else causes + by_lot


def _hand(standing: Standing) -> str | None:
    """What an officer's hand did to it; hiding is stored among the rules."""
    return HIDDEN if standing.rule == HIDDEN else standing.placed


def _is_by_hand(kind: ChangeKind, old: Standing, new: Standing) -> bool:
    """Whether an officer's decision changed and moved the row the way it went."""
    if _hand(old) == _hand(new):
        return False
    if HIDDEN in (old.rule, new.rule):
        return True
    if kind == "moved" and old.rank is not None and new.rank is not None:
        return (new.placed if new.rank < old.rank else old.placed) == "pinned"
    return (new.placed if kind == "new" else old.placed) is not None


def _unseen(before: ListRecord, after: ListRecord, old: Standing) -> Cause:
    """One of the lists knows nothing of the solution."""
    if not (before.keeps_unlisted and after.keeps_unlisted):
        return Cause("not_kept")
    return Cause("seen_first" if old.rank is None else "seen_no_more")


def _own(before: ListRecord, after: ListRecord, old: Standing, new: Standing) -> list[Cause]:
    """What of the row itself changed its score."""
    causes = []
    if old.text_version != new.text_version:
        causes.append(Cause("text"))
    if before.need_text_version != after.need_text_version:
        causes.append(Cause("need_text"))
    if before.encoder != after.encoder:
        causes.append(Cause("encoder", before.encoder, after.encoder))
    if before.scorer != after.scorer:
        causes.append(_scorer(before, after))
    return causes or [_feature(old, new) or Cause("score", old.score, new.score)]


def _scorer(before: ListRecord, after: ListRecord) -> Cause:
    return Cause("scorer", before.scorer[0], after.scorer[0])


def _feature(old: Standing, new: Standing) -> Cause | None:
    """The feature that changed the score most, in the direction in which it went."""
    if old.weighed is None or new.weighed is None or old.score is None or new.score is None:
        return None
    sign = 1 if new.score > old.score else -1
    then, now = old.weighed, new.weighed
    steps = {name: sign * (now.get(name, 0.0) - then.get(name, 0.0)) for name in {*then, *now}}
    if not steps:
        return None
    side, feature = most = max(sorted(steps), key=lambda name: steps[name])
    if steps[most] <= SAME:
        return None
    return Cause("feature", then.get(most, 0.0), now.get(most, 0.0), feature, side)


def _others(
    before: ListRecord, after: ListRecord, kind: ChangeKind, old_rank: int, new_rank: int
) -> Cause:
    if kind == "new" and new_rank >= old_rank:
        return Cause("longer", old_rank, new_rank)
    if kind == "gone" and new_rank <= old_rank:
        return Cause("shorter", old_rank, new_rank)
    down = new_rank > old_rank
    more, less = (after, before) if down else (before, after)
    passed = more.ahead_of(max(old_rank, new_rank)) - less.ahead_of(min(old_rank, new_rank))
    if all(more.standings[one].is_discovery for one in passed):
        return Cause("discovery")
    return Cause("others_before" if down else "others_left", old_rank, new_rank)
