from models.connection import Desk
from tam import timer
from tam.timer_mark import mark
from tests.tam.time_desk import NOW, time_desk


def test_the_mark_counts_minutes_and_says_when_it_counts_on(desk: Desk) -> None:
    who = time_desk()
    assert mark(who.tom) is None
    timer.start(who.acme, "advice", who.tom, NOW)
    found = mark(who.tom)
    assert found is not None
    assert (found.text(NOW + 59), found.changes_at(NOW + 59)) == ("► 0:00 acme", NOW + 60)
    assert (found.text(NOW + 42 * 60 + 5), found.changes_at(NOW + 42 * 60 + 5)) == ("► 0:42 acme", NOW + 43 * 60)
    assert found.text(NOW - 60) == "► 0:00 acme"
    assert mark(who.ben) is None


def test_a_paused_timer_stands_still(desk: Desk) -> None:
    who = time_desk()
    timer.start(who.acme, "advice", who.tom, NOW)
    timer.pause(who.tom, NOW + 3600)
    found = mark(who.tom)
    assert found is not None
    assert (found.text(NOW + 9999), found.changes_at(NOW + 9999)) == ("‖ 1:00 acme", None)
