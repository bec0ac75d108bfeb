"""Business time beside its peers: the same 10,000 random cases, answered in one run."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from zoneinfo import ZoneInfo

from sla.calendar import Calendar
from sla.datetimes import add_time, instant_of, time_between
from sla.holiday_tables import table
from sla.hours import BUSINESS

CASES = 10_000
ZONE = ZoneInfo(BUSINESS.zone)
YEARS = range(2023, 2028)

Times = Sequence[datetime]


class Row:
    """What one program took and answered, for one kind of question."""

    def __init__(self, name: str, ours: bool, seconds: float, answers: Sequence[object]) -> None:
        self.name = name
        self.ours = ours
        self.rate = len(answers) / seconds
        self.answers = answers


def timed(name: str, answer: Callable[[], Sequence[object]], ours: bool = False) -> Row:
    """The best of three passes: what else runs on the machine only ever adds time."""
    best = float("inf")
    answers: Sequence[object] = ()
    for _ in range(3):
        begin = time.perf_counter()
        answers = answer()
        best = min(best, time.perf_counter() - begin)
    return Row(name, ours, best, answers)


def cases() -> tuple[list[datetime], list[int], list[datetime]]:
    """Starts by the minute in two years, whole hours to add, and ends up to 14 days later."""
    chance = random.Random(20240402)
    first = datetime(2024, 1, 1, tzinfo=UTC)
    starts = [(first + timedelta(minutes=chance.randrange(730 * 1440))).astimezone(ZONE) for _ in range(CASES)]
    hours = [chance.randint(1, 40) for _ in range(CASES)]
    ends = [
        (start.astimezone(UTC) + timedelta(minutes=chance.randrange(1, 14 * 1440))).astimezone(ZONE) for start in starts
    ]
    return starts, hours, ends


def holiday_dates() -> dict[date, str]:
    """The public holidays of St. Gallen, for the peers."""
    return {
        date.fromisoformat(day): name
        for year in YEARS
        for day, name in table(BUSINESS.country, BUSINESS.subdivision, year).items()
    }


def our_rows(starts: Times, hours: list[int], ends: Times) -> tuple[list[Row], list[Row]]:
    calendar = Calendar(BUSINESS)
    begins, finishes = [instant_of(start) for start in starts], [instant_of(end) for end in ends]
    amounts = [count * 3600 for count in hours]
    calendar.prepare(min(begins), max(finishes), often=True)
    add, between = calendar.add, calendar.between
    adds = [
        timed("tamdesk, integers", lambda: [add(*case) for case in zip(begins, amounts, strict=True)], True),
        timed("tamdesk, batch", lambda: calendar.add_many(begins, amounts), True),
        timed(
            "tamdesk, datetimes",
            lambda: [add_time(calendar, start, amount) for start, amount in zip(starts, amounts, strict=True)],
            True,
        ),
    ]
    betweens = [
        timed("tamdesk, integers", lambda: [between(*case) for case in zip(begins, finishes, strict=True)], True),
        timed("tamdesk, batch", lambda: calendar.between_many(begins, finishes), True),
        timed(
            "tamdesk, datetimes",
            lambda: [time_between(calendar, start, end) for start, end in zip(starts, ends, strict=True)],
            True,
        ),
    ]
    return adds, betweens


def businesstimedelta_rows(starts: Times, hours: list[int], ends: Times) -> tuple[Row, Row]:
    import businesstimedelta as peer
    import pytz

    zone = pytz.timezone(BUSINESS.zone)

    workday = peer.WorkDayRule(start_time=wall_time(8), end_time=wall_time(17), working_days=[0, 1, 2, 3, 4], tz=zone)
    rules = peer.Rules([workday, peer.HolidayRule(holiday_dates(), tz=zone)])

    def add() -> list[int]:
        return [
            instant_of(start + peer.BusinessTimeDelta(rules, hours=count))
            for start, count in zip(starts, hours, strict=True)
        ]

    def between() -> list[int]:
        found = [rules.difference(start, end) for start, end in zip(starts, ends, strict=True)]
        return [round(delta.timedelta.total_seconds()) for delta in found]

    return timed("businesstimedelta", add), timed("businesstimedelta", between)


def business_duration_row(starts: Times, ends: Times) -> Row:
    from business_duration import businessDuration

    closed = list(holiday_dates())
    naive = [(start.replace(tzinfo=None), end.replace(tzinfo=None)) for start, end in zip(starts, ends, strict=True)]

    def between() -> list[int]:
        opening, closing = wall_time(8), wall_time(17)
        return [
            round(businessDuration(start, end, opening, closing, holidaylist=closed, unit="sec"))
            for start, end in naive
        ]

    return timed("business-duration", between)


def pandas_row(starts: Times, hours: list[int]) -> Row:
    """Whole hours added to naive times; pandas does not answer what lies between."""
    import pandas

    closed = [day.isoformat() for day in holiday_dates()]
    offsets = [
        pandas.offsets.CustomBusinessHour(n=count, start="08:00", end="17:00", holidays=closed) for count in range(41)
    ]
    stamps = [pandas.Timestamp(start.replace(tzinfo=None)) for start in starts]

    def add() -> list[object]:
        return [stamp + offsets[count] for stamp, count in zip(stamps, hours, strict=True)]

    row = timed("pandas CustomBusinessHour", add)
    row.answers = [instant_of(stamp.to_pydatetime().replace(tzinfo=ZONE)) for stamp in row.answers]  # type: ignore[attr-defined]
    return row


def lines(title: str, rows: list[Row]) -> list[str]:
    """A table of one kind of question; the last column is how many answers are those of the integers."""
    peer = max(row.rate for row in rows if not row.ours)
    expected = [_seconds(answer) for answer in rows[0].answers]
    found = [f"{title:<28}{'operations/s':>14}{'times best peer':>18}{'same answers':>15}"]
    for row in rows:
        same = sum(_seconds(answer) == right for answer, right in zip(row.answers, expected, strict=True))
        found.append(f"{row.name:<28}{row.rate:>14,.0f}{row.rate / peer:>18.1f}{same / len(expected):>14.1%}")
    return found


def _seconds(answer: object) -> object:
    return instant_of(answer) if isinstance(answer, datetime) else answer


def report() -> str:
    """Both tables, and why a peer may answer otherwise."""
    starts, hours, ends = cases()
    adds, betweens = our_rows(starts, hours, ends)
    add_peer, between_peer = businesstimedelta_rows(starts, hours, ends)
    adds += [add_peer, pandas_row(starts, hours)]
    betweens += [between_peer, business_duration_row(starts, ends)]
    head = f"Business time: {CASES:,} random cases, 08:00-17:00 Mon-Fri, {BUSINESS.zone}, holidays of CH-SG"
    note = "Where the amount is used up exactly at closing, pandas answers the next opening: the contract says closing."
    return "\n".join([head, "", *lines("add", adds), note, "", *lines("between", betweens)])


def main() -> None:
    """Print the tables."""
    print(report())


if __name__ == "__main__":
    main()
