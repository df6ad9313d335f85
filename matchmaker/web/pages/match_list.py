"""A need with its newest explained list, and the button that computes it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import tandems
from matchmaker.accounts import Visitor
from matchmaker.attachments import list_attachments
from matchmaker.errors import NotFoundError
from matchmaker.profiles import branch_title, get_record
from matchmaker.tables import Attachment, Contact, Need, Submission
from matchmaker.tandems import Summary
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import Engines, ReadingSession
from matchmaker.web.noting import note_shown
from matchmaker.web.pages.attached import hand_out
from matchmaker.web.pages.changes import Changes, changes_of
from matchmaker.web.pages.holds import HeldPair, held_pairs
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.placements import Placing, RefusedHiding, placing_of
from matchmaker.web.pages.review_state import ReviewState, review_state, wish_of
from matchmaker.web.pages.shortcuts import are_keys_on
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.tandem_rows import TandemLink, tandem_links
from matchmaker.web.pages.verdicts import REASON_KEYS, REASON_WORDS, Verdict, verdicts_on
from matchmaker.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class NeedPage(Page):
    """A need with its newest list, or with an older one as it was shown.

    `answer` is None while nothing was computed, `changes` where there is no list before.
    """

    template: ClassVar[str] = "desk/need.html"
    name: ClassVar[str | None] = "desk_need"

    need: Need
    heading: str
    firm: str | None
    branches: Sequence[str]
    contacts: Sequence[Contact]
    wish: str | None
    not_with: str | None
    attached: Sequence[Attachment]
    review: ReviewState | None
    answer: dict[str, Any] | None
    generated_at: datetime | None
    rows: Sequence[Summary]
    verdicts: dict[str, Verdict]
    placing: Placing
    changes: Changes | None
    is_newest: bool
    shows_changes: bool
    tandems: dict[str, TandemLink]
    held: Sequence[HeldPair]
    reasons: dict[str, str]
    reason_words: dict[str, str]
    are_keys_on: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the need, and of an older list of it."""
        if self.is_newest or self.answer is None:
            return (str(self.need.id),)
        return (str(self.need.id), "list", self.answer["match_list"])


@page_route(router, "desk_need", "{need_id}")
def read_need(
    request: Request,
    tasks: BackgroundTasks,
    session: ReadingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    changed: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show a need and the list that was published last; `changed` unfolds what is new in it."""
    page = need_page(request, session, visitor, need_id, changed=bool(changed))
    return _show(request, tasks, visitor, page)


@page_route(router, "desk_need", "{need_id}/list/{list_id}")
def read_older_list(
    request: Request,
    tasks: BackgroundTasks,
    session: ReadingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    list_id: UUID,
) -> Response:
    """Show a need with one of its lists, as it was when it was published."""
    page = need_page(request, session, visitor, need_id, list_id=list_id)
    return _show(request, tasks, visitor, page)


def need_page(
    request: Request,
    session: Session,
    visitor: Visitor,
    need_id: UUID,
    *,
    list_id: UUID | None = None,
    changed: bool = False,
    refused: RefusedHiding | None = None,
) -> NeedPage:
    """The page of a need with its newest list, or with the list `list_id`."""
    office_id = visitor.office_id
    need = get_record(session, Need, office_id, need_id)
    language = language_of(request.url.path)
    newest = tandems.find_newest_answer(session, office_id, need_id, language)
    answer = newest
    if list_id is not None:
        answer = tandems.read_list(session, office_id, list_id, language)
        if answer["need"]["id"] != str(need_id):
            raise NotFoundError(f"This need has no match list with the id {list_id}.")
    rows = [tandems.summarize(row, answer["texts"]) for row in answer["results"]] if answer else []
    entries = [row.list_entry or "" for row in rows]
    firm = firm_of(need, office_id)
    submission = _submission(session, need_id, office_id)
    return NeedPage(
        need=need,
        heading=about(need),
        firm=firm,
        branches=[branch_title(b, language) for b in need.party.branches]
        if firm and need.party
        else [],
        contacts=_contacts(session, need, office_id),
        attached=list_attachments(session, submission.id) if submission else (),
        wish=wish_of(session, need) if need.owner_office_id == office_id else None,
        not_with=submission.answers.get("not_with") if submission else None,
        review=review_state(session, need, office_id),
        answer=answer,
        generated_at=datetime.fromisoformat(answer["generated_at"]) if answer else None,
        rows=rows,
        verdicts=verdicts_on(session, office_id, entries, language),
        placing=placing_of(session, office_id, need_id, refused),
        changes=changes_of(session, office_id, UUID(answer["match_list"]), language)
        if answer
        else None,
        is_newest=answer is None or newest is None or answer["run"] == newest["run"],
        shows_changes=changed,
        tandems=tandem_links(session, office_id, entries),
        held=held_pairs(session, office_id, need.id, need.party_id if firm else None, language),
        reasons=REASON_KEYS,
        reason_words=REASON_WORDS,
        are_keys_on=are_keys_on(request),
    )


@page_route(router, "desk_need", "{need_id}/compute", method="POST")
def compute_list(request: Request, visitor: CurrentVisitor, need_id: UUID) -> Response:
    """Compute and publish a new list, and show what it changed; the older ones stay."""
    engines: Engines = request.app.state.engines
    language = language_of(request.url.path)
    engines.of(visitor.office_id).match_need(need_id, language, actor=visitor.actor, fresh=True)
    return RedirectResponse(f"{address('desk_need', language, str(need_id))}?changed=yes", 303)


@page_route(router, "desk_need", "{need_id}/attachments/{attachment_id}")
def download_attachment(
    session: ReadingSession, visitor: CurrentVisitor, need_id: UUID, attachment_id: UUID
) -> Response:
    """A file that came with the need; only the office to which it was sent may have it."""
    submission = _submission(session, need_id, visitor.office_id)
    return hand_out(session, submission.id if submission else None, attachment_id)


def _show(request: Request, tasks: BackgroundTasks, visitor: Visitor, page: NeedPage) -> Response:
    if page.answer is not None:
        note_shown(request, tasks, visitor, page.answer)
    return show(request, page)


def _contacts(session: Session, need: Need, office_id: UUID) -> list[Contact]:
    query = select(Contact).where(
        Contact.party_id == need.party_id, Contact.owner_office_id == office_id
    )
    return list(session.scalars(query.order_by(Contact.created_at)))


def _submission(session: Session, need_id: UUID, office_id: UUID) -> Submission | None:
    """The form that the need came by, if it came by one to this office."""
    return session.scalar(
        select(Submission).where(
            Submission.need_id == need_id, Submission.owner_office_id == office_id
        )
    )
