"""Mail goes on with a ticket's story: it opens and answers, comes twice, grows too large, and waits to be filed."""

import pytest

from contracts.errors import NotEntitled
from models import journal
from models.connection import Desk
from models.errors import NotAllowed, NotFound
from models.reading import one, scalar
from models.working import TicketLink
from tests.tickets.cast import ZONE, at, everything
from tests.tickets.mail.desk import FIRST, mail_desk
from tests.tickets.mail.messages import BEN, GINA, PLAIN, UNKNOWN, attachment, mail, parts
from tickets import attachments, operations, ticket_reading
from tickets.errors import RuleRefused
from tickets.mail import filing, unmatched
from tickets.mail.filing import MailTooLarge, file_mail
from tickets.mail.unmatched import dismiss, file_unmatched, read_mail

TEN = at("Mon 10:00")
NOON = at("Mon 12:00")


def state(ticket: int) -> tuple[str, int | None]:
    """State, and since when the customer waits."""
    row = ticket_reading.facts(ticket, NOON, ZONE).row
    return row.state, row.waiting_since


# a customer writes


def test_the_first_mail_opens_a_ticket_by_mail_with_the_severity_that_it_names(desk: Desk) -> None:
    who = mail_desk()
    found = one("SELECT customer_id, contact_id, channel, severity, customer_severity, due_at FROM ticket WHERE id = 1")
    assert found == (who.acme, who.carla, "email", 2, 2, at("Mon 11:00"))
    filed = file_mail(mail(Subject=b"A question"), TEN)
    assert one("SELECT severity, customer_severity FROM ticket WHERE id = ?", (filed.ticket_id,)) == (3, None)


def test_the_date_that_a_mail_claims_decides_nothing(desk: Desk) -> None:
    mail_desk()
    filed = file_mail(mail(Date=b"Fri, 31 Dec 2099 23:59:59 +0000", Subject=b"sev 1"), TEN)
    assert one("SELECT received_at, due_at FROM ticket WHERE id = ?", (filed.ticket_id,)) == (TEN, at("Mon 11:00"))


def test_a_person_opens_a_solved_ticket_and_a_machine_does_not(desk: Desk) -> None:
    who = mail_desk()
    operations.reply(1, "Clear the cookies.", who.ben, at("Mon 09:30"), then="solved")
    file_mail(mail(Subject=b"#1", Auto_Submitted=b"auto-replied"), TEN)
    assert state(1) == ("solved", None)
    file_mail(mail(b"Still so", Subject=b"#1"), TEN)
    assert state(1) == ("open", TEN)


def test_a_merged_ticket_hands_its_mail_on(desk: Desk) -> None:
    mail_desk()
    other = file_mail(mail(Subject=b"The same again"), TEN).ticket_id
    with journal.transaction(None, TEN, "merge") as tx:
        tx.insert(TicketLink, ticket_id=1, other_id=other, kind="merged")
        tx.say("#1 went into the other.")
    assert file_mail(mail(Subject=b"Re: #1"), NOON).ticket_id == other


def test_files_stay_with_the_message_that_brought_them(desk: Desk) -> None:
    mail_desk()
    filed = file_mail(parts(b"multipart/mixed", PLAIN, attachment(b"filename=a.log"), attachment(b"filename=b")), TEN)
    kept = attachments.attachments(filed.ticket_id or 0)
    assert [(file.name, file.message_id) for file in kept] == [("a.log", filed.message_id), ("b", filed.message_id)]
    assert attachments.content(kept[0].digest) == b"secret"


# a colleague answers


def test_a_colleagues_mail_to_the_customer_is_the_answer_and_claims_the_ticket(desk: Desk) -> None:
    who = mail_desk()
    file_mail(mail(b"On it", BEN, To=b"carla@acme.example", Subject=b"Re: #1"), TEN)
    assert one("SELECT state, stopped_at FROM clock WHERE ticket_id = 1") == ("met", TEN)
    assert one("SELECT owner_id, state, waiting_since FROM ticket WHERE id = 1") == (who.ben, "waiting", None)


def test_a_late_answer_by_mail_owes_its_credit(desk: Desk) -> None:
    mail_desk()
    file_mail(mail(b"Sorry", BEN, To=b"carla@acme.example", Subject=b"Re: #1"), at("Mon 11:31"))
    assert one("SELECT state, credit_days FROM clock WHERE ticket_id = 1") == ("missed", 2)
    assert one("SELECT entry, days FROM credit") == ("owed", 2)


def test_a_closed_ticket_takes_a_colleagues_mail_and_stays_closed(desk: Desk) -> None:
    who = mail_desk()
    operations.reply(1, "Done", who.ben, TEN, then="solved")
    operations.change_state(1, "closed", who.ben, TEN)
    assert file_mail(mail(b"One more thing", BEN, To=b"carla@acme.example", Subject=b"#1"), NOON).state == "filed"
    assert state(1)[0] == "closed"


