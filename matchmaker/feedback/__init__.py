"""What became of proposals: events, recorded as they happened and never edited.

`record_event` is the one door in. What a no does to later lists is a hold, written with the
event; matching reads the holds, and they end by themselves or are lifted here.
"""

from matchmaker.feedback.asking import UNDO_WITHIN, may_be_passed_on
from matchmaker.feedback.events import (
    EVENT_KINDS,
    VERDICTS,
    record_event,
    standing_verdicts,
)
from matchmaker.feedback.follow_up import (
    LONGEST_QUESTION,
    MISSING,
    NOT_OURS,
    REACHED,
    STATED,
    TAKES,
    TOO_SOON,
    FollowUp,
    JudgedPair,
    read_pair,
    usual,
)
from matchmaker.feedback.lifting import LONGEST_ANSWER, answer_question, get_hold, lift_hold
from matchmaker.tables import REASONS
from matchmaker.tandems import in_force

__all__ = [
    "EVENT_KINDS",
    "LONGEST_ANSWER",
    "LONGEST_QUESTION",
    "MISSING",
    "NOT_OURS",
    "REACHED",
    "REASONS",
    "STATED",
    "TAKES",
    "TOO_SOON",
    "UNDO_WITHIN",
    "VERDICTS",
    "FollowUp",
    "JudgedPair",
    "answer_question",
    "get_hold",
    "in_force",
    "lift_hold",
    "may_be_passed_on",
    "read_pair",
    "record_event",
    "standing_verdicts",
    "usual",
]
