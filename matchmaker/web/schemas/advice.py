"""The body of the coach's answer."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from matchmaker.tandems import Outlook, Suggestion
from matchmaker.web.schemas import examples


class OutlookOut(BaseModel):
    """The solution's rank for one need: today's, and the one with the fact."""

    need: UUID
    before: int
    after: int


class SuggestionOut(BaseModel):
    """A field that is not stated, and a value for it; `languages` is stated by the party.

    `lifted` are the needs for which it would come among the first five, `fallen` those for
    which it would no longer be.
    """

    fact: str
    value: int | date | str
    lifted: list[OutlookOut]
    fallen: list[OutlookOut]


class AdviceOut(BaseModel):
    """What would help a solution most, the best first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ADVICE]})

    suggestions: list[SuggestionOut]

    @classmethod
    def of(cls, suggestions: Sequence[Suggestion]) -> Self:
        """The suggestions of the coach as they leave."""
        return cls(
            suggestions=[
                SuggestionOut(
                    fact=one.statement.fact,
                    value=one.statement.value,
                    lifted=_outlooks(one.lifted),
                    fallen=_outlooks(one.fallen),
                )
                for one in suggestions
            ]
        )


def _outlooks(found: Sequence[Outlook]) -> list[OutlookOut]:
    return [OutlookOut(need=one.need.id, before=one.before, after=one.after) for one in found]