# the same again


def test_a_mail_that_is_handed_over_again_is_the_one_that_was_filed(desk: Desk) -> None:
    mail_desk()
    raw = mail(Subject=b"Again", Message_ID=b"<again@acme.example>")
    first = file_mail(raw, TEN)
    before = everything("ticket", "message", "mail", "content")
    assert file_mail(raw, NOON) == first
    assert file_mail(mail(Subject=b"Nameless"), NOON) == file_mail(mail(Subject=b"Nameless"), NOON + 9)
    assert everything("ticket", "message", "mail", "content")["mail"][: len(before["mail"])] == before["mail"]


def test_a_second_copy_is_kept_and_shown_once(desk: Desk) -> None:
    mail_desk()
    copy = mail(Received=b"by way.of.a.list", Subject=b"Login loop, sev 2", Message_ID=b"<first@acme.example>")
    filed = file_mail(copy, TEN)
    assert (filed.state, filed.ticket_id, filed.message_id) == ("robot", 1, None)
    assert "came with the same Message-ID" in filed.reason
    assert scalar("SELECT COUNT(*) FROM message WHERE ticket_id = 1") == 1


def test_a_known_message_id_with_other_words_waits_for_a_person(desk: Desk) -> None:
    mail_desk()
    filed = file_mail(mail(b"Now it is down!", Message_ID=b"<first@acme.example>"), TEN)
    assert (filed.state, filed.ticket_id) == ("unmatched", None)
    assert "said something else" in filed.reason


# too large


def test_a_mail_over_25_mb_starts_its_clock_and_keeps_its_files_in_the_raw_mail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tickets.mail.letter.LIMIT", 2000)
    mail_desk()
    raw = parts(b"multipart/mixed", PLAIN, attachment(b"filename=dump.bin", b"x" * 5000))
    filed = file_mail(raw, TEN)
    [message] = ticket_reading.conversation(filed.ticket_id or 0)
    assert message.body.startswith("plain words\n\n[The mail has 0 MB;")
    assert message.body.endswith("are in the raw mail: dump.bin.]")
    assert attachments.attachments(filed.ticket_id or 0) == []
    assert unmatched.raw_mail(filed.mail_id) == raw
    assert scalar("SELECT state FROM clock WHERE ticket_id = ?", (filed.ticket_id,)) == "running"


def test_a_text_too_long_to_show_goes_on_in_the_raw_mail(desk: Desk) -> None:
    mail_desk()
    filed = file_mail(mail(b"y" * 1_000_001), TEN)
    [message] = ticket_reading.conversation(filed.ticket_id or 0, longest=2_000_000)
    assert message.body == "y" * 1_000_000 + "\n\n[The text goes on in the raw mail.]"


def test_a_mail_that_no_desk_keeps_is_refused_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_desk()
    before = everything("mail", "content")
    monkeypatch.setattr(filing, "LARGEST", 10)
    with pytest.raises(MailTooLarge, match="the desk takes mails of"):
        file_mail(mail(), TEN)
    assert everything("mail", "content") == before


# unmatched


def test_what_nobody_could_be_found_for_waits_with_a_hint(desk: Desk) -> None:
    who = mail_desk()
    file_mail(mail(sender=b"new.one@acme.example", Subject=b"Hello"), TEN)
    file_mail(mail(sender=b"x@agency.example", Subject=b"Both"), TEN)
    file_mail(mail(sender=b"x@a_me.example", Subject=b"%"), TEN)
    listed = unmatched.unmatched(10)
    assert [(row.subject, row.customer_id, row.customer) for row in listed] == [
        ("%", None, ""),
        ("Both", None, ""),
        ("Hello", who.acme, "Acme"),
    ]
    assert unmatched.count() == 3
    assert [row.subject for row in unmatched.unmatched(1, before=listed[0].id)] == ["Both"]
    assert read_mail(listed[2].id).text == "Help"


def test_a_mail_is_filed_by_hand_as_a_request_received_when_it_came(desk: Desk) -> None:
    who = mail_desk()
    lost = file_mail(mail(sender=b"new.one@acme.example", Subject=b"sev 1: down"), TEN)
    filed = file_unmatched(lost.mail_id, customer_id=who.acme, contact_id=who.carla, actor=who.ben, at=NOON)
    found = one(
        "SELECT contact_id, severity, received_at, due_at, updated_at FROM ticket WHERE id = ?", (filed.ticket_id,)
    )
    assert found == (who.carla, 1, TEN, at("Mon 11:00"), NOON)
    assert unmatched.mail_row(lost.mail_id).state == "filed"
    assert (
        file_mail(mail(sender=b"carla@acme.example", Subject=f"Re: #{filed.ticket_id}".encode()), NOON).ticket_id == 3
    )


