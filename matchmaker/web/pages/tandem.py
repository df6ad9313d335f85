"""One tandem: where it stands and how it came there, and the forms that lead it on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import feedback
from matchmaker.accounts import Visitor
from matchmaker.database import now
from matchmaker.days import day_of, moment_on
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.feedback import StaleTandemError, WrittenNote
from matchmaker.tables import Party, Tandem
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill
from matchmaker.web.pages.errors import ErrorPage
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.tandem_fields import NOTE_FIELDS, WRONG_DAY, WRONG_REASON, step_fields
from matchmaker.web.pages.tandem_rows import (
    ChangeRow,
    ProposalRow,
    StepRow,
    change_row,
    proposal_rows,
    step_rows,
)
from matchmaker.web.pages.tandem_words import STAGE_WORDS
from matchmaker.web.rendering import Page

router = APIRouter()

NO_TANDEM = (
    "These two make no tandem now",
    (
        "Either the need names no firm, or their tandem has ended and this proposal is older than "
        "its end. Give the need a firm, or compute its proposals anew."
    ),
)
# What the domain calls a field, the field of the form, and what to say there.
_WRONG = {"at": ("day", WRONG_DAY), "reason": ("reason", WRONG_REASON)}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent to the page and could not be kept, and what somebody else did meanwhile."""

    step: Filled = field(default_factory=Filled)
    note: Filled = field(default_factory=Filled)
    corrects: UUID | None = None
    change: ChangeRow | None = None
    is_too_late: bool = False
    is_note_gone: bool = False


@dataclass(frozen=True, slots=True)
class TandemPage(Page):
    """A tandem. A name is None where the office may not see whose it is.

    `undo_until` is the end of the time in which the last step can be taken back.
    """

    template: ClassVar[str] = "desk/tandem.html"
    name: ClassVar[str | None] = "tandem"

    tandem: Tandem
    firm: str | None
    startup: str | None
    stage: str
    steps: Sequence[StepRow]
    proposals: Sequence[ProposalRow]
    notes: Sequence[WrittenNote]
    today: date
    undo_until: datetime | None
    fields: Sequence[Field]
    note_fields: Sequence[Field]
    typed: Typed

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the tandem."""
        return (str(self.tandem.id),)

    @property
    def waiting(self) -> list[WrittenNote]:
        """The notes that wait for their day, the first day first."""
        found = [one for one in self.notes if one.note.due_on and not one.note.done_at]
        return sorted(found, key=lambda one: one.note.due_on or date.max)


@page_route(router, "desk_pair", "{entry_id}/tandem", method="POST")
def begin(
    request: Request, session: WritingSession, visitor: CurrentVisitor, entry_id: UUID
) -> Response:
    """Make a tandem of a proposal, or find the one that it led to."""
    try:
        tandem_id = feedback.begin_tandem(
            session,
            visitor.office_id,
            entry_id,
            officer_id=visitor.officer_id,
            actor=visitor.actor,
        )
    except ConflictError:
        return show(request, ErrorPage(*NO_TANDEM), 409)
    return to_tandem(request, tandem_id)


@page_route(router, "tandem", "{tandem_id}")
def read_tandem(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, tandem_id: UUID
) -> Response:
    """Show a tandem."""
    return show_tandem(request, session, visitor, tandem_id)


@page_route(router, "tandem", "{tandem_id}/moves", method="POST")
def move(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    posted: PostedForm,
) -> Response:
    """Lead the tandem on. Who has not seen its newest stage is shown it, with what was typed."""
    history = feedback.get_history(session, visitor.office_id, tandem_id)
    filled = fill(step_fields(feedback.legal_moves(history.standing)), posted)
    version, answers = _version(posted), filled.answers
    if filled.errors and version == history.tandem.version:
        return show_tandem(request, session, visitor, tandem_id, Typed(step=filled), 422)
    day = answers.get("day")
    try:
        feedback.move_tandem(
            session,
            visitor.office_id,
            tandem_id,
            to=answers.get("step", ""),
            version=version,
            at=moment_on(day, now()) if day else None,
            reason=answers.get("reason"),
            note=answers.get("note"),
            officer_id=visitor.officer_id,
            origin="desk",
            actor=visitor.actor,
        )
    except StaleTandemError as stale:
        kept = Filled(typed=filled.typed)
        typed = Typed(step=kept, change=change_row(session, stale.change))
        return show_tandem(request, session, visitor, tandem_id, typed, 409)
    except InvalidInputError as wrong:
        name, words = _WRONG[wrong.field or ""]
        filled.errors[name] = words
        return show_tandem(request, session, visitor, tandem_id, Typed(step=filled), 422)
    return to_tandem(request, tandem_id)


@page_route(router, "tandem", "{tandem_id}/undo", method="POST")
def undo(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    posted: PostedForm,
) -> Response:
    """Take the last step back, within ten minutes."""
    try:
        feedback.undo_move(
            session,
            visitor.office_id,
            tandem_id,
            version=_version(posted),
            officer_id=visitor.officer_id,
            origin="desk",
            actor=visitor.actor,
        )
    except StaleTandemError as stale:
        typed = Typed(change=change_row(session, stale.change))
        return show_tandem(request, session, visitor, tandem_id, typed, 409)
    except ConflictError:
        return show_tandem(request, session, visitor, tandem_id, Typed(is_too_late=True), 409)
    return to_tandem(request, tandem_id)


def show_tandem(
    request: Request,
    session: Session,
    visitor: Visitor,
    tandem_id: UUID,
    typed: Typed | None = None,
    status_code: int = 200,
) -> Response:
    """The page of a tandem, with what was typed, as an answer."""
    history = feedback.get_history(session, visitor.office_id, tandem_id)
    tandem, present = history.tandem, now()
    typed = typed or Typed()
    if not typed.step.typed:
        typed = replace(typed, step=Filled(typed={"day": day_of(present).isoformat()}))
    notes = feedback.notes_of(session, tandem)
    undoable = feedback.find_undoable(history, present)
    page = TandemPage(
        tandem=tandem,
        firm=feedback.name_of(session.get_one(Party, tandem.sme_party_id), visitor.office_id),
        startup=feedback.name_of(
            session.get_one(Party, tandem.startup_party_id), visitor.office_id
        ),
        stage=STAGE_WORDS[tandem.stage],
        steps=step_rows(session, history, notes),
        proposals=proposal_rows(session, visitor.office_id, history),
        notes=notes,
        today=day_of(present),
        undo_until=undoable.event.recorded_at + feedback.UNDO_WITHIN if undoable else None,
        fields=step_fields(feedback.legal_moves(history.standing)),
        note_fields=NOTE_FIELDS,
        typed=typed,
    )
    return show(request, page, status_code)


def _version(posted: dict[str, Any]) -> int:
    """The version that the form was made for; 0, which no tandem has, if it says none."""
    said = posted.get("version", [""])[0]
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def to_tandem(request: Request, tandem_id: UUID) -> Response:
    """On to the page of a tandem."""
    return RedirectResponse(address("tandem", language_of(request.url.path), str(tandem_id)), 303)
