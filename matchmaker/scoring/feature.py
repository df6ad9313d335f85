"""What a feature is: a function that measures n pairs, with the words that explain it.

The function's parameters name the columns it reads (`columns.py`); its name is the feature's
name in `config.yaml`, in stored lists and in the catalogue. It returns two arrays: the
**value** people read, in the feature's unit, and the **signal** that the weights multiply.
A signal has no unit: 0 says nothing either way, +1 is one clear point in favor, -1 one
against. Both are NaN where an input is missing, and a missing value contributes nothing.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from matchmaker.values import FloatArray


class Measured(NamedTuple):
    """What a feature found: `value` and `signal`, both of shape (n_pairs,), NaN if missing."""

    value: FloatArray
    signal: FloatArray


@dataclass(frozen=True, slots=True)
class Feature:
    """A registered feature; `inputs` are the columns its function reads."""

    name: str
    unit: str
    inputs: tuple[str, ...]
    function: Callable[..., Measured]

    def measure(self, columns: Mapping[str, Any]) -> Measured:
        """Apply the feature to the named columns; infinities count as missing."""
        measured = self.function(*(columns[name] for name in self.inputs))
        known = np.isfinite(measured.value) & np.isfinite(measured.signal)
        return Measured(
            np.where(known, measured.value, np.nan), np.where(known, measured.signal, np.nan)
        )


FEATURES: dict[str, Feature] = {}


def feature(unit: str) -> Callable[[Callable[..., Measured]], Callable[..., Measured]]:
    """Register a function as a feature measured in `unit`."""

    def register(function: Callable[..., Measured]) -> Callable[..., Measured]:
        name = function.__name__
        inputs = tuple(inspect.signature(function).parameters)
        FEATURES[name] = Feature(name, unit, inputs, function)
        return function

    return register