def test_filing_by_hand_can_be_undone_and_the_mail_waits_again(desk: Desk) -> None:
    who = mail_desk()
    lost = file_mail(parts(b"multipart/mixed", PLAIN, attachment(b"filename=a"), sender=UNKNOWN), TEN)
    before = everything("ticket", "message", "clock", "attachment", "mail")
    file_unmatched(lost.mail_id, ticket_id=1, actor=who.ben, at=NOON)
    [_, message] = ticket_reading.conversation(1)
    assert (message.author, message.at, message.side) == ("who@nowhere.example", TEN, "customer")
    journal.undo(who.ben, NOON)
    assert everything("ticket", "message", "clock", "attachment", "mail") == before


def test_a_machines_mail_can_be_filed_as_the_request_that_it_is(desk: Desk) -> None:
    who = mail_desk()
    alarm = file_mail(mail(b"Disk full", Auto_Submitted=b"auto-generated"), TEN)
    assert [row.id for row in unmatched.unmatched(10, state="robot")] == [alarm.mail_id]
    filed = file_unmatched(alarm.mail_id, customer_id=who.acme, severity=4, actor=who.ben, at=NOON)
    assert one("SELECT contact_id, severity FROM ticket WHERE id = ?", (filed.ticket_id,)) == (who.carla, 4)
    assert scalar("SELECT automatic FROM message WHERE id = ?", (filed.message_id,)) == 0


def test_a_free_customers_mail_is_filed_as_community(desk: Desk) -> None:
    who = mail_desk()
    lost = file_mail(mail(sender=b"hal@hobby.example", Subject=b"How?"), TEN)
    with pytest.raises(NotEntitled, match="log it as community"):
        file_unmatched(lost.mail_id, customer_id=who.hobby, actor=who.ben, at=NOON)
    filed = file_unmatched(lost.mail_id, customer_id=who.hobby, channel="community", actor=who.ben, at=NOON)
    assert one("SELECT channel, clock_state FROM ticket WHERE id = ?", (filed.ticket_id,)) == ("community", "none")


def test_a_colleagues_lost_answer_counts_from_when_it_came(desk: Desk) -> None:
    who = mail_desk()
    lost = file_mail(mail(b"On it", BEN, To=b"carla@acme.example", Subject=b"Your problem"), TEN)
    file_unmatched(lost.mail_id, ticket_id=1, actor=who.cleo, at=NOON)
    assert one("SELECT state, stopped_at FROM clock WHERE ticket_id = 1") == ("met", TEN)


def test_what_is_no_request_is_dismissed_with_a_reason_and_kept(desk: Desk) -> None:
    who = mail_desk()
    spam = file_mail(mail(sender=UNKNOWN, Subject=b"Buy"), TEN)
    with pytest.raises(RuleRefused, match="with a reason"):
        dismiss(spam.mail_id, " ", who.ben, NOON)
    dismiss(spam.mail_id, "spam", who.ben, NOON)
    assert (unmatched.count(), unmatched.mail_row(spam.mail_id).reason) == (0, "spam")
    assert b"Subject: Buy" in unmatched.raw_mail(spam.mail_id)
    with pytest.raises(RuleRefused, match="is dismissed already"):
        dismiss(spam.mail_id, "spam", who.ben, NOON)
    journal.undo(who.ben, NOON)
    assert unmatched.count() == 1


def test_what_cannot_be_filed_says_why(desk: Desk) -> None:
    who = mail_desk()
    lost = file_mail(mail(sender=UNKNOWN), TEN).mail_id
    with pytest.raises(RuleRefused, match="on a ticket or for a customer"):
        file_unmatched(lost, actor=who.ben, at=NOON)
    with pytest.raises(NotFound, match="no contact"):
        file_unmatched(lost, customer_id=who.globex, contact_id=who.carla, actor=who.ben, at=NOON)
    with pytest.raises(NotFound, match="no ticket #99"):
        file_unmatched(lost, ticket_id=99, actor=who.ben, at=NOON)
    with pytest.raises(NotFound, match="no mail 999"):
        file_unmatched(999, ticket_id=1, actor=who.ben, at=NOON)
    with pytest.raises(NotAllowed):
        file_unmatched(lost, ticket_id=1, actor=who.rita, at=NOON)
    file_unmatched(lost, ticket_id=1, actor=who.ben, at=NOON)
    with pytest.raises(RuleRefused, match="is filed on #1 already"):
        file_unmatched(lost, ticket_id=2, actor=who.ben, at=NOON)


def test_the_journal_tells_what_became_of_each_mail(desk: Desk) -> None:
    mail_desk()
    file_mail(mail(sender=GINA, Subject=b"Re: #1"), TEN)
    [note] = journal.since(journal.newest() - 1)
    assert note.sentence.startswith("A mail of gina@globex.example is kept as unmatched: it answers #1 of Acme")
    file_mail(mail(Subject=b"Re: #1"), FIRST + 60)
    [note] = journal.since(journal.newest() - 1)
    assert (note.sentence, note.ticket_id) == ("Carla wrote on #1 by mail.", 1)
