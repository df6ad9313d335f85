"""One side's weights from its labels: late answers, then the fit that no single source carries."""

from dataclasses import dataclass

import numpy as np

from matchmaker.scoring import SideParameters, logistic
from matchmaker.training.delay import label_late_answers
from matchmaker.training.examples import Examples
from matchmaker.training.fitting import Posterior, Prior, fit
from matchmaker.training.sources import Influence, fit_guarded
from matchmaker.training.strength import choose_strength
from matchmaker.training.training_set import TrainingSet
from matchmaker.training.waiting import Delay
from matchmaker.values import FloatArray

# An open pair is nobody's word.
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What one side's labels taught, and how.

    `delay` is how long its answers take; None without any label.
    """

    posterior: Posterior
    influences: tuple[Influence, ...]
    delay: Delay | None

    def parameters(self, features: tuple[str, ...]) -> SideParameters:
        """The numbers a scorer runs on."""
        weights = dict(zip(features, self.posterior.weights.tolist(), strict=True))
        return SideParameters(self.posterior.intercept, weights, self.posterior.covariance)


def prior_of(expert: SideParameters) -> Prior:
    """What the expert holds, as the center of the fit."""
    sds = np.sqrt(np.diagonal(expert.covariance))
    weights = np.array(list(expert.weights.values()))
    return Prior(expert.intercept, float(sds[0]), weights, sds[1:])


def learn(training: TrainingSet, prior: Prior) -> Learned:
    """Fit one side; without any label the prior comes back as it is."""
    if not len(training.grade):
        return Learned(fit(_examples(training), prior), (), None)
    # Whether it was a yes is what comes late; how sure a yes is (its grade) comes with it.
    outcome = np.where(training.is_closed, training.grade > 0, np.nan)

    def probability(label: FloatArray, says: FloatArray) -> FloatArray:
        return logistic(fit(_examples(training, label, says), prior).log_odds(training.signals))

    late = label_late_answers(outcome, training.age_days, training.delay_days, probability)
    examples = _examples(training, late.label, late.weight)
    posterior, influences = fit_guarded(examples, prior, choose_strength(examples, prior))
    return Learned(posterior, influences, late.delay)


def _examples(
    training: TrainingSet, label: FloatArray | None = None, says: FloatArray | None = None
) -> Examples:
    """The rows as examples; a closed one keeps its grade."""
    grade = training.grade if label is None else np.where(training.is_closed, training.grade, label)
    return Examples(
        signals=training.signals,
        label=grade,
        # Nobody is weighed by the chance of having been shown: see decision 0014.
        weight=np.ones(len(grade)) if says is None else says,
        need=training.need,
        source=np.where(training.is_closed, training.source, NOBODY),
    )
