"""How much each side would want the other: predicted for events that no model has seen.

Both sides share one logistic regression, with the side as a feature: with some four thousand
decisions each, weights of their own predict worse. Everything that is learned from data is
learned anew in each training part: means and scales, what is usual, and how strongly weights
are held back, the last by cross-validation over the events of the training part.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from matchmaker.benchmark.meetings import Meetings, Profiles, describe_profiles
from matchmaker.training import Decisions, fit_priors, measure_behavior
from matchmaker.values import BoolArray, FloatArray, IntArray

FOLDS, INNER_FOLDS = 7, 5
# Inverse strengths of the ridge, from which each training part chooses.
FREEDOMS = (0.0003, 0.001, 0.003, 0.01)
# A ridge holds back a column the less, the larger its numbers. Some two hundred facts of
# profiles need it, the four shares of behavior do not.
BEHAVIOR_SCALE = 30.0


def predict_unseen(meetings: Meetings, *, warm: bool) -> FloatArray:
    """Each decision's probability to be a yes, from models that saw none of its event.

    Cold, only profiles speak. Warm, so do the shares of both people in the event's other
    meetings; the pair's own two decisions are left out. Shape (n_decisions,).
    """
    profiles = describe_profiles(meetings)
    predicted = np.empty(meetings.yes.shape)
    for train, test in split_events(meetings, np.arange(meetings.yes.size), FOLDS):
        losses = np.zeros(len(FREEDOMS))
        for inner, held in split_events(meetings, train, INNER_FOLDS):
            columns = prepare(meetings, profiles, inner, warm=warm)
            for place, freedom in enumerate(FREEDOMS):
                tried = _fit_predict(columns, meetings.yes, inner, held, freedom)
                losses[place] += held.size * log_loss(meetings.yes[held], tried, labels=[0, 1])
        columns = prepare(meetings, profiles, train, warm=warm)
        best = FREEDOMS[int(losses.argmin())]
        predicted[test] = _fit_predict(columns, meetings.yes, train, test, best)
    return predicted


def split_events(meetings: Meetings, rows: IntArray, folds: int) -> list[tuple[IntArray, IntArray]]:
    """Part rows into training and test rows, events whole, `folds` times."""
    parts = GroupKFold(folds).split(rows, groups=meetings.event[rows])
    return [(rows[train], rows[test]) for train, test in parts]


def prepare(meetings: Meetings, profiles: Profiles, train: IntArray, *, warm: bool) -> FloatArray:
    """Describe every decision with numbers whose scale is that of the training rows.

    A missing fact becomes 0, the mean: it says nothing. Kinds are centered and not scaled, so
    that a rare one weighs no more than few people can tell. Shape (n_decisions, n_columns).
    """
    facts = _standardize(profiles.measured, train)
    left, right = profiles.products.T
    products = _standardize(facts[:, left] * facts[:, right], train)
    kinds = profiles.kinds - profiles.kinds[train].mean(axis=0)
    if not warm:
        return np.hstack([facts, products, kinds])
    shares = _standardize(_behavior(meetings, train), train)
    acceptance, popularity, own_popularity, other_acceptance = shares.T
    # Who is choosy, or sought after, may care more for how sought after the other is.
    together = np.column_stack(
        [acceptance * popularity, own_popularity * popularity, own_popularity * other_acceptance]
    )
    together = _standardize(together, train)
    return np.hstack([facts, products, kinds, together, BEHAVIOR_SCALE * shares])


def _behavior(meetings: Meetings, train: IntArray) -> FloatArray:
    """Log-odds of four shares: how often the decider wants, the target is wanted, the decider
    is wanted, the target wants. What is usual comes from the training rows."""
    training = np.isin(np.arange(meetings.yes.size), train)
    acceptance, popularity = np.empty((2, meetings.yes.size))
    for side in (0, 1):
        rows = meetings.side == side
        found = measure_behavior(
            _decisions(meetings, rows),
            fit_priors(_decisions(meetings, rows & training)),
            meetings.decider[rows],
            meetings.target[rows],
        )
        acceptance[rows], popularity[rows] = found.acceptance, found.popularity
    back = meetings.back
    shares = np.column_stack([acceptance, popularity, popularity[back], acceptance[back]])
    return np.log(shares / (1.0 - shares))


def _decisions(meetings: Meetings, rows: BoolArray) -> Decisions:
    return Decisions(meetings.decider[rows], meetings.target[rows], meetings.yes[rows])


def _fit_predict(
    columns: FloatArray, yes: BoolArray, train: IntArray, test: IntArray, freedom: float
) -> FloatArray:
    model = LogisticRegression(C=freedom, solver="newton-cholesky")
    model.fit(columns[train], yes[train])
    predicted: FloatArray = model.predict_proba(columns[test])
    positive: FloatArray = predicted[:, 1]
    return positive


def _standardize(values: FloatArray, train: IntArray) -> FloatArray:
    """Center and scale by the training rows; what is missing becomes 0, the mean."""
    center, spread = np.nanmean(values[train], axis=0), np.nanstd(values[train], axis=0)
    scaled: FloatArray = np.nan_to_num((values - center) / np.where(spread > 0, spread, 1.0))
    return scaled
