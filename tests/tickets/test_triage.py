"""Severity 1 always has someone, and levels go the way that the annex says."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound
from models.reading import one, rows
from tests.tickets.cast import at, cast, everything, receive
from tickets import mentions, operations, reading, severity_rules
from tickets.errors import RuleRefused

NOON = at("Mon 12:00")


def owner(ticket: int) -> str | None:
    found = reading.row(ticket)
    assert found is not None
    return found.owner


# severity 1 has an owner


def test_a_severity_1_is_not_released_but_handed_over_with_a_note(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1)
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="always has an owner: hand it over"):
        operations.release(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="needs a note"):
        operations.handover(ticket, who.cleo, " ", who.ben, NOON)
    told = operations.handover(ticket, who.cleo, "Rollback runs, watch the login rate.", who.ben, NOON)
    assert (owner(ticket), told.sentence) == ("cleo", f"Ben handed #{ticket} over to Cleo.")
    [line] = mentions.unseen(who.cleo)
    assert (line.ticket_id, line.text) == (ticket, "@cleo Rollback runs, watch the login rate.")


def test_a_handover_is_undone_whole(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1)
    operations.claim(ticket, who.ben, NOON)
    before = everything("ticket", "message", "mention")
    operations.handover(ticket, who.cleo, "Yours.", who.ben, NOON + 60)
    journal.undo(who.ben, NOON + 90)
    assert everything("ticket", "message", "mention") == before


def test_only_the_owner_or_a_lead_hands_over(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1)
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="only Ben or a lead hands it over"):
        operations.handover(ticket, who.cleo, "Mine now.", who.cleo, NOON)
    operations.handover(ticket, who.cleo, "Ben is ill.", who.anna, NOON)
    assert owner(ticket) == "cleo"


def test_reassigning_a_severity_1_takes_a_note_and_another_ticket_none(desk: Desk) -> None:
    who = cast()
    urgent, plain = receive(who, severity=1), receive(who)
    for ticket in (urgent, plain):
        operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="say in a note where it stands, for Cleo"):
        operations.assign(urgent, who.cleo, who.anna, NOON)
    operations.assign(plain, who.cleo, who.anna, NOON)
    operations.assign(urgent, who.cleo, who.anna, NOON, note="Ben goes home.")
    assert (owner(urgent), owner(plain)) == ("cleo", "cleo")
    with pytest.raises(RuleRefused, match="is Cleo's already"):
        operations.assign(plain, who.cleo, who.anna, NOON)


def test_a_ticket_is_given_to_those_who_work_tickets(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    with pytest.raises(RuleRefused, match="Rita may only look"):
        operations.assign(ticket, who.rita, who.anna, NOON)
    with pytest.raises(NotFound, match="nobody active"):
        operations.assign(ticket, 999, who.anna, NOON)
    with pytest.raises(NotAllowed, match="may look"):
        operations.assign(ticket, who.ben, who.rita, NOON)


def test_who_raises_a_ticket_to_severity_1_has_it_unless_someone_does(desk: Desk) -> None:
    who = cast()
    free, taken = receive(who), receive(who)
    operations.claim(taken, who.cleo, NOON)
    for ticket in (free, taken):
        operations.change_severity(ticket, 1, "Everyone is out", who.ben, NOON)
    assert (owner(free), owner(taken)) == ("ben", "cleo")


def test_a_severity_1_that_came_in_at_night_is_told_until_someone_has_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, "Mon 03:00", severity=1)
    assert [each.ticket_id for each in severity_rules.unowned_severity_1()] == [ticket]
    operations.claim(ticket, who.ben, NOON)
    assert severity_rules.unowned_severity_1() == []


def test_a_severity_1_ends_with_a_word_on_how_service_came_back(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=1)
    with pytest.raises(RuleRefused, match="has no owner: claim it"):
        operations.change_state(ticket, "solved", who.ben, NOON, note="Restarted")
    operations.claim(ticket, who.ben, NOON)
    with pytest.raises(RuleRefused, match="how core services came back"):
        operations.change_state(ticket, "solved", who.ben, NOON)
    operations.change_state(ticket, "solved", who.ben, NOON, note="The restart brought it back.")
    assert rows("SELECT body FROM message WHERE kind = 'note'") == [("The restart brought it back.",)]
    operations.change_state(ticket, "closed", who.ben, NOON + 60)


# levels


@pytest.mark.parametrize(("level", "to"), [(1, (2, 3, 4)), (2, (3,))])
def test_restored_service_lowers_a_level_as_the_annex_says(desk: Desk, level: int, to: tuple[int, ...]) -> None:
    who = cast()
    rule = severity_rules.lowering(level)
    assert rule is not None
    assert rule.to == to
    for severity in {1, 2, 3, 4} - {level}:
        ticket = receive(who, severity=level)
        if severity in to:
            operations.change_severity(ticket, severity, "Fixed", who.ben, NOON, because="restored")
        else:
            with pytest.raises(RuleRefused, match=f"severity {level} goes to"):
                operations.change_severity(ticket, severity, "Fixed", who.ben, NOON, because="restored")
        found = reading.row(ticket)
        assert found is not None
        assert found.severity == (severity if severity in to else level)


def test_a_level_that_was_wrong_from_the_start_is_assessed_to_any(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.change_severity(ticket, 4, "It is a question", who.ben, NOON)
    with pytest.raises(RuleRefused, match="says nothing of service"):
        operations.change_severity(ticket, 3, "Fixed", who.ben, NOON, because="restored")
    with pytest.raises(RuleRefused, match="assessed or restored, not 'felt'"):
        operations.change_severity(ticket, 3, "Fixed", who.ben, NOON, because="felt")


def test_the_customers_severity_stands_beside_the_vendors_and_changes_no_clock(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=3, customer_severity=2)
    clocks = everything("clock")
    operations.record_customer_severity(ticket, 1, who.ben, NOON)
    assert one("SELECT severity, customer_severity FROM ticket") == (3, 1)
    assert everything("clock") == clocks
    with pytest.raises(RuleRefused, match="sees severity 1 already"):
        operations.record_customer_severity(ticket, 1, who.ben, NOON)
