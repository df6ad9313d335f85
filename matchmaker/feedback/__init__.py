"""What became of proposals: events, recorded as they happened and never edited.

`record_event` is the one door in. A tandem's stage is what its events add up to; `stages` holds
the rules. What a reason does to later lists is decided elsewhere, by reading the events.
"""

from matchmaker.feedback.events import END_REASONS, EVENT_KINDS, REASONS, record_event
from matchmaker.feedback.histories import History, IllegalMoveError, get_history, hold_history
from matchmaker.feedback.moving import (
    UNDO_WITHIN,
    Change,
    StaleTandemError,
    begin_tandem,
    find_undoable,
    move_tandem,
    undo_move,
)
from matchmaker.feedback.notes import (
    LONGEST_NOTE,
    DueNote,
    WrittenNote,
    add_note,
    erase_note,
    list_due,
    notes_of,
    settle_note,
)
from matchmaker.feedback.pipeline import (
    PHASES,
    PipelineRow,
    list_tandems,
    name_of,
    read_pipeline,
)
from matchmaker.feedback.proposals import LedHere, ProposedTandem, led_to, tandems_of
from matchmaker.feedback.stages import MOVES, STEPS, TAKEN_UP, UNDONE, Move, leads_on, legal_moves

__all__ = [
    "END_REASONS",
    "EVENT_KINDS",
    "LONGEST_NOTE",
    "MOVES",
    "PHASES",
    "REASONS",
    "STEPS",
    "TAKEN_UP",
    "UNDONE",
    "UNDO_WITHIN",
    "Change",
    "DueNote",
    "History",
    "IllegalMoveError",
    "LedHere",
    "Move",
    "PipelineRow",
    "ProposedTandem",
    "StaleTandemError",
    "WrittenNote",
    "add_note",
    "begin_tandem",
    "erase_note",
    "find_undoable",
    "get_history",
    "hold_history",
    "leads_on",
    "led_to",
    "legal_moves",
    "list_due",
    "list_tandems",
    "move_tandem",
    "name_of",
    "notes_of",
    "read_pipeline",
    "record_event",
    "settle_note",
    "tandems_of",
    "undo_move",
]
