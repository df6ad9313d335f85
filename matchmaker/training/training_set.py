"""Labels as arrays: what one side's weights are learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from matchmaker.days import day_of
from matchmaker.feedback import Label
from matchmaker.values import BoolArray, FloatArray, IntArray, Side

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """The labels of one side that have signals, one row each.

    `features` names the columns of `signals`, shape (n, d), 0 where a feature was missing. The
    others have shape (n,): `grade` is 0 for a no, up to 1 for a yes, NaN while open; `age_days`
    counts from the day on which the side could answer to now, `delay_days` to the answer, NaN
    while open; `source` is the place of whose word it is in
    `sources`, and -1 while open. `pairs` are the need and the solution of each row; `skipped`
    counts labels without signals.
    """

    side: Side
    features: tuple[str, ...]
    pairs: tuple[Pair, ...]
    signals: FloatArray
    grade: FloatArray
    age_days: FloatArray
    delay_days: FloatArray
    source: IntArray
    sources: tuple[str, ...]
    skipped: int

    @property
    def is_closed(self) -> BoolArray:
        """Where the side has answered, shape (n,)."""
        return ~np.isnan(self.grade)

    @property
    def need(self) -> IntArray:
        """A number for each row's need, shape (n,), in the order of the ids."""
        numbers = {need: number for number, need in enumerate(sorted({n for n, _ in self.pairs}))}
        return np.array([numbers[need] for need, _ in self.pairs], dtype=np.intp)

    def counts(self) -> dict[str, int]:
        """How many rows are a yes, a no and open, and how many labels have no signals."""
        return {
            "yes": int((self.grade > 0).sum()),
            "no": int((self.grade == 0).sum()),
            "open": int((~self.is_closed).sum()),
            "skipped": self.skipped,
        }


def gather(
    labels: Sequence[Label], side: Side, features: Sequence[str], as_of: datetime
) -> TrainingSet:
    """Put the labels of one side into arrays, in their order.

    Features that a label has no signal of were missing and say nothing; those it has and
    `features` does not name are left out.
    """
    own = [label for label in labels if label.side == side]
    usable = [(label, label.signals) for label in own if label.signals is not None]
    sources = tuple(sorted({label.source for label, _ in usable if label.source is not None}))
    place = {source: number for number, source in enumerate(sources)}
    rows = [[signals.get(name, 0.0) for name in features] for _, signals in usable]
    return TrainingSet(
        side=side,
        features=tuple(features),
        pairs=tuple((label.need_id, label.solution_id) for label, _ in usable),
        signals=np.array(rows, dtype=np.float64).reshape(len(usable), len(features)),
        grade=np.array([np.nan if la.grade is None else la.grade for la, _ in usable]),
        age_days=np.array([_days(la.open_since, as_of) for la, _ in usable], dtype=np.float64),
        delay_days=np.array(
            [np.nan if la.decided_at is None else _days(la.open_since, la.decided_at)
             for la, _ in usable],
            dtype=np.float64,
        ),
        source=np.array([place.get(label.source or "", -1) for label, _ in usable], dtype=np.intp),
        sources=sources,
        skipped=len(own) - len(usable),
    )  # fmt: skip


def _days(start: datetime, end: datetime) -> int:
    """Whole days, since of many outcomes only the day is known."""
    return max((day_of(end) - day_of(start)).days, 0)
