"""A small share of the measurement: turned labels promote nothing that is worse."""

from matchmaker.benchmark import measure_flipped_labels
from matchmaker.config import load_settings


def test_turned_answers_bring_nothing_worse_into_service_and_honest_ones_something_better() -> None:
    settings = load_settings()
    found = measure_flipped_labels(settings.training.gate, settings.seed, lambda n: None, worlds=3)

    assert {kind["worse"] for kind in found["kinds"].values()} == {0}
    assert found["kinds"]["poor_honest"]["promoted"] == 3
    assert found["kinds"]["poor_honest"]["least_gain"] > 0.1
    assert found["kinds"]["poor_flipped"]["promoted"] < 3
