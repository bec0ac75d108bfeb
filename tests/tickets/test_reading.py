"""The lists: each view holds what it says, in order, from either end, and is read by one index without a sort."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from models import journal
from models.connection import Desk
from models.customers import Customer
from models.reading import rows
from models.tickets import Ticket
from tests.tickets.cast import Cast, at, cast
from tickets import choices, reading
from tickets.clockwork import WITHOUT_CLOCK, order_at
from tickets.records import QueueRow

NOW = at("Mon 12:00")
VIEWS = [view.key for view in reading.VIEWS]
STATES = ("open", "waiting", "open", "solved", "closed", "solved", "solved", "solved", "solved", "solved")


def fill(who: Cast, count: int) -> None:
    """Tickets of every kind, a fifth of them open; many share an instant so that the number has to decide."""
    columns = (
        "customer_id", "queue_id", "owner_id", "subject", "severity", "state", "is_open", "escalated", "received_at",
        "updated_at", "waiting_since", "order_at", "clock_state", "due_at",
    )  # fmt: skip
    customers, owners = (who.acme, who.plain, who.globex), (None, who.ben, who.cleo)
    made = []
    for number in range(count):
        mixed = number * 7919 % 1_000
        state = STATES[mixed % 10]
        is_open = int(state in ("open", "waiting"))
        received = NOW - 86_400 + mixed * 60
        due = received + 7_200 + mixed * 100 if mixed % 3 == 0 and is_open else None
        waiting = received if state == "open" else None
        made.append(
            (
                customers[mixed % 3], 1 + (mixed % 17 == 0), owners[mixed % 3],
                f"Ticket {number}", 1 + mixed % 4, state, is_open, int(mixed % 29 == 0), received, received, waiting,
                order_at(due, waiting, received), "running" if due else "none", due,
            )
        )  # fmt: skip
    with journal.transaction(None, NOW, "fill") as tx:
        tx.insert_many(Ticket, columns, made)
        tx.say("Tickets came.")


def slow(view: str, who: Cast) -> list[int]:
    """The view as a person would sort it out by hand."""
    midnight = at("Tue 00:00")
    tests: dict[str, Callable[[tuple[int, ...]], bool]] = {
        "open": lambda t: True,
        "mine": lambda t: t[3] == who.ben,
        "unassigned": lambda t: t[3] is None,
        "missed": lambda t: t[1] < NOW,
        "due_today": lambda t: NOW <= t[1] < midnight,
        "escalated": lambda t: t[4] == 1,
        "waiting": lambda t: str(t[5]) == "waiting",
        "onboarding": lambda t: t[6] == 2,
    }
    found = rows("SELECT id, order_at, is_open, owner_id, escalated, state, queue_id FROM ticket")
    if view == "done":
        return sorted((t[0] for t in found if not t[2]), reverse=True)
    kept = [t for t in found if t[2] and tests[view](t)]
    return [t[0] for t in sorted(kept, key=lambda t: (t[1], t[0]))]


def forward(view: str, person: int, limit: int) -> list[QueueRow]:
    page = found = reading.page(view, person, NOW, limit=limit)
    while page:
        page = reading.page(view, person, NOW, after=page[-1].key, limit=limit)
        found = found + page
    return found


def backward(view: str, person: int, limit: int) -> list[QueueRow]:
    page = found = reading.page(view, person, NOW, last=True, limit=limit)
    while page:
        page = reading.page(view, person, NOW, before=page[0].key, limit=limit)
        found = page + found
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_visits_every_ticket_once_in_order_from_either_end(desk: Desk, view: str) -> None:
    who = cast()
    fill(who, 1_000)
    expected = slow(view, who)
    assert expected, "the story has tickets in every view"
    for limit in (7, 200):
        assert [row.id for row in forward(view, who.ben, limit)] == expected
        assert [row.id for row in backward(view, who.ben, limit)] == expected
    assert reading.count(view, who.ben, NOW) == len(expected)


def test_counts_are_those_of_the_views(desk: Desk) -> None:
    who = cast()
    fill(who, 500)
    expected = {view: len(slow(view, who)) for view in VIEWS if view != "done"}
    assert reading.counts(who.ben, NOW) == expected


def test_an_empty_desk_has_empty_views(desk: Desk) -> None:
    who = cast()
    assert [reading.page(view, who.ben, NOW) for view in VIEWS] == [[]] * len(VIEWS)
    assert set(reading.counts(who.ben, NOW).values()) == {0}


def test_a_clock_that_is_due_now_is_not_missed_yet(desk: Desk) -> None:
    who = cast()
    fill(who, 300)
    row = next(row for row in reading.page("due_today", who.ben, NOW) if row.due_at is not None)
    assert row.due_at is not None
    assert row in reading.page("due_today", who.ben, row.due_at)
    assert row.id in [each.id for each in reading.page("missed", who.ben, row.due_at + 1)]


def test_today_ends_at_the_persons_own_midnight(desk: Desk) -> None:
    from models.people import Person

    who = cast()
    fill(who, 300)
    with journal.transaction(None, NOW, "move") as tx:
        tx.update(Person, who.ben, zone="Asia/Tokyo")
        tx.say("Ben moved.")
    late = at("Mon 17:00")
    assert all(row.order_at < late for row in reading.page("due_today", who.ben, NOW))
    assert any(row.order_at >= late for row in reading.page("due_today", who.cleo, NOW))


def test_without_a_clock_who_waits_longest_stands_first_and_who_does_not_wait_last() -> None:
    assert order_at(5, 1, 1) < order_at(None, 1, 9) < order_at(None, 2, 1) < order_at(None, None, 0)
    assert order_at(None, 0, 0) == WITHOUT_CLOCK


# how it is read


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[object, ...]]]:
    """Every statement that is run from here on."""
    heard: list[tuple[str, tuple[object, ...]]] = []
    run = Desk.execute

    def listen(self: Desk, sql: str, params: tuple[object, ...] = ()) -> object:
        heard.append((sql, tuple(params)))
        return run(self, sql, params)

    monkeypatch.setattr(Desk, "execute", listen)
    return heard


READS: dict[str, Callable[[str, int], object]] = {
    "first": lambda view, person: reading.page(view, person, NOW),
    "after": lambda view, person: reading.page(view, person, NOW, after=(NOW, 500)),
    "before": lambda view, person: reading.page(view, person, NOW, before=(NOW, 500)),
    "last": lambda view, person: reading.page(view, person, NOW, last=True),
    "count": lambda view, person: reading.count(view, person, NOW),
}
INDEXES = {
    "open": "ticket_open",
    "mine": "ticket_owner",
    "unassigned": "ticket_unassigned",
    "missed": "ticket_open",
    "due_today": "ticket_open",
    "escalated": "ticket_escalated",
    "waiting": "ticket_waiting",
    "onboarding": "ticket_queue",
    "done": "ticket_done",
}


def of_tickets(heard: list[tuple[str, tuple[object, ...]]]) -> tuple[str, tuple[object, ...]]:
    (found,) = [statement for statement in heard if "FROM ticket" in statement[0]]
    heard.clear()
    return found


def plan(desk: Desk, statement: tuple[str, tuple[object, ...]]) -> list[str]:
    command = "EXPLAIN QUERY PLAN " if desk.kind == "sqlite" else "EXPLAIN "
    return [str(row[-1]) for row in desk.database.execute_sql(command + statement[0], statement[1]).fetchall()]


def test_every_list_is_read_by_its_index_and_nothing_is_sorted(
    sqlite_desk: Desk, statements: list[tuple[str, tuple[object, ...]]]
) -> None:
    who = cast()
    fill(who, 20_000)
    for analyzed in (False, True):
        if analyzed:
            sqlite_desk.database.execute_sql("ANALYZE")
        for view in VIEWS:
            for name, read in READS.items():
                statements.clear()
                read(view, who.ben)
                told = plan(sqlite_desk, of_tickets(statements))
                case = f"{view}, {name}, analyzed {analyzed}: {told}"
                assert re.search(rf"INDEX {INDEXES[view]}\b", told[0]), case
                assert not [line for line in told if "TEMP B-TREE" in line or line.startswith("SCAN c")], case
                assert ("COVERING" in told[0]) or name != "count", case


def test_severity_1_is_counted_in_its_index(
    sqlite_desk: Desk, statements: list[tuple[str, tuple[object, ...]]]
) -> None:
    who = cast()
    fill(who, 20_000)
    statements.clear()
    reading.severity_1_open()
    assert "COVERING INDEX ticket_severity_1" in plan(sqlite_desk, of_tickets(statements))[0]


def test_postgresql_sorts_no_first_page(
    postgresql_address: str, statements: list[tuple[str, tuple[object, ...]]]
) -> None:
    from models.connection import for_postgresql, open_desk

    desk = open_desk(postgresql_address)
    who = cast()
    fill(who, 20_000)
    desk.execute("ANALYZE")
    for view in VIEWS:
        for read in (partial(reading.page, limit=50), partial(reading.page, limit=50, last=True)):
            statements.clear()
            read(view, who.ben, NOW)
            sql, params = of_tickets(statements)
            told = plan(desk, (for_postgresql(sql), params))
            assert not [line for line in told if re.search(r"\bSort\b", line)], f"{view}: {told}"
    desk.close()


def test_the_key_of_a_view_that_does_not_exist_is_a_mistake_of_the_program(sqlite_desk: Desk) -> None:
    with pytest.raises(KeyError):
        reading.page("nowhere", 1, NOW)


# forms


@pytest.mark.parametrize("typed", ["über", "Über", "ÜBER", "ber ag", "u_a", "100%"])
def test_a_customer_is_found_as_their_name_is_typed_whatever_the_case(desk: Desk, typed: str) -> None:

    cast()
    with journal.transaction(None, NOW, "setup") as tx:
        for key, name in (("u", "Über AG"), ("ua", "u_a and sons"), ("p", "100% Ltd")):
            tx.insert(Customer, key=key, name=name)
        tx.say("They came.")
    found = [choice.name for choice in choices.customers(typed)]
    assert found == [{"u": "u_a and sons", "1": "100% Ltd"}.get(typed[0], "Über AG")]
    assert len(choices.customers(limit=2)) == 2
