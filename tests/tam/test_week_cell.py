import pytest

from models.connection import Desk
from models.errors import StaleRow
from tam.week import put
from tam.week_cell import cell_minutes, closed_days
from tests.tam.time_desk import NOW, TODAY, time_desk
from tickets.errors import RuleRefused


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("1:30", 90), ("1.5", 90), ("1,5", 90), ("90m", 90), ("1h30", 90), (".5", 30), ("0:05", 5)],
        *[("8", 480), ("8.", 480), ("24", 1440), ("0", 0), ("", 0)],
    ],
)
def test_a_cell_counts_in_hours_unless_it_says_minutes(text: str, minutes: int) -> None:
    assert cell_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("25", "25 is more than the 24 hours of a day; 25m are minutes."),
        ("24:01", "24:01 is more than the 24 hours of a day."),
        ("0.33", "0.33h is no whole number of minutes; type 19m or 20m."),
        ("1:75", "'1:75' has 75 minutes beside its hours; they go up to 59."),
        ("1h2h", "'1h2h' is no time; type 1:30, 1.5, 90m or 8."),
        (":", "':' is no time; type 1:30, 1.5, 90m or 8."),
    ],
)
def test_what_is_no_time_is_answered_with_what_could_be_meant(text: str, sentence: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        cell_minutes(text)
    assert str(refusal.value) == sentence


def test_weekends_and_holidays_are_closed() -> None:
    days = ("2026-04-02", "2026-04-03", "2026-04-04", "2026-04-06", "2026-04-07")
    assert closed_days(days) == (False, True, True, True, False)


def test_a_cell_that_was_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    who = time_desk()
    put(who.tom, who.acme, "advice", TODAY, 90, who.tom, NOW, was=0)
    with pytest.raises(StaleRow, match="has 1:30 h now, not 0:00 h: it was changed meanwhile"):
        put(who.tom, who.acme, "advice", TODAY, 60, who.tom, NOW, was=0)
    assert put(who.tom, who.acme, "advice", TODAY, 60, who.tom, NOW, was=90).sentence
