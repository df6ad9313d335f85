"""The way through a public form: short pages of questions, one to check the answers, then a mail.

Nothing is asked twice: from the first page on the answers lie in a draft on the server, which a
cookie opens. Spam gets the same friendly page as everybody, and nothing is kept of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.attachments import find_attachment, list_attachments
from matchmaker.config import Settings
from matchmaker.database import now
from matchmaker.installation import get_office
from matchmaker.tables import Submission
from matchmaker.web.addresses import language_of
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Filled, Posted, PostedForm, fill, typed
from matchmaker.web.pages.attached import take_in
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.proof import Proof, proof_in
from matchmaker.web.pages.public_form import (
    KEEP_AND_CHECK,
    NEXT,
    TRAP,
    PublicForm,
    SentPage,
    StepPage,
    to,
)
from matchmaker.web.pages.showing import (
    ForbiddenError,
    page_route,
    set_cookie,
    show,
    visitor_of,
)
from matchmaker.web.uploads import SentForm

FILES_LEFT_OUT = "Not every file could be kept."
# Nobody reads four pages in less.
_FASTEST = timedelta(seconds=3)


def route_form(router: APIRouter, form: PublicForm) -> None:
    """Route every page of the form."""
    for step in form.steps:
        _route_step(router, form, step)
    if any(step.files for step in form.steps.values()):
        _route_removal(router, form)

    @page_route(router, form.check)
    def read_check(request: Request, session: ReadingSession) -> Response:
        draft = draft_of(request, session, form)
        unfinished = _first_unfinished(form, draft)
        if draft is None or unfinished:
            return to(request, unfinished or form.first)
        attached = list_attachments(session, draft.id)
        is_brought = draft.brought_by_id is not None
        return show(request, form.check_page(form, draft.answers, attached, is_brought))

    @page_route(router, form.check, method="POST")
    def send(request: Request, session: WritingSession, posted: PostedForm) -> Response:
        draft = draft_of(request, session, form)
        if draft is None:  # sent already, by a second click
            return to(request, form.sent)
        if unfinished := _first_unfinished(form, draft):
            return to(request, unfinished)
        if draft.brought_by_id is not None:
            return _accept_brought(request, session, form, draft)
        proof = proof_in(session, posted)
        if proof is Proof.FALSE or _is_spam(request, draft, posted):
            session.delete(draft)
        else:
            draft.language = language_of(request.url.path)
            token = submissions.submit(session, draft, is_proven=proof is Proof.DONE)
            send_to_owner(request, session, draft, form.confirm_mail, "confirm", token)
        answer = to(request, form.sent)
        answer.delete_cookie(form.cookie)
        return answer

    @page_route(router, form.sent)
    def read_sent(request: Request) -> Response:
        return show(request, SentPage(form.sent, form.words.sent))


def _route_removal(router: APIRouter, form: PublicForm) -> None:
    """Route the button that takes a file away again; one that is gone already stays gone."""

    @page_route(router, form.check, "attachments/{attachment_id}/remove", method="POST")
    def remove_file(request: Request, session: WritingSession, attachment_id: UUID) -> Response:
        draft = draft_of(request, session, form)
        found = find_attachment(session, draft.id, attachment_id) if draft else None
        if found is not None:
            session.delete(found)
        return to(request, form.check)


def _route_step(router: APIRouter, form: PublicForm, step: str) -> None:
    """Route the questions of one step: to read and to answer them."""
    takes_files = form.steps[step].files

    @page_route(router, step)
    def read_step(request: Request, session: ReadingSession) -> Response:
        draft = draft_of(request, session, form)
        if draft is None and step != form.first:
            return to(request, form.first)
        filled = typed(form.steps[step].fields, draft.answers if draft else {})
        return show(request, _step_page(request, session, form, step, draft, filled))

    @page_route(router, step, method="POST")
    def answer_step(request: Request, session: WritingSession, sent: SentForm) -> Response:
        filled = fill(form.steps[step].fields, sent.fields)
        files = sent.files if takes_files else ()
        draft, token = draft_of(request, session, form), None
        # A file that was sent is kept, whatever is wrong with the answers beside it.
        if draft is None and (files or not filled.errors):
            if step != form.first:
                return to(request, form.first)
            draft, token = submissions.start_draft(
                session, get_office(session, None).id, form.kind, language_of(request.url.path)
            )
        refused = take_in(request, session, draft, files) if draft else []
        if refused and takes_files:
            filled.errors[takes_files.name] = FILES_LEFT_OUT
        if draft is not None:
            submissions.save_answers(session, draft, filled.answers)
        if filled.errors:
            page = _step_page(request, session, form, step, draft, filled, refused)
            answer = show(request, page, 422)
        else:
            answer = to(request, _after(request, form, step))
        if token is not None:
            keep_draft(request, answer, form, token)
        return answer


def _after(request: Request, form: PublicForm, step: str) -> str:
    """The page that follows: the next step, or the check if that was where one came from."""
    order = [*form.steps, form.check]
    return form.check if _is_correction(request) else order[order.index(step) + 1]


def keep_draft(request: Request, answer: Response, form: PublicForm, token: str) -> None:
    """Give the browser the key to the draft, for as long as it is kept."""
    settings: Settings = request.app.state.settings
    days = timedelta(days=settings.retention.draft_days)
    set_cookie(request, answer, form.cookie, token, days)


def draft_of(request: Request, session: Session, form: PublicForm) -> Submission | None:
    """What the visitor is writing; None before the first page and after sending."""
    token = request.cookies.get(form.cookie)
    return submissions.find_draft(session, form.kind, token) if token else None


def _accept_brought(
    request: Request, session: Session, form: PublicForm, draft: Submission
) -> Response:
    """Take what a partner entered at once, and tell the startup by mail."""
    visitor = visitor_of(request)
    if visitor.officer_id != draft.brought_by_id:
        raise ForbiddenError("Somebody else began this form.")
    draft.language = language_of(request.url.path)
    token = submissions.accept_brought(session, draft, actor=visitor.actor)
    send_to_owner(request, session, draft, f"{form.kind}_brought", form.owner, token)
    answer = to(request, "hub")
    answer.delete_cookie(form.cookie)
    return answer


def _is_spam(request: Request, draft: Submission, posted: Posted) -> bool:
    """Whether the form was filled in by a program, or is sent too often."""
    attempts: Attempts = request.app.state.attempts
    return (
        any(posted.get(TRAP, ()))
        or now() - draft.created_at < _FASTEST
        or not attempts.may_send(draft.answers["email"].lower(), request)
    )


def _step_page(
    request: Request,
    session: Session,
    form: PublicForm,
    step: str,
    draft: Submission | None,
    filled: Filled,
    refused: Sequence[tuple[str, str]] = (),
) -> StepPage:
    number = list(form.steps).index(step) + 1
    this = form.steps[step]
    return StepPage(
        page=step,
        heading=this.heading,
        fields=this.fields,
        filled=filled,
        button=KEEP_AND_CHECK if _is_correction(request) else NEXT,
        number=number,
        count=len(form.steps) + 1,
        lead=form.words.lead if number == 1 else None,
        files=this.files,
        attached=list_attachments(session, draft.id) if draft and this.files else (),
        refused=refused,
    )


def _is_correction(request: Request) -> bool:
    return "check" in request.query_params


def _first_unfinished(form: PublicForm, draft: Submission | None) -> str | None:
    """The first step with a mandatory question that is open."""
    answers = draft.answers if draft else {}
    for name, step in form.steps.items():
        if any(one.is_mandatory and not answers.get(one.name) for one in step.fields):
            return name
    return None
