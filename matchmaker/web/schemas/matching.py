"""Bodies of match lists and of `why-not`."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict

from matchmaker.messages import LANGUAGES
from matchmaker.profiles import NeedSubstance, OneOf, Wording
from matchmaker.values import Side
from matchmaker.web.schemas import examples


class MatchIn(NeedSubstance):
    """A need in words, with whatever else is known. Nothing of it is stored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Wir prüfen Schweißnähte von Hand. Das soll eine Kamera übernehmen.",
                    "maturity_wanted_trl": 7,
                    "cooperation_forms": ["pilot"],
                    "top": 5,
                }
            ]
        }
    )

    text: Wording
    top: Annotated[int, Strict(), Field(ge=1, le=50)] = 10
    lang: Annotated[str, OneOf(LANGUAGES)] = "de"


class MatchedNeedOut(BaseModel):
    """The need a list answers; `id` is null for one that is not stored, and so is `status`
    (as of now: open, paused or closed)."""

    id: UUID | None
    external_id: str | None
    title: str | None
    status: str | None
    text_version: UUID


class NamedStartupOut(BaseModel):
    """A startup by id and name."""

    id: UUID
    name: str


class TitledSolutionOut(BaseModel):
    """A solution by id and title."""

    id: UUID
    title: str | None


class ContributionOut(BaseModel):
    """What one feature adds to a side's log-odds, and the sentence that says so.

    `signal` is what the weight multiplied; lists from before it was kept have none.
    """

    feature: str
    value: float
    unit: str
    contribution: float
    signal: float | None = None
    text: str


class SideOut(BaseModel):
    """One side: `preference` is the logistic of `intercept` plus the contributions."""

    preference: float
    intercept: float
    contributions: list[ContributionOut]


class SidesOut(BaseModel):
    """Both sides of a pair."""

    sme: SideOut
    startup: SideOut


class EvidenceOut(BaseModel):
    """A sentence of each text; spans are code points in the named text versions."""

    need_text_version: UUID
    need_span: tuple[int, int]
    solution_text_version: UUID
    solution_span: tuple[int, int]
    similarity: float


class AgainstOut(BaseModel):
    """A contribution that speaks against the pair, named again."""

    side: Side
    feature: str
    contribution: float
    text: str


class ResultOut(BaseModel):
    """One row of a match list. `placed`: whether an officer pinned it or added it by hand.
    `discovery`: whether it was drawn by lot from the places behind."""

    rank: int
    placed: Literal["pinned", "added"] | None = None
    discovery: bool = False
    list_entry: UUID | None
    startup: NamedStartupOut
    solution: TitledSolutionOut
    reciprocal_score: float
    rule: str
    match_probability: float | None
    band: Literal["strong", "plausible", "weak"]
    coverage: float
    confidence: float
    sides: SidesOut
    evidence: list[EvidenceOut]
    against: list[AgainstOut]


class MatchOut(BaseModel):
    """A match list: best startup first, with the reasons on both sides.

    `excluded` counts the solutions that each rule took out. `abstained` names the fields that
    would be needed where the need says too little. `texts` holds the quoted text versions.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [examples.MATCH]})

    need: MatchedNeedOut
    match_list: UUID | None
    run: UUID | None
    generated_at: datetime
    encoder: str
    encoder_notice: str | None
    scorer: str
    scorer_notice: str | None
    features: str
    seed: int
    considered: int
    excluded: dict[str, int]
    abstained: list[str] | None
    results: list[ResultOut]
    texts: dict[UUID, str]


class FittingNeedOut(ResultOut):
    """One need that fits: `list_rank` is the pair's rank in the newest list of the need."""

    need: MatchedNeedOut
    list_rank: int | None


class StartupNeedsOut(BaseModel):
    """The needs that fit a startup best, with the reasons of the needs' own lists.

    `considered` counts the visible open needs, `excluded` those that each rule took out.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [examples.STARTUP_NEEDS]})

    startup: NamedStartupOut
    generated_at: datetime
    encoder: str
    encoder_notice: str | None
    scorer: str
    scorer_notice: str | None
    features: str
    considered: int
    excluded: dict[str, int]
    results: list[FittingNeedOut]
    texts: dict[UUID, str]


class WhyNotOut(BaseModel):
    """Why a startup is not in a list."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "cause": "rank",
                    "detail": {"rank": 31, "of": 58, "list_length": 20, "listed_by_score": 18},
                },
            ]
        }
    )

    cause: Literal["rule", "rank", "missing_field", "not_yet_seen"]
    detail: dict[str, Any]
