"""Two tickets that report the same become one, and one that reports two things becomes two; nothing is lost."""

import pytest

from models import journal
from models.connection import Desk
from models.errors import CannotUndo, NotFound
from models.reading import one, rows, scalar
from models.tickets import Message
from tests.tickets.cast import Cast, at, cast, everything, receive
from tickets import clock_rows, links, operations, reading, ticket_reading
from tickets.errors import RuleRefused

EVERYTHING = ("ticket", "message", "clock", "credit", "ticket_link", "mention")


def initial(ticket: int) -> list[tuple[str, int]]:
    return [(clock.state, clock.received_at) for clock in clock_rows.clocks(ticket)]


def two(who: Cast) -> tuple[int, int]:
    return receive(who, "Mon 09:00"), receive(who, "Mon 09:20", subject="Login loop again")


# merging


@pytest.mark.parametrize("keep", ["earlier", "later"])
def test_the_clock_of_the_earlier_receipt_stays_whichever_ticket_goes_on(desk: Desk, keep: str) -> None:
    who = cast()
    earlier, later = two(who)
    kept, merged = (earlier, later) if keep == "earlier" else (later, earlier)
    told = operations.merge(merged, kept, who.ben, at("Mon 09:30")).sentence
    row = reading.row(kept)
    assert row is not None
    assert (row.received_at, row.due_at, row.clock_state) == (at("Mon 09:00"), at("Mon 11:00"), "running")
    assert f"The clock of #{later} is void: #{earlier} was received earlier" in told
    assert sorted(initial(kept) + initial(merged)) == [("running", at("Mon 09:00")), ("void", at("Mon 09:20"))]
    assert len(ticket_reading.conversation(kept)) == 2
    [note] = ticket_reading.conversation(merged)
    assert f"Merged into #{kept} with 1 messages" in note.body


def test_a_merged_ticket_is_closed_and_says_where_to_go_on(desk: Desk) -> None:
    who = cast()
    kept, merged = two(who)
    operations.merge(merged, kept, who.ben, at("Mon 09:30"))
    row = reading.row(merged)
    assert row is not None
    assert (row.state, row.clock_state, row.due_at) == ("closed", "none", None)
    for attempt in (
        lambda: operations.reply(merged, "Hello", who.ben, at("Mon 09:40")),
        lambda: operations.change_state(merged, "open", who.ben, at("Mon 09:40")),
        lambda: operations.merge(merged, receive(who), who.ben, at("Mon 09:40")),
    ):
        with pytest.raises(RuleRefused, match=f"merged into #{kept}"):
            attempt()
    assert [(line.words, line.ticket_id) for line in links.links(merged)] == [("merged into", kept)]
    assert [(line.words, line.ticket_id) for line in links.links(kept)] == [("took in", merged)]


def test_what_the_customer_writes_on_a_merged_ticket_lands_where_it_goes_on(desk: Desk) -> None:
    who = cast()
    kept, merged = two(who)
    operations.merge(merged, kept, who.ben, at("Mon 09:30"))
    assert operations.customer_wrote(merged, "And?", at("Mon 09:40")).ticket_id == kept
    row = reading.row(merged)
    assert row is not None
    assert (row.state, ticket_reading.conversation(kept)[-1].body) == ("closed", "And?")


def test_what_was_answered_on_the_duplicate_was_answered(desk: Desk) -> None:
    who = cast()
    earlier, later = two(who)
    operations.reply(later, "We are on it.", who.ben, at("Mon 11:15"))
    settled = clock_rows.clocks(later)
    told = operations.merge(later, earlier, who.ben, at("Mon 11:30")).sentence
    [clock] = clock_rows.clocks(earlier)
    assert (clock.state, clock.stopped_at, clock.credit_days) == ("missed", at("Mon 11:15"), 1)
    assert f"ended with the answer on #{later}, 15 min late, 1 day of credit" in told
    assert clock_rows.clocks(later) == settled, "what is settled stays"


def test_a_settled_clock_of_the_earlier_one_voids_the_later(desk: Desk) -> None:
    who = cast()
    earlier, later = two(who)
    operations.reply(earlier, "We are on it.", who.ben, at("Mon 09:10"))
    operations.merge(earlier, later, who.ben, at("Mon 09:30"))
    assert sorted(initial(later)) == [("met", at("Mon 09:00")), ("void", at("Mon 09:20"))]


def test_a_solved_ticket_that_takes_an_open_one_in_is_open(desk: Desk) -> None:
    who = cast()
    kept, merged = two(who)
    operations.reply(kept, "Done.", who.ben, at("Mon 09:10"), then="solved")
    operations.merge(merged, kept, who.ben, at("Mon 09:30"))
    row = reading.row(kept)
    assert row is not None
    assert (row.state, row.waiting_since) == ("open", at("Mon 09:20"))


def test_merges_that_make_no_sense_are_refused_whole(desk: Desk) -> None:
    who = cast()
    kept, merged = two(who)
    foreign = receive(who, customer_id=who.globex)
    third = receive(who)
    operations.escalate(third, "urgent", "Now", who.ben, at("Mon 09:25"))
    before = everything(*EVERYTHING)
    for ticket, into, reason in (
        (kept, kept, "with itself"),
        (merged, foreign, "is Acme's and .* is Globex's"),
        (third, kept, "is escalated"),
    ):
        with pytest.raises(RuleRefused, match=reason):
            operations.merge(ticket, into, who.ben, at("Mon 09:30"))
    with pytest.raises(NotFound):
        operations.merge(999, kept, who.ben, at("Mon 09:30"))
    assert everything(*EVERYTHING) == before


