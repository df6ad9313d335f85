"""Features of stated facts, worked by hand."""

from datetime import date
from math import nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scoring import FEATURES, SetColumn
from matchmaker.scoring.field_features import EARTH_RADIUS_KM, seat_distance_km
from matchmaker.values import FloatArray


def measure(feature: str, **columns: Any) -> tuple[list[float], list[float]]:
    measured = FEATURES[feature].measure(columns)
    return measured.value.tolist(), measured.signal.tolist()


def a_column(*sets: set[str]) -> SetColumn:
    return SetColumn.of(sets)


def approx(*numbers: float) -> Any:
    return pytest.approx(list(numbers), nan_ok=True)


def test_tag_fit_is_the_named_share_and_no_tags_are_missing() -> None:
    value, signal = measure(
        "tag_fit",
        need_named_tags=frozenset({"ki", "kamera"}),
        solution_tags=a_column(
            {"ki", "kamera"}, {"ki", "laser", "robotik", "cloud"}, {"cloud"}, set()
        ),
    )

    assert value == approx(1, 0.25, 0, nan)
    assert signal == approx(1, sqrt(0.25), 0, nan)


def test_branch_fit_knows_the_same_division_the_same_section_and_others() -> None:
    targets = a_column({"28", "62"}, {"25"}, {"62"}, set())
    sections = a_column({"C", "J"}, {"C"}, {"J"}, set())

    value, signal = measure(
        "branch_fit",
        sme_branches=frozenset({"28"}),
        sme_sections=frozenset({"C"}),
        solution_target_branches=targets,
        solution_target_sections=sections,
    )

    assert value == approx(1, 0.3, 0, nan)
    assert signal == approx(1, -0.05, -0.5, nan)


def test_branch_fit_is_missing_where_the_firm_names_no_branch() -> None:
    value, signal = measure(
        "branch_fit",
        sme_branches=frozenset(),
        sme_sections=frozenset(),
        solution_target_branches=a_column({"28"}),
        solution_target_sections=a_column({"C"}),
    )

    assert value + signal == approx(nan, nan)


def test_branches_by_name_fit_by_name() -> None:
    value, _ = measure(
        "branch_fit",
        sme_branches=frozenset({"holzbau"}),
        sme_sections=frozenset(),
        solution_target_branches=a_column({"holzbau"}, {"ölmühlen"}),
        solution_target_sections=a_column(set(), set()),
    )

    assert value == approx(1, 0)


def test_maturity_gap_counts_levels_short_and_not_levels_to_spare() -> None:
    value, signal = measure(
        "maturity_gap",
        need_maturity_wanted_trl=7.0,
        solution_maturity_trl=np.array([9.0, 7.0, 4.0, 1.0, nan]),
    )

    assert value == approx(0, 0, 3, 6, nan)
    assert signal == approx(0.5, 0.5, -1, -2, nan)


def test_cooperation_fit_is_the_offered_share_and_one_form_is_enough() -> None:
    value, signal = measure(
        "cooperation_fit",
        need_cooperation_forms=frozenset({"buy", "pilot"}),
        solution_cooperation_forms=a_column({"buy", "pilot", "stake"}, {"pilot"}, {"stake"}, set()),
    )

    assert value == approx(1, 0.5, 0, nan)
    assert signal == approx(1, 1, -1, nan)


def test_days_late_counts_from_the_day_of_need_and_stops_at_half_a_year() -> None:
    needed = date(2027, 1, 1)
    free = [date(2026, 12, 1), needed, date(2027, 4, 1), date(2030, 1, 1)]

    value, signal = measure(
        "days_late",
        need_needed_by_day=float(needed.toordinal()),
        solution_available_day=np.array([*(day.toordinal() for day in free), nan]),
    )

    assert value == approx(0, 0, 90, 1096, nan)
    assert signal == approx(0.5, 0.5, -1, -2, nan)


