"""Calls come again on the dates that both sides mean, at their local time, whatever the clocks do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tam.call_rules import CallRefused
from tam.recurrence import DAYS, Pattern, dates, first_date, rule_of, slot, slots, words_of
from tests.tickets.cast import at

TUESDAY = date(2026, 6, 2)
ZURICH = "Europe/Zurich"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every week", "FREQ=WEEKLY;BYDAY=TU"),
        ("Every  other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every 3 weeks on monday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("every week on tue and thu", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every month", "FREQ=MONTHLY;BYMONTHDAY=2"),
        ("every month on the first Tuesday", "FREQ=MONTHLY;BYDAY=1TU"),
        ("every month on the last fri", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2"),
        ("every year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=2"),
        ("rrule:freq=weekly; interval=2; byday=tu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
    ],
)
def test_words_and_rules_mean_the_same(words: str, rule: str) -> None:
    assert rule_of(words, TUESDAY) == rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every other week on Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR", "every 3 weeks on Monday and Friday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2", "every quarter"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=YEARLY;BYDAY=1TU;BYMONTH=6", "every year on the first Tuesday in June"),
        ("FREQ=YEARLY;BYDAY=TU", "FREQ=YEARLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=5TU", "FREQ=MONTHLY;BYDAY=5TU"),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=6", "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6"),
    ],
)
def test_a_rule_is_said_in_words_only_where_they_say_all_of_it(rule: str, words: str) -> None:
    assert words_of(rule) == words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("now and then", "is no cadence; say every week"),
        ("every 0 weeks", "INTERVAL=0"),
        ("every week on x", "no day of the week"),
        ("every week on the first tuesday", "Say the day of a week"),
        ("every month on tuesday", "Say the day of a week"),
        ("FREQ=DAILY", "weekly, monthly or yearly"),
        ("FREQ=WEEKLY;BYHOUR=9", "does not use BYHOUR"),
        ("FREQ=WEEKLY;COUNT=9", "does not say when it ends"),
        ("FREQ=WEEKLY;UNTIL=20270101", "does not say when it ends"),
        ("FREQ=WEEKLY;BYDAY=1TU", "no numbered ones"),
        ("FREQ=WEEKLY;FREQ=WEEKLY", "is no rule"),
        ("INTERVAL=2", "is no rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "has no date from Tue 2 Jun 2026 on"),
    ],
)
def test_what_is_no_cadence_is_refused_with_what_is(text: str, part: str) -> None:
    with pytest.raises(CallRefused, match=part):
        rule_of(text, TUESDAY)


def test_the_last_days_of_a_month_are_its_last_ones_in_shorter_months() -> None:
    start = date(2027, 12, 31)
    pattern = Pattern(rule_of("every month", start), start.isoformat(), None, "14:00", ZURICH)
    told = [each.isoformat() for each in dates(pattern, start, date(2028, 5, 1))]
    assert told == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_a_leap_day_comes_every_year() -> None:
    start = date(2028, 2, 29)
    pattern = Pattern(rule_of("every year", start), start.isoformat(), None, "14:00", ZURICH)
    assert [each.day for each in dates(pattern, start, date(2030, 12, 31))] == [29, 28, 28]


def test_the_first_date_is_the_next_one_that_the_rule_names_however_far_the_others_are_apart() -> None:
    assert first_date("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", TUESDAY) == date(2026, 6, 8)
    assert first_date("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", TUESDAY) == date(2026, 7, 6)


def test_a_local_time_stays_where_it_is_across_a_change_of_the_clocks() -> None:
    pattern = Pattern("FREQ=WEEKLY;BYDAY=TU", "2026-03-24", None, "14:00", ZURICH)
    found = slots(pattern, date(2026, 3, 24), date(2026, 4, 1))
    assert [each.at for each in found] == [at("2026-03-24 14:00"), at("2026-03-31 14:00")]
    assert found[1].at - found[0].at == 7 * 86_400 - 3600


def test_a_time_that_the_wall_skips_moves_on_and_says_so() -> None:
    found = slot(date(2026, 3, 29), "02:30", ZURICH)
    assert found.at == at("2026-03-29 03:30")
    assert found.note == (
        "02:30 does not exist on Sun 29 Mar 2026 in Europe/Zurich, where the clocks go forward; it is 03:30 then."
    )


def test_a_time_that_the_wall_shows_twice_is_the_first_one() -> None:
    found = slot(date(2026, 10, 25), "02:30", ZURICH)
    assert (found.note, slot(date(2026, 10, 25), "03:00", ZURICH).at - found.at) == ("", 5400)


def test_a_date_that_a_zone_skipped_is_told_as_the_next_one() -> None:
    assert slot(date(2011, 12, 30), "10:00", "Pacific/Apia").note.endswith("it is 10:00 on Sat 31 Dec 2011 then.")


@pytest.mark.parametrize("text", ["24:00", "9:30", "09:60", "noon", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(CallRefused, match="is not a time such as 09:30"):
        slot(TUESDAY, text, ZURICH)


STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
RULES = st.one_of(
    st.builds("every {} weeks on {} and {}".format, st.integers(1, 9), *[st.sampled_from(["mon", "wed", "sun"])] * 2),
    st.sampled_from(["every month", "every quarter", "every year", "every other week"]),
    st.builds("every month on the {} friday".format, st.sampled_from(["first", "fourth", "last"])),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.integers(1, 4), st.sampled_from(DAYS)),
)


@given(text=RULES, start=STARTS)
def test_words_of_a_rule_mean_the_rule(text: str, start: date) -> None:
    rule = rule_of(text, start)
    first = first_date(rule, start)
    assert rule_of(words_of(rule), first) == rule
    assert rule_of(rule, start) == rule


@given(text=RULES, start=STARTS, skip=st.integers(0, 400), length=st.integers(0, 400), ends=st.integers(0, 800))
def test_slots_are_the_same_whichever_window_they_are_asked_for(
    text: str, start: date, skip: int, length: int, ends: int
) -> None:
    rule = rule_of(text, start)
    begin = first_date(rule, start)
    last = (begin + timedelta(days=ends)).isoformat()
    pattern = Pattern(rule, begin.isoformat(), last, "02:30", ZURICH)
    low = begin + timedelta(days=skip)
    high = low + timedelta(days=length)
    everything = slots(pattern, begin, begin + timedelta(days=900))
    assert everything[0].on == begin.isoformat()
    assert slots(pattern, low, high) == [each for each in everything if low.isoformat() <= each.on < high.isoformat()]
    assert all(each.on <= last for each in everything)
    assert [each.at for each in everything] == sorted({each.at for each in everything})
