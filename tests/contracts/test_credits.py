"""What late answers cost: it accrues, is owed, and a lead grants or refuses it, once, and for reasons."""

import subprocess
import sys

import pytest

from contracts.credits import Balance, CreditRefused, balance, grant, ledger, of_ticket, refuse, reverse
from models import journal
from models.agreements import Credit
from models.base import IntegrityError
from models.connection import Desk
from models.errors import CannotUndo, NotAllowed, NotFound
from models.reading import one, rows, scalar
from tests.tickets.cast import Cast, at, cast, receive, sign
from tickets import clock_rows, operations

LATER = at("Tue 09:00")


def sums(held: Balance) -> tuple[int, int, int, int]:
    return held.accruing, held.owed, held.granted, held.refused


def late(who: Cast, answered: str = "Mon 11:31", **changed: object) -> int:
    """A ticket that was due at 11:00 and answered 31 minutes late, which is 2 days; answers its clock."""
    ticket = receive(who, **changed)
    operations.reply(ticket, "We are on it.", who.ben, at(answered))
    return clock_rows.clocks(ticket)[0].id


def extension() -> int:
    found = scalar("SELECT sum(extension_days) FROM term")
    return int(found)


def test_a_credit_accrues_until_it_is_answered_and_is_owed_then(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    assert sums(balance(who.acme, at("Mon 11:00"))) == (0, 0, 0, 0)
    assert sums(balance(who.acme, at("Mon 11:46"))) == (3, 0, 0, 0)
    [accruing] = balance(who.acme, at("Mon 11:46")).clocks
    assert (accruing.ticket_id, accruing.state, accruing.late_seconds) == (ticket, "accruing", 46 * 60)
    assert ledger(who.acme) == []
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 12:00"))
    assert sums(balance(who.acme, LATER)) == (0, 4, 0, 0)
    [line] = ledger(who.acme)
    assert (line.entry, line.days, line.ticket_id, line.person) == ("owed", 4, ticket, None)
    assert line.section


def test_a_granted_credit_moves_the_end_of_the_term(desk: Desk) -> None:
    who = cast()
    decided = grant(late(who), "as the annex promises", who.anna, LATER)
    assert (decided.days, decided.term_ends_on, extension()) == (2, "2027-01-02", 2)
    assert "the term ends 2027-01-02 now: as the annex promises" in decided.sentence
    assert sums(balance(who.acme, LATER)) == (0, 0, 2, 0)
    assert [(line.entry, line.person) for line in ledger(who.acme)] == [("owed", None), ("granted", "Anna")]


def test_a_refused_credit_leaves_the_term_and_keeps_the_reason(desk: Desk) -> None:
    who = cast()
    refuse(late(who), "the customer asked for tomorrow", who.anna, LATER)
    assert (sums(balance(who.acme, LATER)), extension()) == ((0, 0, 0, 2), 0)
    assert ledger(who.acme)[-1].reason == "the customer asked for tomorrow"


def test_a_credit_is_decided_once_and_a_reversal_is_a_further_line(desk: Desk) -> None:
    who = cast()
    clock = late(who)
    grant(clock, "as promised", who.anna, LATER)
    for decide in (grant, refuse):
        with pytest.raises(CreditRefused, match="was granted already; reverse that first"):
            decide(clock, "again", who.anna, LATER)
    reverse(clock, "it was the wrong ticket", who.anna, LATER)
    assert (sums(balance(who.acme, LATER)), extension()) == ((0, 2, 0, 0), 0)
    with pytest.raises(CreditRefused, match="nothing to reverse"):
        reverse(clock, "once more", who.anna, LATER)
    refuse(clock, "agreed on the phone", who.anna, LATER)
    assert [line.entry for line in ledger(who.acme)] == ["owed", "granted", "reversed", "refused"]


def test_only_leads_decide_and_with_a_reason(desk: Desk) -> None:
    who = cast()
    clock = late(who)
    with pytest.raises(NotAllowed, match="it takes a lead"):
        grant(clock, "please", who.tom, LATER)
    with pytest.raises(CreditRefused, match="needs a reason"):
        grant(clock, " \n", who.anna, LATER)
    with pytest.raises(NotFound, match="no clock 999"):
        grant(999, "why not", who.anna, LATER)


def test_what_still_accrues_or_owes_nothing_is_not_decided(desk: Desk) -> None:
    who = cast()
    running = clock_rows.clocks(receive(who))[0].id
    with pytest.raises(CreditRefused, match="still runs"):
        grant(running, "early", who.anna, LATER)
    with pytest.raises(CreditRefused, match="owes nothing"):
        grant(late(who, "Mon 10:00"), "in time", who.anna, LATER)


def test_a_late_answer_and_a_late_manager_on_one_ticket_are_two_credits(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 11:15"))
    operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 12:00"))
    operations.answer_escalation(ticket, who.anna, at("Mon 14:30"))
    first, second = of_ticket(ticket)
    assert [(each.kind, each.days) for each in (first, second)] == [("initial_response", 1), ("escalation_urgent", 2)]
    grant(first.clock_id, "late", who.anna, LATER)
    refuse(second.clock_id, "they could not be reached", who.anna, LATER)
    assert sums(balance(who.acme, LATER)) == (0, 0, 1, 2)


def test_undo_of_a_grant_is_a_counter_entry_and_redo_a_further_one(desk: Desk) -> None:
    who = cast()
    grant(late(who), "as promised", who.anna, LATER)
    lines = rows("SELECT * FROM credit ORDER BY id")
    for state, days in (("reversed", 0), ("granted", 2), ("reversed", 0), ("granted", 2)):
        (journal.undo if state == "reversed" else journal.redo)(who.anna, LATER + 60)
        assert (ledger(who.acme)[-1].entry, extension()) == (state, days)
        assert rows("SELECT * FROM credit ORDER BY id")[: len(lines)] == lines, "lines are never changed"
    assert [line.entry for line in ledger(who.acme)] == [
        "owed", "granted", "reversed", "granted", "reversed", "granted",
    ]  # fmt: skip


def test_undo_of_a_reversal_grants_again(desk: Desk) -> None:
    who = cast()
    clock = late(who)
    grant(clock, "as promised", who.anna, LATER)
    reverse(clock, "by mistake", who.anna, LATER + 1)
    journal.undo(who.anna, LATER + 2)
    assert (sums(balance(who.acme, LATER + 2)), extension()) == ((0, 0, 2, 0), 2)


def test_undo_is_refused_where_another_lead_decided_since(desk: Desk) -> None:
    from models.access import add_person

    who = cast()
    lea = add_person("lea", "Lea", "lead", who.anna, LATER)
    clock = late(who)
    refuse(clock, "no", who.anna, LATER)
    reverse(clock, "yes", lea, LATER)
    with pytest.raises(CannotUndo, match="has been reversed since"):
        journal.undo(who.anna, LATER)


def test_a_customer_without_a_term_is_told_so(desk: Desk) -> None:
    who = cast()
    clock = late(who)
    with journal.transaction(None, LATER, "setup") as tx:
        from models.agreements import Term

        tx.update(Credit, scalar("SELECT id FROM credit"), term_id=None)
        for (term,) in rows(
            "SELECT m.id FROM term m JOIN contract k ON k.id = m.contract_id WHERE k.customer_id = ?", (who.acme,)
        ):
            tx.delete(Term, term)
        tx.say("The term went.")
    with pytest.raises(CreditRefused, match="Acme has no term"):
        grant(clock, "as promised", who.anna, LATER)


@pytest.mark.parametrize("entry", ["owed", "granted"])
def test_the_database_itself_keeps_a_clock_from_being_credited_twice(desk: Desk, entry: str) -> None:
    who = cast()
    clock = late(who)
    grant(clock, "as promised", who.anna, LATER)
    owed = scalar("SELECT id FROM credit WHERE entry = 'owed'")
    answers = owed if entry == "granted" else None
    with pytest.raises(IntegrityError), journal.transaction(None, LATER, "x") as tx:
        tx.insert(Credit, customer_id=who.acme, clock_id=clock, entry=entry, days=2, at=LATER, answers_id=answers)


def test_a_vendors_own_rule_of_the_catalogue_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from contracts.effective import CreditTerms
    from contracts.terms import _Resolution

    who = cast()
    monkeypatch.setattr(_Resolution, "_credit", lambda self, rule: self._sourced(CreditTerms(10, 3), rule.section))
    customer = sign("Initech", "production", "extended")
    ticket = receive(who, customer_id=customer)
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 11:25"))
    clock = clock_rows.clocks(ticket)[0]
    assert clock.credit_days == 6
    assert one("SELECT policy FROM basis WHERE id = ?", (clock.basis_id,)) is not None
    assert clock_rows.basis(clock.basis_id).policy.credit_step_minutes == 10


def test_what_was_decided_on_is_not_taken_away_by_undoing_where_it_came_from(desk: Desk) -> None:
    who = cast()
    clock = late(who)
    columns = ("customer_id", "clock_id", "entry", "days", "at")
    with journal.transaction(who.ben, LATER, "import") as tx:
        tx.delete(Credit, scalar("SELECT id FROM credit"))
        tx.say("The ledger was emptied.")
    with journal.transaction(who.ben, LATER, "import") as tx:
        tx.insert_many(Credit, columns, [(who.acme, clock, "owed", 2, LATER)])
        tx.say("Ben imported.")
    refuse(clock, "agreed", who.anna, LATER + 1)
    with pytest.raises(CannotUndo, match="is needed by what was done since"):
        journal.undo(who.ben, LATER + 2)


GRANT = """
import sys
from contracts.credits import CreditRefused, grant
from models.connection import open_desk

open_desk(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
granted = 0
for clock in sys.argv[3:]:
    try:
        grant(int(clock), "as promised", int(sys.argv[2]), 1780390800)
        granted += 1
    except CreditRefused:
        pass
print(granted)
"""


def test_two_programs_grant_each_credit_once(desk: Desk, desk_address: str) -> None:
    who = cast()
    clocks = [late(who) for _ in range(10)]
    words = [sys.executable, "-c", GRANT, desk_address, str(who.anna), *map(str, clocks)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    programs = [subprocess.Popen(words, text=True, **pipes) for _ in range(2)]
    for each in programs:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in programs:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [each.communicate(timeout=60) for each in programs]
    assert [errors for _, errors in told] == ["", ""]
    assert sum(int(granted) for granted, _ in told) == len(clocks)
    assert (scalar("SELECT count(*) FROM credit WHERE entry = 'granted'"), extension()) == (len(clocks), 20)
