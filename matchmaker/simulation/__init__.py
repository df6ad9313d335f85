"""Invented worlds whose truth is known, in which learning can be measured.

Nothing here knows how the product scores or learns: what is measured must not be built from
the same code as the yardstick. An import contract holds this.
"""

from matchmaker.simulation.showing import Shown, show
from matchmaker.simulation.worlds import Needs, World

__all__ = ["Needs", "Shown", "World", "show"]
