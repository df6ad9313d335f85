"""What may be said about a party, a need and a solution when they are written by hand.

`…Facts` make a record. `…Changes` hold the same fields: only those that are given change
anything, and null empties a field that may be empty. Texts come out cleaned, branches
resolved, words of closed lists are checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import CoreSchema, core_schema

from matchmaker.language import fold
from matchmaker.profiles.branches import resolve_branch
from matchmaker.profiles.texts import clean_text
from matchmaker.profiles.vocabulary import (
    COOPERATION_FORMS,
    CUSTOMER_SIZES,
    IT_SECURITY,
    stored_word,
)
from matchmaker.tables import (
    NEED_STATUSES,
    PARTY_KINDS,
    PRICE_CLASSES,
    SOLUTION_STATUSES,
    VISIBILITIES,
)

LONGEST_TEXT = 200_000
MOST_WORDS = 50


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds a string to a closed list of words."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        """Let pydantic check and document the list."""
        return core_schema.literal_schema(list(self.words))


def _line(longest: int) -> Callable[[str], str]:
    def read(written: str) -> str:
        line = " ".join(clean_text(written).split())
        if not line:
            raise ValueError("write null, or leave it out, where nothing is known")
        # Composing characters can make a line longer than it was written.
        if len(line) > longest:
            raise ValueError(f"at most {longest} characters")
        return line

    return read


def _written_day(value: object) -> object:
    if not isinstance(value, str | date):
        raise ValueError("a date such as 2027-05-31")  # pydantic reports these
    return value


def _it_security(written: str) -> str:
    return stored_word(IT_SECURITY, written) or fold(written)


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


Line16 = Annotated[str, Field(max_length=16), AfterValidator(_line(16))]
Line100 = Annotated[str, Field(max_length=100), AfterValidator(_line(100))]
Line200 = Annotated[str, Field(max_length=200), AfterValidator(_line(200))]
Line300 = Annotated[str, Field(max_length=300), AfterValidator(_line(300))]
Wording = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(clean_text)]
WebAddress = Annotated[
    str,
    Field(max_length=500, pattern=r"^(https?://)?[^\s/:]+\.[^\s]+$"),
    AfterValidator(_line(500)),
]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
LanguageCode = Annotated[str, Field(pattern="^[a-z]{2}$")]
Day = Annotated[
    date, BeforeValidator(_written_day), Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
]
FoundingDay = Annotated[
    date, BeforeValidator(_written_day), Field(ge=date(1000, 1, 1), le=date(2100, 12, 31))
]
MaturityTrl = Annotated[int, Strict(), Field(ge=1, le=9)]
Branch = Annotated[Line200, AfterValidator(resolve_branch)]
Branches = Annotated[list[Branch], Field(max_length=MOST_WORDS), AfterValidator(_distinct)]
Tags = Annotated[list[Line200], Field(max_length=MOST_WORDS), AfterValidator(_distinct)]
Languages = Annotated[list[LanguageCode], Field(max_length=MOST_WORDS), AfterValidator(_distinct)]
CooperationForms = Annotated[
    list[Annotated[str, OneOf(tuple(COOPERATION_FORMS))]],
    Field(max_length=MOST_WORDS),
    AfterValidator(_distinct),
]
CustomerSizes = Annotated[
    list[Annotated[str, OneOf(tuple(CUSTOMER_SIZES))]],
    Field(max_length=MOST_WORDS),
    AfterValidator(_distinct),
]
SecurityProof = Annotated[Line200, AfterValidator(_it_security)]
ItSecurity = Annotated[
    list[SecurityProof],
    Field(max_length=MOST_WORDS),
    AfterValidator(_distinct),
]
Visibility = Annotated[str, OneOf(VISIBILITIES)]


class Facts(BaseModel):
    """Fields that a person or a program states; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class PartyChanges(Facts):
    """An organization; every field may be left out."""

    kind: Annotated[str, OneOf(PARTY_KINDS)] = "sme"
    visibility: Visibility = "office"
    name: Line300 | None = None
    website: WebAddress | None = None
    register_number: Line100 | None = None
    postcode: Line16 | None = None
    town: Line200 | None = None
    country: Country | None = None
    latitude: Annotated[float, Strict(), Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Strict(), Field(ge=-180, le=180)] | None = None
    founded_on: FoundingDay | None = None
    employees: Annotated[int, Strict(), Field(ge=0, le=10_000_000)] | None = None
    branches: Branches = []
    languages: Languages = []
    description: Wording | None = None
    looks_for: Wording | None = None
    is_paused: Annotated[bool, Strict()] = False


class PartyFacts(PartyChanges):
    """A new organization."""

    kind: Annotated[str, OneOf(PARTY_KINDS)]
    external_id: Line100 | None = None


class NeedSubstance(Facts):
    """What a need consists of besides its text, stored or not."""

    title: Line300 | None = None
    language: LanguageCode | None = None
    branches: Branches = []
    tags: Tags = []
    maturity_wanted_trl: MaturityTrl | None = None
    cooperation_forms: CooperationForms = []
    needed_by_on: Day | None = None
    seat_country: Country | None = None
    it_security: ItSecurity = []


class NeedChanges(NeedSubstance):
    """A need; every field may be left out. A changed text is stored as a new version."""

    text: Wording = ""
    party_id: UUID | None = None
    visibility: Visibility = "office"
    status: Annotated[str, OneOf(NEED_STATUSES)] = "open"


class NeedFacts(NeedChanges):
    """A new need."""

    text: Wording
    external_id: Line100 | None = None


class SolutionChanges(Facts):
    """A solution; every field may be left out. A changed text is stored as a new version."""

    text: Wording = ""
    language: LanguageCode | None = None
    title: Line300 | None = None
    tags: Tags = []
    target_branches: Branches = []
    maturity_trl: MaturityTrl | None = None
    cooperation_forms: CooperationForms = []
    available_from_on: Day | None = None
    capacity: Annotated[int, Strict(), Field(ge=0, le=10_000)] | None = None
    customer_sizes: CustomerSizes = []
    it_security: ItSecurity = []
    price_class: Annotated[str, OneOf(PRICE_CLASSES)] | None = None
    visibility: Visibility = "office"
    status: Annotated[str, OneOf(SOLUTION_STATUSES)] = "active"


class SolutionFacts(SolutionChanges):
    """A new solution of a party of the office."""

    text: Wording
    party_id: UUID
    external_id: Line200 | None = None
