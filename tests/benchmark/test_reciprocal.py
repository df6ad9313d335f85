"""Two-sided matching is measured on what a model could have known, and on nothing else."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from matchmaker.benchmark import measure_reciprocal
from matchmaker.benchmark.meetings import Meetings, describe_profiles, read_meetings
from matchmaker.benchmark.reciprocal import FILE
from matchmaker.benchmark.side_models import predict_unseen, prepare, split_events
from matchmaker.errors import InvalidInputError
from tests.benchmark.meetings_file import Row, meeting_rows, turn, write_meetings

ROWS = meeting_rows()


def read(folder: Path, rows: list[Row]) -> Meetings:
    return read_meetings(write_meetings(folder / "meetings.csv.gz", rows))


def test_profiles_help_behavior_helps_more_and_asking_both_beats_asking_one(
    tmp_path: Path,
) -> None:
    (tmp_path / FILE).parent.mkdir()
    rows = meeting_rows(events=14, of_each_side=5)
    write_meetings(tmp_path / FILE, rows)
    steps: list[int] = []

    figures = measure_reciprocal(tmp_path, 7, steps.append)

    cold, warm = figures["cold"], figures["warm"]
    assert (figures["decisions"], figures["events"], sum(steps)) == (len(rows), 14, 2)
    assert 0.55 < cold["side_auc"] < warm["side_auc"]
    for rule in ("harmonic_mean", "product"):
        low, high = warm["gain_over_one_sided"][rule]["match_auc"]["interval"]
        assert 0 < low < warm["gain_over_one_sided"][rule]["match_auc"]["value"] < high
    assert [goal["measured"] for goal in figures["goals"]] == [
        figures[goal["information"]]["rules"][goal["rule"]][goal["metric"]]["value"]
        for goal in figures["goals"]
    ]


@pytest.mark.parametrize("warm", [False, True])
def test_decisions_by_lot_cannot_be_predicted(tmp_path: Path, warm: bool) -> None:
    generator = np.random.default_rng(3)
    by_lot = turn(meeting_rows(events=28), lambda row: bool(generator.integers(2)))
    lots = read(tmp_path, by_lot)

    side_auc = roc_auc_score(lots.yes, predict_unseen(lots, warm=warm))

    assert side_auc == pytest.approx(0.5, abs=0.05)


def test_what_a_pair_decided_does_not_touch_its_own_prediction(tmp_path: Path) -> None:
    pair = {ROWS[0]["iid"], ROWS[0]["pid"]}
    turned = turn(ROWS, lambda row: {row["iid"], row["pid"]} == pair)
    meetings = read(tmp_path, ROWS)
    before = predict_unseen(meetings, warm=True)
    after = predict_unseen(read(tmp_path, turned), warm=True)

    own = [0, meetings.back[0]]
    assert before[own] == pytest.approx(after[own], abs=1e-12)
    assert (before != after).any()


def test_an_event_does_not_touch_what_profiles_say_about_it(tmp_path: Path) -> None:
    meetings = read(tmp_path, ROWS)
    before = predict_unseen(meetings, warm=False)
    turned = read(tmp_path, turn(ROWS, lambda row: row["wave"] == 5))
    after = predict_unseen(turned, warm=False)

    held = meetings.event == 5
    assert (before[held] == after[held]).all()
    assert (before[~held] != after[~held]).any()


@pytest.mark.parametrize("warm", [False, True])
def test_scales_and_what_is_usual_come_from_the_training_part_alone(
    tmp_path: Path, warm: bool
) -> None:
    meetings = read(tmp_path, ROWS)
    strange = [row | {"age": 10_000} if row["wave"] == 5 else row for row in ROWS]
    changed = read(tmp_path, turn(strange, lambda row: row["wave"] == 5))
    train = np.flatnonzero(meetings.event != 5)

    before = prepare(meetings, describe_profiles(meetings), train, warm=warm)
    after = prepare(changed, describe_profiles(changed), train, warm=warm)

    assert (before[train] == after[train]).all()
    assert (before != after).any()


def test_a_fact_that_nobody_told_says_nothing(tmp_path: Path) -> None:
    silent = ROWS[0]["iid"]
    rows = [row | {"age": ""} if row["iid"] == silent else row for row in ROWS]
    meetings = read(tmp_path, rows)
    profiles = describe_profiles(meetings)

    columns = prepare(meetings, profiles, np.arange(len(rows)), warm=True)

    missing = np.isnan(profiles.measured)
    assert missing[0].any()
    assert (columns[:, : missing.shape[1]][missing] == 0).all()
    assert np.isfinite(columns).all()


def test_events_stay_whole_and_each_is_predicted_once(tmp_path: Path) -> None:
    meetings = read(tmp_path, ROWS)
    parts = split_events(meetings, np.arange(len(ROWS)), 7)

    assert sorted(np.concatenate([test for _, test in parts])) == list(range(len(ROWS)))
    for train, test in parts:
        assert not set(meetings.event[train]) & set(meetings.event[test])


def test_both_scales_of_what_is_looked_for_read_as_shares(tmp_path: Path) -> None:
    wishes = dict.fromkeys(("attr1_1", "sinc1_1", "intel1_1", "fun1_1", "amb1_1"), 4)
    first = [row | wishes | {"shar1_1": ""} if row["iid"] == 0 else row for row in ROWS]
    people = read(tmp_path, first).people

    assert people["attr1_1"][0] == pytest.approx(0.2)
    assert people["shar1_1"][0] == 0


def test_a_row_without_a_partner_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, [*ROWS, ROWS[0] | {"pid": ""}]).yes.size == len(ROWS)


def test_a_file_that_cannot_be_measured_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="does not exist"):
        read_meetings(tmp_path / "nothing.csv")
    with pytest.raises(InvalidInputError, match="lacks the columns samerace"):
        read_meetings(write_meetings(tmp_path / "few.csv.gz", ROWS, without="samerace"))
    with pytest.raises(InvalidInputError, match="who did not"):
        read(tmp_path, ROWS[1:])
