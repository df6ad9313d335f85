"""Every tandem of the office: as a table, as a board by phases, and as a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker.accounts import Visitor
from matchmaker.database import now
from matchmaker.days import day_of
from matchmaker.feedback import PHASES, PipelineRow, read_pipeline
from matchmaker.tables import TANDEM_STAGES
from matchmaker.tandems import Cell, write_table
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.taking_away import XLSX, as_file
from matchmaker.web.pages.tandem_words import END_WORDS, PHASE_WORDS, STAGE_WORDS
from matchmaker.web.rendering import Page, speak

router = APIRouter()

MOST_ROWS = 200
COLUMNS = (
    ("Firm", 32), ("Startup", 32), ("Stage", 22), ("Since", 12), ("Why", 28), ("Due on", 12),
    ("Note", 60),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tandems are asked for; "" is all, and of the phases all but the ended ones."""

    phase: str
    stage: str
    is_due: bool
    is_board: bool

    @property
    def stages(self) -> list[str]:
        """The stages that are asked for."""
        phases = [self.phase] if self.phase else [phase for phase in PHASES if phase != "ended"]
        if self.stage and not self.phase:
            return [self.stage]
        every = [stage for phase in phases for stage in PHASES[phase]]
        return [stage for stage in every if self.stage in ("", stage)]

    def address(self, *, is_board: bool) -> str:
        """The query of the same tandems in one of the two views."""
        chosen = {
            "phase": self.phase,
            "stage": self.stage,
            "due": "yes" if self.is_due else "",
            "view": "board" if is_board else "",
        }
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    """One tandem in words."""

    row: PipelineRow
    stage: str
    reason: str | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class TandemsPage(Page):
    """The tandems that were asked for; `found` counts all of them. `board` has a list for each
    phase that was asked for."""

    template: ClassVar[str] = "desk/tandems.html"
    name: ClassVar[str | None] = "tandems"

    wanted: Wanted
    rows: Sequence[Shown]
    found: int
    phases: dict[str, str]
    stages: dict[str, str]

    @property
    def board(self) -> list[tuple[str, bool, list[Shown]]]:
        """Each phase: its name, whether it has stages, and its tandems."""
        return [
            (
                PHASE_WORDS[phase],
                bool(stages),
                [one for one in self.rows if one.row.stage in stages],
            )
            for phase, stages in PHASES.items()
            if phase == self.wanted.phase
            or (not self.wanted.phase and (phase != "ended" or self.wanted.stage == "ended"))
        ]


def wanted(
    phase: Annotated[str, Query(max_length=32)] = "",
    stage: Annotated[str, Query(max_length=32)] = "",
    due: Annotated[str, Query(max_length=32)] = "",
    view: Annotated[str, Query(max_length=32)] = "",
) -> Wanted:
    """What the address asks for; words that it does not know are left aside."""
    return Wanted(
        phase if phase in PHASES else "",
        stage if stage in TANDEM_STAGES else "",
        due == "yes",
        view == "board",
    )


Asked = Annotated[Wanted, Depends(wanted)]


@page_route(router, "tandems")
def read_tandems(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, asked: Asked
) -> Response:
    """Show the office's tandems."""
    rows, found = _read(session, visitor, asked, MOST_ROWS)
    page = TandemsPage(asked, rows, found, PHASE_WORDS, STAGE_WORDS)
    return show(request, page)


@page_route(router, "tandems", "tandems.xlsx")
def download_tandems(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, asked: Asked
) -> Response:
    """The tandems that the page of the same query shows, all of them, as a spreadsheet."""
    language = language_of(request.url.path)
    rows, _ = _read(session, visitor, asked, None)
    file = BytesIO()
    write_table(
        file,
        speak("Tandems", language),
        [(speak(title, language), width) for title, width in COLUMNS],
        [_cells(shown, language) for shown in rows],
        fixed_columns=2,
    )
    return as_file(file.getvalue(), XLSX, "tandems.xlsx")


def _read(
    session: Session, visitor: Visitor, asked: Wanted, limit: int | None
) -> tuple[list[Shown], int]:
    today = day_of(now())
    due_by = today if asked.is_due else None
    rows, found = read_pipeline(
        session, visitor.office_id, asked.stages, due_by=due_by, limit=limit
    )
    shown = [
        Shown(
            row,
            STAGE_WORDS[row.stage],
            END_WORDS.get(row.reason or ""),
            row.due_on is not None and row.due_on <= today,
        )
        for row in rows
    ]
    return shown, found


def _cells(shown: Shown, language: str) -> list[Cell]:
    row = shown.row
    return [
        row.firm or "",
        row.startup or "",
        speak(shown.stage, language),
        row.since,
        speak(shown.reason, language) if shown.reason else "",
        row.due_on or "",
        row.due_text or "",
    ]
