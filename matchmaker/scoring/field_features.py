"""Features of stated facts: what one side asks for against what the other one states."""

import numpy as np

from matchmaker.scoring.columns import SIZE_CLASSES, SetColumn, known
from matchmaker.scoring.feature import Measured, feature
from matchmaker.values import BoolArray, FloatArray

EARTH_RADIUS_KM = 6371.0088
NEAR_KM = 150.0


@feature(unit="share")
def tag_fit(need_named_tags: frozenset[str], solution_tags: SetColumn) -> Measured:
    """Share of the solution's tags that the need names, 0 to 1.

    Source: the need's tags, title and text against the solution's tags, as lemmas. Missing
    where the solution has no tags. Not naming any counts as nothing, not as a point against.
    """
    share = solution_tags.shared(need_named_tags) / np.maximum(solution_tags.size, 1)
    value = np.where(known(solution_tags), share, np.nan)
    return Measured(value, np.sqrt(value))


@feature(unit="fit")
def branch_fit(
    sme_branches: frozenset[str],
    sme_sections: frozenset[str],
    solution_target_branches: SetColumn,
    solution_target_sections: SetColumn,
) -> Measured:
    """Whether the firm's branch is one the solution is made for.

    Source: the need's branches, else the firm's (WZ 2008 divisions, or a name that could not
    be resolved), against the solution's target branches. 1 the same division, 0.3 the same
    section, 0 another one. Missing where either side names no branch.
    """
    same = solution_target_branches.shared(sme_branches) > 0
    related = solution_target_sections.shared(sme_sections) > 0
    value = np.where(same, 1.0, np.where(related, 0.3, 0.0))
    value[~known(solution_target_branches) | (not sme_branches)] = np.nan
    return Measured(value, 1.5 * value - 0.5)


@feature(unit="TRL levels")
def maturity_gap(need_maturity_wanted_trl: float, solution_maturity_trl: FloatArray) -> Measured:
    """How many technology readiness levels the solution is short of what is wanted, 0 to 8.

    A solution that is mature enough is half a point in favor, whatever it has to spare;
    three levels short are one point against. Missing where either level is unknown.
    """
    short = np.maximum(need_maturity_wanted_trl - solution_maturity_trl, 0.0)
    return Measured(short, np.where(short > 0, -short / 3.0, 0.5 + 0.0 * short))


@feature(unit="share")
def cooperation_fit(
    need_cooperation_forms: frozenset[str], solution_cooperation_forms: SetColumn
) -> Measured:
    """Share of the wanted forms of cooperation that are offered, 0 to 1.

    One common form is enough to begin with. Missing where either side names none.
    """
    value = solution_cooperation_forms.shared(need_cooperation_forms) / max(
        len(need_cooperation_forms), 1
    )
    value[~known(solution_cooperation_forms) | (not need_cooperation_forms)] = np.nan
    return Measured(value, np.where(np.isnan(value), np.nan, np.where(value > 0, 1.0, -1.0)))


@feature(unit="days")
def days_late(need_needed_by_day: float, solution_available_day: FloatArray) -> Measured:
    """Days by which the startup is free later than the firm needs the result, 0 and more.

    In time is half a point in favor, a quarter of a year late one point against, at most
    two. Missing where either date is unknown.
    """
    late = np.maximum(solution_available_day - need_needed_by_day, 0.0)
    return Measured(late, np.where(late > 0, -np.minimum(late / 90.0, 2.0), 0.5 + 0.0 * late))


@feature(unit="size classes")
def size_experience(sme_size_class: int | None, solution_customer_sizes: SetColumn) -> Measured:
    """Distance from the firm's size to the nearest size among the reference customers, 0 to 3.

    Source: the firm's staff, in the classes micro, small, medium, large. Missing where the
    staff is unknown or no reference customer's size is.
    """
    rows = len(solution_customer_sizes.codes)
    if sme_size_class is None:
        return Measured(np.full(rows, np.nan), np.full(rows, np.nan))
    value = np.full(rows, np.nan)
    for position, size in enumerate(SIZE_CLASSES):
        has = solution_customer_sizes.shared([size]) > 0
        value[has] = np.fmin(value[has], abs(position - sme_size_class))
    return Measured(value, 1.0 - value)


@feature(unit="shared or not")
def language_fit(sme_languages: frozenset[str], startup_languages: SetColumn) -> Measured:
    """1 where the two sides state a common language, 0 where they state only different ones.

    Source: the languages of both parties; for the firm else the language of its need.
    Missing where either side states none.
    """
    value = (startup_languages.shared(sme_languages) > 0).astype(np.float64)
    value[~known(startup_languages) | (not sme_languages)] = np.nan
    return Measured(value, 1.5 * value - 1.0)


@feature(unit="km")
def seat_distance_km(
    sme_latitude: float,
    sme_longitude: float,
    startup_latitude: FloatArray,
    startup_longitude: FloatArray,
) -> Measured:
    """Distance between the two seats along the Earth's surface, 0 to about 20,015 km.

    Source: WGS 84 degrees of the municipalities, so firms of one town may be 0 km apart.
    A weak sign: next door is one point in favor, 150 km nothing, 300 km and more one point
    against. Missing where either seat is unknown: no address is not a short distance.
    Haversine formula (Sinnott 1984).
    """
    phi_a, phi_b = np.radians(sme_latitude), np.radians(startup_latitude)
    half_phi = (phi_b - phi_a) / 2
    half_lambda = (np.radians(startup_longitude) - np.radians(sme_longitude)) / 2
    chord = np.sin(half_phi) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_lambda) ** 2
    distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return Measured(distance, np.maximum(1.0 - distance / NEAR_KM, -1.0))


@feature(unit="met or not")
def seat_demand(need_seat_country: str | None, startup_country: SetColumn) -> Measured:
    """1 where a demanded country of seat is met, 0 where it is not.

    Missing where no seat is demanded or the startup's country is unknown; then the demand
    is an open question, and no startup is excluded for it.
    """
    wanted = [need_seat_country] if need_seat_country else []
    value = (startup_country.shared(wanted) > 0).astype(np.float64)
    value[~known(startup_country) | (not wanted)] = np.nan
    return Measured(value, 2.0 * value - 1.0)


@feature(unit="share")
def it_security_share(
    need_it_security: frozenset[str], solution_it_security: SetColumn
) -> Measured:
    """Share of the demanded proofs of IT security that the startup states, 0 to 1.

    Missing where nothing is demanded or the startup states nothing at all.
    """
    value = solution_it_security.shared(need_it_security) / max(len(need_it_security), 1)
    value[~known(solution_it_security) | (not need_it_security)] = np.nan
    return Measured(value, 2.0 * value - 1.0)


@feature(unit="verdict")
def judged_poor_fit(office_says_poor_fit: BoolArray) -> Measured:
    """1 where the office said that the pair does not fit in substance, missing elsewhere.

    A word about one pair and no fact of either side: it has no weight that outcomes could move,
    but a fixed amount (`scoring.poor_fit_log_odds`), and no part in coverage.
    """
    value = np.where(office_says_poor_fit, 1.0, np.nan)
    return Measured(value, value)
