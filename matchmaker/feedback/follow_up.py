"""What a no needs to be told besides its reason, and the hold that it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matchmaker.errors import InvalidInputError
from matchmaker.profiles import (
    Country,
    Day,
    Facts,
    MaturityTrl,
    OneOf,
    SecurityProof,
    Wording,
    sees,
)
from matchmaker.tables import SIDES, Hold, MatchListEntry, Need, Party, Solution

LONGEST_QUESTION = 2_000

# What each reason may be told; every other fact with it is a mistake.
TAKES: Mapping[str, tuple[str, ...]] = {
    "poor_fit": (),
    "too_early": ("maturity",),
    "benefit_unclear": ("question",),
    "price": (),
    "no_capacity": ("until",),
    "competitor": (),
    "wrong_region": ("country",),
    "already_solved": (),
    "trust": (),
    "it_security": ("evidence",),
    "timing": ("until",),
    "description_unclear": ("asked_side", "question"),
}
# What is said where such a fact is missing or cannot be. No values stand in the sentences, so
# that pages can say them in every language.
MISSING = {
    "maturity": "Name the maturity that is needed, from TRL 1 to 9.",
    "until": "Name the day from which it may be proposed again.",
    "evidence": "Name the proof of IT security that is missing.",
    "asked_side": "Name the side whose description is unclear.",
}
REACHED = "The solution states this maturity already."
STATED = "The solution states this proof already."
TOO_SOON = "The day must lie after the day of the judgment."
NOT_OURS = "This need belongs to another office; only that office can change it."


class FollowUp(Facts):
    """What a no is told besides its reason; None where it was not said.

    `until` is the day from which the pair may be proposed again, `maturity` the readiness level
    that it waits for, `evidence` the proof of IT security that is missing, `country` the seat
    that the need demands from now on, `asked_side` the side whose description is unclear, and
    `question` what is asked, in words that may be sent to that side as they are.
    """

    until: Day | None = None
    maturity: MaturityTrl | None = None
    evidence: SecurityProof | None = None
    country: Country | None = None
    asked_side: Annotated[str, OneOf(SIDES)] | None = None
    question: Annotated[Wording, Field(max_length=LONGEST_QUESTION)] | None = None

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """Read facts by their names.

        Raises
        ------
        InvalidInputError
            One of them cannot be; its field is named.
        """
        try:
            return cls.model_validate(dict(stated))
        except ValidationError as error:
            first = error.errors()[0]
            field = str(first["loc"][0])
            raise InvalidInputError(MISSING.get(field, str(first["msg"])), field=field) from None

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as JSON takes it."""
        return {name: value for name in FollowUp.model_fields if (value := self._json(name))}

    def _json(self, name: str) -> Any:
        value = getattr(self, name)
        return value.isoformat() if isinstance(value, date) else value


NOTHING = FollowUp()


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A need and a solution as they are now; `firm` is None where the office may not see it."""

    need: Need
    solution: Solution
    firm: Party | None


def read_pair(session: Session, office_id: UUID, entry: MatchListEntry) -> JudgedPair:
    """The pair of an entry, with its parties and texts."""
    need = session.scalars(
        select(Need)
        .where(Need.id == entry.need_id)
        .options(joinedload(Need.party), joinedload(Need.text))
    ).one()
    solution = session.scalars(
        select(Solution)
        .where(Solution.id == entry.solution_id)
        .options(joinedload(Solution.party), joinedload(Solution.text))
    ).one()
    firm = need.party if need.party is not None and sees(office_id, need.party) else None
    return JudgedPair(need, solution, firm)


def usual(pair: JudgedPair, reason: str) -> FollowUp:
    """What a no is told where nobody says otherwise: from the facts of the pair."""
    need, solution = pair.need, pair.solution
    wanted = need.maturity_wanted_trl or 0
    lacking = sorted(set(need.it_security) - set(solution.it_security))
    facts = {
        "maturity": wanted if wanted > (solution.maturity_trl or 0) else None,
        "evidence": lacking[0] if len(lacking) == 1 else None,
        "country": (pair.firm.country if pair.firm else None) or "DE",
    }
    return FollowUp.of({name: facts[name] for name in TAKES[reason] if name in facts})


def plan_hold(
    pair: JudgedPair, office_id: UUID, reason: str, told: FollowUp, judged_on: date
) -> Hold:
    """The hold that a no leads to, stored nowhere yet.

    Raises
    ------
    InvalidInputError
        A fact is missing, out of place, or the case already.
    """
    for name in FollowUp.model_fields:
        if getattr(told, name) is not None and name not in TAKES[reason]:
            raise InvalidInputError(f"The reason {reason} takes no {name}.", field=name)
    given = usual(pair, reason).model_dump() | told.model_dump(exclude_none=True)
    for name in TAKES[reason]:
        if given[name] is None and name in MISSING:
            raise InvalidInputError(MISSING[name], field=name)
    _refuse_what_is_already(pair.solution, reason, given, judged_on)
    hold = Hold(
        owner_office_id=office_id,
        code=reason,
        startup_party_id=pair.solution.party_id,
        until_on=given["until"],
        until_maturity_trl=given["maturity"],
        until_evidence=given["evidence"],
        question=given["question"] or None,
    )
    if reason in ("competitor", "trust") and pair.firm is not None:
        # The two firms, whatever need or solution it is about.
        hold.sme_party_id = pair.firm.id
    else:
        hold.need_id, hold.solution_id = pair.need.id, pair.solution.id
    if reason == "price":
        hold.price_class_then = pair.solution.price_class
    if reason in ("benefit_unclear", "description_unclear"):
        hold.asked_side = given["asked_side"] or "startup"
        asked = pair.need if hold.asked_side == "sme" else pair.solution
        hold.text_then_id = asked.text_id
    if reason in ("wrong_region", "already_solved"):
        if pair.need.owner_office_id != office_id:
            raise InvalidInputError(NOT_OURS, field="reason")
        hold.value_set = given["country"] if reason == "wrong_region" else "closed"
    return hold


def _refuse_what_is_already(
    solution: Solution, reason: str, given: Mapping[str, Any], judged_on: date
) -> None:
    if reason == "too_early" and (solution.maturity_trl or 0) >= given["maturity"]:
        raise InvalidInputError(REACHED, field="maturity")
    if reason == "it_security" and given["evidence"] in solution.it_security:
        raise InvalidInputError(STATED, field="evidence")
    if given["until"] is not None and given["until"] <= judged_on:
        raise InvalidInputError(TOO_SOON, field="until")
