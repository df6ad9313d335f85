"""Why a startup is not in the list of a need: the cause, what would change it, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import tandems
from matchmaker.accounts import Visitor
from matchmaker.errors import NotFoundError
from matchmaker.messages import number
from matchmaker.profiles import NamedSolution, get_record, name_solutions
from matchmaker.tables import Need
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import Engines, ReadingSession
from matchmaker.web.pages.inbox import about
from matchmaker.web.pages.placements import PlacedRow, placing_of
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.rendering import Page, moment, speak

router = APIRouter()

# What holds, and what would change it.
Words = tuple[str, str]
RULE_WORDS: Mapping[str, Words] = {
    "hidden": ("Your office has hidden it for this need.", "Show it again."),
    "no_consent": (
        "The startup does not agree, or no longer agrees, to be proposed.",
        "Only the startup itself can change this.",
    ),
    "paused": (
        "The startup or this solution is paused.",
        "When the pause in its profile ends, it takes part again.",
    ),
    "no_capacity": (
        "The startup has no free capacity at present.",
        "When its profile states free capacity, it takes part again.",
    ),
    "blocked_pair": (
        "The two are blocked for each other, or are one and the same firm.",
        "Only lifting the block would change this.",
    ),
    "wrong_seat": (
        "The startup is seated in another country than the need demands.",
        "The firm can drop this demand in its need.",
    ),
    "missing_text": (
        "The text of the solution says too little to be compared.",
        "One concrete sentence more about the solution helps.",
    ),
}
ANY_RULE: Words = ("A rule leaves it out: {rule}.", "It takes part when the rule no longer holds.")
NEED_SAYS_TOO_LITTLE: Words = (
    "The need says too little, so it has no list.",
    "One concrete sentence more in the need helps.",
)
RANKED: Words = (
    "Compared, it is number {rank} of {of}; the list shows {length}. Score: {score}, last: {last}.",
    "More concrete texts on both sides can change this. Or you add it by hand.",
)
RANKED_BEHIND_LOT: Words = (
    (
        "Compared, it is number {rank} of {of}. The list shows the first {by_score}, and some of "
        "those behind by lot. Score: {score}, last of the first: {last}."
    ),
    "More concrete texts on both sides can change this. Or you add it by hand.",
)
TOO_FAR: Words = (
    "It is too far from this need: of {of} solutions, the {scored} nearest were compared closely.",
    "More concrete texts on both sides can change this. Or you add it by hand.",
)
NOT_YET_SEEN: Words = (
    "Something has changed since the list of {day} was computed.",
    "Compute the list anew.",
)
LISTED: Words = ("It is in the list, at rank {rank}.", "Nothing has to change.")


@dataclass(frozen=True, slots=True)
class WhyNotPage(Page):
    """The answer for one startup, or for one solution of it, whichever `asked_id` names.

    `refused` tells that it was to be pinned or added just now.
    """

    template: ClassVar[str] = "desk/why_not.html"
    name: ClassVar[str | None] = "desk_need"

    need_id: UUID
    heading: str
    asked_id: UUID
    startup_id: UUID
    startup: str
    cause: str
    change: str
    hidden: Sequence[PlacedRow]
    addable: Sequence[NamedSolution]
    can_compute: bool
    refused: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The need, and the startup that is asked about."""
        return (str(self.need_id), "why-not", str(self.asked_id))


@page_route(router, "desk_need", "{need_id}/why-not/{startup_id}")
def read_why_not(
    request: Request,
    session: ReadingSession,
    visitor: CurrentVisitor,
    need_id: UUID,
    startup_id: UUID,
) -> Response:
    """Say why none of the startup's solutions is in the newest list of the need."""
    return show(request, why_not_page(request, session, visitor, need_id, startup_id))


def why_not_page(
    request: Request,
    session: Session,
    visitor: Visitor,
    need_id: UUID,
    startup_id: UUID,
    *,
    refused: str | None = None,
) -> WhyNotPage:
    """The answer for a startup, or for one solution by its id; `refused` is the rule against it.

    Raises
    ------
    NotFoundError
        The office sees no such need or startup, or the need has no list yet.
    """
    office_id, language = visitor.office_id, language_of(request.url.path)
    need = get_record(session, Need, office_id, need_id)
    solutions = [
        one
        for one in name_solutions(session, office_id).values()
        if startup_id in (one.startup_id, one.solution_id)
    ]
    if not solutions:
        raise NotFoundError(f"There is no startup with the id {startup_id}.")
    ids = {str(one.solution_id) for one in solutions}
    placing = placing_of(session, office_id, need_id)
    cause, words, values = "rule", RULE_WORDS.get(refused or "", ANY_RULE), {"rule": refused}
    if refused is None:
        cause, words, values = _answer(request, session, visitor, need_id, startup_id, ids)
    if "rule" in values:
        values["rule"] = speak(str(values["rule"]), language)
    return WhyNotPage(
        need_id=need_id,
        heading=about(need),
        asked_id=startup_id,
        startup_id=solutions[0].startup_id,
        startup=solutions[0].startup,
        cause=speak(words[0], language).format(**_written(values, language)),
        change=speak(words[1], language),
        hidden=[row for row in placing.hidden if str(row.solution.solution_id) in ids],
        addable=solutions if cause in ("rank", "not_yet_seen") else [],
        can_compute=cause == "not_yet_seen",
        refused=refused is not None,
    )


def _answer(
    request: Request,
    session: Session,
    visitor: Visitor,
    need_id: UUID,
    startup_id: UUID,
    ids: set[str],
) -> tuple[str, Words, dict[str, Any]]:
    """The cause, its words, and the values that stand in them."""
    answer = tandems.find_newest_answer(session, visitor.office_id, need_id, "en")
    for result in answer["results"] if answer else []:
        if result["solution"]["id"] in ids:
            return "listed", LISTED, {"rank": result["rank"]}
    engines: Engines = request.app.state.engines
    found = engines.of(visitor.office_id).why_not(need_id, startup_id)
    detail = found.detail
    if found.cause == "rule":
        return "rule", RULE_WORDS.get(detail["rule"], ANY_RULE), {"rule": detail["rule"]}
    if found.cause == "missing_field":
        says_nothing = detail["fields"] == ["solution.text"]
        return (
            "missing_field",
            RULE_WORDS["missing_text"] if says_nothing else (NEED_SAYS_TOO_LITTLE),
            {},
        )
    if found.cause == "not_yet_seen":
        return "not_yet_seen", NOT_YET_SEEN, {"day": datetime.fromisoformat(detail["list_of"])}
    if "rank_above" in detail:
        return "rank", TOO_FAR, {"of": detail["of"], "scored": detail["rank_above"]}
    return (
        "rank",
        RANKED if detail["listed_by_score"] == detail["list_length"] else RANKED_BEHIND_LOT,
        {
            "rank": detail["rank"],
            "of": detail["of"],
            "length": detail["list_length"],
            "by_score": detail["listed_by_score"],
            "score": detail["reciprocal_score"],
            "last": detail["score_of_last_listed"],
        },
    )


def _written(values: Mapping[str, Any], language: str) -> dict[str, str]:
    """Numbers and moments as the language writes them."""
    return {name: _one(value, language) for name, value in values.items()}


def _one(value: object, language: str) -> str:
    if isinstance(value, datetime):
        return moment(value, language)
    return number(value, language) if isinstance(value, float) else str(value)
