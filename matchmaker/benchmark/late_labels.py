"""What it is worth to treat open pairs as open, on contracts that come half a year late."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matchmaker.evaluation import bootstrap_interval, log_loss, roc_auc
from matchmaker.simulation import Delays, Shown, World, show
from matchmaker.training import label_late_answers
from matchmaker.values import FloatArray

# An office after a year and a half, with a list of ten for a new need every nine days.
DAYS, NEEDS, HELD_OUT = 540.0, 60, 100
SPREADS = (0.5, 1.0)
PLAIN = "no_answer_is_no"


def measure_late_labels(worlds: int, seed: int) -> dict[str, Any]:
    """Log-loss and AUC on the eventual outcomes of fresh lists, by how silence was read.

    Each way trains one logistic regression (scikit-learn, C = 1) on the same shown pairs:
    no answer = no; only the closed ones; delay-aware; and with all answers, which nobody has
    yet. Contracts take 182 days on average, in lognormal times of two spreads; two noes of five
    are said, after 60 days on average, the rest is silence. Differences to "no answer = no" are
    paired by world and have 95 % bootstrap intervals over worlds; the worlds begin at `seed`.
    """
    by_spread = {}
    for spread in SPREADS:
        found = [_in_one_world(one, Delays(spread=spread)) for one in range(seed, seed + worlds)]
        by_spread[f"spread {spread}"] = {
            way: {
                metric: _against_plain(
                    np.array([one[way][metric] for one in found]),
                    np.array([one[PLAIN][metric] for one in found]),
                )
                for metric in found[0][way]
            }
            for way in found[0]
        }
    return {"worlds": worlds, "mean_days_to_contract": Delays().yes_mean_days, **by_spread}


def _against_plain(values: FloatArray, plain: FloatArray) -> dict[str, Any]:
    difference = values - plain
    return {
        "mean": float(values.mean()),
        "difference": float(difference.mean()),
        "interval": bootstrap_interval(difference, seed=0),
    }


def _in_one_world(seed: int, delays: Delays) -> Mapping[str, Mapping[str, float]]:
    """The metrics of every way to read silence, in one world."""
    world = World(seed)
    shown, held_out = _lists(world, NEEDS, 1), _lists(world, HELD_OUT, 2)
    begun_on = np.random.default_rng([seed, 8]).uniform(0.0, DAYS, NEEDS)
    seen = delays.draw(shown.answer, begun_on[shown.need], seed).seen_on(DAYS)
    signals, answers = shown.signals[seen.row], shown.answer[seen.row]
    closed = ~np.isnan(seen.outcome)

    def fitted(label: FloatArray, weight: FloatArray) -> FloatArray:
        return _chances(_fit(signals, label, weight), signals)

    late = label_late_answers(seen.outcome, seen.age_days, seen.delay_days, fitted)
    everything = np.ones(len(signals))
    models = {
        PLAIN: _fit(signals, np.nan_to_num(seen.outcome), everything),
        "closed_only": _fit(signals[closed], seen.outcome[closed], everything[closed]),
        "delay_aware": _fit(signals, late.label, late.weight),
        "all_answers": _fit(signals, answers, everything),
    }
    return {
        way: {
            "log_loss": log_loss(_chances(model, held_out.signals), held_out.answer),
            "auc": roc_auc(_chances(model, held_out.signals), held_out.answer),
        }
        for way, model in models.items()
    }


def _lists(world: World, count: int, seed: int) -> Shown:
    """Lists of the expert for needs of that world."""
    needs = world.draw_needs(count, seed)
    return show(needs, needs.signals @ world.expert_weights, seed)


def _fit(signals: FloatArray, label: Any, weight: FloatArray) -> LogisticRegression:
    model = LogisticRegression(C=1.0, solver="newton-cholesky")
    return model.fit(signals, label, sample_weight=weight)


def _chances(model: LogisticRegression, signals: FloatArray) -> FloatArray:
    chances: FloatArray = model.predict_proba(signals)[:, 1]
    return chances
