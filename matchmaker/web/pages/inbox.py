"""The first page of the desk: every need that the office may see, a search, and kept filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from matchmaker import inbox
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.inbox import Filter, FoundNeed
from matchmaker.messages import shortened
from matchmaker.profiles import sees
from matchmaker.tables import Need, SavedFilter
from matchmaker.web.addresses import address, language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.due import DueRow, due_rows
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page

router = APIRouter()

REVIEWS = {"new": "New", "question": "Question to the owner", "reviewed": "Reviewed"}
# name in the address: (question, words by choice), in the order of the form.
QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "status": ("State", {"open": "Open", "paused": "Paused", "closed": "Closed", "all": "All"}),
    "review": ("Review", {"all": "All", **REVIEWS}),
    "proposals": (
        "Proposals",
        {
            "all": "All",
            "some": "There are some",
            "none": "None yet",
            "stale": "Older than the need's last change",
        },
    ),
    "owner": (
        "Whose needs",
        {"all": "All", "own": "Our own", "shared": "Shared by other offices"},
    ),
}
FILTER_ERRORS = {
    InvalidInputError: "Please give the filter a name.",
    ConflictError: "You have kept fifty filters. Please delete one first.",
}
MOST_ROWS = 100
_LONGEST_BEGINNING = 100


@dataclass(frozen=True, slots=True)
class InboxPage(Page):
    """The newest needs that the filter finds; `found` counts all of them."""

    template: ClassVar[str] = "desk/inbox.html"
    name: ClassVar[str | None] = "inbox"

    rows: Sequence[FoundNeed]
    found: int
    filter: Filter
    saved: Sequence[tuple[SavedFilter, str]]
    due: Sequence[DueRow]
    error: str | None = None

    @property
    def questions(self) -> dict[str, tuple[str, dict[str, str]]]:
        """What can be chosen."""
        return QUESTIONS

    @property
    def reviews(self) -> dict[str, str]:
        """The states of the review in words."""
        return REVIEWS

    def about(self, row: FoundNeed) -> str:
        """What a need is called."""
        return row.title or _shortened(row.beginning)


@page_route(router, "inbox")
def read_inbox(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the needs that the filter finds, the newest first."""
    wanted = Filter.of({**request.query_params, "q": q})
    answer = show(request, _page(request, session, visitor, wanted))
    place = _place(request, wanted)
    if "hx-request" in request.headers:
        # What the browser's address becomes; a search that changed nothing adds no step back.
        is_there = request.headers.get("hx-current-url", "").endswith(place)
        answer.headers["HX-Push-Url"] = "false" if is_there else place
    return answer


@page_route(router, "inbox", "filters", method="POST")
def save_filter(
    request: Request, session: WritingSession, visitor: CurrentVisitor, posted: PostedForm
) -> Response:
    """Keep the present filter under a name."""
    wanted = Filter.of({name: values[0] for name, values in posted.items()})
    try:
        inbox.save_filter(session, visitor.officer_id, posted.get("name", [""])[0], wanted)
    except (InvalidInputError, ConflictError) as error:
        page = _page(request, session, visitor, wanted, FILTER_ERRORS[type(error)])
        return show(request, page, 422)
    return RedirectResponse(_place(request, wanted), 303)


@page_route(router, "inbox", "filters/{filter_id}/delete", method="POST")
def delete_filter(
    request: Request, session: WritingSession, visitor: CurrentVisitor, filter_id: UUID
) -> Response:
    """Forget a kept filter."""
    inbox.delete_filter(session, visitor.officer_id, filter_id)
    return RedirectResponse(_place(request, Filter()), 303)


def about(need: Need) -> str:
    """The title, or how the text begins."""
    return need.title or _shortened(need.text.text)


def firm_of(need: Need, office_id: UUID) -> str | None:
    """The name of the firm, if the office may see whose need it is."""
    return need.party.name if need.party and sees(office_id, need.party) else None


def _shortened(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST_BEGINNING)


def _page(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    wanted: Filter,
    error: str | None = None,
) -> InboxPage:
    rows, found = inbox.find_needs(session, visitor.office_id, wanted, MOST_ROWS)
    saved = [
        (one, _place(request, Filter.of(one.choices)))
        for one in inbox.saved_filters(session, visitor.officer_id)
    ]
    due = due_rows(session, visitor.office_id)
    return InboxPage(rows, found, wanted, saved, due, error)


def _place(request: Request, wanted: Filter) -> str:
    place = address("inbox", language_of(request.url.path))
    return f"{place}?{urlencode(wanted.choices)}" if wanted.choices else place
