"""A match list to take away: as a spreadsheet, and as a PDF with one sheet for each pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import tandems
from matchmaker.accounts import Visitor
from matchmaker.errors import NotFoundError
from matchmaker.messages import shortened
from matchmaker.profiles import get_record
from matchmaker.tables import MatchListEntry, Need
from matchmaker.tandems import Summary
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.noting import note_shown
from matchmaker.web.pages.inbox import about, firm_of
from matchmaker.web.pages.showing import CurrentVisitor, page_route
from matchmaker.web.rendering import Page, Renderer, speak

router = APIRouter()

FOOTER = "A proposal, no rating of creditworthiness. Run {run}, {day}."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
# A sheet for each pair has room for so much of the solution's own words.
_LONGEST_WORDS = 1_500


@dataclass(frozen=True, slots=True)
class DossierPage(Page):
    """The list on paper: an overview, then one sheet for each pair."""

    template: ClassVar[str] = "desk/dossier.html"
    name: ClassVar[str | None] = None

    heading: str
    is_closed: bool
    firm: str | None
    need_text: str
    considered: int
    generated_at: datetime
    rows: Sequence[Summary]
    solution_texts: dict[str, str]


@page_route(router, "desk_need", "{need_id}/match_list.xlsx")
def download_spreadsheet(
    request: Request,
    tasks: BackgroundTasks,
    session: ReadingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
) -> Response:
    """The newest list as a spreadsheet."""
    answer = _newest_answer(request, tasks, session, visitor, need_id)
    file = BytesIO()
    tandems.write_spreadsheet(answer, file, language_of(request.url.path))
    return as_file(file.getvalue(), XLSX, "match_list.xlsx")


@page_route(router, "desk_need", "{need_id}/match_list.pdf")
def download_dossier(
    request: Request,
    tasks: BackgroundTasks,
    session: ReadingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
) -> Response:
    """The newest list as a tagged PDF."""
    renderer: Renderer = request.app.state.renderer
    language = language_of(request.url.path)
    answer = _newest_answer(request, tasks, session, visitor, need_id)
    need = get_record(session, Need, visitor.office_id, need_id)
    texts = answer["texts"]
    page = DossierPage(
        heading=about(need),
        is_closed=need.status == "closed",
        firm=firm_of(need, visitor.office_id),
        need_text=texts[answer["need"]["text_version"]],
        considered=answer["considered"],
        generated_at=datetime.fromisoformat(answer["generated_at"]),
        rows=[tandems.summarize(row, texts) for row in answer["results"]],
        solution_texts=_solution_texts(session, answer),
    )
    footer = speak(FOOTER, language).format(run=answer["run"], day=answer["generated_at"][:10])
    return as_file(renderer.pdf(page, language, footer), _PDF, "match_list.pdf")


def _newest_answer(
    request: Request, tasks: BackgroundTasks, session: Session, visitor: Visitor, need_id: UUID
) -> dict[str, Any]:
    language = language_of(request.url.path)
    answer = tandems.find_newest_answer(session, visitor.office_id, need_id, language)
    if answer is None:
        raise NotFoundError("This need has no match list yet.")
    note_shown(request, tasks, visitor, answer)
    return answer


def _solution_texts(session: Session, answer: dict[str, Any]) -> dict[str, str]:
    """The words of each solution as they were compared, by the id of its entry."""
    versions = session.execute(
        select(MatchListEntry.id, MatchListEntry.solution_text_version_id).where(
            MatchListEntry.match_list_id == UUID(answer["match_list"])
        )
    )
    return {
        str(entry): shortened(answer["texts"][str(version)], _LONGEST_WORDS)
        for entry, version in versions
    }


def as_file(content: bytes, media_type: str, name: str) -> Response:
    """An answer that the browser keeps as a file."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
