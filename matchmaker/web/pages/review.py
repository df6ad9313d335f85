"""Reviewing a need: read it, ask its owner back, and approve what startups may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import inbox, submissions
from matchmaker.accounts import Visitor
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.inbox import ChangedMeanwhileError, OpenWarningsError, Warnings
from matchmaker.profiles import get_record
from matchmaker.tables import Need, Submission
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, Posted, PostedForm, fill
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.owner_mail import send_to_owner
from matchmaker.web.pages.pair import Piece, pieces
from matchmaker.web.pages.review_state import ReviewState, review_state, wish_of
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

QUESTION = Field(
    "question",
    "Your question",
    "paragraph",
    hints=("It is sent by mail, with a new link to the owner's page.",),
    missing="Please write your question.",
    longest=2_000,
)
TEASER = Field(
    "teaser",
    "What startups may see",
    "paragraph",
    hints=("Without anything that tells whose need it is, unless the firm lets its name be told.",),
    missing="Please write what startups may see.",
    longest=5_000,
)
LEAK_WORDS = {
    "mail": "Mail address",
    "web": "Web address",
    "phone": "Phone number",
    "firm": "Name of the firm",
    "person": "Name of a person",
    "place": "Place",
    "product": "Name of a product, or a quotation",
}


@dataclass(frozen=True, slots=True)
class ReviewPage(Page):
    """A need with what in it tells whose it is, its review, and its teaser.

    `seen` and `seen_number` travel with the forms, so that nobody decides about a wording that
    they have not seen. `is_refused` says that an approval was refused because of `warnings`.
    """

    template: ClassVar[str] = "desk/review.html"
    name: ClassVar[str | None] = "desk_review"

    need: Need
    heading: str
    firm: str | None
    wish: str | None
    pieces: Sequence[Piece]
    review: ReviewState
    can_ask: bool
    seen: UUID
    seen_number: int
    is_drafted: bool
    warnings: Warnings
    filled: Filled
    question: Field = QUESTION
    teaser: Field = TEASER
    is_refused: bool = False
    has_changed: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the need."""
        return (str(self.need.id),)

    @property
    def leaks(self) -> list[tuple[str, str]]:
        """What the teaser tells: kind in words, and the piece of the text."""
        text = self.filled.typed["teaser"]
        return [(LEAK_WORDS[one.kind], text[one.start : one.end]) for one in self.warnings.leaks]


@page_route(router, "desk_review", "{need_id}")
def read_review(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, need_id: UUID
) -> Response:
    """Show the need, its review and its teaser."""
    return show(request, _page(session, visitor, need_id))


@page_route(router, "desk_review", "{need_id}/reviewed", method="POST")
def mark_reviewed(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    posted: PostedForm,
) -> Response:
    """Say that the need can go on."""
    try:
        inbox.mark_reviewed(session, visitor.office_id, need_id, **_seen(posted), **_who(visitor))
    except ChangedMeanwhileError:
        return _changed(request, session, visitor, need_id, posted)
    return _back(request, "desk_review", need_id)


@page_route(router, "desk_review", "{need_id}/question", method="POST")
def ask_owner(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    posted: PostedForm,
) -> Response:
    """Send the need back with a question."""
    submission = _asked(session, visitor, need_id)
    filled = fill([QUESTION], posted)
    if filled.errors:
        return show(request, _page(session, visitor, need_id, filled), 422)
    question = filled.answers["question"]
    try:
        inbox.ask_back(
            session, visitor.office_id, need_id, question, **_seen(posted), **_who(visitor)
        )
    except ChangedMeanwhileError:
        return _changed(request, session, visitor, need_id, posted)
    _send_link(request, session, visitor, submission, "need_question", question=question)
    return _back(request, "desk_review", need_id)


