"""The calendar for aware datetimes; fractions of a second are dropped."""

from datetime import UTC, datetime

from sla.calendar import Calendar
from sla.hours import zone_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of(moment: datetime) -> int:
    """UTC seconds of an aware datetime. Raises ValueError for one without a zone."""
    try:
        since = moment - _EPOCH
    except TypeError:
        raise ValueError(f"{moment} has no zone or offset") from None
    return since.days * 86400 + since.seconds


def add_time(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """`add` in the calendar's zone."""
    return datetime.fromtimestamp(calendar.add(instant_of(start), seconds), zone_of(calendar.hours.zone))


def time_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Open seconds between two datetimes, negative where reversed."""
    try:
        low, high = start - _EPOCH, end - _EPOCH
    except TypeError:
        raise ValueError("Both datetimes need a zone or an offset") from None
    return calendar.between(low.days * 86400 + low.seconds, high.days * 86400 + high.seconds)
