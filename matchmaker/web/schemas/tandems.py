"""Bodies of tandems."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from matchmaker.feedback import END_REASONS, LONGEST_NOTE, MOVES
from matchmaker.profiles import Facts, OneOf
from matchmaker.web.schemas import examples
from matchmaker.web.schemas.events import written_moment


class MoveIn(Facts):
    """A step of a tandem. An end has its reason; `version` is the one that was read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"to": "sme_asked", "version": 1, "at": "2026-11-20T09:30:00+01:00"},
                {"to": "ended", "version": 4, "reason": "price", "note": "Zu teuer im ersten Jahr"},
            ]
        }
    )

    to: Annotated[str, OneOf(MOVES)]
    version: Annotated[int, Strict(), Field(ge=1, le=2**31 - 1)]
    at: Annotated[AwareDatetime, BeforeValidator(written_moment)] | None = None
    reason: Annotated[str, OneOf(END_REASONS)] | None = None
    note: Annotated[str, Field(min_length=1, max_length=LONGEST_NOTE)] | None = None


class TandemOut(BaseModel):
    """A firm and a startup on their way together, and where they stand."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [examples.TANDEM]}
    )

    id: UUID
    sme_party_id: UUID
    startup_party_id: UUID
    stage: str
    version: int
    created_at: datetime
    updated_at: datetime


class TandemEventOut(BaseModel):
    """One event of a tandem, in the order in which they were recorded."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    reason: str | None
    list_entry: Annotated[UUID | None, Field(validation_alias="match_list_entry_id")]
    origin: str
    happened_at: datetime
    recorded_at: datetime


class WholeTandemOut(TandemOut):
    """A tandem with what led it here and the moves that may come next.

    `move_undone` takes the move before it back; `proposed` names one more proposal of the pair.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [examples.WHOLE_TANDEM]})

    legal_moves: list[str]
    events: list[TandemEventOut]


class TandemsOut(BaseModel):
    """A page of tandems; `next` is the `after` of the one behind it, null on the last."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [examples.TANDEM], "next": None}]}
    )

    items: list[TandemOut]
    next: UUID | None
