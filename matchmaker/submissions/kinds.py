"""What a submission becomes: for each kind the records that are made, changed and closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.submissions.need_records import close_need, rewrite_need, take_need
from matchmaker.submissions.startup_records import (
    close_startup,
    rewrite_startup,
    take_startup,
)
from matchmaker.tables import Submission


@dataclass(frozen=True, slots=True)
class Records:
    """How the records of one kind follow the answers.

    `take` makes them and notes them in the submission, `rewrite` is told the answers before the
    change, `close` takes them out of every later list.
    """

    take: Callable[[Session, Submission], None]
    rewrite: Callable[[Session, Submission, Mapping[str, Any]], None]
    close: Callable[[Session, Submission], None]


RECORDS: Mapping[str, Records] = {
    "need": Records(take_need, rewrite_need, close_need),
    "startup": Records(take_startup, rewrite_startup, close_startup),
}
