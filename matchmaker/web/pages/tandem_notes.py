"""The notes on the page of a tandem: written, corrected, settled, erased."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from matchmaker import feedback
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Filled, PostedForm, fill
from matchmaker.web.pages.showing import CurrentVisitor, page_route
from matchmaker.web.pages.tandem import Typed, show_tandem, to_tandem
from matchmaker.web.pages.tandem_fields import NOTE_FIELDS, PAST_DAY

router = APIRouter()


@page_route(router, "tandem", "{tandem_id}/notes/{note_id}/correct")
def correct(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    note_id: UUID,
) -> Response:
    """Show the tandem with a note in its form, to be written anew."""
    tandem = feedback.get_history(session, visitor.office_id, tandem_id).tandem
    for written in feedback.notes_of(session, tandem):
        if written.note.id == note_id and written.note.text is not None:
            # What is done is not due once more.
            due_on = None if written.note.done_at else written.note.due_on
            words = {"text": written.note.text, "due_on": due_on.isoformat() if due_on else ""}
            typed = Typed(note=Filled(typed=words), corrects=note_id)
            return show_tandem(request, session, visitor, tandem_id, typed)
    raise NotFoundError("There is no such note to correct.")


@page_route(router, "tandem", "{tandem_id}/notes", method="POST")
def write_note(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    posted: PostedForm,
) -> Response:
    """Write a note, or a correction of one."""
    tandem = feedback.get_history(session, visitor.office_id, tandem_id).tandem
    filled, corrects = fill(NOTE_FIELDS, posted), _corrected(posted)
    if not filled.errors:
        try:
            feedback.add_note(
                session,
                tandem,
                filled.answers["text"],
                due_on=filled.answers["due_on"],
                corrects_id=corrects,
                officer_id=visitor.officer_id,
                actor=visitor.actor,
            )
        except InvalidInputError:
            filled.errors["due_on"] = PAST_DAY
        except ConflictError:
            typed = Typed(note=Filled(typed=filled.typed), is_note_gone=True)
            return show_tandem(request, session, visitor, tandem_id, typed, 409)
        else:
            return to_tandem(request, tandem_id)
    typed = Typed(note=filled, corrects=corrects)
    return show_tandem(request, session, visitor, tandem_id, typed, 422)


@page_route(router, "tandem", "{tandem_id}/notes/{note_id}/done", method="POST")
def settle(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    note_id: UUID,
    posted: PostedForm,
) -> Response:
    """Say that what a note waits for is done, or not done after all."""
    tandem = feedback.get_history(session, visitor.office_id, tandem_id).tandem
    is_done = posted.get("done", ["yes"])[0] == "yes"
    feedback.settle_note(session, tandem, note_id, is_done=is_done, actor=visitor.actor)
    return to_tandem(request, tandem_id)


@page_route(router, "tandem", "{tandem_id}/notes/{note_id}/erase", method="POST")
def erase(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    tandem_id: UUID,
    note_id: UUID,
) -> Response:
    """Erase the words of a note for good."""
    tandem = feedback.get_history(session, visitor.office_id, tandem_id).tandem
    feedback.erase_note(session, tandem, note_id, actor=visitor.actor)
    return to_tandem(request, tandem_id)


def _corrected(posted: dict[str, list[str]]) -> UUID | None:
    said = posted.get("corrects", [""])[0]
    try:
        return UUID(said) if said else None
    except ValueError:
        raise InvalidInputError("This is no note.", field="corrects") from None
