"""What outcomes teach the scorer, and which of the taught scorers serves."""

from matchmaker.training.artifacts import SavedScorer, load_scorer, save_scorer
from matchmaker.training.serving import UNREADABLE, Champions
from matchmaker.training.versions import (
    ROLLED_BACK,
    add_version,
    find_before,
    find_champion,
    get_version,
    list_versions,
    promote,
    rollback,
)

__all__ = [
    "ROLLED_BACK",
    "UNREADABLE",
    "Champions",
    "SavedScorer",
    "add_version",
    "find_before",
    "find_champion",
    "get_version",
    "list_versions",
    "load_scorer",
    "promote",
    "rollback",
    "save_scorer",
]
