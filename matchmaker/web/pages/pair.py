"""One proposal in full: both texts side by side, every reason, and what the office said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import tandems
from matchmaker.tables import MatchListEntry
from matchmaker.tandems import Summary
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import Engines, ReadingSession
from matchmaker.web.noting import note_opened
from matchmaker.web.pages.advice import PairAdvice, advice_for_pair
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.tandem_rows import TandemLink, tandem_links
from matchmaker.web.pages.verdicts import REASON_KEYS, REASON_WORDS, Verdict, verdicts_on
from matchmaker.web.rendering import Page

router = APIRouter()


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
    tandem: TandemLink | None
    reason_words: dict[str, str]
    advice: PairAdvice | None
    is_reason_missing: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the entry."""
        return (str(self.entry_id),)


@page_route(router, "desk_pair", "{entry_id}")
def read_pair(
    request: Request,
    tasks: BackgroundTasks,
    session: ReadingSession,
    visitor: CurrentVisitor,
    entry_id: UUID,
) -> Response:
    """Show one proposal in full."""
    page = pair_page(request, session, visitor, entry_id)
    note_opened(request, tasks, visitor, entry_id)
    return show(request, page)


def pair_page(
    request: Request,
    session: Session,
    visitor: CurrentVisitor,
    entry_id: UUID,
    *,
    is_reason_missing: bool = False,
) -> PairPage:
    """One proposal in full, as it stands in its list.

    Raises
    ------
    NotFoundError
        There is no such entry, or another office made its list.
    """
    found = tandems.get_list_of_entry(session, visitor.office_id, entry_id)
    language = language_of(request.url.path)
    answer = tandems.read_list(session, visitor.office_id, found.id, language)
    (result,) = (row for row in answer["results"] if row["list_entry"] == str(entry_id))
    texts, evidence = answer["texts"], result["evidence"]
    solution_version = session.get_one(MatchListEntry, entry_id).solution_text_version_id
    sides = result["sides"]
    engines: Engines = request.app.state.engines
    solution_id = UUID(result["solution"]["id"])
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
        verdict=verdicts_on(session, visitor.office_id, [str(entry_id)], language).get(
            str(entry_id)
        ),
        reasons=REASON_KEYS,
        reason_words=REASON_WORDS,
        advice=advice_for_pair(engines.of(visitor.office_id), found.need_id, solution_id, language),
        tandem=tandem_links(session, visitor.office_id, [str(entry_id)]).get(str(entry_id)),
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
