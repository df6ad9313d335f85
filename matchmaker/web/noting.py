"""Which proposals an answer showed is noted when it has left: nobody waits for the note.

A note that fails costs the reader nothing, and the next reader is noted instead.
"""

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from fastapi import BackgroundTasks, Request

from matchmaker.accounts import Visitor
from matchmaker.feedback import note_seen
from matchmaker.web.authentication import Caller


def note_shown(
    request: Request, tasks: BackgroundTasks, reader: Visitor | Caller, answer: dict[str, Any]
) -> None:
    """Note that the rows of a list, as `tandems.read_list` gives it, were shown."""
    entries = [UUID(row["list_entry"]) for row in answer["results"]]
    _note(request, tasks, reader, "shown", entries)


def note_opened(request: Request, tasks: BackgroundTasks, reader: Visitor, entry_id: UUID) -> None:
    """Note that a proposal was read in full."""
    _note(request, tasks, reader, "opened", [entry_id])


def _note(
    request: Request,
    tasks: BackgroundTasks,
    reader: Visitor | Caller,
    kind: Literal["shown", "opened"],
    entries: Iterable[UUID],
) -> None:
    if request.method == "HEAD":
        return
    tasks.add_task(
        note_seen,
        request.app.state.factory,
        reader.office_id,
        kind,
        list(entries),
        officer_id=reader.officer_id if isinstance(reader, Visitor) else None,
        origin="desk" if isinstance(reader, Visitor) else "api",
        actor=reader.actor,
    )