@page_route(router, "desk_review", "{need_id}/teaser", method="POST")
def word_teaser(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    posted: PostedForm,
) -> Response:
    """Keep the teaser, and approve it if that was asked for."""
    filled = fill([TEASER], posted)
    if filled.errors:
        return show(request, _page(session, visitor, need_id, filled), 422)
    text, number = filled.answers["teaser"], _number(posted)
    try:
        teaser = inbox.save_teaser(
            session, visitor.office_id, need_id, text, seen_number=number, **_seen(posted),
            **_who(visitor),
        )  # fmt: skip
    except ChangedMeanwhileError:
        return _changed(request, session, visitor, need_id, posted)
    if (asked := posted.get("approve", [""])[0]) not in ("yes", "despite"):
        return _back(request, "desk_review", need_id)
    # The second button is about the warnings that were shown, hence about an unchanged text.
    despite = asked == "despite" and teaser.number == number
    need = get_record(session, Need, visitor.office_id, need_id)
    try:
        inbox.approve_teaser(session, need, teaser, despite=despite, **_who(visitor))
    except OpenWarningsError:
        page = _page(session, visitor, need_id)
        return show(request, replace(page, is_refused=True), 422)
    return _back(request, "desk_review", need_id)


@page_route(router, "desk_review", "{need_id}/link", method="POST")
def reissue_link(
    request: Request, session: WritingSession, visitor: CurrentVisitor, need_id: UUID
) -> Response:
    """Send the owner a new link in place of the old one."""
    submission = _asked(session, visitor, need_id)
    _send_link(request, session, visitor, submission, "need_link")
    return _back(request, "desk_need", need_id)


def _page(
    session: Session, visitor: Visitor, need_id: UUID, typed: Filled | None = None
) -> ReviewPage:
    need = get_record(session, Need, visitor.office_id, need_id)
    state = review_state(session, need, visitor.office_id)
    if state is None:
        raise NotFoundError("Another office reviews this need.")
    worded = inbox.find_teaser(session, need)
    secrets = inbox.secrets_of(session, need)
    draft = worded.text if worded else inbox.without_leaks(need.text.text, secrets)
    filled = Filled(typed={"question": "", "teaser": draft})
    if typed is not None:
        filled = Filled(typed={**filled.typed, **typed.typed}, errors=typed.errors)
    leaks = inbox.find_leaks(need.text.text, secrets)
    submission = submissions.find_by_need(session, visitor.office_id, need_id)
    return ReviewPage(
        need=need,
        heading=about(need),
        firm=firm_of(need, visitor.office_id),
        wish=wish_of(session, need),
        pieces=pieces(need.text.text, [(leak.start, leak.end) for leak in leaks]),
        review=state,
        can_ask=submission is not None and submission.state == "confirmed",
        seen=need.text_id,
        seen_number=worded.teaser.number if worded else 0,
        is_drafted=worded is None,
        warnings=inbox.warnings_about(session, need, filled.typed["teaser"]),
        filled=filled,
    )


def _changed(
    request: Request, session: Session, visitor: Visitor, need_id: UUID, posted: Posted
) -> Response:
    """Show the page as it is by now, with what was typed, to be looked at again."""
    typed = Filled(
        typed={name: posted[name][0] for name in ("question", "teaser") if name in posted}
    )
    page = _page(session, visitor, need_id, typed)
    return show(request, replace(page, has_changed=True), 409)


def _asked(session: Session, visitor: Visitor, need_id: UUID) -> Submission:
    get_record(session, Need, visitor.office_id, need_id)
    submission = submissions.find_by_need(session, visitor.office_id, need_id)
    if submission is None:
        raise NotFoundError("This need has no owner's page.")
    return submission


def _send_link(
    request: Request,
    session: WritingSession,
    visitor: Visitor,
    submission: Submission,
    template: str,
    **values: object,
) -> None:
    token = submissions.reissue_status_link(session, submission, actor=visitor.actor)
    send_to_owner(
        request, session, submission, template, "status", token, reply_to=visitor.email, **values
    )


def _seen(posted: Posted) -> dict[str, Any]:
    try:
        return {"seen": UUID(posted.get("seen", [""])[0])}
    except ValueError:
        raise InvalidInputError("This is no form that we sent.", field="seen") from None


def _number(posted: Posted) -> int:
    written = posted.get("seen_number", [""])[0]
    if not (written.isascii() and written.isdecimal() and len(written) < 9):
        raise InvalidInputError("This is no form that we sent.", field="seen_number")
    return int(written)


def _who(visitor: Visitor) -> dict[str, Any]:
    return {"officer_id": visitor.officer_id, "actor": visitor.actor}


def _back(request: Request, page: str, need_id: UUID) -> Response:
    return RedirectResponse(address(page, language_of(request.url.path), str(need_id)), 303)
