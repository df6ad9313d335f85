"""Weights learned from few answers: logistic regression that starts from the expert's weights.

An informative Gaussian prior for logistic regression (Raina, Ng and Koller 2006), with the
normal approximation at its mode (Laplace; Chapelle and Li 2011):

    log-odds  = intercept + signals @ weights
    weights   = scale * expert weights + deviations
    deviation ~ N(0, (prior_sd / strength)²),  scale ~ N(1, SCALE_SD²)

What is added over the scale is one Gaussian prior of the weights, so that nothing is fitted
but the intercept and the weights.
"""

from dataclasses import dataclass

import numpy as np

from matchmaker.errors import InvalidInputError
from matchmaker.scoring import logistic
from matchmaker.training.examples import Examples
from matchmaker.values import FloatArray

# How far labels may stretch or shrink all expert weights together: nearly free, but held enough
# that answers of one kind, or perfectly separable ones, do not carry the weights away. Between
# 0.5 and 2 the ranking of the invented worlds moves in the third decimal.
SCALE_SD = 1.0
STEPS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is held before any answer, in log-odds.

    `weights` and `weight_sds` have shape (d,); standard deviations are above 0.
    """

    intercept: float
    intercept_sd: float
    weights: FloatArray
    weight_sds: FloatArray

    def __post_init__(self) -> None:
        numbers = [self.intercept, self.intercept_sd, *self.weights, *self.weight_sds]
        if self.weights.shape != self.weight_sds.shape or not np.isfinite(numbers).all():
            raise InvalidInputError("A prior needs a finite weight and deviation per feature.")
        if self.intercept_sd <= 0.0 or (self.weight_sds <= 0.0).any():
            raise InvalidInputError("The standard deviations of a prior are above 0.")

    def mean(self) -> FloatArray:
        """The center, shape (d + 1,), intercept first."""
        return np.append(self.intercept, self.weights)

    def covariance(self, strength: float) -> FloatArray:
        """The covariance of intercept and weights, shape (d + 1, d + 1), intercept first."""
        variances = np.append(self.intercept_sd, self.weight_sds / strength) ** 2
        along = SCALE_SD * np.append(0.0, self.weights)
        return np.asarray(np.diag(variances) + np.outer(along, along))

    def scale(self, weights: FloatArray, strength: float) -> float:
        """By how much of the expert's weights these are best said, given the deviations."""
        precision = (strength / self.weight_sds) ** 2
        held = 1.0 / SCALE_SD**2
        along = self.weights * precision
        return float((held + along @ weights) / (held + along @ self.weights))


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What is held after the answers.

    `weights` has shape (d,), `covariance` (d + 1, d + 1), intercept first, of the normal
    approximation at the mode. `scale` says how much of the expert's weights is in them, 1 at
    the start; `strength` how strongly the prior held them.
    """

    intercept: float
    weights: FloatArray
    covariance: FloatArray
    scale: float
    strength: float

    def log_odds(self, signals: FloatArray) -> FloatArray:
        """Log-odds of pairs, shape (n,), from their signals, shape (n, d)."""
        return np.asarray(self.intercept + signals @ self.weights)

    def intervals(self) -> FloatArray:
        """The 90 % interval of every weight, shape (d, 2), lower end first."""
        half = 1.6448536269514722 * np.sqrt(np.diag(self.covariance)[1:])
        return np.column_stack([self.weights - half, self.weights + half])


def fit(
    examples: Examples, prior: Prior, strength: float = 1.0, *, start: Posterior | None = None
) -> Posterior:
    """The most probable intercept and weights after the examples (MAP).

    Without examples it is exactly the prior. There is always one answer, whatever the labels:
    one class, separable or contradictory ones only leave more or less of the prior.

    Parameters
    ----------
    strength : above 0. 1 takes the expert's standard deviations as they are, 2 halves them.
    start : where the search begins; the answer is the same.

    Raises
    ------
    InvalidInputError
        If the examples have other features than the prior, or the strength is not above 0.
    """
    if examples.signals.shape[1] != len(prior.weights):
        raise InvalidInputError(
            f"The examples have {examples.signals.shape[1]} features, "
            f"the prior has {len(prior.weights)}."
        )
    if not 0.0 < strength < np.inf:
        raise InvalidInputError(f"The strength of a prior is above 0, not {strength}.")
    center, covariance = prior.mean(), prior.covariance(strength)
    begin = center if start is None else np.append(start.intercept, start.weights)
    if len(examples):
        design = np.column_stack([np.ones(len(examples)), examples.signals])
        begin, hessian = find_mode(
            design, examples.label, examples.weight, begin, center, np.linalg.inv(covariance)
        )
        covariance = np.linalg.inv(hessian)
    else:
        begin = center
    return Posterior(
        intercept=float(begin[0]),
        weights=begin[1:],
        covariance=(covariance + covariance.T) / 2,
        scale=prior.scale(begin[1:], strength),
        strength=strength,
    )


def find_mode(
    design: FloatArray,
    label: FloatArray,
    weight: FloatArray,
    start: FloatArray,
    center: FloatArray,
    precision: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Newton's method for a logistic likelihood and a Gaussian prior.

    Parameters
    ----------
    design : shape (n, k); `label` and `weight` (n,); `start` and `center` (k,);
        `precision` (k, k), positive definite.

    Returns
    -------
    (mode, hessian)
        Shapes (k,) and (k, k); the negative log-posterior has one mode, and there the Hessian.
    """

    def loss(at: FloatArray) -> float:
        z = design @ at
        misfit = weight @ (np.logaddexp(0.0, z) - label * z)
        return float(misfit + (at - center) @ precision @ (at - center) / 2)

    mode = start
    for _ in range(STEPS):
        p = logistic(design @ mode)
        gradient = design.T @ (weight * (p - label)) + precision @ (mode - center)
        hessian = (design.T * (weight * p * (1.0 - p))) @ design + precision
        step = np.linalg.solve(hessian, gradient)
        gain = gradient @ step
        if gain <= 1e-20:
            break
        # Below this the loss differs by less than its rounding, and Newton's own step is right.
        now = loss(mode)
        if gain > 1e-10 * (1.0 + now):
            while loss(mode - step) > now - 1e-4 * (gradient @ step):
                step = step / 2
        mode = mode - step
    return mode, hessian