def test_a_circle_of_merges_is_refused_with_the_ticket_that_goes_on(desk: Desk) -> None:
    who = cast()
    first, second, third = *two(who), receive(who)
    operations.merge(first, second, who.ben, at("Mon 09:30"))
    operations.merge(second, third, who.ben, at("Mon 09:31"))
    assert links.merged_into(first) == third
    with pytest.raises(RuleRefused, match=f"#{first} was merged into #{third} already"):
        operations.merge(third, first, who.ben, at("Mon 09:32"))


def test_a_merge_is_undone_and_redone_whole_unless_someone_replied_since(desk: Desk) -> None:
    who = cast()
    kept, merged = two(who)
    operations.note(merged, "@cleo knows this one", who.ben, at("Mon 09:25"))
    before = everything(*EVERYTHING)
    operations.merge(merged, kept, who.ben, at("Mon 09:30"))
    after = everything(*EVERYTHING)
    journal.undo(who.ben, at("Mon 09:31"))
    assert everything(*EVERYTHING) == before
    journal.redo(who.ben, at("Mon 09:32"))
    assert everything(*EVERYTHING) == after
    operations.reply(kept, "We are on it.", who.cleo, at("Mon 09:40"))
    with pytest.raises(CannotUndo, match="Cleo replied"):
        journal.undo(who.ben, at("Mon 09:41"))


# splitting


def message(ticket: int, number: int) -> int:
    return ticket_reading.conversation(ticket)[number].id


def test_a_second_problem_gets_a_ticket_and_a_clock_of_its_own(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 09:10"))
    operations.customer_wrote(ticket, "Also: the export is empty.", at("Mon 10:00"))
    new = operations.split(ticket, message(ticket, 2), "Empty export", who.ben, at("Mon 10:20"), severity=3)
    row, old = reading.row(new), reading.row(ticket)
    assert row is not None
    assert old is not None
    assert (row.received_at, row.severity, row.owner, row.due_at) == (at("Mon 10:00"), 3, "ben", at("Tue 10:00"))
    assert (row.waiting_since, old.waiting_since, old.clock_state) == (at("Mon 10:00"), None, "met")
    assert [each.body for each in ticket_reading.conversation(new)] == ["Also: the export is empty."]
    assert len(ticket_reading.conversation(ticket)) == 2
    assert [(line.words, line.ticket_id) for line in links.links(new)] == [("split off from", ticket)]


def test_an_answer_that_moves_along_has_answered_the_new_ticket(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.customer_wrote(ticket, "Also: the export is empty.", at("Mon 09:30"))
    operations.reply(ticket, "We look at both.", who.ben, at("Mon 11:45"))
    settled = clock_rows.clocks(ticket)
    new = operations.split(ticket, message(ticket, 1), "Empty export", who.ben, at("Mon 12:00"))
    [clock] = clock_rows.clocks(new)
    assert (clock.state, clock.stopped_at, clock.credit_days) == ("missed", at("Mon 11:45"), 1)
    assert clock_rows.clocks(ticket) == settled
    alone = operations.customer_wrote(ticket, "And the logo.", at("Mon 12:10")).ticket_id
    lone = operations.split(alone, message(alone, 1), "Logo", who.ben, at("Mon 12:20"), following=False)
    assert initial(lone) == [("running", at("Mon 12:10"))]


def test_a_split_is_undone_and_redone_whole(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.customer_wrote(ticket, "Also: the export is empty.", at("Mon 09:30"))
    before = everything(*EVERYTHING)
    operations.split(ticket, message(ticket, 1), "Empty export", who.ben, at("Mon 10:00"))
    after = everything(*EVERYTHING)
    journal.undo(who.ben, at("Mon 10:10"))
    assert everything(*EVERYTHING) == before
    journal.redo(who.ben, at("Mon 10:11"))
    assert everything(*EVERYTHING) == after


def test_what_cannot_begin_a_ticket_is_not_split_off(desk: Desk) -> None:
    who = cast()
    ticket, other = receive(who), receive(who)
    operations.note(ticket, "Cookie domain?", who.ben, at("Mon 09:10"))
    operations.customer_wrote(ticket, "Also: the export.", at("Mon 09:30"))
    for number, subject, error, reason in (
        (message(ticket, 0), "x", RuleRefused, "itself is about"),
        (message(ticket, 1), "x", RuleRefused, "what the customer wrote"),
        (message(ticket, 2), " ", RuleRefused, "needs a subject"),
        (message(other, 0), "x", NotFound, "has no message"),
    ):
        with pytest.raises(error, match=reason):
            operations.split(ticket, number, subject, who.ben, at("Mon 10:00"))


def test_a_very_long_conversation_is_merged_and_split_and_loses_nothing(sqlite_desk: Desk) -> None:
    who = cast()
    ticket, other = two(who)
    columns = ("ticket", "side", "author", "at", "body")
    with journal.transaction(None, at("Mon 09:25"), "import") as tx:
        said = ((ticket, "customer", "Carla", at("Mon 09:25") + n, f"line {n}") for n in range(20_000))
        tx.insert_many(Message, columns, list(said))
        tx.say("A long talk came.")
    half = scalar("SELECT id FROM message WHERE body = 'line 10000'")
    new = operations.split(ticket, half, "The second half", who.ben, at("Mon 18:00"))
    operations.merge(ticket, other, who.ben, at("Mon 18:10"))
    counted = rows("SELECT ticket_id, count(*) FROM message GROUP BY ticket_id ORDER BY ticket_id")
    assert counted == [(ticket, 1), (other, 10_002), (new, 10_000)]
    assert one("SELECT count(*) FROM message WHERE body LIKE 'line %'") == (20_000,)
