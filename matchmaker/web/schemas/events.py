"""Bodies of events."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from matchmaker.feedback import END_REASONS, EVENT_KINDS, FollowUp
from matchmaker.profiles import OneOf
from matchmaker.tables import SIDES
from matchmaker.web.schemas import examples


def written_moment(value: object) -> object:
    """Let pydantic read a moment only from its written form: a number has no time zone."""
    if not isinstance(value, str | datetime):
        raise ValueError("a moment such as 2027-05-31T12:00:00Z")
    return value


class EventIn(FollowUp):
    """What happened to one row of a match list. A no and an end have a reason, nothing else does.

    Some reasons of a no are told more: too_early `maturity` (else what the need wants),
    no_capacity and timing `until`, it_security `evidence` (else the one proof that is demanded
    and not stated), wrong_region `country` (else that of the firm), description_unclear
    `asked_side`, and, like benefit_unclear, `question`: words that are sent to that side as they
    are. `verdict_withdrawn` takes back the newest verdict on the pair, for ten minutes.
    From `proposed` on, the kinds are the steps of a tandem and come in their order.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "list_entry": examples.ENTRY_ID,
                    "kind": "judged_no_fit",
                    "reason": "too_early",
                    "maturity": 7,
                    "side": "sme",
                    "at": "2026-11-20T09:30:00+01:00",
                },
                {
                    "list_entry": examples.ENTRY_ID,
                    "kind": "judged_no_fit",
                    "reason": "timing",
                    "until": "2027-09-01",
                },
            ]
        }
    )

    list_entry: UUID
    kind: Annotated[str, OneOf(EVENT_KINDS)]
    reason: Annotated[str, OneOf(END_REASONS)] | None = None
    side: Annotated[str, OneOf(SIDES)] | None = None
    at: Annotated[AwareDatetime, BeforeValidator(written_moment)] | None = None


class EventOut(BaseModel):
    """The id of the recorded event, and when it happened."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "event": examples.EVENT_ID,
                    "happened_at": "2026-11-20T08:30:00Z",
                }
            ]
        }
    )

    event: UUID
    happened_at: datetime
