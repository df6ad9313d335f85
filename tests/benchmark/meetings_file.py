"""Invented meetings in the form of the public file."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.benchmark.meetings import COLUMNS, KINDS, OF_THE_PAIR, SCALES
from matchmaker.values import IntArray

Row = dict[str, object]


def meeting_rows(events: int = 8, of_each_side: int = 4, seed: int = 1) -> list[Row]:
    """Two sides of each event meet; who is wanted hangs on `attr3_1` and on what no profile
    says, who wants on `exphappy` and on the same. An eighth of the profiles is empty."""
    generator = np.random.default_rng(seed)
    rows: list[Row] = []
    for event in range(events):
        ids = 100 * event + np.arange(2 * of_each_side)
        facts = {name: by_id(ids, generator.integers(1, 11, ids.size)) for name in SCALES}
        facts |= {name: by_id(ids, generator.integers(1, 4, ids.size)) for name in KINDS}
        charm = by_id(ids, generator.normal(size=ids.size))
        eager = by_id(ids, generator.normal(size=ids.size))
        women, men = ids[:of_each_side].tolist(), ids[of_each_side:].tolist()
        silent = set(generator.choice(ids, of_each_side // 4, replace=False).tolist())
        for side, (own, others) in enumerate([(women, men), (men, women)]):
            for one in own:
                for other in others:
                    wish = 0.3 * (facts["attr3_1"][other] + facts["exphappy"][one] - 11)
                    odds = wish + charm[other] + eager[one]
                    yes = generator.random() < 1.0 / (1.0 + np.exp(-odds))
                    profile = {name: facts[name][one] for name in (*SCALES, *KINDS)}
                    empty = dict.fromkeys(profile, "") if one in silent else {}
                    rows.append(
                        {"iid": one, "pid": other, "wave": event, "gender": side, "dec": int(yes)}
                        | dict.fromkeys(OF_THE_PAIR, 0)
                        | profile
                        | empty
                    )
    return rows


def by_id(ids: IntArray, values: NDArray[Any]) -> dict[int, Any]:
    return dict(zip(ids.tolist(), values.tolist(), strict=True))


def write_meetings(path: Path, rows: list[Row], without: str = "") -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as target:
        columns = [name for name in COLUMNS if name != without]
        lines = csv.DictWriter(target, columns, extrasaction="ignore")
        lines.writeheader()
        lines.writerows(rows)
    return path


def turn(rows: list[Row], which: Callable[[Row], bool]) -> list[Row]:
    """The same rows with some decisions turned round."""
    return [row | {"dec": 1 - int(str(row["dec"]))} if which(row) else row for row in rows]
