"""Who may do what to a ticket, and how people do not get into each other's way."""

from collections.abc import Callable

import pytest

from contracts.errors import ContractError, NotEntitled
from models.connection import Desk
from models.errors import DomainError, NotAllowed, NotFound, StaleRow
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import operations, reading
from tickets.errors import RuleRefused

NOON = at("Mon 12:00")


def owner(ticket: int) -> str | None:
    found = reading.row(ticket)
    assert found is not None
    return found.owner


def state(ticket: int) -> str:
    found = reading.row(ticket)
    assert found is not None
    return found.state


# taking in


def test_a_free_customers_request_is_refused_as_professional_and_logged_as_community(desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotEntitled, match=r"Hobby's Free plan has no professional support.*log it as community"):
        receive(who, customer_id=who.hobby)
    assert scalar("SELECT COUNT(*) FROM ticket") == 0
    ticket = receive(who, customer_id=who.hobby, channel="community")
    assert state(ticket) == "open"


@pytest.mark.parametrize(
    ("wrong", "error", "reason"),
    [
        ({"subject": " \n "}, RuleRefused, "needs a subject"),
        ({"body": "  "}, RuleRefused, "write something first"),
        ({"severity": 5}, RuleRefused, "Severities are 1 to 4"),
        ({"customer_severity": 0}, RuleRefused, "Severities are 1 to 4"),
        ({"customer_id": 999}, NotFound, "no customer 999"),
        ({"contact_id": 999}, NotFound, "no contact 999"),
        ({"queue": "sales"}, NotFound, "no queue 'sales'"),
        ({"channel": "pigeon"}, ContractError, "no channel 'pigeon'"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_whole(
    desk: Desk, wrong: dict[str, object], error: type[DomainError], reason: str
) -> None:
    who = cast()
    with pytest.raises(error, match=reason):
        receive(who, **wrong)
    assert scalar("SELECT COUNT(*) FROM ticket") == 0


def test_a_channel_must_exist_even_where_nothing_is_promised(desk: Desk) -> None:
    who = cast()
    with pytest.raises(ContractError, match="no channel 'pigeon'"):
        receive(who, customer_id=who.plain, severity=2, channel="pigeon")


def test_someone_elses_contact_is_not_taken_for_this_customers(desk: Desk) -> None:
    who = cast()
    with pytest.raises(NotFound, match="not Plain's"):
        receive(who, customer_id=who.plain, contact_id=who.carla)


def test_the_first_message_carries_the_contacts_name(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, contact_id=who.carla)
    assert scalar("SELECT author FROM message WHERE ticket_id = ?", (ticket,)) == "Carla"


# owners


def test_someone_elses_ticket_is_not_claimed_by_accident(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="is Ben's; take it over"):
        operations.claim(ticket, who.cleo, NOON)
    assert owner(ticket) == "ben"
    told = operations.claim(ticket, who.cleo, NOON, take_over=True)
    assert (owner(ticket), told.sentence) == ("cleo", f"Cleo took #{ticket} over from Ben.")


def test_claiming_twice_says_so(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="yours already"):
        operations.claim(ticket, who.ben, NOON)


def test_a_reply_claims_what_nobody_owns_and_leaves_what_someone_owns(desk: Desk) -> None:
    who = cast()
    free, taken = receive(who), receive(who)
    operations.claim(taken, who.ben, NOON)
    for ticket in (free, taken):
        operations.reply(ticket, "We are on it.", who.cleo, NOON)
    assert (owner(free), owner(taken)) == ("cleo", "ben")


def test_only_the_owner_or_a_lead_releases(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(RuleRefused, match="Nobody owns"):
        operations.release(ticket, who.ben, NOON)
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="only Ben or a lead"):
        operations.release(ticket, who.cleo, NOON)
    operations.release(ticket, who.anna, NOON)
    assert owner(ticket) is None


# conversation and state


def test_a_solved_ticket_opens_when_the_customer_writes(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "Done.", who.ben, NOON, then="solved")
    assert state(ticket) == "solved"
    operations.customer_wrote(ticket, "Not quite.", at("Mon 13:00"))
    row = reading.row(ticket)
    assert row is not None
    assert (row.state, row.waiting_since, row.clock_state) == ("open", at("Mon 13:00"), "missed")


def test_how_long_the_customer_waits_counts_from_the_first_word_that_nobody_answered(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.customer_wrote(ticket, "Hello?", at("Mon 09:30"))
    row = reading.row(ticket)
    assert row is not None
    assert row.waiting_since == at("Mon 09:00")


def test_a_closed_ticket_is_not_replied_to(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "Done.", who.ben, NOON, then="solved")
    operations.change_state(ticket, "closed", who.ben, NOON)
    with pytest.raises(RuleRefused, match="is closed"):
        operations.reply(ticket, "One more thing.", who.ben, NOON)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (lambda t, w: operations.reply(t, " ", w.ben, NOON), "write something first"),
        (lambda t, w: operations.note(t, "\n", w.ben, NOON), "write something first"),
        (lambda t, w: operations.customer_wrote(t, "", NOON), "write something first"),
        (lambda t, w: operations.reply(t, "x", w.ben, NOON, then="closed"), "open, waiting or solved"),
        (lambda t, w: operations.change_state(t, "on hold", w.ben, NOON), "not 'on hold'"),
        (lambda t, w: operations.change_state(t, "open", w.ben, NOON), "open already"),
        (lambda t, w: operations.change_severity(t, 2, "x", w.ben, NOON), "severity 2 already"),
        (lambda t, w: operations.change_severity(t, 1, " ", w.ben, NOON), "needs a reason"),
        (lambda t, w: operations.change_severity(t, 0, "x", w.ben, NOON), "1 to 4"),
        (lambda t, w: operations.escalate(t, "loud", "x", w.ben, NOON), "not 'loud'"),
        (lambda t, w: operations.claim(t + 1, w.ben, NOON), "no ticket"),
    ],
)
def test_a_refusal_says_what_is_possible_and_changes_nothing(
    desk: Desk, wrong: Callable[[int, Cast], object], reason: str
) -> None:
    who = cast()
    ticket = receive(who)
    before = everything()
    with pytest.raises(DomainError, match=reason):
        wrong(ticket, who)
    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda t, w: receive(w, actor=w.rita),
        lambda t, w: operations.claim(t, w.rita, NOON),
        lambda t, w: operations.release(t, w.rita, NOON),
        lambda t, w: operations.reply(t, "x", w.rita, NOON),
        lambda t, w: operations.note(t, "x", w.rita, NOON),
        lambda t, w: operations.change_severity(t, 1, "x", w.rita, NOON),
        lambda t, w: operations.change_state(t, "waiting", w.rita, NOON),
        lambda t, w: operations.escalate(t, "urgent", "x", w.rita, NOON),
        lambda t, w: operations.answer_escalation(t, w.rita, NOON),
        lambda t, w: operations.customer_wrote(t, "x", NOON, actor=w.rita),
    ],
)
def test_read_only_people_change_nothing(desk: Desk, change: Callable[[int, Cast], object]) -> None:
    who = cast()
    ticket = receive(who)
    before = everything()
    with pytest.raises(NotAllowed, match="Rita may look but not change anything"):
        change(ticket, who)
    assert everything() == before


@pytest.mark.parametrize(
    "save",
    [
        lambda t, w, v: operations.reply(t, "We are on it.", w.ben, NOON, version=v),
        lambda t, w, v: operations.change_severity(t, 1, "All are out", w.ben, NOON, version=v),
        lambda t, w, v: operations.change_state(t, "waiting", w.ben, NOON, version=v),
    ],
)
def test_a_stale_save_is_refused_and_says_what_changed(desk: Desk, save: Callable[[int, Cast, int], object]) -> None:
    who = cast()
    ticket = receive(who)
    seen = reading.row(ticket)
    assert seen is not None
    operations.change_severity(ticket, 3, "One person only", who.cleo, at("Mon 09:10"))
    before = everything()
    with pytest.raises(StaleRow, match="Cleo set severity 3"):
        save(ticket, who, seen.version)
    assert everything() == before
