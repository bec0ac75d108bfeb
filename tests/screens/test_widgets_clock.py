"""A clock in the list: what it says, and that it changes exactly when it said it would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.clock_text import duration, read_clock
from sla.calendar import calendar_of
from sla.clock import Policy
from sla.hours import ALWAYS, BUSINESS
from tickets.records import Basis, QueueRow

OPEN = 1_712_044_800
"""Tue 2 Apr 2024 10:00 in Zurich."""
HOUR, DAY = 3600, 9 * 3600
BASES = [
    Basis(calendar_of(hours), Policy(credit_clock=clock, credit_rounding=rounding))
    for hours in (BUSINESS, ALWAYS)
    for clock in ("support_hours", "elapsed")
    for rounding in ("completed", "started")
]


def row(due: int | None, state: str = "running", minutes: int | None = 240) -> QueueRow:
    return QueueRow(7, due or 0, 2, "open", "Help", "Acme", "ent", None, OPEN, None, 1, state, due, minutes, 1, 0, None)


def says(due_in: int, at: int = OPEN, basis: Basis = BASES[0], minutes: int = 240) -> str:
    return read_clock(row(at + due_in, minutes=minutes), basis, at).text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (751, "0:12:31"),
        (3600, "1:00:00"),
        (3601, "1:00"),
        (6900, "1:55"),
        (DAY, "1d 0h"),
        (2 * DAY + 4 * HOUR, "2d 4h"),
    ],
)
def test_time_is_told_in_minutes_above_an_hour_and_in_days_above_a_business_day(seconds, text):
    assert duration(seconds, DAY) == text


def test_the_sign_turns_as_the_end_comes_near():
    assert says(2 * HOUR) == "● 2:00"
    assert says(HOUR - 1) == "◐ 0:59:59"
    assert says(15 * 60) == "◐ 0:15:00"
    assert says(15 * 60 - 1) == "○ 0:14:59"


def test_the_due_instant_is_still_in_time_and_the_next_second_is_not():
    assert says(0) == "○ 0:00:00"
    assert says(-1) == "✕ +0:00"


def test_lateness_tells_the_days_that_it_costs():
    assert says(-15 * 60 + 1) == "✕ +0:14"
    assert says(-15 * 60) == "✕ +0:15 1d"
    assert says(-47 * 60) == "✕ +0:47 3d"


def test_outside_support_hours_it_stands_still_until_they_open():
    evening = OPEN + 9 * HOUR
    clock = read_clock(row(OPEN + 23 * HOUR), BASES[0], evening)
    assert clock.text == "● 1:00‖" or clock.text.endswith("‖")
    assert clock.still
    assert clock.next_at == OPEN + 22 * HOUR


@pytest.mark.parametrize(
    ("state", "text"),
    [("none", "· no clock"), ("best_effort", "· best eff."), ("bespoke", "· not agreed"), ("met", "✓ met")],
)
def test_what_carries_no_running_clock_says_so_and_never_changes(state, text):
    clock = read_clock(row(None, state, None), None, OPEN)
    assert (clock.text, clock.next_at) == (text, None)


@given(
    st.sampled_from(BASES),
    st.integers(-3 * 86400, 3 * 86400),
    st.integers(0, 5 * 86400),
    st.sampled_from([30, 60, 120, 240, 540, 2700]),
)
def test_the_text_changes_at_the_instant_it_said_and_at_none_before(basis, due_in, later, minutes):
    at = OPEN + later
    ticket = row(OPEN + due_in, minutes=minutes)
    clock = read_clock(ticket, basis, at)
    assert clock.next_at is not None and clock.next_at > at
    just_before = read_clock(ticket, basis, clock.next_at - 1)
    assert (just_before.text, just_before.level) == (clock.text, clock.level)


@given(st.sampled_from(BASES), st.integers(-40000, 40000), st.sampled_from([60, 120, 540]))
def test_following_the_instants_one_sees_every_text_there_is(basis, due_in, minutes):
    ticket, end = row(OPEN + due_in, minutes=minutes), OPEN + 1200
    shown, at = [], OPEN
    while at < end:
        clock = read_clock(ticket, basis, at)
        shown.append(clock.text)
        at = clock.next_at
    every = [read_clock(ticket, basis, second).text for second in range(OPEN, end)]
    assert list(dict.fromkeys(every)) == list(dict.fromkeys(shown))
