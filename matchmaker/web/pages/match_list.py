"""A need with its newest explained list, and the button that computes it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import tandems
from matchmaker.attachments import list_attachments
from matchmaker.profiles import branch_title, get_record
from matchmaker.tables import Attachment, Contact, Need, Submission
from matchmaker.tandems import Summary
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import Engines, ReadingSession
from matchmaker.web.pages.attached import hand_out
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.need_fields import VISIBILITY
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.verdicts import Verdict, verdicts_on
from matchmaker.web.rendering import Page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class NeedPage(Page):
    """A need with its newest list. `answer` is None while nothing was computed."""

    template: ClassVar[str] = "desk/need.html"
    name: ClassVar[str | None] = "desk_need"

    need: Need
    heading: str
    firm: str | None
    branches: Sequence[str]
    contacts: Sequence[Contact]
    wish: str | None
    attached: Sequence[Attachment]
    answer: dict[str, Any] | None
    generated_at: datetime | None
    rows: Sequence[Summary]
    verdicts: dict[str, Verdict]

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the need."""
        return (str(self.need.id),)


@page_route(router, "desk_need", "{need_id}")
def read_need(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, need_id: UUID
) -> Response:
    """Show a need and the list that was published last."""
    need = get_record(session, Need, visitor.office_id, need_id)
    language = language_of(request.url.path)
    answer = tandems.find_newest_answer(session, visitor.office_id, need_id, language)
    rows = [tandems.summarize(row, answer["texts"]) for row in answer["results"]] if answer else []
    firm = firm_of(need, visitor.office_id)
    submission = _submission(session, need_id, visitor.office_id)
    page = NeedPage(
        need=need,
        heading=about(need),
        firm=firm,
        branches=[branch_title(b, language) for b in need.party.branches]
        if firm and need.party
        else [],
        contacts=_contacts(session, need, visitor.office_id),
        wish=_wish(submission),
        attached=list_attachments(session, submission.id) if submission else (),
        answer=answer,
        generated_at=datetime.fromisoformat(answer["generated_at"]) if answer else None,
        rows=rows,
        verdicts=verdicts_on(session, visitor.office_id, [row.list_entry or "" for row in rows]),
    )
    return show(request, page)


@page_route(router, "desk_need", "{need_id}/compute", method="POST")
def compute_list(request: Request, visitor: CurrentVisitor, need_id: UUID) -> Response:
    """Compute and publish a new list; the older ones stay."""
    engines: Engines = request.app.state.engines
    language = language_of(request.url.path)
    engines.of(visitor.office_id).match_need(need_id, language, actor=visitor.actor, fresh=True)
    return RedirectResponse(address("desk_need", language, str(need_id)), 303)


@page_route(router, "desk_need", "{need_id}/attachments/{attachment_id}")
def download_attachment(
    session: ReadingSession, visitor: CurrentVisitor, need_id: UUID, attachment_id: UUID
) -> Response:
    """A file that came with the need; only the office to which it was sent may have it."""
    submission = _submission(session, need_id, visitor.office_id)
    return hand_out(session, submission.id if submission else None, attachment_id)


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


def _wish(submission: Submission | None) -> str | None:
    """What startups may see, as the sender of the form chose."""
    words = dict(VISIBILITY.choices)
    return words.get(submission.answers.get("visibility", "")) if submission else None
