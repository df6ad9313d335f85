"""The age that vouchers for innovation ask of a startup."""

from datetime import date
from typing import Literal

# A startup counts as young until the day on which it becomes this old.
YOUNG_UNTIL_YEARS = 10


def voucher_age_rule(founded_on: date | None, on: date) -> Literal["yes", "no", "unclear"]:
    """Whether a startup is younger than ten years on a day.

    Unclear where the founding date is not known, or lies after that day: what is not known is
    no reason to refuse anybody.
    """
    if founded_on is None or founded_on > on:
        return "unclear"
    # Founded on the 29th of February: ten years are over when the 1st of March begins.
    tenth_birthday = (founded_on.year + YOUNG_UNTIL_YEARS, founded_on.month, founded_on.day)
    return "yes" if (on.year, on.month, on.day) < tenth_birthday else "no"
