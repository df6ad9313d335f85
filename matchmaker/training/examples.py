"""What a scorer learns from: pairs that were shown, and how it went."""

from dataclasses import dataclass

import numpy as np

from matchmaker.errors import InvalidInputError
from matchmaker.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Answered pairs, one row each; there may be none.

    `signals` has shape (n, d), in the unit that weights multiply, 0 where a feature's input is
    missing. All others have shape (n,): `label` the answer, 0 to 1; `weight` how often it
    counts, above 0; `need` which need it belongs to; `source` whose word it is.

    Raises
    ------
    InvalidInputError
        If shapes do not fit together, or a number is not finite or out of its range.
    """

    signals: FloatArray
    label: FloatArray
    weight: FloatArray
    need: IntArray
    source: IntArray

    def __post_init__(self) -> None:
        columns = (self.label, self.weight, self.need, self.source)
        if self.signals.ndim != 2 or any(c.shape != (len(self.signals),) for c in columns):
            raise InvalidInputError(
                "Examples need a row of signals, a label, a weight, a need and a source each."
            )
        for name, numbers in (("signal", self.signals), ("label", self.label)):
            if not np.isfinite(numbers).all():
                raise InvalidInputError(
                    f"Every {name} of an example needs to be a finite number. "
                    "A missing signal is 0; an open case has no label and is no example."
                )
        if not ((self.label >= 0.0) & (self.label <= 1.0)).all():
            raise InvalidInputError("The label of an example is a number from 0 (no) to 1 (yes).")
        if not ((self.weight > 0.0) & np.isfinite(self.weight)).all():
            raise InvalidInputError("The weight of an example is a finite number above 0.")

    def __len__(self) -> int:
        return len(self.label)

    def take(self, rows: np.ndarray) -> "Examples":
        """The examples of these rows: positions, or a truth value per row."""
        return Examples(
            self.signals[rows],
            self.label[rows],
            self.weight[rows],
            self.need[rows],
            self.source[rows],
        )
