"""Opening the TAM portfolio: 200 customers with 200,000 time entries beside 12 customers with 12,000."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.table import show, verdict
from models.access import identify
from models.agreements import Adoption, Contract, Term
from models.calls import Action, ReviewCall
from models.connection import open_desk
from models.customers import Customer
from models.hours import Allowance, TimeEntry
from models.journal import transaction
from tam.entry_reading import entries
from tam.portfolio import FIRST_PAGE, counts, portfolio

ROUNDS = 30
ENTRIES = 1000
"""Per customer, over two years."""
SIZES = (12, 200)
PERS = ("week", "month", "month", "quarter", "term")
DAY = 86_400
COLUMNS = ("customer_id", "person_id", "worked_on", "booked_on", "minutes", "activity", "counts")
ACTIVITIES = ("advice", "advice", "review call", "onboarding")


def main() -> None:
    """Print the table."""
    now = int(time.time())
    found = []
    with TemporaryDirectory() as folder:
        for customers in SIZES:
            path = Path(folder) / f"{customers}.db"
            held = open_desk(str(path))
            _make(customers, now)
            held.execute("ANALYZE")
            opening = _milliseconds(lambda: portfolio(now, limit=FIRST_PAGE))
            every = _milliseconds(lambda: portfolio(now))
            counted = _milliseconds(lambda: counts(now))
            newest = _milliseconds(entries)
            found.append((customers, customers * ENTRIES, opening, every, counted, newest))
            held.close()
    show(
        f"TAM portfolio, median ms of {ROUNDS} rounds (opening reads {FIRST_PAGE} lines)",
        ("customers", "entries", "opening", "all lines", "counts", "newest entries"),
        [(a, f"{b:,}", *(f"{figure:.2f}" for figure in figures)) for a, b, *figures in found],
    )
    verdict("opens no slower than 2 times the one with 12 customers", found[1][2] <= 2 * found[0][2])


def _milliseconds(read: Callable[[], object]) -> float:
    figures = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        read()
        figures.append((time.perf_counter() - begun) * 1000)
    return median(figures)


def _make(customers: int, now: int) -> None:
    dice, today = random.Random(7), datetime.fromtimestamp(now, UTC).date()
    person = identify("bench", now).id
    first = today.replace(month=1, day=1) - timedelta(days=365)
    with transaction(person, now, "bench") as tx:
        for number in range(customers):
            customer = tx.insert(Customer, key=f"c{number}", name=f"Customer {number:03}", tam_id=person)
            contract = tx.insert(
                Contract, customer_id=customer, plan="enterprise-cloud", deployment="cloud", starts_at=now - 900 * DAY
            )
            tx.insert(Adoption, contract_id=contract, revision="2023-11-15", effective_at=0)
            for start in (first, first + timedelta(days=365), first + timedelta(days=730)):
                ends_on = (start + timedelta(days=364)).isoformat()
                tx.insert(Term, contract_id=contract, starts_on=start.isoformat(), ends_on=ends_on)
            tx.insert(
                Allowance,
                contract_id=contract,
                period=PERS[number % len(PERS)],
                minutes=1200,
                starts_on=first.isoformat(),
            )
            for weeks in range(-10, 4):
                state = "held" if weeks < 0 else "planned"
                tx.insert(ReviewCall, customer_id=customer, at=now + weeks * 14 * DAY + 3600, minutes=30, state=state)
            due = (today - timedelta(days=number % 9 - 4)).isoformat()
            tx.insert(Action, customer_id=customer, what="Answer", side="ours", due_on=due, at=now)
        tx.insert_many(TimeEntry, COLUMNS, _entries(customers, person, today, dice))
        tx.say("A desk to measure on was made.")


def _entries(customers: int, person: int, today: date, dice: random.Random) -> list[tuple[object, ...]]:
    """Entries as they come: written down day by day, by whoever worked."""
    made: list[tuple[object, ...]] = []
    total = customers * ENTRIES
    for number in range(total):
        day = (today - timedelta(days=729 - number * 730 // total)).isoformat()
        activity = dice.choice(ACTIVITIES)
        made.append((number % customers + 1, person, day, day, dice.choice((15, 30, 45, 60)), activity, 1))
    return made
