"""What is due today or was before: a short list on the first page of the desk."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker import feedback
from matchmaker.database import now
from matchmaker.days import day_of


@dataclass(frozen=True, slots=True)
class DueRow:
    """A note on a tandem whose day has come. A name is None where it may not be seen."""

    tandem_id: UUID
    note_id: UUID
    text: str
    due_on: date
    is_overdue: bool
    firm: str | None
    startup: str | None


def due_rows(session: Session, office_id: UUID) -> list[DueRow]:
    """The notes of the office that are due, the oldest day first."""
    today = day_of(now())
    return [
        DueRow(
            tandem_id=one.note.tandem_id,
            note_id=one.note.id,
            text=one.text,
            due_on=one.due_on,
            is_overdue=one.due_on < today,
            firm=feedback.name_of(one.firm, office_id),
            startup=feedback.name_of(one.startup, office_id),
        )
        for one in feedback.list_due(session, office_id, today)
    ]
