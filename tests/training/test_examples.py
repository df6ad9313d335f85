"""Examples that nothing could be learned from are refused before anything is fitted."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaker.errors import InvalidInputError
from matchmaker.training import Examples
from tests.training.answers import examples


def test_no_examples_are_examples_too() -> None:
    nothing = examples(0)

    assert len(nothing) == 0
    assert nothing.signals.shape == (0, 4)


def test_rows_are_taken_by_position_or_by_truth() -> None:
    all_of_them = examples(30)
    second = all_of_them.take(all_of_them.need == 1)

    assert len(second) == 10
    assert set(second.need) == {1}
    assert np.array_equal(second.signals, all_of_them.take(np.arange(10, 20)).signals)
    assert np.array_equal(second.source, all_of_them.source[10:20])


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("signals", np.nan, "A missing signal is 0"),
        ("signals", np.inf, "Every signal of an example"),
        ("label", np.nan, "an open case has no label"),
        ("label", 1.5, "from 0 .no. to 1 .yes."),
        ("label", -0.1, "from 0 .no. to 1 .yes."),
        ("weight", 0.0, "a finite number above 0"),
        ("weight", np.nan, "a finite number above 0"),
        ("weight", np.inf, "a finite number above 0"),
    ],
)
def test_a_poisoned_number_is_refused_with_words(column: str, value: float, words: str) -> None:
    good = examples(20)
    poisoned = getattr(good, column).copy()
    poisoned[3] = value

    with pytest.raises(InvalidInputError, match=words):
        replace(good, **{column: poisoned})


def test_columns_of_different_lengths_are_refused() -> None:
    good = examples(20)

    with pytest.raises(InvalidInputError, match="a row of signals, a label"):
        replace(good, need=good.need[1:])
    with pytest.raises(InvalidInputError, match="a row of signals, a label"):
        Examples(good.signals[:, 0], good.label, good.weight, good.need, good.source)
