"""The public form: three short pages of questions, the first of which also takes files.

Nothing is asked twice: from the first page on the answers lie in a draft on the server, which a
cookie opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import submissions
from matchmaker.attachments import list_attachments
from matchmaker.config import Settings
from matchmaker.installation import get_office
from matchmaker.tables import Attachment, Submission
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, fill, typed
from matchmaker.web.pages.attached import take_in
from matchmaker.web.pages.need_fields import ATTACHMENTS, STEPS
from matchmaker.web.pages.showing import page_route, set_cookie, show
from matchmaker.web.rendering import Page
from matchmaker.web.uploads import SentForm

router = APIRouter()

COOKIE = "need_draft"
ORDER = [*STEPS, "need_check"]
# The step that also takes files.
_WITH_FILES = "need"
FILES_LEFT_OUT = "Not every file could be kept."
HEADINGS = {
    "need": "Your need",
    "need_firm": "Your firm",
    "need_contact": "Contact and visibility",
}


@dataclass(frozen=True, slots=True)
class StepPage(Page):
    """One page of questions; `filled` is what was typed and what is wrong with it.

    `attached` are the files that are kept already, `refused` the names of those that were not,
    each with the reason.
    """

    template: ClassVar[str] = "need/step.html"
    name: ClassVar[str | None] = None

    step: str
    heading: str
    number: int
    fields: Sequence[Field]
    filled: Filled
    is_correction: bool
    attached: Sequence[Attachment] = ()
    refused: Sequence[tuple[str, str]] = ()


def _step_routes(step: str) -> None:
    """Route the questions of one step: to read and to answer them."""

    @page_route(router, step)
    def read_step(request: Request, session: ReadingSession) -> Response:
        draft = draft_of(request, session)
        if draft is None and step != ORDER[0]:
            return to_page(request, ORDER[0])
        filled = typed(STEPS[step], draft.answers if draft else {})
        return show(request, _step_page(request, session, step, draft, filled))

    @page_route(router, step, method="POST")
    def answer_step(request: Request, session: WritingSession, sent: SentForm) -> Response:
        filled = fill(STEPS[step], sent.fields)
        draft, token = draft_of(request, session), None
        files = sent.files if step == _WITH_FILES else ()
        if draft is None and (files or not filled.errors):
            if step != ORDER[0]:
                return to_page(request, ORDER[0])
            office = get_office(session, None)
            language = language_of(request.url.path)
            draft, token = submissions.start_draft(session, office.id, language)
        refused = take_in(request, session, draft, files) if draft else []
        if refused:
            filled.errors[ATTACHMENTS.name] = FILES_LEFT_OUT
        if draft is not None:
            submissions.save_answers(session, draft, filled.answers)
        if filled.errors:
            page = _step_page(request, session, step, draft, filled, refused)
            answer = show(request, page, 422)
        else:
            answer = to_page(request, _after(request, step))
        if token is not None:
            settings: Settings = request.app.state.settings
            days = timedelta(days=settings.retention.draft_days)
            set_cookie(request, answer, COOKIE, token, days)
        return answer


for _step in STEPS:
    _step_routes(_step)


def _step_page(
    request: Request,
    session: Session,
    step: str,
    draft: Submission | None,
    filled: Filled,
    refused: Sequence[tuple[str, str]] = (),
) -> StepPage:
    takes_files = step == _WITH_FILES
    return StepPage(
        step,
        HEADINGS[step],
        ORDER.index(step) + 1,
        (*STEPS[step], ATTACHMENTS) if takes_files else STEPS[step],
        filled,
        is_correction="check" in request.query_params,
        attached=list_attachments(session, draft.id) if draft and takes_files else (),
        refused=refused,
    )


def _after(request: Request, step: str) -> str:
    """The page that follows: the next step, or the check if that was where one came from."""
    return "need_check" if "check" in request.query_params else ORDER[ORDER.index(step) + 1]


def draft_of(request: Request, session: ReadingSession) -> Submission | None:
    """What the visitor is writing, locked if it is to be written."""
    token = request.cookies.get(COOKIE)
    return submissions.find_draft(session, token) if token else None


def to_page(request: Request, page: str) -> Response:
    """Lead on to a page in the same language."""
    return RedirectResponse(address(page, language_of(request.url.path)), 303)
