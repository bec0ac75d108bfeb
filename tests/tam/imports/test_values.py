import pytest
from hypothesis import given
from hypothesis import strategies as st

from tam.imports.records import BadFile, BadRow
from tam.imports.values import date_order, day_of, seconds_of, time_of, yes_or_no


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("01:30:00", 5400), ("1:30", 5400), ("0:00:29", 29), ("1.5", 5400), ("1,5", 5400), ("2", 7200), ("0.01", 36),
        ("1.3333", 4800), ("1h 30m", 5400), ("45 min", 2700), ("90s", 90), ("100:00:00", 360_000),
    ],
)  # fmt: skip
def test_durations_as_programs_write_them(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


def test_a_whole_number_of_kimai_is_in_seconds() -> None:
    assert seconds_of("7260", whole_seconds=True) == 7260
    assert seconds_of("2.5", whole_seconds=True) == 9000


@pytest.mark.parametrize("text", ["", "soon", "1:75", "1:30:99", "-1:00", "1.2.3", "１:30"])
def test_what_is_no_duration_is_said(text: str) -> None:
    with pytest.raises(BadRow, match="no duration"):
        seconds_of(text)


@given(st.integers(0, 10**6))
def test_every_duration_of_hours_minutes_and_seconds_comes_back(seconds: int) -> None:
    assert seconds_of(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}") == seconds


def test_the_order_of_day_and_month_is_seen_or_asked_for() -> None:
    assert date_order(["03/04/2026", "03/13/2026"], None) == "mdy"
    assert date_order(["3/4/26", "13/4/26"], None) == "dmy"
    assert date_order(["03/03/2026", "2026-03-04", "5.6.2026"], None) == "dmy"
    assert date_order(["03/04/2026"], "mdy") == "mdy"
    with pytest.raises(BadFile, match=r"'03/04/2026' could name the day or the month first; say which, dmy or mdy"):
        date_order(["03/04/2026"], None)
    with pytest.raises(BadFile, match="not written the same way"):
        date_order(["13/04/2026", "04/13/2026"], None)
    with pytest.raises(BadFile, match="not 'ymd'"):
        date_order([], "ymd")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-12", "mdy", "2026-03-12"),
        ("2026-03-12 09:15:00", "mdy", "2026-03-12"),
        ("12.3.2026", "mdy", "2026-03-12"),
        ("3/12/2026", "mdy", "2026-03-12"),
        ("3/12/26", "dmy", "2026-12-03"),
        ("12-03-2026", "dmy", "2026-03-12"),
    ],
)
def test_days_as_programs_write_them(text: str, order: str, day: str) -> None:
    assert day_of(text, order) == day


@pytest.mark.parametrize(("text", "told"), [("", "no date"), ("soon", "no date"), ("2026-02-30", "no day")])
def test_what_is_no_day_is_said(text: str, told: str) -> None:
    with pytest.raises(BadRow, match=told):
        day_of(text, "dmy")


def test_times_of_day_with_and_without_halves() -> None:
    told = [time_of(text) for text in ("9:15", "09:15:30", "12:00 AM", "12:30 pm", "1:00 p.m.", "23:59:59.5")]
    assert told == ["09:15:00", "09:15:30", "00:00:00", "12:30:00", "13:00:00", "23:59:59"]
    for text in ("25:00", "13:00 PM", "9", "9:15x"):
        with pytest.raises(BadRow, match="no time of day"):
            time_of(text)


def test_yes_no_and_neither() -> None:
    assert [yes_or_no(text) for text in ("Yes", "1", " no", "FALSE", "", "maybe")] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]
