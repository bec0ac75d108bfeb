"""A day is open where the vendor works and the customer has no public holiday."""

from datetime import date

import pytest

from models.connection import Desk
from tam.open_days import closed_because, customers_region, is_working_day
from tests.tam.call_desk import NOW, call_desk


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 6, 2), ()),
        (date(2026, 6, 6), ("a Saturday",)),
        (date(2026, 6, 4), ("Corpus Christi in DE-BY",)),
        (date(2026, 12, 25), ("Christmas Day in CH-SG", "Christmas Day in DE-BY")),
    ],
)
def test_a_closed_day_says_whose_and_why(sqlite_desk: Desk, day: date, why: tuple[str, ...]) -> None:
    story = call_desk({"holiday_region": "DE-BY"})
    assert closed_because(story.bank, day, NOW) == why


def test_only_the_vendors_days_count_for_a_customer_without_a_region(sqlite_desk: Desk) -> None:
    story = call_desk()
    assert customers_region(story.bank, NOW) == ""
    assert closed_because(story.bank, date(2026, 6, 4), NOW) == ()
    assert [is_working_day(date(2026, 6, day)) for day in (5, 6, 7, 8)] == [True, False, False, True]
