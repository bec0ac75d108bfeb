"""A whole ticket: a conversation of any length by the page, and the facts beside it."""

import pytest

from contracts.credits import balance, grant, reverse
from models import journal
from models.connection import Desk
from models.customers import Customer
from models.errors import NotFound
from models.onboardings import Onboarding
from models.reading import scalar
from models.tickets import Message
from tests.tickets.cast import ZONE, Cast, at, cast, receive
from tickets import operations
from tickets.records import MessageRow
from tickets.ticket_reading import body, conversation, facts

NOW = at("Mon 10:00")


def values(lines: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(lines)


def test_the_facts_name_clock_contract_customer_and_what_is_related(desk: Desk) -> None:
    who: Cast = cast()
    with journal.transaction(None, NOW, "setup") as tx:
        tx.update(Customer, who.acme, tam=who.tom)
        dates = {"starts_on": "2026-05-01", "go_live_on": "2026-07-01"}
        tx.insert(Onboarding, customer=who.acme, phase="term", revision="2023-11-15", **dates)
        tx.say("Acme is brought on board.")
    other = receive(who, subject="An older one")
    number = receive(who, contact_id=who.carla, subject="Login loop with SAML")
    alike = receive(who, subject="SAML login loop again")
    far = receive(who, customer_id=who.globex, subject="A SAML login loop")
    operations.link(number, other, "duplicates", who.ben, NOW)
    told = facts(number, NOW, ZONE)
    assert values(told.clock)["promised"] == "2 extended hours, received 09:00, due 11:00"
    contract = values(told.contract)
    assert (contract["plan"], contract["annex"]) == ("Production + Extended support", "2023-11-15")
    assert (contract["sev 2"], contract["term"]) == ("2 h", "2026-01-01 to 2026-12-31")
    assert "credit owed" not in contract
    customer = values(told.customer)
    assert (customer["contact"], customer["e-mail"], customer["TAM"]) == ("Carla", "carla@acme.example", "Tom")
    assert customer["onboarding"] == "term, go-live 2026-07-01"
    assert told.responsibility
    assert told.related == (
        (f"#{other}", "duplicates: An older one"),
        (f"#{alike}", "alike: SAML login loop again"),
        (f"#{far}", "alike, Globex: A SAML login loop"),
    )


def test_without_a_contract_the_facts_say_so(desk: Desk) -> None:
    who = cast()
    told = facts(receive(who, customer_id=who.stray), NOW, ZONE)
    assert told.contract == (("plan", "no contract at receipt"),)
    assert (told.responsibility, values(told.customer)["contact"]) == ((), "–")


def test_the_credit_that_is_owed_is_that_of_the_ledger(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    operations.reply(number, "Please upgrade.", who.ben, at("Mon 12:00"))
    clock = scalar("SELECT id FROM clock WHERE ticket_id = ?", (number,))
    shown = [values(facts(number, NOW, ZONE).contract).get("credit owed")]
    for decide in (grant, reverse):
        decide(clock, "As agreed.", who.anna, at("Tue 09:00"))
        shown.append(values(facts(number, NOW, ZONE).contract).get("credit owed"))
    assert shown == ["4 days", None, "4 days"]
    assert balance(who.acme, NOW).owed == 4


def test_a_void_clock_is_no_fact(desk: Desk) -> None:
    who = cast()
    number = receive(who, customer_id=who.plain, severity=1)
    assert len(facts(number, NOW, ZONE).clocks) == 1
    operations.change_severity(number, 3, "One user only.", who.ben, at("Mon 09:30"))
    told = facts(number, NOW, ZONE)
    assert (told.clocks, values(told.clock)["promised"]) == ([], "best effort, no clock runs")


def test_a_ticket_that_is_not_there_is_a_sentence(desk: Desk) -> None:
    cast()
    with pytest.raises(NotFound, match="no ticket #99"):
        facts(99, NOW, ZONE)


def talk(who: Cast, number: int, size: int) -> None:
    """A conversation in which three messages come in each second."""
    columns = ("ticket", "side", "author", "at", "body")
    with journal.transaction(None, NOW, "talk") as tx:
        tx.insert_many(
            Message, columns, [(number, "customer", "Jo", NOW + each // 3, f"No. {each}") for each in range(size)]
        )
        tx.say("They talked.")


def test_five_thousand_messages_are_paged_both_ways_without_a_gap_or_a_double(desk: Desk) -> None:
    who = cast()
    number = receive(who)
    talk(who, number, 5_000)
    newest = conversation(number)
    assert [each.body for each in newest] == [f"No. {each}" for each in range(4_900, 5_000)]
    back: list[MessageRow] = list(newest)
    while page := conversation(number, before=(back[0].at, back[0].id)):
        back = [*page, *back]
    assert len(back) == len({each.id for each in back}) == 5_001
    assert [(each.at, each.id) for each in back] == sorted((each.at, each.id) for each in back)
    forth = [back[0]]
    while page := conversation(number, after=(forth[-1].at, forth[-1].id), limit=700):
        forth += page
    assert forth == back


def test_a_page_is_that_of_its_ticket_alone(desk: Desk) -> None:
    who = cast()
    number, other = receive(who), receive(who)
    talk(who, other, 10)
    assert [each.body for each in conversation(number)] == ["Nobody gets in since this morning."]
    assert conversation(99) == []


def test_of_a_huge_message_the_beginning_is_read_and_the_rest_when_asked_for(desk: Desk) -> None:
    number = receive(cast(), body="Grüße " * 500_000)
    (message,) = conversation(number)
    assert (len(message.body), message.length) == (20_000, 3_000_000)
    assert body(message.id, 120_000) == ("Grüße " * 20_000)
    assert conversation(number, longest=2**31 - 1)[0].body == "Grüße " * 500_000
    with pytest.raises(NotFound, match="not on this desk any more"):
        body(999, 10)
