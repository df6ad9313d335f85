"""What a stored row keeps for learning: the signals, exactly as the weights multiplied them."""

import orjson

from tests.regions import a_need, a_region, a_solution, propose, shipped_settings


def test_a_stored_row_keeps_the_signal_that_each_weight_multiplied() -> None:
    need = a_need(maturity_wanted_trl=7, it_security=frozenset({"iso27001"}))
    solutions = [
        a_solution(maturity_trl=5, it_security=frozenset({"tisax"})),
        a_solution("Wir planen Feste und Hochzeiten auf dem Land.", maturity_trl=9),
        a_solution("We weigh silos without a scale."),
    ]
    scoring = shipped_settings().scoring
    weights = {"sme": scoring.sme.features, "startup": scoring.startup.features}

    kept = [
        orjson.loads(orjson.dumps(one.document))
        for one in propose(a_region([need], solutions)).proposals
    ]

    assert len(kept) == 3
    for document in kept:
        for side, features in weights.items():
            reasons = document["sides"][side]["contributions"]
            assert reasons
            for reason in reasons:
                weight = features[reason["feature"]].weight
                assert reason["contribution"] == reason["signal"] * weight
    gaps = {
        one["value"]: one["signal"]
        for document in kept
        for one in document["sides"]["sme"]["contributions"]
        if one["feature"] == "maturity_gap"
    }
    # The value is what people read, levels short; the signal is what it counts.
    assert gaps[2] < 0 < gaps[0]
