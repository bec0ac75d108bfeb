"""The TAMs' time in the demo: what is agreed, and the entries of every period, to the share that each budget shows."""

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from random import Random

from cli.demo.companies import Company, companies, terms
from cli.demo.texts import read
from sla.datetimes import instant_of
from sla.holiday_tables import table
from sla.hours import zone_of
from sla.wall import local_of

DAY = 86_400
TAM_ZONE = "Europe/Zurich"
DEFECT, CONSULTING = "defect", "consulting"
MINUTES = (30, 45, 60, 75, 90, 120)
PERIOD_DAYS = {"week": 7, "month": 30, "quarter": 91, "term": 365}
HELPER_SHARE = 0.12
"""How much of a TAM's work an engineer does for them."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What is agreed beyond the order: what carries over, how many minutes the last period left, a top-up."""

    carry: str = "none"
    carry_cap: int | None = None
    carry_deficit: bool = False
    left_before: int = 0
    top_up: int = 0
    reason: str = ""
    note: str = ""

    @property
    def carries(self) -> bool:
        """Whether the last periods have to come out even."""
        return self.carry != "none" or self.carry_deficit


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates from the first to the last of a period that may be spent in by now, and the minutes to spend."""

    first: date
    last: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes that someone worked for a customer on a local date; `who` is a login."""

    on: str
    minutes: int
    activity: str
    note: str
    who: str

    @property
    def counts(self) -> bool:
        """Whether it counts against the agreed hours."""
        return self.activity not in (DEFECT, CONSULTING)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Entries that one person writes down at an instant."""

    company: Company
    at: int
    who: str
    entries: tuple[Spent, ...]


@dataclass(slots=True)
class Spending:
    """All entries: `old` are those of before the desk kept time, `sheets` those that people entered."""

    old: list[tuple[Company, Spent]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


@cache
def budgets() -> dict[str, Budget]:
    """What is agreed beyond the order, by customer."""
    return {key: Budget(**entry) for key, entry in read("tam")["budgets"].items()}


def budget(held: Company) -> Budget:
    """What is agreed with a customer beyond the order."""
    return budgets().get(held.key, Budget())


def today(held: Company, now: int) -> date:
    """The customer's local date."""
    return local_of(held.zone, now).date()


def began(held: Company, now: int) -> date:
    """The local date on which the contract began."""
    return today(held, now) - timedelta(days=held.days_since_start)


def starts(held: Company, now: int) -> list[date]:
    """The first dates of the current period and of those before it, the latest first, back to the contract's start."""
    allowance = terms(held.key).allowance.value
    if allowance is None:
        return []
    day, oldest = today(held, now), began(held, now)
    if allowance.per == "term":
        return [day - timedelta(days=held.days_since_start % 365)]
    found = []
    while day >= oldest:
        first = period_start(allowance.per, day)
        found.append(max(first, oldest))
        day = first - timedelta(days=1)
    return found


