"""Promises: which clock a request starts, what stops it, and what a late answer costs."""

import pytest

from contracts.errors import ContractError
from models.connection import Desk
from models.reading import one, rows, scalar
from sla.clock import Policy
from tests.tickets.cast import at, cast, everything, receive, sign
from tickets import clock_rows, operations, reading
from tickets.errors import RuleRefused
from tickets.records import ClockRow


def only_clock(ticket: int) -> ClockRow:
    (clock,) = clock_rows.clocks(ticket)
    return clock


@pytest.mark.parametrize(
    ("received", "severity", "due"),
    [
        ("Mon 09:00", 1, "Mon 10:00"),
        ("Mon 09:00", 2, "Mon 11:00"),
        ("Mon 09:00", 3, "Tue 09:00"),
        ("Mon 09:00", 4, "Wed 09:00"),
        ("Mon 18:30", 1, "Tue 07:30"),
        ("Mon 20:00", 1, "Tue 08:00"),
        ("Fri 18:00", 2, "2026-06-08 08:00"),
        ("Sat 12:00", 1, "2026-06-08 08:00"),
        # The Monday after Pentecost of 2026 is the 25th of May, a holiday in St. Gallen.
        ("2026-05-22 18:30", 1, "2026-05-26 07:30"),
    ],
)
def test_a_request_is_due_when_the_contract_says(desk: Desk, received: str, severity: int, due: str) -> None:
    who = cast()
    ticket = receive(who, received, severity=severity)
    clock = only_clock(ticket)
    row = reading.row(ticket)
    assert (clock.state, clock.due_at, clock.received_at) == ("running", at(due), at(received))
    assert row is not None
    assert (row.clock_state, row.due_at, row.order_at) == ("running", at(due), at(due))


@pytest.mark.parametrize(
    ("customer", "severity", "channel", "state"),
    [
        ("plain", 2, "ticket", "best_effort"),
        ("globex", 1, "ticket", "bespoke"),
        ("hobby", 1, "community", "none"),
        ("acme", 1, "community", "none"),
        ("stray", 1, "ticket", "none"),
    ],
)
def test_where_nothing_is_promised_no_clock_runs(
    desk: Desk, customer: str, severity: int, channel: str, state: str
) -> None:
    who = cast()
    ticket = receive(who, customer_id=getattr(who, customer), severity=severity, channel=channel)
    row = reading.row(ticket)
    assert clock_rows.clocks(ticket) == []
    assert row is not None
    assert (row.clock_state, row.due_at) == (state, None)


@pytest.mark.parametrize(
    ("answered", "state", "late_minutes", "days"),
    [
        ("Mon 09:00", "met", 0, 0),
        ("Mon 11:00", "met", 0, 0),
        ("Mon 11:14", "missed", 14, 0),
        ("Mon 11:15", "missed", 15, 1),
        ("Mon 12:00", "missed", 60, 4),
        ("Tue 07:15", "missed", 8 * 60 + 15, 33),
    ],
)
def test_an_answer_at_the_due_instant_is_in_time_and_a_late_one_owes_credit(
    desk: Desk, answered: str, state: str, late_minutes: int, days: int
) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, at(answered))
    clock = only_clock(ticket)
    assert (clock.state, clock.stopped_at) == (state, at(answered))
    assert (clock.late_seconds, clock.credit_days) == (60 * late_minutes, days)
    ledger = rows("SELECT entry, days, clock_id, term_id FROM credit")
    assert ledger == ([("owed", days, clock.id, scalar("SELECT min(id) FROM term"))] if days else [])


def test_an_answer_after_closing_misses_a_promise_until_closing(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, "Mon 18:00", severity=1)
    told = operations.reply(ticket, "We are on it.", who.ben, at("Mon 20:00")).sentence
    assert (only_clock(ticket).state, only_clock(ticket).late_seconds) == ("missed", 0)
    assert told == f"Ben replied to #{ticket}, after closing time, too late."


