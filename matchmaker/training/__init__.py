"""Learning from answers: from the expert's weights to weights that the labels support.

`Examples` and a `Prior` make a `Posterior`; how strongly the prior holds is cross-validated,
and no single source may carry a weight away.
"""

from matchmaker.training.calibrating import scale_by_platt
from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Posterior, Prior, fit
from matchmaker.training.sources import Influence, fit_guarded
from matchmaker.training.strength import STRENGTHS, choose_strength, held_out

__all__ = [
    "STRENGTHS",
    "Examples",
    "Influence",
    "Posterior",
    "Prior",
    "choose_strength",
    "fit",
    "fit_guarded",
    "held_out",
    "scale_by_platt",
]
