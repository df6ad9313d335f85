"""Days as the offices count them; the database holds moments in UTC."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

# Where the offices are.
TIME_ZONE = ZoneInfo("Europe/Berlin")
_NOON = time(12, tzinfo=TIME_ZONE)


def day_of(moment: datetime) -> date:
    """The day on which an aware moment falls."""
    return moment.astimezone(TIME_ZONE).date()


def moment_on(day: date, present: datetime) -> datetime:
    """The moment that stands for a whole day: its noon, or the present one if it is today."""
    return present if day == day_of(present) else datetime.combine(day, _NOON)
