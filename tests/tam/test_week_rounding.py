from models.connection import Desk
from tam.entries import entries, log
from tam.rounding import ENTRY, PERSON_DAY
from tam.week import week
from tam.week_rounding import rounded_week
from tests.tam.time_desk import NOW, TODAY, time_desk

MONDAY = "2026-06-01"


def test_each_entry_in_steps_adds_up_in_its_cell_and_each_day_in_its_total(desk: Desk) -> None:
    who = time_desk()
    for customer in (who.acme, who.acme, who.globex):
        log(customer, 16, TODAY, "advice", who.tom, NOW)
    log(who.acme, 60, "2026-05-29", "review call", who.tom, NOW)
    held, found = entries(person_id=who.tom, first=MONDAY), week(who.tom, MONDAY, NOW)
    by_entry = rounded_week(found, held, 15, ENTRY)
    assert [(row.customer, row.activity, row.minutes[2]) for row in by_entry.rows] == [
        ("Acme", "advice", 60),
        ("Acme", "review call", 0),
        ("Globex", "advice", 30),
    ]
    assert (by_entry.totals[2], by_entry.total) == (90, 90)
    by_day = rounded_week(found, held, 15, PERSON_DAY)
    assert (by_day.rows, by_day.totals[2]) == (found.rows, 60)
    assert week(who.tom, MONDAY, NOW) == found
