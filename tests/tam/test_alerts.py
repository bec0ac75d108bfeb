"""A TAM hears once that 80, and once that 100 percent of a customer's hours are used."""

import pytest

from models import journal
from models.connection import Desk
from models.customers import Customer
from models.errors import NotAllowed
from models.hours import TimeEntry
from models.journal import redo, undo
from models.reading import rows, scalar
from tam import alerts
from tam.allowances import top_up
from tests.tam.hours_desk import promise
from tests.tickets.cast import Cast, at, cast

NOW = at("Wed 12:00")


def enter(who: Cast, minutes: int, now: int = NOW, day: str = "2026-06-03") -> None:
    with journal.transaction(who.tom, now, "time.enter") as tx:
        values = {"person": who.tom, "on": day, "booked_on": day, "minutes": minutes, "activity": "advice"}
        tx.insert(TimeEntry, customer=who.globex, **values)
        alerts.note(tx, who.globex, now)
        tx.say("Tom worked.")


def told(person: int, now: int = NOW) -> list[tuple[int, str]]:
    return [(alert.percent, alert.sentence) for alert in alerts.alerts(person, now)]


@pytest.fixture
def who(desk: Desk) -> Cast:
    found = cast()
    promise(found, found.globex, 600)
    with journal.transaction(None, NOW, "tam") as tx:
        tx.update(Customer, found.globex, tam=found.tom)
        tx.say("Tom looks after Globex.")
    return found


def test_each_is_told_once_to_the_tam_and_to_the_lead(who: Cast) -> None:
    enter(who, 479)
    assert told(who.tom) == []
    enter(who, 1)
    said = [(80, "Globex: 80 % of the hours of Jun 2026 are used.")]
    assert told(who.tom) == told(who.anna) == said
    assert told(who.ben) == []
    alerts.see([alerts.alerts(who.tom, NOW)[0].id], who.tom, NOW)
    enter(who, 60)
    assert told(who.tom) == told(who.anna) == []
    enter(who, 60)
    assert told(who.tom) == [(100, "Globex: 100 % of the hours of Jun 2026 are used.")]
    enter(who, 60)
    assert len(rows("SELECT id FROM budget_alert")) == 2


def test_the_higher_one_is_told_and_seeing_it_is_seeing_both(who: Cast) -> None:
    enter(who, 660)
    assert told(who.tom) == [(100, "Globex: 110 % of the hours of Jun 2026 are used.")]
    alerts.see([alerts.alerts(who.tom, NOW)[0].id], who.tom, NOW)
    assert scalar("SELECT COUNT(*) FROM budget_alert WHERE seen_at IS NULL") == 0


def test_an_entry_that_is_undone_raises_nothing_again(who: Cast) -> None:
    enter(who, 500)
    undo(who.tom, NOW)
    assert told(who.tom) == []
    redo(who.tom, NOW)
    assert [percent for percent, _ in told(who.tom)] == [80]
    alerts.see([alert.id for alert in alerts.alerts(who.tom, NOW)], who.tom, NOW)
    undo(who.tom, NOW)
    enter(who, 500)
    assert told(who.tom) == []


def test_top_ups_count_and_the_next_period_begins_anew(who: Cast) -> None:
    top_up(who.globex, 600, "2026-06-01", "2026-07-01", "", who.tom, NOW)
    enter(who, 700)
    assert told(who.tom) == []
    later = at("2026-07-02 12:00")
    enter(who, 600, later, "2026-07-02")
    assert told(who.tom, later) == [(100, "Globex: 100 % of the hours of Jul 2026 are used.")]
    assert told(who.tom, at("2026-08-02 12:00")) == []


def test_who_is_not_on_the_desk_sees_nothing_away(who: Cast) -> None:
    enter(who, 600)
    with pytest.raises(NotAllowed):
        alerts.see([alerts.alerts(who.tom, NOW)[0].id], 9999, NOW)
    assert told(who.tom) != []
