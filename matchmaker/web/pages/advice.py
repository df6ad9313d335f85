"""What a startup could state to come farther up, in words; only ever what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.dates import format_date

from matchmaker.errors import NotFoundError
from matchmaker.profiles import branch_title
from matchmaker.submissions import SMALLEST_CELL
from matchmaker.tandems import (
    Matching,
    Statement,
    Suggestion,
    advise_pair,
    advise_startup,
)
from matchmaker.values import NeedProfile
from matchmaker.web.rendering import speak

STATEMENT_WORDS = {
    "maturity_trl": "Maturity: TRL {value} or higher",
    "cooperation_forms": "Form of cooperation: {value}",
    "customer_sizes": "One reference customer of this size: {value}",
    "target_branches": "Made for this branch: {value}",
    "languages": "Language: {value}",
    "it_security": "Proof of IT security: {value}",
    "available_from_on": "Free by {value} at the latest",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One statement in words, the needs that it would win a place for, and how many it costs."""

    words: str
    needs: Sequence[UUID]
    lost: int


@dataclass(frozen=True, slots=True)
class PairAdvice:
    """The statement that would lift a pair most, in words, with both scores."""

    words: str
    before: float
    after: float


def advice_for_desk(
    engine: Matching, startup_id: UUID, language: str
) -> Mapping[UUID, Sequence[Advice]]:
    """What would help each solution of a startup, by its id."""
    return {
        solution_id: [_advice(one, language) for one in suggestions]
        for solution_id, suggestions in advise_startup(engine, startup_id).items()
    }


def advice_for_owner(engine: Matching, startup_id: UUID, language: str) -> Sequence[Advice]:
    """The same for the startup itself: only where so many firms ask that none is recognized.

    Nothing where the startup is not compared yet.
    """
    try:
        by_solution = advise_startup(engine, startup_id)
    except NotFoundError:
        return []
    return [
        _advice(one, language)
        for suggestions in by_solution.values()
        for one in suggestions
        if len({_firm(outlook.need) for outlook in one.lifted}) >= SMALLEST_CELL
    ]


def advice_for_pair(
    engine: Matching, need_id: UUID, solution_id: UUID, language: str
) -> PairAdvice | None:
    """What would lift one pair most, by the data of today; None if nothing would."""
    try:
        lift = advise_pair(engine, need_id, solution_id)
    except NotFoundError:
        # The list is older than what the office sees today.
        return None
    if lift is None:
        return None
    return PairAdvice(say_statement(lift.statement, language), lift.before, lift.after)


def say_statement(statement: Statement, language: str) -> str:
    """The statement as an officer would ask for it."""
    value = statement.value
    if isinstance(value, date):
        said = format_date(value, format="long", locale=language)
    elif statement.fact == "target_branches":
        said = branch_title(str(value), language)
    else:
        said = speak(str(value), language)
    return speak(STATEMENT_WORDS[statement.fact], language).format(value=said)


def _advice(suggestion: Suggestion, language: str) -> Advice:
    return Advice(
        say_statement(suggestion.statement, language),
        [outlook.need.id for outlook in suggestion.lifted],
        len(suggestion.fallen),
    )


def _firm(need: NeedProfile) -> UUID:
    return need.party.id if need.party else need.id
