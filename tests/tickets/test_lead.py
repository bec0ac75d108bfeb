"""What a lead answers for: promises kept and missed, what they cost, and which nobody has answered yet."""

from contracts.credits import grant, refuse, reverse
from models.connection import POSTGRESQL, SQLITE, Desk, current
from models.reading import rows, scalar
from tests.tickets.cast import Cast, at, cast, receive
from tickets import lead, operations
from tickets.lead import ANSWERED_LATE, ENDED, UNANSWERED, MissedClock, Promises

NOW = at("Fri 12:00")


def answered(who: Cast, when: str) -> int:
    """A ticket due Mon 11:00, answered at an instant."""
    number = receive(who)
    operations.reply(number, "Please upgrade.", who.ben, at(when))
    return number


def test_clocks_that_ended_since_an_instant_are_counted_by_how_they_ended(desk: Desk) -> None:
    who = cast()
    answered(who, "Mon 10:00")
    answered(who, "Mon 11:00")
    answered(who, "Mon 11:30")
    receive(who)
    assert lead.promises(at("Mon 00:00")) == Promises(met=2, missed=1, owed_days=2)
    assert lead.promises(at("Mon 11:00")) == Promises(met=1, missed=1, owed_days=2)
    assert lead.promises(at("Mon 11:30") + 1) == Promises(met=0, missed=0, owed_days=2)


def test_a_desk_without_tickets_has_kept_and_missed_nothing(desk: Desk) -> None:
    assert lead.promises(0) == Promises(0, 0, 0)
    assert lead.missed(NOW) == []


def test_days_owed_follow_every_decision_and_its_reversal(desk: Desk) -> None:
    who = cast()
    clock = scalar("SELECT id FROM clock WHERE ticket_id = ?", (answered(who, "Mon 12:00"),))
    owed = [lead.promises(0).owed_days]
    for decide in (grant, reverse, refuse, reverse):
        decide(clock, "As agreed.", who.anna, NOW)
        owed.append(lead.promises(0).owed_days)
    assert owed == [4, 0, 4, 0, 4]


def test_what_nobody_has_answered_comes_first_then_the_newest_miss(desk: Desk) -> None:
    who = cast()
    old, newer = answered(who, "Mon 11:30"), receive(who, "Tue 09:00")
    operations.reply(newer, "Please upgrade.", who.ben, at("Tue 12:00"))
    waiting = receive(who)
    operations.claim(waiting, who.cleo, at("Mon 10:00"))
    answered(who, "Mon 10:59")
    receive(who, "Fri 11:00")
    found = lead.missed(NOW)
    assert [each.ticket_id for each in found] == [waiting, newer, old]
    assert found[0] == MissedClock(
        waiting, "Acme", "Login loop after the upgrade", "initial_response", at("Mon 11:00"), None, 0, 0, "cleo"
    )
    assert (found[2].late_seconds, found[2].credit_days, found[2].stopped_at) == (1800, 2, at("Mon 11:30"))
    assert [each.ticket_id for each in lead.missed(NOW, limit=2)] == [waiting, newer]
    assert [each.ticket_id for each in lead.missed(NOW, limit=1)] == [waiting]


def test_a_missed_escalation_of_an_answered_ticket_is_told_too(desk: Desk) -> None:
    who = cast()
    number = answered(who, "Mon 10:00")
    operations.escalate(number, "urgent", "The board asks.", who.ben, at("Mon 11:00"))
    [told] = lead.missed(NOW)
    assert (told.ticket_id, told.kind, told.stopped_at) == (number, "escalation_urgent", None)
    operations.answer_escalation(number, who.anna, NOW)
    [told] = lead.missed(NOW)
    assert told.stopped_at == NOW


def test_a_void_clock_is_neither_kept_nor_missed(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=1)
    operations.change_severity(number, 3, "One user only.", who.ben, at("Mon 10:00"))
    assert lead.missed(at("2026-07-01 00:00")) == []
    assert lead.promises(0).met == 0


def plan(sql: str, *parameters: int) -> str:
    explain = "EXPLAIN QUERY PLAN" if current().kind == SQLITE else "EXPLAIN"
    return " | ".join(str(row[-1]) for row in rows(f"{explain} {sql}", parameters))


def test_clocks_that_have_ended_are_told_from_an_index(desk: Desk) -> None:
    if desk.kind == POSTGRESQL:
        desk.execute("SET enable_seqscan = off")
        desk.execute("SET enable_bitmapscan = off")
    assert "clock_stopped" in plan(ENDED, 7)
    assert "clock_missed" in plan(ANSWERED_LATE, 200, 200)


def test_unanswered_clocks_are_found_by_the_order_of_the_queue(sqlite_desk: Desk) -> None:
    told = plan(UNANSWERED, 7, 7, 200)
    assert "SEARCH t USING INDEX ticket_open (order_at<?)" in told
    assert "SEARCH k USING INDEX clock_ticket_id" in told
