"""The age rule of vouchers: a missing date is unclear, never a no."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.profiles import voucher_age_rule

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("founded_on", "on", "answer"),
    [
        (date(2020, 5, 10), date(2030, 5, 9), "yes"),
        (date(2020, 5, 10), date(2030, 5, 10), "no"),
        (date(2020, 2, 29), date(2030, 2, 28), "yes"),
        (date(2020, 2, 29), date(2030, 3, 1), "no"),
        (date(2020, 5, 10), date(2020, 5, 10), "yes"),
        (date(2020, 5, 11), date(2020, 5, 10), "unclear"),
    ],
)
def test_a_startup_is_young_until_its_tenth_birthday(
    founded_on: date, on: date, answer: str
) -> None:
    assert voucher_age_rule(founded_on, on) == answer


@given(DAYS)
def test_a_missing_date_is_unclear(on: date) -> None:
    assert voucher_age_rule(None, on) == "unclear"


@given(DAYS, DAYS)
def test_once_too_old_is_always_too_old(founded_on: date, on: date) -> None:
    order = {"unclear": 0, "yes": 1, "no": 2}
    later = on + timedelta(days=1)
    assert order[voucher_age_rule(founded_on, on)] <= order[voucher_age_rule(founded_on, later)]
