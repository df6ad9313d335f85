"""What it brings to ask both sides, on public data: two one-sided preferences, joined by a
rule (RECON, Pizzato et al. 2010), held against a list that knows only what one side wants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

from matchmaker.benchmark.event_metrics import METRICS, draw_events, measure_orders
from matchmaker.benchmark.meetings import Meetings, read_meetings
from matchmaker.benchmark.side_models import FOLDS, predict_unseen
from matchmaker.scoring import RECIPROCAL_RULES
from matchmaker.values import FloatArray, IntArray

Progress = Callable[[int], None]

FILE = "reciprocal/reciprocal_speed_dating.csv.gz"
RESAMPLES = 2_000
# How many sets of features and settings were looked at on these very folds before this one:
# by so much the figures flatter. Settings within it are chosen inside the training parts.
VARIANTS_LOOKED_AT = 45
COMBINERS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "one_sided": lambda own, other: own,
    "arithmetic_mean": lambda own, other: (own + other) / 2,
    **{name: rule.join for name, rule in RECIPROCAL_RULES.items()},
    "minimum": np.minimum,
}
GOALS = (("cold", "match_auc", 0.586), ("warm", "match_auc", 0.759), ("warm", "ndcg@5", 0.454))


def measure_reciprocal(data: Path, seed: int, progress: Progress) -> dict[str, Any]:
    """Predict who wanted each other at events that no model has seen, and order by it.

    `cold` knows profiles only, `warm` also how often both want and are wanted in the event's
    other meetings. Intervals are 95 % percentile bootstraps over events, the models as they
    are; a gain is paired, both scores on the same events.
    """
    meetings = read_meetings(data / FILE)
    events = np.unique(meetings.event).size
    draws = draw_events(events, RESAMPLES, seed)
    figures = {}
    for information in ("cold", "warm"):
        preferences = predict_unseen(meetings, warm=information == "warm")
        figures[information] = _measure_rules(meetings, preferences, draws)
        progress(1)
    return {
        "decisions": meetings.yes.size,
        "people": np.unique(meetings.decider).size,
        "events": events,
        "folds": FOLDS,
        "match_share": float(meetings.match.mean()),
        "variants_looked_at": VARIANTS_LOOKED_AT,
        "goals": [
            {
                "information": information,
                "rule": "harmonic_mean",
                "metric": metric,
                "goal": goal,
                "measured": figures[information]["rules"]["harmonic_mean"][metric]["value"],
            }
            for information, metric, goal in GOALS
        ],
        **figures,
    }


def _measure_rules(meetings: Meetings, own: FloatArray, draws: IntArray) -> dict[str, Any]:
    """How good the sides are, each rule over them, and what a rule gains over one side."""
    other = own[meetings.back]
    measured = {
        name: measure_orders(meetings, join(own, other), draws) for name, join in COMBINERS.items()
    }
    return {
        "side_auc": float(roc_auc_score(meetings.yes, own)),
        "side_log_loss": float(log_loss(meetings.yes, own)),
        "rules": {name: _with_intervals(figures) for name, figures in measured.items()},
        "gain_over_one_sided": {
            name: _with_intervals(measured[name] - measured["one_sided"])
            for name in RECIPROCAL_RULES
        },
    }


def _with_intervals(figures: FloatArray) -> dict[str, Any]:
    """Each metric's value on the events as they were, and its interval over drawn ones."""
    low, high = np.quantile(figures[1:], (0.025, 0.975), axis=0)
    return {
        metric: {
            "value": float(figures[0, place]),
            "interval": [float(low[place]), float(high[place])],
        }
        for place, metric in enumerate(METRICS)
    }
