"""What became of proposals: events, recorded as they happened and never edited.

`record_event` is the one door in. A tandem's stage is what its events add up to; `stages` holds
the rules. What a no does to later lists is a hold, written with the event; matching reads the
holds, and they end by themselves or are lifted here.
"""

from matchmaker.feedback.asking import may_be_passed_on
from matchmaker.feedback.events import END_REASONS, EVENT_KINDS, record_event
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
from matchmaker.feedback.grades import GRADES, SPEAKS_FOR
from matchmaker.feedback.histories import History, IllegalMoveError, get_history, hold_history
from matchmaker.feedback.labels import Label, derive_labels
from matchmaker.feedback.lifting import LONGEST_ANSWER, answer_question, get_hold, lift_hold
from matchmaker.feedback.moving import (
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
from matchmaker.feedback.outcomes import import_outcomes
from matchmaker.feedback.pipeline import (
    PHASES,
    PipelineRow,
    list_tandems,
    name_of,
    read_pipeline,
)
from matchmaker.feedback.proposals import LedHere, ProposedTandem, led_to, tandems_of
from matchmaker.feedback.seeing import note_seen
from matchmaker.feedback.stages import (
    MOVES,
    STEPS,
    TAKEN_UP,
    UNDO_WITHIN,
    UNDONE,
    Move,
    leads_on,
    legal_moves,
)
from matchmaker.feedback.verdicts import VERDICTS, standing_verdicts
from matchmaker.tables import REASONS
from matchmaker.tandems import in_force

__all__ = [
    "END_REASONS",
    "EVENT_KINDS",
    "GRADES",
    "LONGEST_ANSWER",
    "LONGEST_NOTE",
    "LONGEST_QUESTION",
    "MISSING",
    "MOVES",
    "NOT_OURS",
    "PHASES",
    "REACHED",
    "REASONS",
    "SPEAKS_FOR",
    "STATED",
    "STEPS",
    "TAKEN_UP",
    "TAKES",
    "TOO_SOON",
    "UNDONE",
    "UNDO_WITHIN",
    "VERDICTS",
    "Change",
    "DueNote",
    "FollowUp",
    "History",
    "IllegalMoveError",
    "JudgedPair",
    "Label",
    "LedHere",
    "Move",
    "PipelineRow",
    "ProposedTandem",
    "StaleTandemError",
    "WrittenNote",
    "add_note",
    "answer_question",
    "begin_tandem",
    "derive_labels",
    "erase_note",
    "find_undoable",
    "get_history",
    "get_hold",
    "hold_history",
    "import_outcomes",
    "in_force",
    "leads_on",
    "led_to",
    "legal_moves",
    "lift_hold",
    "list_due",
    "list_tandems",
    "may_be_passed_on",
    "move_tandem",
    "name_of",
    "note_seen",
    "notes_of",
    "read_pair",
    "read_pipeline",
    "record_event",
    "settle_note",
    "standing_verdicts",
    "tandems_of",
    "undo_move",
    "usual",
]
