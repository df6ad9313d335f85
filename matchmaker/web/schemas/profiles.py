"""Bodies of parties, needs and solutions."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from matchmaker.profiles import (
    NeedChanges,
    NeedFacts,
    PartyChanges,
    PartyFacts,
    SolutionChanges,
    SolutionFacts,
)
from matchmaker.tables import TextVersion
from matchmaker.web.schemas import examples


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


def _changing(example: dict[str, Any]) -> ConfigDict:
    """The same fields as for a new record; without defaults, since one left out stays."""

    def describe(schema: dict[str, Any]) -> None:
        for field in schema["properties"].values():
            field.pop("default", None)
        schema["examples"] = [example]

    return ConfigDict(json_schema_extra=describe)


class PartyIn(PartyFacts):
    """A new organization."""

    model_config = _with(examples.NEW_PARTY)


class PartyChangesIn(PartyChanges):
    """Fields of an organization to be changed; null empties one."""

    model_config = _changing({"employees": 64, "is_paused": True})


class NeedIn(NeedFacts):
    """A new need."""

    model_config = _with(examples.NEW_NEED)


class NeedChangesIn(NeedChanges):
    """Fields of a need to be changed; null empties one. A changed text is a new version."""

    model_config = _changing({"status": "closed"})


class SolutionIn(SolutionFacts):
    """A new solution of one of the office's parties."""

    model_config = _with(examples.NEW_SOLUTION)


class SolutionChangesIn(SolutionChanges):
    """Fields of a solution to be changed; null empties one. A changed text is a new version."""

    model_config = _changing({"capacity": 0})


def _words_of(version: object) -> object:
    return version.text if isinstance(version, TextVersion) else version


class _StoredOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    visibility: str
    source: str | None
    external_id: str | None
    created_at: datetime
    updated_at: datetime


class _WordedOut(_StoredOut):
    title: str | None
    text: str = Field(validation_alias=AliasPath("text", "text"))
    language: str | None = Field(validation_alias=AliasPath("text", "language"))
    text_version: UUID = Field(validation_alias=AliasPath("text", "id"))
    tags: list[str]
    cooperation_forms: list[str]
    it_security: list[str]
    status: str


class PartyOut(_StoredOut):
    """An organization."""

    model_config = _with(examples.PARTY)

    kind: str
    name: str | None
    website: str | None
    register_number: str | None
    postcode: str | None
    town: str | None
    country: str | None
    municipality_id: UUID | None
    latitude: float | None
    longitude: float | None
    founded_on: date | None
    employees: int | None
    branches: list[str]
    languages: list[str]
    description: Annotated[str | None, BeforeValidator(_words_of)]
    looks_for: Annotated[str | None, BeforeValidator(_words_of)]
    is_paused: bool


class NeedOut(_WordedOut):
    """A need with its present wording."""

    model_config = _with(examples.NEED)

    party_id: UUID | None
    branches: list[str]
    maturity_wanted_trl: int | None
    needed_by_on: date | None
    seat_country: str | None


class SolutionOut(_WordedOut):
    """A solution with its present wording."""

    model_config = _with(examples.SOLUTION)

    party_id: UUID
    target_branches: list[str]
    maturity_trl: int | None
    available_from_on: date | None
    capacity: int | None
    customer_sizes: list[str]
    price_class: str | None


class PartiesOut(BaseModel):
    """Organizations by id; `next` is the `after` of the following call, null at the end."""

    model_config = _with({"items": [examples.PARTY], "next": None})

    items: list[PartyOut]
    next: UUID | None


class NeedsOut(BaseModel):
    """Needs by id; `next` is the `after` of the following call, null at the end."""

    model_config = _with({"items": [examples.NEED], "next": None})

    items: list[NeedOut]
    next: UUID | None


class SolutionsOut(BaseModel):
    """Solutions by id; `next` is the `after` of the following call, null at the end."""

    model_config = _with({"items": [examples.SOLUTION], "next": None})

    items: list[SolutionOut]
    next: UUID | None
