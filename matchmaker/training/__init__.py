"""Learning from answers: from the expert's weights to weights that the labels support.

`Examples` and a `Prior` make a `Posterior`; how strongly the prior holds is cross-validated,
and no single source may carry a weight away. Open pairs are labeled by how much their silence
says; what was learned serves only after it has won, and is watched while it does.
"""

from matchmaker.training.calibrating import scale_by_platt
from matchmaker.training.delay import DelayedLabels, label_late_answers
from matchmaker.training.drift import DRIFTS, Finding, Period, check_drift, finding_text
from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Posterior, Prior, fit
from matchmaker.training.gate import VERDICTS, Performance, Verdict, decide, verdict_text
from matchmaker.training.sources import Influence, fit_guarded
from matchmaker.training.strength import STRENGTHS, choose_strength, held_out
from matchmaker.training.waiting import Delay

__all__ = [
    "DRIFTS",
    "STRENGTHS",
    "VERDICTS",
    "Delay",
    "DelayedLabels",
    "Examples",
    "Finding",
    "Influence",
    "Performance",
    "Period",
    "Posterior",
    "Prior",
    "Verdict",
    "check_drift",
    "choose_strength",
    "decide",
    "finding_text",
    "fit",
    "fit_guarded",
    "held_out",
    "label_late_answers",
    "scale_by_platt",
    "verdict_text",
]
