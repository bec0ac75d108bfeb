"""Tickets that belong together, by hand and by their words."""

from itertools import pairwise

import pytest

from models import journal
from models.connection import Desk
from models.errors import NotFound
from tests.tickets.cast import at, cast, everything, receive
from tickets import links, operations
from tickets.errors import RuleRefused

NOON = at("Mon 12:00")


def test_a_link_is_seen_from_both_ends_and_can_be_undone(desk: Desk) -> None:
    who = cast()
    first, second = receive(who), receive(who, customer_id=who.globex)
    before = everything("ticket", "ticket_link")
    operations.link(first, second, "related", who.ben, NOON)
    assert [(line.words, line.ticket_id, line.customer) for line in links.links(first)] == [
        ("related to", second, "Globex")
    ]
    assert [(line.words, line.ticket_id) for line in links.links(second)] == [("related to", first)]
    journal.undo(who.ben, NOON + 60)
    assert everything("ticket", "ticket_link") == before


@pytest.mark.parametrize("kind", ["related", "duplicates"])
def test_a_link_is_made_once_and_not_with_itself(desk: Desk, kind: str) -> None:
    who = cast()
    first, second = receive(who), receive(who)
    with pytest.raises(RuleRefused, match="with itself"):
        operations.link(first, first, kind, who.ben, NOON)
    operations.link(first, second, kind, who.ben, NOON)
    with pytest.raises(RuleRefused, match="linked already"):
        operations.link(first, second, kind, who.ben, NOON)
    with pytest.raises(RuleRefused, match="linked already" if kind == "related" else "a circle of duplicates"):
        operations.link(second, first, kind, who.ben, NOON)


def test_a_circle_of_duplicates_is_refused_over_any_number_of_tickets(desk: Desk) -> None:
    who = cast()
    chain = [receive(who) for _ in range(5)]
    for one, next_one in pairwise(chain):
        operations.link(one, next_one, "duplicates", who.ben, NOON)
    with pytest.raises(RuleRefused, match="a circle of duplicates has no original"):
        operations.link(chain[-1], chain[0], "duplicates", who.ben, NOON)


def test_what_people_linked_they_unlink_and_what_was_merged_stays(desk: Desk) -> None:
    who = cast()
    first, second = receive(who), receive(who)
    operations.link(first, second, "duplicates", who.ben, NOON)
    operations.unlink(second, first, who.cleo, NOON)
    assert links.links(first) == []
    operations.merge(first, second, who.ben, NOON)
    with pytest.raises(NotFound, match="Nobody linked"):
        operations.unlink(first, second, who.ben, NOON)
    with pytest.raises(RuleRefused, match="not 'split'"):
        operations.link(first, second, "split", who.ben, NOON)


def test_related_tickets_share_words_the_same_customers_first(desk: Desk) -> None:
    who = cast()
    ticket = receive(who, subject="SAML login loop after the upgrade to 2.41")
    near = receive(who, subject="Login loop with SAML")
    nearer = receive(who, subject="Upgrade brought a SAML login loop")
    far = receive(who, customer_id=who.globex, subject='SAML "login" loop* after upgrade OR not')
    receive(who, subject="Invoice address has changed")
    found = links.related_by_text(ticket)
    assert [(each.ticket_id, each.same_customer) for each in found] == [(nearer, 1), (near, 1), (far, 0)]
    operations.link(ticket, near, "related", who.ben, NOON)
    assert [each.ticket_id for each in links.related_by_text(ticket, limit=1)] == [nearer]


@pytest.mark.parametrize("subject", ["?!", "42", '"', "a b", "'; DROP TABLE ticket; --", "漢字漢字 ünïcödé"])
def test_any_subject_can_be_compared(desk: Desk, subject: str) -> None:
    who = cast()
    ticket = receive(who, subject=subject)
    receive(who, subject="Something else entirely")
    assert links.related_by_text(ticket) == []
    with pytest.raises(NotFound):
        links.related_by_text(999)
