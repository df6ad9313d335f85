"""How often the weekly checks raise a false alarm, and how often they notice a true change."""

from typing import Any

import numpy as np

from matchmaker.training import Period, check_drift
from matchmaker.values import FloatArray

# A county: three hundred needs to compare with, three new ones a week; the newest hundred are
# held against them. With the sectors, the probabilities and the best scores: twenty questions.
REFERENCE, RECENT, WEEKLY, WEEKS = 300, 100, 3, 52
FEATURES, PAIRS_PER_NEED = 17, 2
MIX = np.array([0.20, 0.18, 0.16, 0.14, 0.12, 0.10, 0.06, 0.04])
# Which sectors double: two with a third of the needs together, or one with a fifth.
CHANGES = {"a third of the needs": [1, 2], "a fifth of the needs": [0]}


def measure_drift(years: int, regions: int, seed: int) -> dict[str, Any]:
    """False alarms per quarter in years without drift, and the share of regions in which a
    hundred needs of a changed mix are noticed, by which part of the mix doubled."""
    alarms = [_alarms(np.random.default_rng([seed, 0, year])) for year in range(years)]
    return {
        "years": years,
        "regions": regions,
        "false_alarms_per_quarter": float(np.mean(alarms)) * 13 / WEEKS,
        "found_within_100_needs": {
            name: float(
                np.mean(
                    [
                        _found(np.random.default_rng([seed, 1, region]), grown)
                        for region in range(regions)
                    ]
                )
            )
            for name, grown in CHANGES.items()
        },
    }


def _alarms(generator: np.random.Generator) -> int:
    """Number of weeks of one year in which anything seems to have changed; nothing has."""
    reference = _draw(generator, REFERENCE, MIX)
    stream = _draw(generator, RECENT + WEEKS * WEEKLY, MIX)
    return sum(
        any(one.drifted for one in check_drift(reference, _newest(stream, week * WEEKLY)))
        for week in range(1, WEEKS + 1)
    )


def _found(generator: np.random.Generator, grown: list[int]) -> bool:
    """Whether a hundred needs of a mix in which some sectors have doubled raise the alarm."""
    changed = MIX.copy()
    changed[grown] *= 2
    others = np.setdiff1d(np.arange(len(MIX)), grown)
    changed[others] *= (1 - changed[grown].sum()) / changed[others].sum()
    findings = check_drift(_draw(generator, REFERENCE, MIX), _draw(generator, RECENT, changed))
    return any(one.drifted and one.check == "sector" for one in findings)


def _draw(generator: np.random.Generator, count: int, mix: FloatArray) -> Period:
    """Needs whose facts are drawn from one distribution: some continuous, some few-valued, a fifth
    of them missing; their probabilities are true."""
    features = {}
    for number in range(FEATURES):
        values = generator.normal(size=count)
        rounded = np.round(values) if number % 3 == 0 else values
        features[f"feature_{number}"] = np.where(generator.random(count) < 0.2, np.nan, rounded)
    expected = generator.beta(2.0, 5.0, size=count * PAIRS_PER_NEED)
    return Period(
        features=features,
        sector=generator.choice([f"sector {n}" for n in range(len(mix))], size=count, p=mix),
        top_score=generator.beta(5.0, 2.0, size=count),
        expected=expected,
        happened=generator.random(len(expected)) < expected,
    )


def _newest(stream: Period, start: int) -> Period:
    """The hundred needs from `start` on."""
    needs = slice(start, start + RECENT)
    pairs = slice(start * PAIRS_PER_NEED, (start + RECENT) * PAIRS_PER_NEED)
    return Period(
        {name: values[needs] for name, values in stream.features.items()},
        stream.sector[needs],
        stream.top_score[needs],
        stream.expected[pairs],
        stream.happened[pairs],
    )
