"""The two forms of a tandem: the next step, and a note."""

from collections.abc import Sequence
from datetime import date, datetime

from matchmaker.feedback import LONGEST_NOTE
from matchmaker.web.forms import Field
from matchmaker.web.pages.tandem_words import END_WORDS, MOVE_WORDS

NO_DAY = "Please write a day, such as 30.11.2026."
WRONG_DAY = "The day must not lie in the future, nor before the last step."
WRONG_REASON = "Please choose why it ended. Only an end has a reason."
PAST_DAY = "Please choose today or a day to come."


def _day(typed: str) -> date:
    for read in (date.fromisoformat, lambda text: datetime.strptime(text, "%d.%m.%Y").date()):  # noqa: DTZ007  # a day has no time zone
        try:
            return read(typed)
        except ValueError:
            continue
    raise ValueError(NO_DAY)


NOTE_FIELDS = (
    Field(
        "text", "Note", "paragraph", missing="Please write something.", longest=LONGEST_NOTE,
        hints=("It stays in our office.",),
    ),
    Field(
        "due_on", "Look at it again on", "date", check=_day,
        hints=("On that day it stands on the first page of the desk.",),
    ),
)  # fmt: skip


def step_fields(moves: Sequence[str]) -> tuple[Field, ...]:
    """The questions about the next step, which is one of `moves`."""
    step = Field(
        "step", "What happened?", "select", missing="Please choose the next step.",
        choices=tuple((move, MOVE_WORDS[move]) for move in moves),
    )  # fmt: skip
    day = Field("day", "When?", "date", missing=NO_DAY, check=_day)
    reason = Field(
        "reason", "Why did it end?", "select", hints=("Only if it ended.",),
        choices=tuple(END_WORDS.items()),
    )  # fmt: skip
    note = Field(
        "note", "In words", "paragraph", longest=LONGEST_NOTE, hints=("It stays in our office.",)
    )
    return (step, day, *([reason] if "ended" in moves else []), note)
