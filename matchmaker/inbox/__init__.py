"""Needs as they come in: finding them, reviewing them, and wording what startups may see."""

from matchmaker.inbox.filters import (
    CHOICES,
    Filter,
    delete_filter,
    save_filter,
    saved_filters,
)
from matchmaker.inbox.finding import NEW, FoundNeed, find_needs
from matchmaker.inbox.leaks import KINDS, OMISSION, Leak, Secrets, find_leaks, without_leaks
from matchmaker.inbox.progress import Progress, progress_of, working_days_after
from matchmaker.inbox.reviewing import (
    ChangedMeanwhileError,
    ask_back,
    find_review,
    lock_need,
    mark_reviewed,
)
from matchmaker.inbox.teasers import (
    OpenWarningsError,
    Warnings,
    Worded,
    approve_teaser,
    find_teaser,
    find_wish,
    forget_words,
    save_teaser,
    secrets_of,
    warnings_about,
)

__all__ = [
    "CHOICES",
    "KINDS",
    "NEW",
    "OMISSION",
    "ChangedMeanwhileError",
    "Filter",
    "FoundNeed",
    "Leak",
    "OpenWarningsError",
    "Progress",
    "Secrets",
    "Warnings",
    "Worded",
    "approve_teaser",
    "ask_back",
    "delete_filter",
    "find_leaks",
    "find_needs",
    "find_review",
    "find_teaser",
    "find_wish",
    "forget_words",
    "lock_need",
    "mark_reviewed",
    "progress_of",
    "save_filter",
    "save_teaser",
    "saved_filters",
    "secrets_of",
    "warnings_about",
    "without_leaks",
    "working_days_after",
]
