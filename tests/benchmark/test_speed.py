"""Requests and pages are timed on a real server over a synthetic region."""

from matchmaker.benchmark import measure_pages, measure_requests
from matchmaker.config import load_settings
from matchmaker.embedding import HashedNgramEncoder


def test_requests_are_timed_against_floor_and_peer() -> None:
    measured = measure_requests(40, 5, HashedNgramEncoder(), load_settings(), lambda steps: None)

    assert 0 < measured["floor_ms"] < measured["p50_ms"] <= measured["p95_ms"] <= measured["p99_ms"]
    assert measured["ratio_to_floor"] == measured["p50_ms"] / measured["floor_ms"]
    assert measured["peers"]["scikit-learn"] > 0


def test_pages_are_timed_from_the_button_to_the_whole_page() -> None:
    measured = measure_pages(40, 5, HashedNgramEncoder(), load_settings(), lambda steps: None)

    for page in ("fresh", "stored", "pdf", "inbox"):
        assert 0 < measured[f"{page}_p50_ms"] <= measured[f"{page}_p95_ms"]
    assert measured["stored_p50_ms"] < measured["fresh_p50_ms"]
