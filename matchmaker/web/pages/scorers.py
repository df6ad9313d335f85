"""What the program learned: the weights that serve beside the expert's, and the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import ClassVar

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import training
from matchmaker.accounts import Visitor
from matchmaker.config import Settings
from matchmaker.errors import ConflictError
from matchmaker.scoring import ScorerParameters, SideParameters, expert_parameters
from matchmaker.tables import ScorerVersion
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.public_form import to
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.statements import FEATURES
from matchmaker.web.permissions import PERMISSIONS
from matchmaker.web.rendering import Page, speak

router = APIRouter()

STATE_WORDS = {
    "champion": "serves now",
    "challenger": "waits for a decision",
    "shadow": "is only watched",
    "retired": "served before",
}
REASON_WORDS = {
    "promoted_by_hand": "somebody of the office put it in place",
    "replaced": "another one took its place",
    "rolled_back": "somebody of the office took it back",
    "restored": "the one after it was taken back",
}
VERDICTS = {
    "more": "clearly more than the experts thought",
    "less": "clearly less than the experts thought",
    "alike": "not clearly different from what the experts thought",
}
INTERCEPT = "Interest in a pair of which nothing is known"
CHANGED_MEANWHILE = "Meanwhile something else serves, or cannot be read. Nothing was changed."
# Nine of ten draws from a normal distribution lie within so many standard deviations.
_NINE_OF_TEN = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class LearnedWeight:
    """A weight in log-odds per point: the expert's, the learned one, and its 90 % interval."""

    label: str
    expert: float
    learned: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Whether the data speak clearly against the expert's weight."""
        if self.low <= self.expert <= self.high:
            return VERDICTS["alike"]
        return VERDICTS["more" if self.low > self.expert else "less"]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A trained scorer with its state, and the reason for it as it is said to people."""

    version: ScorerVersion
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScorersPage(Page):
    """Which scorer serves, what it learned, and the older ones.

    `champion` is None while the expert's weights serve; `is_readable` says whether its numbers
    could be read. `before` is what the way back leads to, None for the expert's weights.
    """

    template: ClassVar[str] = "desk/scorers.html"
    name: ClassVar[str | None] = "scorers"

    champion: ScorerVersion | None
    before: ScorerVersion | None
    is_readable: bool
    sides: Sequence[tuple[str, Sequence[LearnedWeight]]]
    versions: Sequence[VersionRow]
    may_change: bool
    problem: str | None


@page_route(router, "scorers")
def read_scorers(request: Request, session: ReadingSession, visitor: CurrentVisitor) -> Response:
    """Show what was learned."""
    return show(request, _page(request, session, visitor))


@page_route(router, "scorer_change", "promote", method="POST")
def promote_scorer(
    request: Request, session: WritingSession, visitor: CurrentVisitor, posted: PostedForm
) -> Response:
    """Let the named version serve, if what serves is still what was seen."""
    settings: Settings = request.app.state.settings
    wanted = training.get_version(session, visitor.office_id, _sent(posted, "version") or "")
    try:
        training.load_scorer(settings.data_folder, wanted.version, wanted.digest)
        training.promote(
            session,
            visitor.office_id,
            wanted.version,
            seen=_sent(posted, "seen"),
            actor=visitor.actor,
        )
    except ConflictError:
        return show(request, _page(request, session, visitor, CHANGED_MEANWHILE), 409)
    return to(request, "scorers")


@page_route(router, "scorer_change", "rollback", method="POST")
def roll_back_scorer(
    request: Request, session: WritingSession, visitor: CurrentVisitor, posted: PostedForm
) -> Response:
    """Let the scorer before serve again, if what serves is still what was seen."""
    seen = _sent(posted, "seen")
    try:
        training.rollback(session, visitor.office_id, seen=seen, actor=visitor.actor)
    except ConflictError:
        return show(request, _page(request, session, visitor, CHANGED_MEANWHILE), 409)
    return to(request, "scorers")


def _sent(posted: PostedForm, name: str) -> str | None:
    return posted.get(name, [""])[0] or None


def _page(
    request: Request, session: Session, visitor: Visitor, problem: str | None = None
) -> ScorersPage:
    settings: Settings = request.app.state.settings
    champion = training.find_champion(session, visitor.office_id)
    learned = None
    if champion is not None:
        try:
            learned = training.load_scorer(settings.data_folder, champion.version, champion.digest)
        except (ConflictError, OSError):
            learned = None
    return ScorersPage(
        champion=champion,
        before=training.find_before(session, champion) if champion else None,
        is_readable=learned is not None,
        sides=list(_sides(expert_parameters(settings.scoring), learned)) if learned else [],
        versions=[
            VersionRow(one, STATE_WORDS[one.state], _reason(one, language_of(request.url.path)))
            for one in training.list_versions(session, visitor.office_id)
        ],
        may_change=visitor.role in PERMISSIONS["scorer_change"],
        problem=problem,
    )


def _reason(version: ScorerVersion, language: str) -> str:
    """Why a version is in its state: what somebody did, or how its comparison ended."""
    if version.reason in REASON_WORDS:
        return speak(REASON_WORDS[version.reason], language)
    verdict = training.Verdict(False, version.reason, version.details)
    return training.verdict_text(verdict, language)


def _sides(
    expert: ScorerParameters, learned: ScorerParameters
) -> Iterator[tuple[str, list[LearnedWeight]]]:
    yield "For the firm", _weights(expert.sme, learned.sme)
    yield "For the startup", _weights(expert.startup, learned.startup)


def _weights(expert: SideParameters, learned: SideParameters) -> list[LearnedWeight]:
    """The intercept, then every feature that either of them weighs."""
    halves = [_NINE_OF_TEN * sqrt(variance) for variance in learned.covariance.diagonal()]
    half_of = dict(zip(learned.weights, halves[1:], strict=True))
    rows = [_row(INTERCEPT, expert.intercept, learned.intercept, halves[0])]
    for name in {**expert.weights, **learned.weights}:
        before, after = expert.weights.get(name, 0.0), learned.weights.get(name, 0.0)
        rows.append(_row(FEATURES[name], before, after, half_of.get(name, 0.0)))
    return rows


def _row(label: str, expert: float, learned: float, half: float) -> LearnedWeight:
    return LearnedWeight(label, expert, learned, learned - half, learned + half)
