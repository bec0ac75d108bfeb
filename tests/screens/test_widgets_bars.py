"""A bar tells how hours stand without a colour, and always takes the same cells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.bars import hours_bar
from screens.widgets.burn_chart import drawn
from tam.burn_down import BurnDown, Point

MINUTES = st.integers(0, 100_000)


def text(*numbers: int) -> str:
    return "".join(part for _, part in hours_bar(*numbers))


@pytest.mark.parametrize(
    ("numbers", "bar"),
    [
        ((0, 0, 600, 0), "░░░░░░░░░░     "),
        ((300, 60, 600, 0), "█████▒░░░░     "),
        ((1, 0, 600, 0), "█░░░░░░░░░     "),
        ((599, 1, 600, 0), "█████████▒     "),
        ((600, 0, 600, 0), "██████████     "),
        ((660, 0, 600, 60), "██████████▓    "),
        ((6000, 0, 600, 5400), "██████████▓▓▓▓▓"),
        ((60, 0, 0, 60), "██████████▓▓▓▓▓"),
        ((0, 0, 0, 0), "               "),
    ],
)
def test_it_grows_to_the_right_where_it_is_over(numbers, bar):
    assert text(*numbers, 10) == bar


@given(MINUTES, MINUTES, MINUTES, MINUTES, st.integers(2, 60))
def test_it_always_takes_the_same_cells(spent, reserved, promised, over, cells):
    assert len(text(spent, reserved, promised, over, cells)) == cells + cells // 2


@given(
    st.lists(st.integers(-5_000, 50_000), min_size=1, max_size=400),
    st.integers(0, 400),
    st.integers(0, 50_000),
    st.integers(20, 200),
    st.integers(3, 30),
)
def test_a_chart_fits_where_it_stands_whatever_was_spent(left, to_come, most, width, height):
    first = date(2026, 1, 1)
    days = [first + timedelta(days=number) for number in range(len(left) + to_come)]
    points = [Point(day, left[index] if index < len(left) else None, most) for index, day in enumerate(days)]
    seen = BurnDown("Jan 2026", days[len(left) - 1], most, points, days[-1], 0, "lasts")
    lines = drawn(seen, width, height)
    assert len(lines) in (0, height)
    assert all(len(line) <= width for line in lines)
    assert all(line.isprintable() for line in lines)