def test_size_experience_is_the_distance_to_the_nearest_reference_size() -> None:
    value, signal = measure(
        "size_experience",
        sme_size_class=1,
        solution_customer_sizes=a_column(
            {"small"}, {"micro", "large"}, {"large"}, {"unheard-of"}, set()
        ),
    )

    assert value == approx(0, 1, 2, nan, nan)
    assert signal == approx(1, 0, -1, nan, nan)


def test_language_fit_needs_one_common_language() -> None:
    value, signal = measure(
        "language_fit",
        sme_languages=frozenset({"de"}),
        startup_languages=a_column({"de", "en"}, {"en"}, set()),
    )

    assert value == approx(1, 0, nan)
    assert signal == approx(0.5, -1, nan)


def test_seat_demand_is_met_or_not_or_open() -> None:
    value, signal = measure(
        "seat_demand",
        need_seat_country="DE",
        startup_country=a_column({"DE"}, {"FR"}, set()),
    )

    assert value == approx(1, 0, nan)
    assert signal == approx(1, -1, nan)


def test_it_security_share_is_the_stated_share_of_the_demanded_proofs() -> None:
    value, signal = measure(
        "it_security_share",
        need_it_security=frozenset({"iso27001", "tisax"}),
        solution_it_security=a_column({"iso27001", "tisax"}, {"tisax"}, {"gdpr"}, set()),
    )

    assert value == approx(1, 0.5, 0, nan)
    assert signal == approx(1, 0, -1, nan)


@pytest.mark.parametrize(
    ("feature", "asked", "offered"),
    [
        ("cooperation_fit", {"need_cooperation_forms": frozenset()}, {"buy"}),
        ("language_fit", {"sme_languages": frozenset()}, {"de"}),
        ("seat_demand", {"need_seat_country": None}, {"DE"}),
        ("it_security_share", {"need_it_security": frozenset()}, {"tisax"}),
        ("size_experience", {"sme_size_class": None}, {"small"}),
        ("maturity_gap", {"need_maturity_wanted_trl": nan}, 5.0),
        ("days_late", {"need_needed_by_day": nan}, 1.0),
    ],
)
def test_what_the_need_does_not_ask_for_is_missing(
    feature: str, asked: dict[str, Any], offered: Any
) -> None:
    (theirs,) = FEATURES[feature].inputs[1:]
    column = a_column(offered) if isinstance(offered, set) else np.array([offered])

    value, signal = measure(feature, **asked, **{theirs: column})

    assert value + signal == approx(nan, nan)


HEIDELBERG, MANNHEIM = (49.4122, 8.7100), (49.4875, 8.4660)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(seat_distance_km(*one, np.array([other[0]]), np.array([other[1]])).value[0])


def test_the_distance_from_heidelberg_to_mannheim_is_known() -> None:
    assert distance_km(HEIDELBERG, MANNHEIM) == pytest.approx(19.5, abs=0.2)


def test_distances_that_geometry_gives() -> None:
    quarter = EARTH_RADIUS_KM * np.pi / 2
    assert distance_km((90, 0), (0, 77)) == pytest.approx(quarter)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(2 * quarter)
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.195, abs=0.001)
    assert distance_km(HEIDELBERG, HEIDELBERG) == 0


PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(PLACES, PLACES, PLACES)
def test_distance_is_a_metric(
    one: tuple[float, float], other: tuple[float, float], third: tuple[float, float]
) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)
    assert distance_km(one, other) <= 20_016
    # The arc sine loses digits near the antipode: a few meters there.
    detour = distance_km(one, third) + distance_km(third, other)
    assert distance_km(one, other) <= detour + 0.01


def test_near_is_a_point_in_favor_and_far_at_most_one_against() -> None:
    measured = seat_distance_km(
        0.0, 0.0, np.array([0.0, np.degrees(150 / EARTH_RADIUS_KM), 40.0, nan]), np.zeros(4)
    )

    assert measured.signal.tolist() == approx(1, 0, -1, nan)


def test_an_unknown_seat_is_not_a_short_distance() -> None:
    rows: FloatArray = np.array([49.4])
    assert np.isnan(seat_distance_km(nan, nan, rows, rows).value).all()
