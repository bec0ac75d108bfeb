"""Agrees, enters and closes the TAMs' time in the demo, when each of that happened."""

from datetime import date, datetime, time, timedelta
from functools import partial

from cli.demo.calling import minutes_held
from cli.demo.companies import Company, colleagues, companies, company, terms
from cli.demo.spending import (
    DAY,
    DEFECT,
    Sheet,
    Spent,
    budget,
    is_working_day,
    month_start,
    morning,
    spending,
    starts,
)
from cli.demo.telling import Ids, Step
from cli.demo.texts import read
from models import journal
from models.access import require
from models.hours import TimeEntry
from models.people import LEAD
from models.reading import scalar
from sla.datetimes import instant_of
from sla.hours import zone_of
from tam import allowances, closing, entries
from tam.entry_rules import Book, Wanted
from tam.entry_words import hours_text

LATE = "wonka"
"""Whose time was entered once after its period was closed."""
ASKED_FOR_MORE = "umbrella"
"""Who asked for consulting, which the agreed hours do not cover."""
_OLD = ("customer_id", "person_id", "on", "booked_on", "minutes", "activity", "counts", "note")


class Hours:
    """What is agreed and spent, and the closing of each month."""

    def __init__(self, ids: Ids, seed: int, now: int) -> None:
        self.ids, self.now = ids, now
        self.spending = spending(seed, now, minutes_held(now))
        self.lead = next(person.login for person in colleagues() if person.role == LEAD)

    def steps(self) -> list[Step]:
        """The steps, in no order."""
        moved = morning(month_start(self.now, 2), 8)
        found: list[Step] = [(moved, partial(self._take_over, moved))]
        for held in companies():
            found += self._agreed(held)
        for sheet in self.spending.sheets:
            found.append((sheet.at, partial(self._enter, sheet)))
        closings = self.closings(self.now)
        for at, first in closings:
            found.append((at, partial(self._close, at, first)))
        late, first = closings[-1]
        found.append((late + 5 * 3600, partial(self._enter_late, late + 5 * 3600, first)))
        return [*found, *self._asked_for_more()]

    @staticmethod
    def closings(now: int) -> list[tuple[int, date]]:
        """The last two instants at which a lead closed a month, and the first day that stayed open each time."""
        firsts = [month_start(now, back) for back in (2, 1, 0)]
        found = [(morning(first + timedelta(days=2)), first) for first in firsts]
        return [each for each in found if each[0] <= now - DAY][-2:]

    def _agreed(self, held: Company) -> list[Step]:
        """What is agreed beyond the order, before the period in which it begins."""
        agreed = budget(held)
        found: list[Step] = []
        if agreed.carries:
            first = starts(held, self.now)[2]
            at = morning(first - timedelta(days=5))
            found.append((at, partial(self._agree, held, first, at)))
        if agreed.top_up:
            first = starts(held, self.now)[0]
            at = morning(first - timedelta(days=4))
            found.append((at, partial(self._top_up, held, first, at)))
        return found

    def _agree(self, held: Company, first: date, at: int) -> None:
        agreed, promised = budget(held), terms(held.key).allowance.value
        if promised is None:
            raise ValueError(f"{held.name} has no agreed hours that could carry over")
        allowances.agree(
            self.ids.contracts[held.key],
            promised.minutes,
            promised.per,
            first.isoformat(),
            self.ids.people[held.tam],
            at,
            carry=agreed.carry,
            carry_cap=agreed.carry_cap,
            carry_deficit=agreed.carry_deficit,
            reason=agreed.reason,
            replace=True,
        )

    def _top_up(self, held: Company, first: date, at: int) -> None:
        agreed, after = budget(held), first + timedelta(days=92)
        customer, actor = self.ids.customers[held.key], self.ids.people[held.tam]
        allowances.top_up(customer, agreed.top_up, first.isoformat(), after.isoformat(), agreed.note, actor, at)

    def _take_over(self, at: int) -> None:
        """The time of before the desk kept it comes from the list that the TAMs had."""
        with journal.transaction(self.ids.people[self.lead], at, "hours.take_over") as tx:
            rows = [self._old_row(held, each) for held, each in self.spending.old]
            tx.insert_many(TimeEntry, _OLD, rows)
            tx.say(f"{len(rows)} time entries were taken over from the TAMs' list.")

    def _old_row(self, held: Company, old: Spent) -> tuple[int | str, ...]:
        customer, person = self.ids.customers[held.key], self.ids.people[old.who]
        return customer, person, old.on, old.on, old.minutes, old.activity, int(old.counts), old.note

    def _enter(self, sheet: Sheet) -> None:
        held, person = sheet.company, self.ids.people[sheet.who]
        with journal.transaction(person, sheet.at, "hours.enter") as tx:
            who, book = require(person), Book(sheet.at)
            for entry in sheet.entries:
                checked = book.check(self._wanted(held, entry, person, sheet.at))
                entries.keep(tx, checked)
                book.took(checked.columns)
            entries.tell_alerts(tx, sheet.at, self.ids.customers[held.key])
            total = sum(entry.minutes for entry in sheet.entries)
            tx.say(f"{who.name} logged {hours_text(total)} for {held.name} in {len(sheet.entries)} entries.")

    def _wanted(self, held: Company, entry: Spent, person: int, at: int) -> Wanted:
        """An entry as its person wants it; work on a defect or an escalation belongs to a ticket, of an
        onboarding to an item."""
        customer, ticket, item = self.ids.customers[held.key], None, None
        if entry.activity in (DEFECT, "escalation"):
            latest = "SELECT id FROM ticket WHERE customer_id = ? AND received_at < ? ORDER BY received_at DESC LIMIT 1"
            ticket = scalar(latest, (customer, at))
        if entry.activity == "onboarding":
            item = self._item(customer, entry.on)
        told = (entry.on, entry.minutes, entry.activity, entry.note)
        return Wanted(customer, person, *told, ticket_id=ticket, item_id=item)

    @staticmethod
    def _item(customer: int, on: str) -> int | None:
        """What of the vendor's was under way on a day; None where nothing was."""
        found: int | None = scalar(
            "SELECT i.id FROM onboarding_item i JOIN onboarding o ON o.id = i.onboarding_id WHERE o.customer_id = ?"
            " AND i.side = 'vendor' AND i.starts_on <= ? ORDER BY i.starts_on DESC, i.id LIMIT 1",
            (customer, on),
        )
        return found

    def _close(self, at: int, first: date) -> None:
        until = (first - timedelta(days=1)).isoformat()
        closing.close_all(until, self.ids.people[self.lead], at)

    def _enter_late(self, at: int, first: date) -> None:
        """Someone finds a note of a day that is closed already."""
        held, day = company(LATE), first - timedelta(days=2)
        note = "Call about the dealers' shop, found in the notebook"
        actor = self.ids.people[held.tam]
        entries.log(self.ids.customers[LATE], 30, day.isoformat(), "advice", actor, at, note=note)

    def _asked_for_more(self) -> list[Step]:
        day = month_start(self.now, 0) - timedelta(days=8)
        while not is_working_day(day):
            day -= timedelta(days=1)
        held = company(ASKED_FOR_MORE)
        at = instant_of(datetime.combine(day, time(17), tzinfo=zone_of(held.zone)))
        return [(at, partial(self._consult, held, day, at))]

    def _consult(self, held: Company, day: date, at: int) -> None:
        (note,) = read("tam")["work"]["consulting"]
        customer, actor = self.ids.customers[held.key], self.ids.people[held.tam]
        entries.log(customer, 90, day.isoformat(), "consulting", actor, at, note=note)
