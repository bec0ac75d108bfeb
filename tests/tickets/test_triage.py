"""Severity 1 always has someone, and levels go the way that the annex says."""

import pytest

from models import access, journal
from models.connection import Desk
from models.customers import Customer
from models.errors import CannotUndo, DomainError, NotAllowed, NotFound
from models.people import Person
from models.reading import one, rows
from models.tickets import Ticket
from tests.tickets.cast import Cast, at, cast, everything, receive
from tests.tickets.mail.desk import mail
from tickets import mentions, operations, reading, severity_rules, ticket_reading, why
from tickets.errors import RuleRefused
from tickets.mail import unmatched
from tickets.mail.filing import file_mail

NOON = at("Mon 12:00")


def sentence(ticket: int) -> str:
    [newest] = journal.history(ticket, 1)
    return newest.sentence


def make_tam(who: Cast, person: int = 0) -> None:
    with journal.transaction(None, NOON, "setup") as tx:
        tx.update(Customer, who.acme, tam_id=person or who.tom)
        tx.say("Acme has a TAM.")


def owner(ticket: int) -> str | None:
    found = reading.row(ticket)
    assert found is not None
    return found.owner


# severity 1 has an owner


def test_a_severity_1_is_not_released_but_handed_over_with_a_note(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
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
    ticket = receive(who, severity=1, actor=who.ben)
    before = everything("ticket", "message", "mention")
    operations.handover(ticket, who.cleo, "Yours.", who.ben, NOON + 60)
    journal.undo(who.ben, NOON + 90)
    assert everything("ticket", "message", "mention") == before


def test_only_the_owner_or_a_lead_hands_over(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
    with pytest.raises(RuleRefused, match="only Ben or a lead hands it over"):
        operations.handover(ticket, who.cleo, "Mine now.", who.cleo, NOON)
    operations.handover(ticket, who.cleo, "Ben is ill.", who.anna, NOON)
    assert owner(ticket) == "cleo"


def test_reassigning_a_severity_1_takes_a_note_and_another_ticket_none(desk: Desk) -> None:
    who = cast()
    urgent, plain = receive(who, severity=1, actor=who.ben), receive(who)
    operations.claim(plain, who.ben, NOON)
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
    assert sentence(free) == f"Ben set severity 1 on #{free} (was 2): Everyone is out. Severity 1: Ben has it."
    assert sentence(taken) == f"Ben set severity 1 on #{taken} (was 2): Everyone is out"


def test_who_takes_a_severity_1_in_has_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
    assert owner(ticket) == "ben"
    assert sentence(ticket).endswith("Login loop after the upgrade. Severity 1: Ben has it.")
    assert mentions.unseen(who.ben) == []
    assert owner(receive(who, actor=who.ben)) is None


def test_the_customers_tam_has_a_severity_1_that_a_machine_took_in_and_is_called(desk: Desk) -> None:
    who = cast()
    make_tam(who)
    ticket = receive(who, "Mon 09:00", severity=1, actor=None)
    assert owner(ticket) == "tom"
    assert sentence(ticket).endswith("Severity 1: Tom has it, as the customer's TAM.")
    assert [(line.ticket_id, line.text) for line in mentions.unseen(who.tom)] == [
        (ticket, "Nobody gets in since this morning.")
    ]


def test_having_it_is_no_answer_and_the_clock_goes_on(desk: Desk) -> None:
    who = cast()
    make_tam(who)
    ticket = receive(who, "Mon 09:00", severity=1, actor=None)
    [told] = why.whys(ticket, at("Mon 09:20"))
    assert told.outcome == "running, 40 min left; it has an owner, and that is no answer"
    operations.reply(ticket, "We look.", who.ben, at("Mon 10:30"))
    row = reading.row(ticket)
    assert row is not None
    assert (row.clock_state, row.owner) == ("missed", "tom")


@pytest.mark.parametrize(
    ("gone", "name", "as_what"),
    [
        ((), "tom", "the customer's TAM"),
        (("tom",), "anna", "the desk's first lead"),
        (("tom", "anna"), "ben", "the desk's first engineer"),
        (("tom", "anna", "ben"), "cleo", "the desk's first engineer"),
    ],
)
def test_who_has_left_is_passed_over(desk: Desk, gone: tuple[str, ...], name: str, as_what: str) -> None:
    who = cast()
    make_tam(who)
    with journal.transaction(None, NOON, "setup") as tx:
        for login in gone:
            tx.update(Person, getattr(who, login), active=0)
        tx.say("They left.")
    ticket = receive(who, severity=1, actor=None)
    assert owner(ticket) == name
    assert sentence(ticket).endswith(f"has it, as {as_what}.")


def test_a_tam_who_may_only_look_is_passed_over(desk: Desk) -> None:
    who = cast()
    make_tam(who, who.rita)
    assert owner(receive(who, severity=1, actor=None)) == "anna"


def test_a_severity_1_that_opens_again_has_someone_who_is_still_there(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
    operations.reply(ticket, "Restarted.", who.ben, NOON, then="solved")
    access.change_person("ben", who.anna, NOON, active=0)
    done = operations.customer_wrote(ticket, "Down again.", NOON + 60)
    assert (owner(ticket), done.sentence) == (
        "anna",
        f"Acme wrote on #{ticket}. Severity 1: Anna has it, as the desk's first lead.",
    )
    assert [line.text for line in mentions.unseen(who.anna)] == ["Down again."]


def test_who_opens_a_severity_1_again_has_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
    operations.reply(ticket, "Restarted.", who.ben, NOON, then="solved")
    access.change_person("ben", who.anna, NOON, active=0)
    operations.change_state(ticket, "open", who.cleo, NOON + 60)
    assert owner(ticket) == "cleo"


@pytest.mark.parametrize("said", [{"active": 0}, {"role": "read-only"}])
def test_nobody_leaves_who_has_a_severity_1(desk: Desk, said: dict[str, str | int]) -> None:
    who = cast()
    ticket = receive(who, severity=1, actor=who.ben)
    with pytest.raises(DomainError, match=f"ben has #{ticket}, of severity 1; hand it to a colleague first"):
        access.change_person("ben", who.anna, NOON, **said)
    operations.handover(ticket, who.cleo, "Ben leaves.", who.anna, NOON)
    access.change_person("ben", who.anna, NOON, **said)


def test_an_undo_leaves_no_severity_1_without_an_owner(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.claim(ticket, who.ben, NOON)
    operations.change_severity(ticket, 1, "Everyone is out", who.anna, NOON + 60)
    with pytest.raises(CannotUndo):
        journal.undo(who.ben, NOON + 120)
    assert owner(ticket) == "ben"
    operations.change_severity(ticket, 3, "Restored", who.anna, NOON + 180, because="restored")
    operations.release(ticket, who.ben, NOON + 240)
    with pytest.raises(CannotUndo):
        journal.undo(who.anna, NOON + 300)
    assert owner(ticket) is None


def test_what_is_split_off_or_merged_has_someone(desk: Desk) -> None:
    who = cast()
    ticket = receive(who)
    operations.customer_wrote(ticket, "And all is down.", NOON)
    message = max(line.id for line in ticket_reading.conversation(ticket))
    new = operations.split(ticket, message, "All is down", who.ben, NOON, severity=1)
    assert (owner(ticket), owner(new)) == (None, "ben")


def test_a_mail_of_severity_1_goes_to_the_tam_and_one_filed_by_hand_to_who_files_it(desk: Desk) -> None:
    who = cast()
    make_tam(who)
    filed = file_mail(mail(Subject=b"sev 1: all down"), NOON, actor=who.ben)
    assert owner(filed.ticket_id or 0) == "tom"
    lost = file_mail(mail(sender=b"new@acme.example", Subject=b"sev 1: down"), NOON)
    by_hand = unmatched.file_unmatched(lost.mail_id, actor=who.cleo, at=NOON, customer_id=who.acme)
    assert owner(by_hand.ticket_id or 0) == "cleo"


def test_a_severity_1_from_before_this_rule_is_told_until_someone_has_it(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, "Mon 03:00", severity=1)
    with journal.transaction(None, NOON, "setup") as tx:
        tx.update(Ticket, ticket, owner_id=None)
        tx.say("It was so before.")
    assert [each.ticket_id for each in severity_rules.unowned_severity_1()] == [ticket]
    operations.claim(ticket, who.ben, NOON)
    assert severity_rules.unowned_severity_1() == []


def test_a_severity_1_ends_with_a_word_on_how_service_came_back(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, customer_id=who.globex, severity=1)
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
