"""The sentence above the customers counts what a person has to know this week."""

from models import journal
from models.calls import ReviewCall
from models.connection import Desk
from models.customers import Customer
from tam.entries import log
from tam.overview import overview
from tests.tam.hours_desk import promise
from tests.tickets.cast import at, cast

NOW = at("Wed 12:00")
DAY = 86_400


def test_it_counts_calls_to_sunday_and_alerts_that_nobody_looked_at(desk: Desk) -> None:
    who = cast()
    promise(who, who.acme, 60)
    promise(who, who.globex, 60)
    with journal.transaction(who.tom, NOW, "calls") as tx:
        tx.update(Customer, who.acme, tam=who.tom)
        for customer, when in ((who.acme, 900), (who.acme, 6 * DAY), (who.globex, DAY), (who.globex, -900)):
            tx.insert(ReviewCall, customer=customer, at=NOW + when, minutes=30, state="planned")
        tx.say("Tom planned calls.")
    log(who.acme, 90, "2026-06-03", "advice", who.tom, NOW)
    everyone = overview(who.tom, "Europe/Zurich", NOW)
    assert (everyone.customers, everyone.over, everyone.calls) == (2, 1, 2)
    assert [(each.customer, each.percent) for each in everyone.alerts] == [("Acme", 100)]
    mine = overview(who.tom, "Europe/Zurich", NOW, tam_id=who.tom)
    assert (mine.customers, mine.over, mine.calls) == (1, 1, 1)