def period_start(per: str, day: date) -> date:
    """The first date of the week, month or quarter that a date lies in."""
    if per == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(month=day.month if per == "month" else (day.month - 1) // 3 * 3 + 1, day=1)


def is_working_day(day: date) -> bool:
    """Whether the vendor works on a date."""
    return day.weekday() < calendar.SATURDAY and day.isoformat() not in table("CH", "SG", day.year)


def month_start(now: int, back: int) -> date:
    """The first of the month, at the TAMs', so many months ago."""
    day = local_of(TAM_ZONE, now).date().replace(day=1)
    for _ in range(back):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def morning(day: date, hour: int = 9) -> int:
    """The instant of an hour of a date at the TAMs'."""
    return instant_of(datetime.combine(day, time(hour), tzinfo=zone_of(TAM_ZONE)))


def periods(held: Company, now: int, chance: Random) -> Iterator[Period]:
    """The periods of a customer, the current one first, with what is spent in each."""
    allowance = terms(held.key).allowance.value
    if allowance is None:
        return
    agreed, last = budget(held), today(held, now)
    for number, first in enumerate(starts(held, now)):
        share = min(100, 100 * ((last - first).days + 1) // PERIOD_DAYS[allowance.per])
        if number == 0:
            yield Period(first, last, _current(held, allowance.minutes, allowance.per, share))
        elif agreed.carries and number <= 2:
            yield Period(first, last, allowance.minutes - (agreed.left_before if number == 1 else 0))
        else:
            yield Period(first, last, allowance.minutes * chance.randint(14, 19) * share // 2000)
        last = first - timedelta(days=1)


def _current(held: Company, minutes: int, per: str, share: int) -> int:
    """What is spent by now, rounded up; of a quarter or a term no more than its elapsed time would have."""
    agreed = budget(held)
    promised = minutes + (agreed.left_before if agreed.carries else 0) + agreed.top_up
    percent = held.tam_spent_percent
    if per in ("quarter", "term"):
        percent = min(percent, max(3, share * 5 // 4))
    return -(-promised * percent // 100)


def spending(seed: int, now: int, calls: dict[str, list[tuple[date, int]]]) -> Spending:
    """All entries up to now; `calls` are local date and minutes of the calls held, by customer, which count, too."""
    found, loads = Spending(), Counter[tuple[str, date]]()
    kept_since = month_start(now, 2)
    for held in companies():
        chance = Random(f"{seed} time {held.key}")
        for number, period in enumerate(periods(held, now, chance)):
            on_calls = sum(minutes for on, minutes in calls.get(held.key, ()) if period.first <= on <= period.last)
            minutes = max(0, period.minutes - on_calls)
            entries = _entries(held, chance, period, minutes, loads)
            found.old += [(held, entry) for entry in entries if entry.on < kept_since.isoformat()]
            kept = [entry for entry in entries if entry.on >= kept_since.isoformat()]
            found.sheets += _sheets(held, kept, now, daily=number == 0)
    return found


def _entries(
    held: Company, chance: Random, period: Period, minutes: int, loads: Counter[tuple[str, date]]
) -> list[Spent]:
    """Entries that add up to the minutes, on days on which their person has not too much yet."""
    days = _days(period)
    kinds = _kinds(held)
    found = []
    while minutes > 0:
        amount = min(minutes, chance.choice(MINUTES))
        if minutes - amount < MINUTES[0]:
            amount = minutes
        activity, note = chance.choice(kinds)
        who = "eva" if activity == "escalation" or chance.random() < HELPER_SHARE else held.tam
        day = min(chance.sample(days, min(3, len(days))), key=lambda each: loads[who, each])
        loads[who, day] += amount
        found.append(Spent(day.isoformat(), amount, activity, note, who))
        minutes -= 0 if activity == DEFECT else amount
    return sorted(found, key=lambda entry: (entry.on, entry.who))


def _kinds(held: Company) -> list[tuple[str, str]]:
    """What the customer's time goes into, activity and note; at those who are brought on board half of it is that."""
    work, boarding = read("tam")["work"], read("tam")["onboarding"].get(held.key, [])
    found = [(activity, note) for activity, notes in work.items() if activity != CONSULTING for note in notes]
    return found + [("onboarding", note) for note in boarding] * (len(found) // max(1, len(boarding)))


def _days(period: Period) -> list[date]:
    """The working days of a period, without its last one where there are others: that day may have just begun."""
    days = [period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1)]
    working = [day for day in days if is_working_day(day)] or days
    return working[:-1] or working


def _sheets(held: Company, entries: list[Spent], now: int, *, daily: bool) -> Iterator[Sheet]:
    """What is current is entered in the evening, what is older was entered once a week."""

    def together(entry: Spent) -> tuple[str, str]:
        day = date.fromisoformat(entry.on)
        return entry.who, entry.on if daily else period_start("week", day).isoformat()

    for (who, _), group in groupby(sorted(entries, key=together), key=together):
        written = tuple(group)
        evening = datetime.combine(date.fromisoformat(written[-1].on), time(17, 40), tzinfo=zone_of(held.zone))
        yield Sheet(held, min(instant_of(evening), now), who, written)
