"""A TAM learns on which day the hours run out, with the planned calls reserved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import journal
from models.calls import ReviewCall
from models.connection import Desk
from tam.forecast import Outlook, Pace, forecast, foresee
from tam.ledger import TopUp, reckon
from tam.periods import Period
from tests.tam.hours_desk import promise, spend
from tests.tickets.cast import at, cast, sign

TODAY = date(2026, 6, 15)
JUNE = Period("month", date(2026, 6, 1), date(2026, 7, 1), 600)
WORKING = [TODAY + timedelta(days=n) for n in range(1, 16) if (TODAY + timedelta(days=n)).weekday() < 5]


def outlook(spent: int, pace: Pace | None, calls: dict[int, int] | None = None, *top_ups: TopUp) -> Outlook:
    found = reckon([JUNE], top_ups, {date(2026, 6, 2): spent} if spent else {}, [], TODAY)
    by_day = {date(2026, 6, day): minutes for day, minutes in (calls or {}).items()}
    return Outlook(TODAY, found.periods[0], found.top_ups, WORKING, by_day, pace)


@pytest.mark.parametrize(
    ("spent", "pace", "calls", "expected"),
    [
        # 300 left, 60 a working day from the 16th on: the 22nd is the fifth, the 23rd finds nothing.
        (300, Pace(1200, 20), {}, ("runs out", 23, "runs out 23 Jun")),
        # A call of an hour on the 17th brings it forward by a day.
        (300, Pace(1200, 20), {17: 60}, ("runs out", 22, "runs out 22 Jun")),
        # Eleven working days of a third of an hour: 220 of 600 and no rounding on the way.
        (0, Pace(400, 20), {}, ("lasts", None, "lasts, 6 h 20 min left")),
        (379, Pace(400, 20), {}, ("lasts", None, "lasts, 1 min left")),
        (380, Pace(400, 20), {}, ("lasts", None, "lasts, 0 min left")),
        (381, Pace(400, 20), {}, ("runs out", 30, "runs out 30 Jun")),
        (600, Pace(0, 20), {}, ("lasts", None, "lasts, 0 min left")),
        (600, Pace(0, 20), {24: 30}, ("runs out", 24, "runs out 24 Jun")),
        (601, Pace(100, 20), {}, ("over", None, "over by 1 min")),
        (300, None, {24: 30}, ("too early", None, "too early to tell")),
        (590, None, {24: 30}, ("runs out", 24, "runs out 24 Jun")),
    ],
)
def test_the_hours_run_out_on_the_day_that_finds_too_few(
    spent: int, pace: Pace | None, calls: dict[int, int], expected: tuple[str, int | None, str]
) -> None:
    kind, day, text = expected
    found = foresee(outlook(spent, pace, calls))
    assert (found.kind, found.on, found.text) == (kind, date(2026, 6, day) if day else None, text)


def test_a_top_up_helps_from_its_first_day_on_and_not_after_its_last() -> None:
    helped = TopUp(1, 120, date(2026, 6, 22), date(2026, 7, 1))
    assert foresee(outlook(300, Pace(1200, 20), {}, helped)).on == date(2026, 6, 25)
    late = TopUp(1, 120, date(2026, 6, 24), date(2026, 7, 1))
    assert foresee(outlook(300, Pace(1200, 20), {}, late)).on == date(2026, 6, 23)
    gone = TopUp(1, 120, date(2026, 6, 15), date(2026, 6, 17))
    assert foresee(outlook(300, Pace(1200, 20), {}, gone)).on == date(2026, 6, 24)


def test_nothing_is_foreseen_where_nothing_is_promised() -> None:
    none = Period("none", JUNE.first, JUNE.after, 0)
    found = reckon([none], [], {}, [], TODAY)
    assert foresee(Outlook(TODAY, found.periods[0], [], WORKING, {}, None)).text == "nothing agreed"


@given(spent=st.integers(0, 700), minutes=st.integers(0, 900), days=st.integers(5, 20), less=st.integers(1, 100))
def test_a_slower_pace_never_runs_out_earlier(spent: int, minutes: int, days: int, less: int) -> None:
    fast, slow = (foresee(outlook(spent, Pace(much, days))) for much in (minutes, max(minutes - less, 0)))
    assert (slow.on or date.max) >= (fast.on or date.max)
    assert isinstance(slow.left, int) and slow.left >= fast.left


def test_the_pace_is_taken_from_the_last_four_weeks_without_review_calls(desk: Desk) -> None:
    who = cast()
    now = at("2026-06-30 12:00")
    promise(who, who.globex, 1200)
    for day in ("2026-06-02", "2026-06-09", "2026-06-16", "2026-06-29"):
        spend(who, who.globex, day, 50)
        spend(who, who.globex, day, 30, activity="review call")
        spend(who, who.globex, day, 30, counts=0)
    spend(who, who.globex, "2026-06-01", 500)
    spend(who, who.globex, "2026-06-30", 20)
    assert forecast(who.globex, now).why == [
        "Pace: 3 h 20 min on the 20 working days of the last 28 days, review calls left out.",
        "Working days after today until Jun 2026 ends: 0.",
    ]


def test_holidays_are_those_of_the_customers_order(desk: Desk) -> None:
    tam = {"tam": {"minutes": 600, "per": "month"}}
    swiss = sign("Swiss", "production", order=tam)
    german = sign("German", "production", order=tam | {"zone": "Europe/Berlin", "holiday_region": "DE-BE"})
    # 1 May 2026 is a Friday: a holiday in Berlin, and none in St. Gallen.
    told = [forecast(customer, at("2026-05-10 12:00")).why[0] for customer in (swiss, german)]
    assert told == [
        "Pace: 0 min on the 20 working days of the last 28 days, review calls left out.",
        "Pace: 0 min on the 19 working days of the last 28 days, review calls left out.",
    ]


def test_there_is_no_pace_before_five_working_days_and_calls_are_reserved_all_the_same(desk: Desk) -> None:
    who = cast()
    promise(who, who.globex, 60, start="2026-06-01")
    with journal.transaction(None, at("Mon 08:00"), "call") as tx:
        for when in ("2026-06-10 10:00", "2026-06-24 10:00"):
            tx.insert(ReviewCall, customer=who.globex, at=at(when), minutes=45)
        tx.say("Calls were planned.")
    found = forecast(who.globex, at("Fri 12:00"))
    assert (found.kind, found.on) == ("runs out", date(2026, 6, 24))
    assert found.why[:2] == [
        "There is no pace yet: it takes 5 working days.",
        "Reserved for planned calls until the period ends: 1 h 30 min.",
    ]
    assert forecast(who.globex, at("2026-06-09 12:00")).why[0].startswith("Pace: 0 min on the 6 working days")
