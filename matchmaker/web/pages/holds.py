"""What was left out because of the office's feedback: lifting it, answering an open question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import feedback
from matchmaker.tables import Event, Hold, MatchListEntry, Party, Solution
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill
from matchmaker.web.pages.consequences import consequence
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.verdicts import REASON_WORDS, holds_on
from matchmaker.web.rendering import Page

router = APIRouter()

ANSWER = (
    Field(
        "answer",
        "What did the startup say?",
        "paragraph",
        hints=("One sentence is enough. The proposal may then appear again.",),
        missing="Please write down what the startup said.",
        longest=feedback.LONGEST_ANSWER,
    ),
)


@dataclass(frozen=True, slots=True)
class HeldPair:
    """One hold in words. `is_question` where an answer can be written down."""

    id: UUID
    startup: str
    solution: str | None
    reason: str
    follows: str
    question: str | None
    is_question: bool


@dataclass(frozen=True, slots=True)
class AnswerPage(Page):
    """The question that a startup was asked, and room for its answer."""

    template: ClassVar[str] = "desk/answer.html"
    name: ClassVar[str | None] = "desk_hold"

    held: HeldPair
    need_id: UUID
    filled: Filled
    fields: Sequence[Field] = ANSWER

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the hold."""
        return (str(self.held.id),)


@page_route(router, "desk_hold", "{hold_id}")
def read_hold(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, hold_id: UUID
) -> Response:
    """Show what is held back, with room for the answer."""
    hold = feedback.get_hold(session, visitor.office_id, hold_id)
    return show(request, _page(request, session, hold, Filled()))


@page_route(router, "desk_hold", "{hold_id}/answer", method="POST")
def answer_hold(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    hold_id: UUID,
    posted: PostedForm,
) -> Response:
    """Keep what the startup said; the pair may be proposed again."""
    hold = feedback.get_hold(session, visitor.office_id, hold_id)
    filled = fill(ANSWER, posted)
    if filled.errors:
        return show(request, _page(request, session, hold, filled), 422)
    feedback.answer_question(
        session, visitor.office_id, hold_id, filled.answers["answer"], actor=visitor.actor
    )
    return _back(request, session, hold)


@page_route(router, "desk_hold", "{hold_id}/lift", method="POST")
def lift_hold(
    request: Request, session: WritingSession, visitor: CurrentVisitor, hold_id: UUID
) -> Response:
    """Let the pair be proposed again."""
    hold = feedback.lift_hold(session, visitor.office_id, hold_id, actor=visitor.actor)
    return _back(request, session, hold)


def held_pairs(
    session: Session, office_id: UUID, need_id: UUID, firm_id: UUID | None, language: str
) -> list[HeldPair]:
    """What the office's feedback does to the lists of a need, the newest first."""
    return [
        _in_words(session, hold, language)
        for hold in holds_on(session, office_id, need_id, firm_id)
    ]


def _in_words(session: Session, hold: Hold, language: str) -> HeldPair:
    startup = session.get_one(Party, hold.startup_party_id)
    solution = session.get(Solution, hold.solution_id) if hold.solution_id else None
    return HeldPair(
        id=hold.id,
        startup=startup.name or startup.external_id or str(startup.id),
        solution=solution.title if solution else None,
        reason=REASON_WORDS[hold.code],
        follows=consequence(hold, language),
        question=hold.question,
        is_question=hold.code == "benefit_unclear" and hold.lifted_at is None,
    )


def _page(request: Request, session: Session, hold: Hold, filled: Filled) -> AnswerPage:
    held = _in_words(session, hold, language_of(request.url.path))
    return AnswerPage(held, _need_of(session, hold), filled)


def _need_of(session: Session, hold: Hold) -> UUID:
    """The need whose list the no was said in."""
    need_id = session.scalar(
        select(MatchListEntry.need_id)
        .join(Event, Event.match_list_entry_id == MatchListEntry.id)
        .where(Event.id == hold.made_by_event_id)
    )
    assert need_id is not None  # noqa: S101  # a hold follows from a no on an entry
    return need_id


def _back(request: Request, session: Session, hold: Hold) -> Response:
    place = address("desk_need", language_of(request.url.path), str(_need_of(session, hold)))
    return RedirectResponse(f"{place}#left-out", 303)
