"""What became of proposals: events, recorded as they happened and never edited.

`record_event` is the one door in. What a reason does to later lists is decided elsewhere, by
reading the events.
"""

from matchmaker.feedback.events import EVENT_KINDS, REASONS, record_event

__all__ = ["EVENT_KINDS", "REASONS", "record_event"]
