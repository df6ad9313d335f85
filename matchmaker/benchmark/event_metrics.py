"""How well scores order meetings, and how much of that hangs on which events were drawn."""

import numpy as np

from matchmaker.benchmark.meetings import Meetings
from matchmaker.evaluation import ndcg_at_k
from matchmaker.values import BoolArray, FloatArray, IntArray

METRICS = ("match_auc", "average_precision", "ndcg@5", "success@3")


def draw_events(events: int, resamples: int, seed: int) -> IntArray:
    """How often each event counts, shape (1 + resamples, events): once each in the first row,
    then as drawn with replacement. The same draws for two scores make a paired comparison."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(events, np.full(events, 1.0 / events), size=resamples)
    return np.vstack([np.ones(events, dtype=int), drawn])


def measure_orders(meetings: Meetings, scores: FloatArray, draws: IntArray) -> FloatArray:
    """All `METRICS` of one score, once for each draw of events.

    Parameters
    ----------
    meetings : what happened. A meeting is right where both wanted each other.
    scores : ndarray of shape (n_decisions,)
        Higher is better. A meeting counts twice, once as each of the two saw it.
    draws : ndarray of shape (n_draws, n_events)
        How often each event counts, in the order of their numbers.

    Returns
    -------
    ndarray of shape (n_draws, 4)
        `match_auc` and `average_precision` pool all decisions; equal scores count half, and
        are read together. `ndcg@5` is the mean over the people who have a match, with binary
        gain, each ranking those whom they met; `success@3` the mean over all people of the
        share of matches among their first three. There equal scores stay as they stood.
    """
    events, event = np.unique(meetings.event, return_inverse=True)
    pooled = measure_pooled(scores, meetings.match, draws[:, event])
    gains, firsts, home = _measure_people(meetings, scores, event)
    means = []
    for values in (gains, firsts):
        counted = np.isfinite(values)
        sums = np.bincount(home[counted], values[counted], minlength=events.size)
        people = np.bincount(home[counted], minlength=events.size)
        means.append((draws @ sums) / (draws @ people))
    return np.column_stack([pooled, *means])


def measure_pooled(scores: FloatArray, right: BoolArray, weights: IntArray) -> FloatArray:
    """Area under the ROC curve and average precision of weighted rows.

    `weights` has shape (n_draws, n_rows), the answer (n_draws, 2). Each draw needs a right and
    a wrong row.
    """
    order = np.argsort(-scores, kind="stable")
    falling, right = -scores[order], right[order]
    # Rows with equal scores are all read when the last of them is.
    last = np.searchsorted(falling, falling, side="right") - 1
    measured = []
    for weight in weights:
        ordered = weight[order]
        found, false = np.cumsum(ordered * right)[last], np.cumsum(ordered * ~right)[last]
        area = np.trapezoid(np.append(0, found), np.append(0, false)) / (found[-1] * false[-1])
        precision = found / np.maximum(found + false, 1)
        measured.append((area, (ordered * right) @ precision / found[-1]))
    return np.array(measured)


def _measure_people(
    meetings: Meetings, scores: FloatArray, event: IntArray
) -> tuple[FloatArray, FloatArray, IntArray]:
    """nDCG@5 (NaN without a match) and share of the first three of each person, and the
    person's event; each of shape (n_people,)."""
    match = meetings.match
    order = np.lexsort((-scores, meetings.decider))
    starts = np.unique(meetings.decider[order], return_index=True)[1]
    gains, firsts = [], []
    for rows in np.split(order, starts[1:]):
        names, relevant = rows.astype(str).tolist(), rows[match[rows]].astype(str).tolist()
        gains.append(ndcg_at_k(names, relevant, 5) if relevant else np.nan)
        firsts.append(match[rows[:3]].mean())
    return np.array(gains), np.array(firsts), event[order[starts]]
