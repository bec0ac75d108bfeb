"""Days to come are typed as people say them."""

from datetime import date

import pytest

from tam.call_rules import CallRefused
from tam.date_words import coming_day, time_of_day

TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-03-10"),
        ("Tomorrow", "2026-03-11"),
        ("fri", "2026-03-13"),
        ("by friday", "2026-03-13"),
        ("next mon", "2026-03-16"),
        ("tue", "2026-03-17"),
        ("next week", "2026-03-17"),
        ("in 2 weeks", "2026-03-24"),
        ("+3d", "2026-03-13"),
        ("12 mar", "2026-03-12"),
        ("on 5 march", "2027-03-05"),
        ("7.4.", "2026-04-07"),
        ("29 feb", "2028-02-29"),
        ("2026-04-07", "2026-04-07"),
    ],
)
def test_a_day_is_the_next_one_that_is_called_so(typed: str, meant: str) -> None:
    assert coming_day(typed, TUESDAY).isoformat() == meant


@pytest.mark.parametrize("typed", ["", "foo", "last fri", "fri at noon", "31 feb", "t", "2026-02-30", "99999 weeks"])
def test_what_is_no_day_is_said(typed: str) -> None:
    with pytest.raises(CallRefused, match="is no day; say one like tomorrow"):
        coming_day(typed, TUESDAY)


def test_a_time_of_day_may_be_short() -> None:
    assert [time_of_day(each) for each in ("9", "9:30", "09.30", " 14:05 ", "0")] == [
        "09:00",
        "09:30",
        "09:30",
        "14:05",
        "00:00",
    ]
    for typed in ("", "24:00", "9:60", "noon", "9:5"):
        with pytest.raises(CallRefused, match="is not a time such as"):
            time_of_day(typed)
