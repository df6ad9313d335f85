"""Judging a proposal: a yes, a no with its reason and what that needs, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import feedback, tandems
from matchmaker.accounts import Visitor
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.feedback import FollowUp, JudgedPair
from matchmaker.messages import LANGUAGES, shortened
from matchmaker.tables import MatchListEntry
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill
from matchmaker.web.pages.follow_up_fields import (
    SUGGESTED,
    SUGGESTED_OF,
    first_answers,
    questions,
)
from matchmaker.web.pages.pair import pair_page
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.verdicts import REASON_WORDS, VERDICTS
from matchmaker.web.rendering import Page, speak

router = APIRouter()

_LONGEST_QUOTE = 1_000


@dataclass(frozen=True, slots=True)
class FollowUpPage(Page):
    """What one reason for a no still needs to be told.

    `problem` says why it cannot be recorded where no answer is at fault.
    """

    template: ClassVar[str] = "desk/follow_up.html"
    name: ClassVar[str | None] = "desk_pair"

    entry_id: UUID
    need_id: UUID
    startup: str
    reason: str
    words: str
    fields: Sequence[Field]
    filled: Filled
    problem: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The entry and the reason."""
        return (str(self.entry_id), "no", self.reason)


@page_route(router, "desk_pair", "{entry_id}/no/{reason}")
def read_follow_up(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    entry_id: UUID,
    reason: str,
) -> Response:
    """Ask what the reason needs."""
    if reason not in REASON_WORDS:
        raise NotFoundError("There is no such reason.")
    pair = _pair(session, visitor, entry_id)
    fields = questions(pair, reason, language_of(request.url.path))
    filled = first_answers(fields, pair, reason, _suggestion(session, pair))
    return show(request, _follow_up(pair, entry_id, reason, fields, filled))


@page_route(router, "desk_pair", "{entry_id}/verdict", method="POST")
def judge_pair(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    entry_id: UUID,
    posted: PostedForm,
) -> Response:
    """Record what the office says about a proposal; a no has a reason and what that needs."""
    language = language_of(request.url.path)
    pair = _pair(session, visitor, entry_id)
    kind = posted.get("verdict", [""])[0]
    if kind not in VERDICTS:
        raise InvalidInputError("This is no verdict.", field="verdict")
    reason = (posted.get("reason", [""])[0] or None) if kind == "judged_no_fit" else None
    if kind == "judged_no_fit" and reason is None:
        return show(
            request, pair_page(request, session, visitor, entry_id, is_reason_missing=True), 422
        )
    if reason is not None and reason not in REASON_WORDS:
        raise InvalidInputError("There is no such reason.", field="reason")
    fields = questions(pair, reason, language) if reason else []
    if reason is not None and fields and "is_answered" not in posted:
        place = address("desk_pair", language, str(entry_id), "no", reason)
        # Browsers move the focus to what the address names: the first answer.
        first = f"{fields[0].name}-1" if fields[0].choices else fields[0].name
        return RedirectResponse(f"{place}#{first}", 303)
    filled = fill(fields, posted)
    problem = None
    if not filled.errors:
        # Everything is checked before anything is written, so what is refused leaves nothing.
        try:
            _record(session, visitor, entry_id, kind, reason, filled)
        except InvalidInputError as refused:
            if refused.field in filled.answers:
                filled.errors[refused.field] = str(refused)
            else:
                problem = str(refused)
    if reason is not None and (filled.errors or problem):
        page = _follow_up(pair, entry_id, reason, fields, filled, problem)
        return show(request, page, 422)
    return _back(request, pair, entry_id)


@page_route(router, "desk_pair", "{entry_id}/undo", method="POST")
def undo_verdict(
    request: Request, session: WritingSession, visitor: CurrentVisitor, entry_id: UUID
) -> Response:
    """Take the newest verdict on the pair back, and what followed from it."""
    pair = _pair(session, visitor, entry_id)
    _record(session, visitor, entry_id, "verdict_withdrawn", None, Filled())
    return _back(request, pair, entry_id)


def _record(
    session: Session,
    visitor: Visitor,
    entry_id: UUID,
    kind: str,
    reason: str | None,
    filled: Filled,
) -> None:
    told = {name: answer for name, answer in filled.answers.items() if answer is not None}
    if "maturity" in told:
        told["maturity"] = int(told["maturity"])
    feedback.record_event(
        session,
        visitor.office_id,
        list_entry_id=entry_id,
        kind=kind,
        reason=reason,
        told=FollowUp.of(told),
        officer_id=visitor.officer_id,
        origin="desk",
        actor=visitor.actor,
        reply_to=visitor.email,
    )


def _suggestion(session: Session, pair: JudgedPair) -> str:
    """A question to begin with, in the language of the solution; the officer changes it.

    It quotes the need only where its firm agreed that the need is passed on.
    """
    language = pair.solution.text.language
    language = language if language in LANGUAGES else LANGUAGES[0]
    quoted = SUGGESTED_OF if feedback.may_be_passed_on(session, pair.need) else SUGGESTED
    return speak(quoted, language).format(need=shortened(pair.need.text.text, _LONGEST_QUOTE))


def _pair(session: Session, visitor: Visitor, entry_id: UUID) -> JudgedPair:
    tandems.get_list_of_entry(session, visitor.office_id, entry_id)
    entry = session.get_one(MatchListEntry, entry_id)
    return feedback.read_pair(session, visitor.office_id, entry)


def _follow_up(
    pair: JudgedPair,
    entry_id: UUID,
    reason: str,
    fields: Sequence[Field],
    filled: Filled,
    problem: str | None = None,
) -> FollowUpPage:
    startup = pair.solution.party
    return FollowUpPage(
        entry_id=entry_id,
        need_id=pair.need.id,
        startup=startup.name or startup.external_id or str(startup.id),
        reason=reason,
        words=REASON_WORDS[reason],
        fields=fields,
        filled=filled,
        problem=problem,
    )


def _back(request: Request, pair: JudgedPair, entry_id: UUID) -> Response:
    place = address("desk_need", language_of(request.url.path), str(pair.need.id))
    return RedirectResponse(f"{place}#{entry_id}", 303)
