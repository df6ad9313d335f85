"""One training, top to bottom: labels, a challenger, the comparison, and who serves from now on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import SessionFactory, reading, transaction
from matchmaker.feedback import Label, derive_labels
from matchmaker.profiles import take_needs
from matchmaker.scoring import Calibration, ScorerParameters, expert_parameters
from matchmaker.tandems import Matching
from matchmaker.training.artifacts import save_scorer
from matchmaker.training.calibrating import scale_by_platt
from matchmaker.training.card import model_card
from matchmaker.training.gate import Performance, Verdict, decide
from matchmaker.training.judged import (
    DEPTH,
    JudgedPair,
    held_out_needs,
    judged_pairs,
    ndcg_by_need,
    scores,
    side_preference,
)
from matchmaker.training.learning import Learned, learn, prior_of
from matchmaker.training.report import KNOWN, NO_LABELS, UNCHANGED, TrainingReport
from matchmaker.training.rescoring import Candidates, with_signals
from matchmaker.training.serving import Champions
from matchmaker.training.training_set import TrainingSet, gather
from matchmaker.training.versions import (
    ROLLED_BACK,
    add_version,
    find_champion,
    find_version,
    promote,
)
from matchmaker.values import FloatArray, Side

SIDES: tuple[Side, ...] = ("sme", "startup")


def train(
    factory: SessionFactory,
    matching: Matching,
    office_id: UUID,
    settings: Settings,
    as_of: datetime,
    *,
    actor: str,
) -> TrainingReport:
    """Learn from what is known at `as_of`, and let the challenger serve if it wins.

    The newest judged needs are held out: they choose between champion and challenger, and what
    serves afterwards is what won there, not a fit on more. Nothing is locked while it computes;
    the old scorer serves until the last step.

    Raises
    ------
    ConflictError
        Another champion began to serve meanwhile.
    """
    with reading(factory) as session:
        labels = derive_labels(session, office_id, as_of)
        serving = find_champion(session, office_id)
        seen = serving.version if serving else None
        champion = Champions(settings)(session, office_id)
        needs = take_needs(session, office_id, {la.need_id for la in labels}, as_of)
    proposer = matching.proposer()
    labels = with_signals(labels, needs, proposer)
    held_out = held_out_needs(labels, settings.training.gate.needs)
    older = [label for label in labels if label.need_id not in held_out]
    newest = [label for label in labels if label.need_id in held_out]
    expert = expert_parameters(settings.scoring)
    sets = {side: gather(older, side, list(getattr(expert, side).weights), as_of) for side in SIDES}
    counts = {side: sets[side].counts() for side in SIDES}
    if not any(training.is_closed.any() for training in sets.values()):
        return TrainingReport(None, champion.version, False, NO_LABELS, {}, counts)

    learned = {side: learn(sets[side], prior_of(getattr(expert, side))) for side in SIDES}
    challenger = _calibrated(_parameters(learned, sets), judged_pairs(newest), settings)
    candidates = Candidates({need: needs[need] for need in held_out if need in needs}, proposer)
    verdict = _compare(champion, challenger, newest, candidates, settings)
    card = model_card(expert, challenger, learned, sets, counts, verdict, as_of)
    saved = save_scorer(settings.data_folder, challenger, verdict.figures, card)
    with transaction(factory) as session:
        reason = _refusal(session, office_id, saved.version, seen)
        if reason is not None:
            return _report(
                saved.version, champion.version, Verdict(False, reason, verdict.figures), counts
            )
        add_version(
            session,
            office_id,
            saved,
            state="challenger" if verdict.promoted else "shadow",
            reason=verdict.reason,
            details=verdict.figures,
            labels={f"{side}_{kind}": n for side in SIDES for kind, n in counts[side].items()},
            window=_window(older),
            metrics=verdict.figures,
            trained_at=as_of,
            actor=actor,
        )
        if verdict.promoted:
            promote(
                session, office_id, saved.version, seen=seen, actor=actor,
                reason=verdict.reason, details=verdict.figures,
            )  # fmt: skip
    serves = saved.version if verdict.promoted else champion.version
    return _report(saved.version, serves, verdict, counts)


def _refusal(session: Session, office_id: UUID, version: str, seen: str | None) -> str | None:
    """Why nothing follows where a training gives the very numbers of an earlier one.

    Whoever rolled them back decided about them; only a person lets them serve again.
    """
    if version == seen:
        return UNCHANGED
    known = find_version(session, office_id, version)
    if known is None:
        return None
    return ROLLED_BACK if known.reason == ROLLED_BACK else KNOWN


def _report(
    challenger: str, champion: str, verdict: Verdict, counts: Mapping[Side, Mapping[str, int]]
) -> TrainingReport:
    return TrainingReport(
        challenger, champion, verdict.promoted, verdict.reason, verdict.figures, counts
    )


def _parameters(
    learned: Mapping[Side, Learned], sets: Mapping[Side, TrainingSet]
) -> ScorerParameters:
    sides = {side: learned[side].parameters(sets[side].features) for side in SIDES}
    return ScorerParameters(version="challenger", sme=sides["sme"], startup=sides["startup"])


def _calibrated(
    parameters: ScorerParameters, pairs: tuple[JudgedPair, ...], settings: Settings
) -> ScorerParameters:
    """With match probabilities, where the held-out pairs are enough to make them true."""
    if not pairs:
        return parameters
    score = scores(parameters, settings.scoring.rule, [one.signals for one in pairs])
    inside = np.clip(score, 1e-12, 1 - 1e-12)
    talked = np.array([float(one.talked) for one in pairs])
    found = scale_by_platt(np.log(inside / (1 - inside)), talked, np.ones(len(pairs)))
    if found is None:
        return parameters
    slope, intercept = found
    return replace(parameters, calibration=Calibration(slope, intercept, settings.scoring.rule))


def _compare(
    champion: ScorerParameters,
    challenger: ScorerParameters,
    newest: list[Label],
    candidates: Candidates,
    settings: Settings,
) -> Verdict:
    """Hold both against the needs that the challenger has not learned from."""
    pairs = judged_pairs(newest)
    closed = [la for la in newest if la.grade is not None and la.signals is not None]

    def perform(parameters: ScorerParameters) -> Performance:
        rule = settings.scoring.rule
        return Performance(
            ndcg=ndcg_by_need(pairs, scores(parameters, rule, [one.signals for one in pairs])),
            probability=_expected(parameters, closed),
            exposure=candidates.exposure(lambda them: scores(parameters, rule, them), DEPTH),
        )

    grades = np.array([label.grade for label in closed], dtype=np.float64)
    return decide(
        perform(champion), perform(challenger), grades, settings.training.gate, settings.seed
    )


def _expected(parameters: ScorerParameters, closed: list[Label]) -> FloatArray:
    """What a scorer expected of each answer, shape (n_labels,)."""
    found = np.empty(len(closed))
    for side in SIDES:
        rows = [row for row, label in enumerate(closed) if label.side == side]
        signals = [closed[row].signals or {} for row in rows]
        found[rows] = side_preference(getattr(parameters, side), signals)
    return found


def _window(labels: list[Label]) -> tuple[Any, Any] | None:
    """The first and the last day of the answers that were learned from."""
    days = [label.decided_at.date() for label in labels if label.decided_at is not None]
    return (min(days), max(days)) if days else None
