"""The desk's main pages: a need with its explained list, and one proposal in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from matchmaker import feedback, tandems
from matchmaker.errors import InvalidInputError
from matchmaker.profiles import branch_title, get_record
from matchmaker.tables import Contact, Event, MatchListEntry, Need, Submission
from matchmaker.tandems import Summary
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import Engines, ReadingSession, WritingSession
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.need_fields import VISIBILITY
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

VERDICTS = {"judged_fit": "fits", "judged_no_fit": "does not fit"}
REASON_WORDS = {
    "poor_fit": "does not fit in substance",
    "too_early": "too early",
    "benefit_unclear": "benefit unclear",
    "price": "price",
    "no_capacity": "no capacity",
    "competitor": "competitor",
    "wrong_region": "wrong region",
    "already_solved": "solved already",
    "trust": "trust",
    "it_security": "IT security",
    "timing": "timing",
    "description_unclear": "description unclear",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the office said about a proposal last; `reason` only with a no."""

    words: str
    reason: str | None


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
    answer: dict[str, Any] | None
    generated_at: datetime | None
    rows: Sequence[Summary]
    verdicts: dict[str, Verdict]

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the need."""
        return (str(self.need.id),)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is evidence."""

    text: str
    is_evidence: bool


@dataclass(frozen=True, slots=True)
class PairPage(Page):
    """One proposal: both texts side by side with the evidence marked, all reasons, a verdict."""

    template: ClassVar[str] = "desk/pair.html"
    name: ClassVar[str | None] = "desk_pair"

    entry_id: UUID
    need_id: UUID
    summary: Summary
    need_pieces: Sequence[Piece]
    solution_pieces: Sequence[Piece]
    contributions: Sequence[tuple[str, Sequence[dict[str, Any]]]]
    verdict: Verdict | None
    reasons: dict[str, str]
    is_reason_missing: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the entry."""
        return (str(self.entry_id),)


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
    page = NeedPage(
        need=need,
        heading=about(need),
        firm=firm,
        branches=[branch_title(b, language) for b in need.party.branches]
        if firm and need.party
        else [],
        contacts=_contacts(session, need, visitor.office_id),
        wish=_wish(session, need, visitor.office_id),
        answer=answer,
        generated_at=datetime.fromisoformat(answer["generated_at"]) if answer else None,
        rows=rows,
        verdicts=_verdicts(session, visitor.office_id, [row.list_entry or "" for row in rows]),
    )
    return show(request, page)


@page_route(router, "desk_need", "{need_id}/compute", method="POST")
def compute_list(request: Request, visitor: CurrentVisitor, need_id: UUID) -> Response:
    """Compute and publish a new list; the older ones stay."""
    engines: Engines = request.app.state.engines
    language = language_of(request.url.path)
    engines.of(visitor.office_id).match_need(need_id, language, actor=visitor.actor, fresh=True)
    return RedirectResponse(address("desk_need", language, str(need_id)), 303)


@page_route(router, "desk_pair", "{entry_id}")
def read_pair(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, entry_id: UUID
) -> Response:
    """Show one proposal in full."""
    return show(request, _pair_page(request, session, visitor, entry_id))


@page_route(router, "desk_pair", "{entry_id}/verdict", method="POST")
def judge_pair(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    entry_id: UUID,
    posted: PostedForm,
) -> Response:
    """Record what the office says about a proposal; a no has a reason."""
    found = tandems.get_list_of_entry(session, visitor.office_id, entry_id)
    kind = posted.get("verdict", [""])[0]
    if kind not in VERDICTS:
        raise InvalidInputError("This is no verdict.", field="verdict")
    reason = posted.get("reason", [""])[0] or None
    if kind == "judged_no_fit" and reason is None:
        page = _pair_page(request, session, visitor, entry_id, is_reason_missing=True)
        return show(request, page, 422)
    feedback.record_event(
        session,
        visitor.office_id,
        list_entry_id=entry_id,
        kind=kind,
        reason=reason if kind == "judged_no_fit" else None,
        origin="desk",
        actor=visitor.actor,
    )
    place = address("desk_need", language_of(request.url.path), str(found.need_id))
    return RedirectResponse(f"{place}#{entry_id}", 303)


def _pair_page(
    request: Request,
    session: Session,
    visitor: CurrentVisitor,
    entry_id: UUID,
    *,
    is_reason_missing: bool = False,
) -> PairPage:
    found = tandems.get_list_of_entry(session, visitor.office_id, entry_id)
    language = language_of(request.url.path)
    answer = tandems.read_list(session, visitor.office_id, found.id, language)
    (result,) = (row for row in answer["results"] if row["list_entry"] == str(entry_id))
    texts, evidence = answer["texts"], result["evidence"]
    solution_version = session.get_one(MatchListEntry, entry_id).solution_text_version_id
    sides = result["sides"]
    return PairPage(
        entry_id=entry_id,
        need_id=found.need_id,
        summary=tandems.summarize(result, texts),
        need_pieces=pieces(
            texts[answer["need"]["text_version"]], [e["need_span"] for e in evidence]
        ),
        solution_pieces=pieces(
            texts[str(solution_version)], [e["solution_span"] for e in evidence]
        ),
        contributions=[
            (heading, _by_weight(sides[side]["contributions"]))
            for heading, side in (("For the firm", "sme"), ("For the startup", "startup"))
        ],
        verdict=_verdicts(session, visitor.office_id, [str(entry_id)]).get(str(entry_id)),
        reasons=REASON_WORDS,
        is_reason_missing=is_reason_missing,
    )


def pieces(text: str, spans: Sequence[Sequence[int]]) -> list[Piece]:
    """Cut a text at the ends of spans (start, end), which may overlap; together it is whole."""
    cuts = sorted({0, len(text), *(end for span in spans for end in span)})
    return [
        Piece(text[start:end], any(span[0] <= start and end <= span[1] for span in spans))
        for start, end in pairwise(cuts)
    ]


def _by_weight(contributions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    told = [one for one in contributions if one["text"]]
    return sorted(told, key=lambda one: -abs(one["contribution"]))


def _contacts(session: Session, need: Need, office_id: UUID) -> list[Contact]:
    query = select(Contact).where(
        Contact.party_id == need.party_id, Contact.owner_office_id == office_id
    )
    return list(session.scalars(query.order_by(Contact.created_at)))


def _wish(session: Session, need: Need, office_id: UUID) -> str | None:
    """What startups may see, as the sender of the form chose."""
    answers = session.scalar(
        select(Submission.answers).where(
            Submission.need_id == need.id, Submission.owner_office_id == office_id
        )
    )
    words = dict(VISIBILITY.choices)
    return words.get(answers.get("visibility", "")) if answers else None


def _verdicts(session: Session, office_id: UUID, entries: Sequence[str]) -> dict[str, Verdict]:
    """The newest verdict on each entry, by the entry's id."""
    events = session.scalars(
        select(Event)
        .where(
            Event.owner_office_id == office_id,
            Event.match_list_entry_id.in_([UUID(entry) for entry in entries if entry]),
            Event.kind.in_(VERDICTS),
        )
        .order_by(Event.recorded_at)
    )
    return {
        str(event.match_list_entry_id): Verdict(
            VERDICTS[event.kind], REASON_WORDS.get(event.reason or "")
        )
        for event in events
    }
