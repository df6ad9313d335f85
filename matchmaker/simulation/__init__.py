"""Invented worlds whose truth is known, in which learning can be measured.

Nothing here knows how the product scores or learns: what is measured must not be built from
the same code as the yardstick. An import contract holds this.
"""

from matchmaker.simulation.delays import Arrivals, Delays, Seen
from matchmaker.simulation.showing import Shown, show
from matchmaker.simulation.sides import Pairs, TwoSidedWorld
from matchmaker.simulation.worlds import Needs, World

__all__ = [
    "Arrivals",
    "Delays",
    "Needs",
    "Pairs",
    "Seen",
    "Shown",
    "TwoSidedWorld",
    "World",
    "show",
]
