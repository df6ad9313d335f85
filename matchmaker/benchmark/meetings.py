"""Public two-sided data: people who met at events and decided about each other.

Only what was known before a meeting describes it. What people said of each other afterwards
is in the same file; of that nothing is read but the decision itself. The data knows race and
religion, which no feature of the product may; here they only make the figures comparable with
those of others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matchmaker.errors import InvalidInputError
from matchmaker.values import BoolArray, FloatArray, IntArray

INTERESTS = (
    *("sports", "tvsports", "exercise", "dining", "museums", "art", "hiking", "gaming"),
    *("clubbing", "reading", "tv", "theater", "movies", "concerts", "music", "shopping", "yoga"),
)
# What somebody looks for, and how they rate themselves, in the same order; nobody was asked
# to rate what they share with others.
LOOKED_FOR = ("attr1_1", "sinc1_1", "intel1_1", "fun1_1", "amb1_1", "shar1_1")
OWN_RATING = ("attr3_1", "sinc3_1", "intel3_1", "fun3_1", "amb3_1")
HABITS = ("date", "go_out", "imprace", "imprelig")
SCALES = ("age", "exphappy", *HABITS, *INTERESTS, *LOOKED_FOR, *OWN_RATING)
KINDS = ("field_cd", "career_c", "goal")
OF_THE_PAIR = ("int_corr", "samerace")
COLUMNS = ("iid", "pid", "wave", "gender", "dec", *SCALES, *KINDS, *OF_THE_PAIR)


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """What each of two people who met decided, one row per decision, arrays (n_decisions,).

    `decider` and `target` are rows of the arrays in `people` (n_people,), NaN where somebody
    did not say; `of_pair` holds what is known of the two together. `back` is the row of the
    decision the other way round. `side` is 0 or 1, `event` a number.
    """

    decider: IntArray
    target: IntArray
    event: IntArray
    side: IntArray
    yes: BoolArray
    back: IntArray
    people: Mapping[str, FloatArray]
    of_pair: Mapping[str, FloatArray]

    @property
    def match(self) -> BoolArray:
        """Whether both wanted each other."""
        return self.yes & self.yes[self.back]


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """What profiles say about each decision, before anything is scaled.

    `measured` (n_decisions, n_measured) are numbers, NaN where somebody did not say.
    `products` (n_products, 2) name two columns of it whose product may matter beyond them.
    `kinds` (n_decisions, n_kinds) says with 0 and 1 of which kind decider and target are.
    """

    measured: FloatArray
    products: IntArray
    kinds: FloatArray


def read_meetings(path: Path) -> Meetings:
    """Read a CSV file, plain or `.gz`. Rows without a partner's id are left out.

    Raises
    ------
    InvalidInputError
        The file or a column is missing, or a decision has no counterpart.
    """
    if not path.is_file():
        raise InvalidInputError(f"{path} does not exist.", field="DATA")
    rows = np.genfromtxt(path, delimiter=",", names=True, encoding="utf-8")
    missing = [name for name in COLUMNS if name not in (rows.dtype.names or ())]
    if missing:
        raise InvalidInputError(f"{path} lacks the columns {', '.join(missing)}.", field=path.name)
    rows = rows[np.isfinite(rows["pid"])]
    ids, first = np.unique(rows["iid"], return_index=True)
    decider, target = np.searchsorted(ids, rows["iid"]), np.searchsorted(ids, rows["pid"])
    row_of = {pair: row for row, pair in enumerate(zip(decider, target, strict=True))}
    back = [row_of.get(pair, -1) for pair in zip(target, decider, strict=True)]
    if -1 in back:
        at = back.index(-1)
        raise InvalidInputError(
            f"{path}: {rows['iid'][at]:.0f} decided about {rows['pid'][at]:.0f}, who did not.",
            field=path.name,
        )
    people = {name: rows[name][first] for name in (*SCALES, *KINDS)}
    # Some events asked for points that add up to 100, others for marks from 1 to 10.
    points = np.array([people[name] for name in LOOKED_FOR])
    total = np.nansum(points, axis=0)
    shares = np.where(total > 0, np.nan_to_num(points) / np.where(total > 0, total, 1.0), np.nan)
    people.update(zip(LOOKED_FOR, shares, strict=True))
    return Meetings(
        decider=decider,
        target=target,
        event=rows["wave"].astype(int),
        side=rows["gender"].astype(int),
        yes=rows["dec"] == 1,
        back=np.array(back, dtype=int),
        people=people,
        of_pair={name: rows[name] for name in OF_THE_PAIR},
    )


def describe_profiles(meetings: Meetings) -> Profiles:
    """What was known of both people before they met, seen by the one who decides."""
    own = {name: values[meetings.decider] for name, values in meetings.people.items()}
    other = {name: values[meetings.target] for name, values in meetings.people.items()}
    measured: dict[str, FloatArray] = {"side": meetings.side.astype(float)}
    for name in SCALES:
        measured[f"own {name}"], measured[f"other {name}"] = own[name], other[name]
    for name in ("age", *HABITS, *OWN_RATING):
        measured[f"distance in {name}"] = abs(own[name] - other[name])
    measured["older"] = other["age"] - own["age"]
    measured["distance in interests"] = np.mean(
        [(own[name] - other[name]) ** 2 for name in INTERESTS], axis=0
    )
    looked_for = list(zip(LOOKED_FOR, OWN_RATING, strict=False))
    measured["looked for and found"] = np.sum(
        [own[wish] * other[found] for wish, found in looked_for], axis=0
    )
    for name in KINDS:
        measured[f"same {name}"] = _same(own[name], other[name])
    measured.update(meetings.of_pair)

    place = {name: column for column, name in enumerate(measured)}
    products = [
        *((f"own {wish}", f"other {found}") for wish, found in looked_for),
        *((f"own {name}", f"other {name}") for name in OWN_RATING),
        ("samerace", "own imprace"),
    ]
    kinds = [
        values[name] == kind
        for name in KINDS
        for kind in np.unique(meetings.people[name][np.isfinite(meetings.people[name])])
        for values in (own, other)
    ]
    return Profiles(
        measured=np.column_stack(list(measured.values())),
        products=np.array([(place[left], place[right]) for left, right in products]),
        kinds=np.column_stack(kinds).astype(float),
    )


def _same(own: FloatArray, other: FloatArray) -> FloatArray:
    """1 where both are of the same kind, 0 where not, NaN where one did not say."""
    return np.where(np.isnan(own) | np.isnan(other), np.nan, own == other)
