"""Learning from outcomes: labels become examples, examples move the expert's weights.

Labels are read as of a moment (`feedback`), late answers are given what their silence says, and a
fit starts from the expert's weights. What was learned serves only after it has won on needs that
it did not see; it is kept as data, and the way back is one call.
"""

from matchmaker.training.artifacts import SavedScorer, load_scorer, save_scorer
from matchmaker.training.behavior import (
    Behavior,
    BehaviorPriors,
    Decisions,
    SharePrior,
    fit_priors,
    fit_share_prior,
    measure_behavior,
)
from matchmaker.training.calibrating import scale_by_platt
from matchmaker.training.delay import DelayedLabels, label_late_answers
from matchmaker.training.drift import DRIFTS, Finding, Period, check_drift, finding_text
from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Posterior, Prior, fit
from matchmaker.training.gate import VERDICTS, Performance, Verdict, decide, verdict_text
from matchmaker.training.judged import graded_ndcg_by_need
from matchmaker.training.report import EARLY, TrainingReport, report_text
from matchmaker.training.serving import UNREADABLE, Champions
from matchmaker.training.sources import Influence, fit_guarded
from matchmaker.training.strength import STRENGTHS, choose_strength, held_out
from matchmaker.training.train import train
from matchmaker.training.versions import (
    ROLLED_BACK,
    add_version,
    find_before,
    find_champion,
    get_version,
    list_versions,
    promote,
    rollback,
)
from matchmaker.training.waiting import Delay

__all__ = [
    "DRIFTS",
    "EARLY",
    "ROLLED_BACK",
    "STRENGTHS",
    "UNREADABLE",
    "VERDICTS",
    "Behavior",
    "BehaviorPriors",
    "Champions",
    "Decisions",
    "Delay",
    "DelayedLabels",
    "Examples",
    "Finding",
    "Influence",
    "Performance",
    "Period",
    "Posterior",
    "Prior",
    "SavedScorer",
    "SharePrior",
    "TrainingReport",
    "Verdict",
    "add_version",
    "check_drift",
    "choose_strength",
    "decide",
    "find_before",
    "find_champion",
    "finding_text",
    "fit",
    "fit_guarded",
    "fit_priors",
    "fit_share_prior",
    "get_version",
    "graded_ndcg_by_need",
    "held_out",
    "label_late_answers",
    "list_versions",
    "load_scorer",
    "measure_behavior",
    "promote",
    "report_text",
    "rollback",
    "save_scorer",
    "scale_by_platt",
    "train",
    "verdict_text",
]
