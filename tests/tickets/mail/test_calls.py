"""A mail to the managers' address is the written half of an urgent escalation."""

import pytest

from models.connection import Desk
from models.reading import one, rows, scalar
from models.words import URGENT
from tests.tickets.cast import at
from tests.tickets.mail.desk import mail_desk
from tests.tickets.mail.messages import BEN, UNKNOWN, mail
from tickets import operations
from tickets.escalation import open_count
from tickets.mail.filing import file_mail
from tickets.mail.matching import escalation_addresses
from tickets.mail.unmatched import file_unmatched

TEN = at("Mon 10:00")
MANAGER = b"Managers <HI@zitadel.com>"
SIGNS = "SELECT kind, raised_at, called_at, mailed_at FROM escalation WHERE ticket_id = 1 ORDER BY id"
NEWEST = "SELECT sentence FROM operation ORDER BY id DESC LIMIT 1"


def call(when: int = TEN, **headers: bytes) -> None:
    file_mail(mail(f"Nothing moves {when}".encode(), **{"Subject": b"Re: #1", "To": MANAGER} | headers), when)


def due() -> list[tuple[object, ...]]:
    return rows("SELECT state, due_at FROM clock WHERE kind = ? AND ticket_id = 1 ORDER BY id", (URGENT,))


def test_a_mail_to_the_managers_starts_the_clock_and_waits_for_one(desk: Desk) -> None:
    who = mail_desk()
    call()
    assert rows(SIGNS) == [("urgent", TEN, None, TEN)]
    assert due() == [("running", at("Mon 12:00"))]
    assert one("SELECT escalated, state FROM ticket WHERE id = 1") == (1, "open")
    assert scalar("SELECT owner_id FROM escalation") == who.anna
    assert "calls for a manager" in scalar(NEWEST)


def test_a_mail_after_the_phone_call_confirms_it(desk: Desk) -> None:
    who = mail_desk()
    operations.escalate(1, "urgent", "Nothing moves", who.ben, at("Mon 09:50"))
    call(Subject=b"Re: #1 once more", To=b"support@vendor.example", Cc=MANAGER)
    assert rows(SIGNS) == [("urgent", at("Mon 09:50"), at("Mon 09:50"), TEN)]
    assert due() == [("running", at("Mon 11:50"))]
    assert "confirms the call for a manager" in scalar(NEWEST)


def test_whoever_answers_to_all_calls_no_manager_again(desk: Desk) -> None:
    who = mail_desk()
    call()
    call(at("Mon 10:30"))
    assert len(due()) == 1
    operations.answer_escalation(1, who.anna, at("Mon 11:00"), "I look at it myself.")
    call(at("Mon 11:30"))
    assert open_count() == 0
    assert len(rows(SIGNS)) == 1


def test_a_calm_escalation_becomes_urgent(desk: Desk) -> None:
    who = mail_desk()
    operations.escalate(1, "non-urgent", "Please look", who.ben, at("Mon 09:50"))
    call()
    assert [row[0] for row in rows(SIGNS)] == ["non-urgent", "urgent"]


def test_a_solved_ticket_is_open_again_for_the_manager(desk: Desk) -> None:
    who = mail_desk()
    operations.reply(1, "Clear the cookies.", who.ben, at("Mon 09:30"), then="solved")
    call()
    assert one("SELECT state, is_open, escalated FROM ticket WHERE id = 1") == ("open", 1, 1)


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": b"auto-replied"}, {"sender": BEN}, {"Subject": b"A new request"}, {"sender": UNKNOWN}],
    ids=["a machine", "a colleague", "a request of its own", "a stranger"],
)
def test_nobody_else_calls_a_manager(desk: Desk, headers: dict[str, bytes]) -> None:
    mail_desk()
    call(**headers)
    assert rows("SELECT id FROM escalation") == []


def test_a_mail_that_is_filed_by_hand_calls_from_when_it_came(desk: Desk) -> None:
    who = mail_desk()
    call(sender=UNKNOWN)
    mail_id = scalar("SELECT max(id) FROM mail")
    file_unmatched(mail_id, actor=who.ben, at=at("Mon 11:00"), ticket_id=1)
    assert rows(SIGNS) == [("urgent", TEN, None, TEN)]
    assert due() == [("running", at("Mon 12:00"))]


def test_an_address_of_everyday_requests_calls_nobody() -> None:
    assert escalation_addresses() == {"hi@zitadel.com"}