def test_a_note_stops_no_clock(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.note(ticket, "Looks like the cookie domain.", who.ben, at("Mon 09:30"))
    assert only_clock(ticket).state == "running"


def test_a_change_of_state_stops_no_clock_and_nothing_unanswered_is_solved(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.change_state(ticket, "waiting", who.ben, at("Mon 09:30"))
    assert only_clock(ticket).state == "running"
    for state in ("solved", "closed"):
        with pytest.raises(RuleRefused, match="still runs: answer first"):
            operations.change_state(ticket, state, who.ben, at("Mon 09:40"))


def test_an_answer_in_the_community_is_no_response_over_a_professional_channel(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "See the thread.", who.ben, at("Mon 09:30"), channel="community")
    assert only_clock(ticket).state == "running"


def test_a_ticket_whose_clock_still_runs_is_not_solved_by_a_reply_that_does_not_stop_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    before = everything()
    with pytest.raises(RuleRefused, match="still runs"):
        operations.reply(ticket, "See the thread.", who.ben, at("Mon 09:30"), channel="community", then="solved")
    operations.escalate(ticket, "urgent", "Nobody answers", who.anna, at("Mon 09:30"))
    with pytest.raises(RuleRefused, match="still runs"):
        operations.reply(ticket, "Solved now.", who.ben, at("Mon 09:40"), then="solved")
    assert everything()["message"] == before["message"], "what was refused is not sent"


def test_a_reply_over_a_channel_that_does_not_exist_is_refused(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(ContractError, match="no channel 'pigeon'"):
        operations.reply(ticket, "Coo.", who.ben, at("Mon 09:30"), channel="pigeon")


def test_a_change_of_severity_counts_again_from_receipt(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.change_severity(ticket, 1, "All of them are out", who.ben, at("Mon 10:30"))
    row = reading.row(ticket)
    assert only_clock(ticket).due_at == at("Mon 10:00")
    assert row is not None
    assert (row.severity, row.due_at, row.order_at) == (1, at("Mon 10:00"), at("Mon 10:00"))


def test_a_settled_clock_stays_when_the_severity_changes(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 10:30"))
    settled = only_clock(ticket)
    operations.change_severity(ticket, 1, "All of them are out", who.ben, at("Mon 10:40"))
    assert only_clock(ticket) == settled


def test_a_clock_goes_where_the_severity_promises_nothing_and_comes_back_with_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=2)
    operations.change_severity(ticket, 1, "All are out", who.ben, at("Mon 09:05"))
    row = reading.row(ticket)
    assert row is not None
    assert (row.clock_state, row.due_at) == ("bespoke", None)
    operations.change_severity(ticket, 2, "Some are in again", who.ben, at("Mon 09:10"))
    row = reading.row(ticket)
    assert row is not None
    assert (row.clock_state, row.due_at) == ("running", at("Mon 11:00"))
    assert [clock.state for clock in clock_rows.clocks(ticket)] == ["void", "running"]


def test_what_was_answered_without_a_promise_starts_no_clock_later_and_claims_none(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=1)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 09:10"))
    operations.change_severity(ticket, 2, "Some are in", who.ben, at("Mon 09:20"))
    row = reading.row(ticket)
    assert clock_rows.clocks(ticket) == []
    assert row is not None
    assert row.clock_state == "none"


def test_a_reply_on_the_community_channel_is_no_answer_that_keeps_a_clock_from_starting(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=1)
    operations.reply(ticket, "See the thread.", who.ben, at("Mon 09:10"), channel="community")
    operations.change_severity(ticket, 2, "Some are in", who.ben, at("Mon 09:20"))
    assert only_clock(ticket).state == "running"


def test_policies_of_the_order_settle_the_clock(desk: Desk) -> None:
    who = cast()
    order = {"policies": {"credit_clock": "elapsed", "credit_rounding": "started", "credit_cap_days": 5}}
    customer = sign("Initech", "production", "extended", order)
    ticket = receive(who, "Fri 18:00", customer_id=customer, severity=1)
    operations.reply(ticket, "We are on it.", who.ben, at("Sat 12:00"))
    clock = only_clock(ticket)
    assert (clock.state, clock.late_seconds, clock.credit_days) == ("missed", 17 * 3600, 5)
    assert clock_rows.basis(clock.basis_id).policy == Policy(
        credit_clock="elapsed", credit_rounding="started", credit_cap_days=5
    )


def test_a_solved_ticket_gets_no_clock_that_nobody_would_see(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=1, actor=who.ben)
    operations.change_state(ticket, "solved", who.ben, at("Mon 09:10"), note="A restart brought it back")
    with pytest.raises(RuleRefused, match="still runs"):
        operations.change_severity(ticket, 2, "Some are in", who.ben, at("Mon 09:20"))
    assert clock_rows.clocks(ticket) == []


# escalations


@pytest.mark.parametrize(
    ("kind", "raised", "due"),
    [
        # Business hours, 08:00 to 17:00, whatever the ticket's own are.
        ("urgent", "Mon 09:00", "Mon 11:00"),
        ("urgent", "Mon 16:00", "Tue 09:00"),
        ("urgent", "Mon 07:00", "Mon 10:00"),
        ("non-urgent", "Mon 09:00", "Tue 09:00"),
        ("non-urgent", "Fri 16:00", "2026-06-08 16:00"),
    ],
)
def test_an_escalations_clock_runs_in_business_hours(desk: Desk, kind: str, raised: str, due: str) -> None:
    who = cast()
    ticket = receive(who, "Mon 06:00", severity=4)
    operations.escalate(ticket, kind, "No progress", who.ben, at(raised))
    escalation = clock_rows.clocks(ticket)[1]
    assert (escalation.due_at, escalation.state) == (at(due), "running")
    assert [row.id for row in reading.page("escalated", who.anna, at(raised))] == [ticket]


def test_a_late_managers_answer_owes_credit_and_ends_the_escalation(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 09:10"))
    operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 10:00"))
    operations.answer_escalation(ticket, who.tom, at("Mon 12:31"))
    row = reading.row(ticket)
    assert clock_rows.clocks(ticket)[1].credit_days == 2
    assert scalar("SELECT sum(days) FROM credit WHERE entry = 'owed'") == 2
    assert row is not None
    assert (row.escalated, row.clock_state) == (0, "met"), "the ticket shows its initial response again"


def test_an_escalation_needs_a_manager_and_is_answered_once(desk: Desk) -> None:
    from models.errors import NotAllowed, NotFound

    who = cast()
    ticket = receive(who)
    operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 10:00"))
    with pytest.raises(RuleRefused, match="escalated already"):
        operations.escalate(ticket, "non-urgent", "Still none", who.ben, at("Mon 10:05"))
    with pytest.raises(NotAllowed, match="it takes a lead or a tam"):
        operations.answer_escalation(ticket, who.ben, at("Mon 10:10"))
    operations.answer_escalation(ticket, who.anna, at("Mon 10:10"))
    with pytest.raises(NotFound, match="no open escalation"):
        operations.answer_escalation(ticket, who.anna, at("Mon 10:20"))


def test_a_solved_ticket_that_is_escalated_opens_so_that_its_clock_is_seen(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "Done.", who.ben, at("Mon 09:10"), then="solved")
    operations.escalate(ticket, "urgent", "It is not solved at all", who.anna, at("Mon 10:00"))
    row = reading.row(ticket)
    assert row is not None
    assert row.state == "open"
    assert [each.id for each in reading.page("escalated", who.anna, at("Mon 10:00"))] == [ticket]


def test_an_escalation_says_why(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(RuleRefused, match="needs a reason"):
        operations.escalate(ticket, "urgent", " \n ", who.anna, at("Mon 10:00"))


def test_a_free_customer_may_call_for_a_manager_and_no_clock_runs(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.hobby, channel="community")
    operations.escalate(ticket, "urgent", "Please", who.anna, at("Mon 10:00"))
    assert clock_rows.clocks(ticket) == []
    assert one("SELECT clock_id FROM escalation") == (None,)
