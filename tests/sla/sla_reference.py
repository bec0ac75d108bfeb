import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sla.hours import SupportHours


def at(text: str) -> int:
    """UTC seconds of an ISO instant; without an offset, Swiss time."""
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Zurich"))
    return calendar.timegm(moment.utctimetuple())


class SlowReference:
    """Open or not, minute by minute, from the wall of the zone and the words of the design."""

    def __init__(self, hours: SupportHours, closed: frozenset[date] = frozenset()) -> None:
        self.hours = hours
        self.zone = ZoneInfo(hours.zone)
        self.closed = closed | {date.fromisoformat(day) for day in (*hours.holidays, *hours.extra_closed)}
        self.opened = {date.fromisoformat(day): intervals for day, intervals in hours.extra_open}

    def is_open(self, instant: int) -> bool:
        wall = datetime.fromtimestamp(instant, self.zone)
        day = wall.date()
        if day in self.opened:
            intervals = self.opened[day]
        elif day in self.closed:
            intervals = ()
        else:
            intervals = self.hours.week[wall.weekday()]
        minute = wall.hour * 60 + wall.minute
        return any(start <= minute < end for start, end in intervals)

    def between(self, start: int, end: int) -> int:
        return sum(60 for minute in range(start, end, 60) if self.is_open(minute))

    def add(self, start: int, minutes: int) -> int:
        """The end of the last of so many open minutes; for none, the first open minute."""
        left, instant = minutes, start
        while True:
            if self.is_open(instant):
                if left == 0:
                    return instant
                left -= 1
                if left == 0:
                    return instant + 60
            instant += 60

    def subtract(self, end: int, minutes: int) -> int:
        left, instant = minutes, end
        while True:
            if self.is_open(instant - 60):
                if left == 0:
                    return instant
                left -= 1
                if left == 0:
                    return instant - 60
            instant -= 60
