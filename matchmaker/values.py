"""The frozen values that one stage hands to the next. Read this first.

    Snapshot ─embedding→ vectors ─retrieval→ Candidates ─scoring→ ScoredPairs ─tandems→ MatchLists

An **id** identifies a record for ever. A **row** is a position in one array of one run. A
**rank** starts at 1 and is what people see. Any fact of a profile may be missing: None, or
an empty set, means "not known", never "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.integer]
BoolArray = NDArray[np.bool_]

Side = Literal["sme", "startup"]
Span = tuple[int, int]

PlacementKind = Literal["pinned", "hidden", "added"]
# What an office decided about solutions in the list of one need, by the solution's id.
Placed = Mapping[UUID, PlacementKind]
NOTHING_PLACED: Placed = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """One stored wording. `language` is a two-letter code, None when unknown."""

    version_id: UUID
    text: str
    text_hash: str
    language: str | None


@dataclass(frozen=True, slots=True)
class PartyProfile:
    """An organization as of a moment.

    `latitude` and `longitude` are WGS 84 degrees of its municipality; `degurba` is 1 (city)
    to 3 (rural); `branches` are WZ 2008 division codes or, where a branch could not be
    resolved, its folded name; `clusters` are the memberships in force.
    """

    id: UUID
    name: str | None = None
    external_id: str | None = None
    kind: str = "sme"
    town: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    degurba: int | None = None
    founded_on: date | None = None
    employees: int | None = None
    branches: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    description: Text | None = None
    looks_for: Text | None = None
    is_paused: bool = False
    has_consent: bool = True

    @property
    def label(self) -> str:
        """The name people see; a missing name shows the id."""
        return self.name or self.external_id or str(self.id)


@dataclass(frozen=True, slots=True)
class NeedProfile:
    """A firm's need as of a moment. `party` is None for a text typed in ad hoc.

    `left_out` and `poor_fits` are what the judgments of the office that asks do to this list:
    solutions or startups that are left out, by id, each with the word for why; and solutions
    that are ranked lower.
    """

    id: UUID
    text: Text
    party: PartyProfile | None = None
    external_id: str | None = None
    title: str | None = None
    branches: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    maturity_wanted_trl: int | None = None
    cooperation_forms: frozenset[str] = frozenset()
    needed_by_on: date | None = None
    seat_country: str | None = None
    it_security: frozenset[str] = frozenset()
    left_out: frozenset[tuple[UUID, str]] = frozenset()
    poor_fits: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class SolutionProfile:
    """A startup's solution as of a moment, with everything that rules and features read."""

    id: UUID
    party: PartyProfile
    text: Text
    external_id: str | None = None
    title: str | None = None
    tags: frozenset[str] = frozenset()
    target_branches: frozenset[str] = frozenset()
    maturity_trl: int | None = None
    cooperation_forms: frozenset[str] = frozenset()
    available_from_on: date | None = None
    capacity: int | None = None
    customer_sizes: frozenset[str] = frozenset()
    it_security: frozenset[str] = frozenset()
    is_paused: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything one run reads: what the office may see, as of one moment.

    `solutions` are in the order of their ids, so a row means the same whatever order the
    database answered in. `blocked` holds pairs of party ids that must never meet, both ways.
    """

    as_of: datetime
    needs: tuple[NeedProfile, ...]
    solutions: tuple[SolutionProfile, ...]
    blocked: frozenset[frozenset[UUID]] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The solutions worth scoring for one need, best first by the fused ranking.

    Arrays have shape (n_candidates,). `row` is the solution's row in the snapshot, `cosine` the
    nearness of the two whole texts (-1 to 1, NaN where a text has no vector), `overlap` the
    share of the need's words, weighted by rarity, that the solution uses too (0 to 1), `fused`
    the retrieval score.
    `considered` counts all visible solutions, `excluded` those taken out, per rule;
    `ruled_out` names the rule by row.
    `missing` names the fields without which the need cannot be answered; None otherwise.
    """

    row: IntArray
    cosine: FloatArray
    overlap: FloatArray
    fused: FloatArray
    considered: int
    excluded: Mapping[str, int]
    missing: tuple[str, ...] | None = None
    ruled_out: Mapping[int, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SideScores:
    """How one side sees the candidates of one need.

    `contributions` has shape (n_pairs, n_features) in log-odds, 0 where the feature's input
    is missing; `preference` (n_pairs,) is the logistic of `intercept` plus their sum.
    `features` names the columns.
    """

    features: tuple[str, ...]
    intercept: float
    contributions: FloatArray
    preference: FloatArray


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """The candidates of one need with both sides' preferences, best first.

    Arrays have shape (n_pairs,). `row` is the solution's row in the snapshot. `values` maps
    a feature to what it measured, in the feature's own unit, and `signals` to what the weights
    multiply; both are NaN where it is missing.
    `coverage` and `confidence` are shares from 0 to 1, see `contract.md`. `match_probability` is
    the calibrated share of such pairs that came to a talk; None until there is a calibration.
    """

    row: IntArray
    sme: SideScores
    startup: SideScores
    values: Mapping[str, FloatArray]
    signals: Mapping[str, FloatArray]
    reciprocal_score: FloatArray
    coverage: FloatArray
    confidence: FloatArray
    match_probability: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the need and the sentence of the solution that answers it.

    Spans are code points in the named text versions; `similarity` is their cosine.
    """

    need_text_version: UUID
    need_span: Span
    solution_text_version: UUID
    solution_span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of a match list. `document` is the explained result (`contract.md`, Result)
    with the sentences of both languages, without the id of the stored entry.
    `exposure_propensity` is the probability, 0 to 1, that the list shows this pair: 1 for what a
    score or an officer put there, less for a discovery."""

    rank: int
    solution_id: UUID
    solution_text_version_id: UUID
    sme_preference: float
    startup_preference: float
    reciprocal_score: float
    match_probability: float | None
    exposure_propensity: float
    document: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What a list does not show, so that the next one can say what changed.

    `ruled_out` holds solutions by the rule that took them out; `behind` the scored ones after
    the last rank, best first, each with its score and the version of its text.
    """

    ruled_out: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    behind: tuple[tuple[UUID, float, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedList:
    """The answer to one need, ready to be published or shown.

    `considered` counts the visible solutions, `excluded` those that a rule took out, and
    `scored` the nearest of the rest, which were scored in full. `notice` is what people should
    know before they trust this very list; None where there is nothing.
    """

    need: NeedProfile
    considered: int
    excluded: Mapping[str, int]
    scored: int
    abstained: tuple[str, ...] | None
    proposals: tuple[Proposal, ...]
    notice: str | None = None
    unlisted: Unlisted = field(default_factory=Unlisted, repr=False)
