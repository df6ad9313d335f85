"""Needs as they come in: finding them, reviewing them, and wording what startups may see."""

from matchmaker.inbox.filters import (
    CHOICES,
    Filter,
    delete_filter,
    save_filter,
    saved_filters,
)
from matchmaker.inbox.finding import FoundNeed, find_needs

__all__ = [
    "CHOICES",
    "Filter",
    "FoundNeed",
    "delete_filter",
    "find_needs",
    "save_filter",
    "saved_filters",
]
