"""Notes on tandems: written once, corrected by another one, and due again on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.tables import Officer, Party, Tandem, TandemNote

LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note in its newest wording, the name of its writer, and the earlier wordings."""

    note: TandemNote
    by: str | None
    earlier: Sequence[TandemNote]


@dataclass(frozen=True, slots=True)
class DueNote:
    """A note that waits for its day, with its words and the two sides of its tandem."""

    note: TandemNote
    text: str
    due_on: date
    firm: Party
    startup: Party


def add_note(
    session: Session,
    tandem: Tandem,
    text: str,
    *,
    due_on: date | None = None,
    corrects_id: UUID | None = None,
    event_id: UUID | None = None,
    officer_id: UUID | None = None,
    actor: str,
) -> TandemNote:
    """Write a note; with `due_on` it comes back on that day.

    Raises
    ------
    InvalidInputError
        It is empty or too long, or its day lies in the past.
    NotFoundError, ConflictError
        What it corrects is no note of this tandem, or was corrected or erased before.
    """
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NOTE:
        raise InvalidInputError(f"A note has 1 to {LONGEST_NOTE} characters.", field="text")
    if due_on is not None and due_on < day_of(now()):
        raise InvalidInputError("The next date lies in the past.", field="due_on")
    if corrects_id is not None:
        event_id = _correctable(session, tandem, corrects_id).event_id
    note = TandemNote(
        owner_office_id=tandem.owner_office_id,
        tandem_id=tandem.id,
        event_id=event_id,
        corrects_id=corrects_id,
        officer_id=officer_id,
        text=text,
        due_on=due_on,
    )
    session.add(note)
    session.flush()
    _record(session, note, "add_note", actor)
    return note


def settle_note(
    session: Session, tandem: Tandem, note_id: UUID, *, is_done: bool, actor: str
) -> None:
    """Say that what a note waits for is done, or that it is not done after all."""
    note = _get_note(session, tandem, note_id)
    if (note.done_at is not None) == is_done:
        return
    note.done_at = now() if is_done else None
    session.flush()
    _record(session, note, "settle_note" if is_done else "reopen_note", actor)


def erase_note(session: Session, tandem: Tandem, note_id: UUID, *, actor: str) -> None:
    """Erase the words of a note, of what it corrects and of its corrections, for good."""
    known = {note.id: note for note in _of_tandem(session, tandem.id)}
    _get_note(session, tandem, note_id)
    by_corrected = {note.corrects_id: note for note in known.values()}
    oldest = known[note_id]
    while oldest.corrects_id is not None:
        oldest = known[oldest.corrects_id]
    note: TandemNote | None = oldest
    while note is not None:
        if note.erased_at is None:
            note.text, note.due_on, note.erased_at = None, None, now()
            session.flush()
            _record(session, note, "erase_note", actor)
        note = by_corrected.get(note.id)


def notes_of(session: Session, tandem: Tandem) -> list[WrittenNote]:
    """The notes of a tandem, the newest first."""
    query = (
        select(TandemNote, Officer.name)
        .outerjoin(Officer, Officer.id == TandemNote.officer_id)
        .where(TandemNote.tandem_id == tandem.id)
        .order_by(TandemNote.written_at.desc(), TandemNote.id)
    )
    found = [(note, name) for note, name in session.execute(query)]
    corrected = {note.corrects_id: note for note, _ in found}
    earlier: dict[UUID, list[TandemNote]] = defaultdict(list)
    for note, _ in found:
        newest = note
        while newest.id in corrected:
            newest = corrected[newest.id]
        if newest is not note:
            earlier[newest.id].append(note)
    return [
        WrittenNote(note, name, earlier[note.id])
        for note, name in found
        if note.id not in corrected
    ]


def is_waiting() -> ColumnElement[bool]:
    """The condition under which a note waits for its day: not done, and not corrected since."""
    correction = aliased(TandemNote)
    corrected = select(correction.id).where(correction.corrects_id == TandemNote.id).exists()
    return TandemNote.due_on.is_not(None) & TandemNote.done_at.is_(None) & ~corrected


def list_due(session: Session, office_id: UUID, today: date) -> list[DueNote]:
    """The notes of an office that are due on this day or were before, the oldest first."""
    sme, other = aliased(Party), aliased(Party)
    query = (
        select(TandemNote, sme, other)
        .join(Tandem, Tandem.id == TandemNote.tandem_id)
        .join(sme, sme.id == Tandem.sme_party_id)
        .join(other, other.id == Tandem.startup_party_id)
        .where(TandemNote.owner_office_id == office_id, is_waiting(), TandemNote.due_on <= today)
        .order_by(TandemNote.due_on, TandemNote.written_at)
    )
    return [
        DueNote(note, note.text or "", note.due_on or today, firm, startup)
        for note, firm, startup in session.execute(query)
    ]


def _of_tandem(session: Session, tandem_id: UUID) -> Sequence[TandemNote]:
    return session.scalars(select(TandemNote).where(TandemNote.tandem_id == tandem_id)).all()


def _get_note(session: Session, tandem: Tandem, note_id: UUID) -> TandemNote:
    note = session.get(TandemNote, note_id)
    if note is None or note.tandem_id != tandem.id:
        raise NotFoundError(f"There is no note with the id {note_id}.")
    return note


def _correctable(session: Session, tandem: Tandem, note_id: UUID) -> TandemNote:
    note = _get_note(session, tandem, note_id)
    correction = select(TandemNote.id).where(TandemNote.corrects_id == note_id)
    if note.erased_at is not None or session.scalar(correction) is not None:
        raise ConflictError("This note was corrected or erased already.")
    return note


def _record(session: Session, note: TandemNote, action: str, actor: str) -> None:
    ledger.record(
        session,
        note.owner_office_id,
        action,
        actor=actor,
        subject_id=note.id,
        details={"tandem": str(note.tandem_id)},
        changes_profiles=False,
    )
