"""A customer calls for a manager: in the ticket, or by phone and e-mail; someone answers, or it is taken back."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotFound
from models.reading import one, scalar
from tests.tickets.cast import at, cast, everything, receive
from tickets import clock_rows, operations
from tickets.errors import RuleRefused
from tickets.escalation import open_count
from tickets.escalation_reading import escalations, open_escalations
from tickets.why import why


def test_an_urgent_escalation_counts_from_the_first_of_call_and_mail(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(
        ticket,
        "urgent",
        "Nothing moves",
        who.ben,
        at("Mon 10:30"),
        called_at=at("Mon 10:20"),
        mailed_at=at("Mon 10:10"),
    )
    [raised] = escalations(ticket)
    assert (raised.called_at, raised.mailed_at, raised.raised_at) == (at("Mon 10:20"), at("Mon 10:10"), at("Mon 10:10"))
    assert clock_rows.clocks(ticket)[1].due_at == at("Mon 12:10")


def test_a_mail_that_turns_up_later_is_recorded_and_may_start_the_clock_earlier(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "urgent", "Nothing moves", who.ben, at("Mon 10:30"))
    with pytest.raises(RuleRefused, match="whichever is not recorded yet"):
        operations.complete_escalation(ticket, who.ben, at("Mon 10:40"), called_at=at("Mon 10:31"))
    operations.complete_escalation(ticket, who.ben, at("Mon 10:40"), mailed_at=at("Mon 10:00"))
    [raised] = escalations(ticket)
    _, first, second = clock_rows.clocks(ticket)
    assert (first.state, second.state, second.due_at) == ("void", "running", at("Mon 12:00"))
    assert (raised.clock_id, raised.raised_at, raised.called_at) == (second.id, at("Mon 10:00"), at("Mon 10:30"))
    before = everything()
    journal.undo(who.ben, at("Mon 10:50"))
    journal.redo(who.ben, at("Mon 10:51"))
    assert everything() == before


def test_a_mail_that_follows_the_call_changes_no_clock(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "urgent", "Nothing moves", who.ben, at("Mon 10:30"))
    clocks = clock_rows.clocks(ticket)
    operations.complete_escalation(ticket, who.ben, at("Mon 10:40"), mailed_at=at("Mon 10:40"))
    assert clock_rows.clocks(ticket) == clocks


@pytest.mark.parametrize(
    ("kind", "signs", "reason"),
    [
        ("urgent", {"called_at": at("Mon 11:00")}, "call cannot have come later than now"),
        ("urgent", {"mailed_at": at("Mon 08:00")}, "e-mail cannot have come before"),
        ("non-urgent", {"called_at": at("Mon 10:00")}, "asked for in the ticket"),
        ("loud", {}, "non-urgent or urgent, not 'loud'"),
    ],
)
def test_an_escalation_that_cannot_be_is_refused(desk: Desk, kind: str, signs: dict[str, int], reason: str) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(RuleRefused, match=reason):
        operations.escalate(ticket, kind, "Nothing moves", who.ben, at("Mon 10:30"), **signs)
    assert scalar("SELECT count(*) FROM escalation") == 0


def test_it_belongs_to_the_only_lead_and_can_be_given_to_another_manager(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.escalate(ticket, "non-urgent", "Please look", who.ben, at("Mon 10:30"))
    assert escalations(ticket)[0].owner == "Anna"
    with pytest.raises(RuleRefused, match="Ben is no manager"):
        operations.assign_escalation(ticket, who.ben, who.anna, at("Mon 10:40"))
    operations.assign_escalation(ticket, who.tom, who.anna, at("Mon 10:40"))
    assert escalations(ticket)[0].owner == "Tom"


def test_leads_see_what_waits_the_nearest_first_with_what_it_costs(desk: Desk) -> None:
    who = cast()
    calm, late, free = receive(who), receive(who), receive(who, customer_id=who.hobby, channel="community")
    operations.escalate(calm, "non-urgent", "Please look", who.ben, at("Mon 09:30"))
    operations.escalate(free, "urgent", "Please", who.ben, at("Mon 09:40"))
    operations.escalate(late, "urgent", "Nothing moves", who.ben, at("Mon 10:00"))
    told = open_escalations(at("Mon 12:31"))
    assert [(each.escalation.ticket_id, each.credit_days) for each in told] == [(late, 2), (calm, 0), (free, 0)]
    assert (told[0].late_seconds, told[2].due_at, open_count()) == (31 * 60, None, 3)


def test_why_explains_the_clock_of_an_escalation(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "urgent", "Nothing moves", who.ben, at("Mon 16:00"))
    clock = clock_rows.clocks(ticket)[1]
    told = why(ticket, at("Mon 16:30"), clock.id)
    assert told.objective.startswith("2 business hours, urgent escalation")
    assert "Tue 2 Jun 2026 09:00" in told.title


def test_a_calm_escalation_may_become_urgent_and_one_answer_ends_both(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "non-urgent", "Please look", who.ben, at("Mon 09:30"))
    operations.escalate(ticket, "urgent", "Now!", who.ben, at("Mon 10:00"))
    operations.answer_escalation(ticket, who.anna, at("Mon 11:00"), text="I am on it myself.")
    assert [clock.state for clock in clock_rows.clocks(ticket)] == ["met", "met", "met"], "it answers the request too"
    assert open_count() == 0
    assert one("SELECT escalated, waiting_since FROM ticket") == (0, None)
    assert one("SELECT author, kind FROM message ORDER BY id DESC LIMIT 1") == ("Anna", "message")


def test_an_escalation_taken_back_in_time_costs_nothing(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "urgent", "Nothing moves", who.ben, at("Mon 10:00"))
    with pytest.raises(RuleRefused, match="needs a reason"):
        operations.withdraw_escalation(ticket, " ", who.ben, at("Mon 11:00"))
    operations.withdraw_escalation(ticket, "It works again", who.ben, at("Mon 12:00"))
    assert clock_rows.clocks(ticket)[1].state == "void"
    assert (scalar("SELECT count(*) FROM credit"), one("SELECT escalated FROM ticket")) == (0, (0,))
    with pytest.raises(NotFound, match="no open escalation"):
        operations.withdraw_escalation(ticket, "Again", who.ben, at("Mon 12:01"))
    operations.escalate(ticket, "urgent", "Still broken", who.ben, at("Mon 13:00"))
    assert open_count() == 1


def test_an_escalation_taken_back_too_late_owes_what_it_cost_until_then(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=4)
    operations.escalate(ticket, "urgent", "Nothing moves", who.ben, at("Mon 10:00"))
    operations.withdraw_escalation(ticket, "It works again", who.ben, at("Mon 12:31"))
    assert clock_rows.clocks(ticket)[1].credit_days == 2
    assert scalar("SELECT sum(days) FROM credit WHERE entry = 'owed'") == 2


def test_a_best_effort_ticket_is_best_effort_again_once_its_escalation_is_answered(desk: Desk) -> None:
    who = cast()
    number = receive(who, "Mon 09:00", customer_id=who.plain, severity=3)
    operations.escalate(number, "urgent", "They called.", who.anna, at("Mon 10:00"))
    assert scalar("SELECT clock_state FROM ticket WHERE id = ?", (number,)) == "running"
    operations.answer_escalation(number, who.anna, at("Mon 10:30"))
    assert scalar("SELECT clock_state FROM ticket WHERE id = ?", (number,)) == "best_effort"
