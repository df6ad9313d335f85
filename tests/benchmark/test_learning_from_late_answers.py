"""Small shares of the measurements of late labels and of drift."""

from matchmaker.benchmark import measure_drift, measure_late_labels


def test_treating_open_pairs_as_open_foresees_contracts_better() -> None:
    found = measure_late_labels(worlds=4, seed=2000)

    for spread in ("spread 0.5", "spread 1.0"):
        aware = found[spread]["delay_aware"]
        assert aware["log_loss"]["difference"] < -0.02
        assert aware["auc"]["difference"] > -0.01
        # Nobody foresees better than with all the answers.
        assert aware["log_loss"]["mean"] > found[spread]["all_answers"]["log_loss"]["mean"]


def test_a_year_without_drift_is_quiet_and_a_new_mix_is_noticed() -> None:
    found = measure_drift(years=1, regions=20, seed=5)

    assert found["false_alarms_per_quarter"] <= 1
    assert found["found_within_100_needs"]["a third of the needs"] >= 0.9
