"""A query is completed as it is typed: fields first, then what the desk knows of the field."""

import pytest

from models.connection import Desk
from tests.tickets.cast import Cast, at, cast, receive
from tickets import tags
from tickets.query.completion import complete
from tickets.query.fields import FIELDS
from tickets.query.language import parse


@pytest.fixture
def who(desk: Desk) -> Cast:
    people = cast()
    ticket = receive(people, channel="email")
    tags.tag(ticket, ["sso", "big customer"], people.anna, at("Mon 09:10"))
    return people


def offered(text: str) -> list[str]:
    return [choice.text for choice in complete(text, len(text)).choices]


def test_an_empty_query_offers_every_field(who: Cast) -> None:
    assert [text.rstrip(":") for text in offered("")] == list(FIELDS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("st", ["state:"]),
        ("sev:1 ow", ["owner:"]),
        ("-st", ["state:"]),
        ("state:w", ["waiting"]),
        ("is:un", ["unowned"]),
        ("sev:", ["1", "2", "3", "4"]),
        ("sev:1,2", ["2"]),
        ("owner:", ["me", "none", "anna", "ben", "cleo", "rita", "tom"]),
        ("owner:b", ["ben"]),
        ("customer:acm", ["acme"]),
        ("customer:ACM", ["acme"]),
        ("tag:s", ["sso"]),
        ("tag:big", ['"big customer"']),
        ('tag:"big', ['"big customer"']),
        ("queue:", ["support", "onboarding"]),
        ("channel:", ["email"]),
        ("plan:ent", ["enterprise-cloud"]),
        ("due<2", ["2h"]),
        ("received:to", ["today", "tomorrow"]),
        ("age>", ["30m", "2h", "1d", "3d", "1w"]),
        ("text:any", []),
        ("zzz", []),
    ],
)
def test_what_may_stand_there_is_offered(who: Cast, text: str, wanted: list[str]) -> None:
    assert offered(text) == wanted


def test_a_choice_takes_the_place_of_the_word_at_the_cursor(who: Cast) -> None:
    text = "sev:1 customer:acm state:open"
    found = complete(text, 18)
    assert text[: found.start] + found.choices[0].text + text[found.end :] == "sev:1 customer:acme state:open"


def test_every_choice_of_a_value_is_a_query_that_can_be_read(who: Cast) -> None:
    for name, field in FIELDS.items():
        begun = f"{name}<" if field.kind in ("moment", "span") else f"{name}:"
        for choice in complete(begun, len(begun)).choices:
            assert parse(f"{begun}{choice.text}").terms


def test_nothing_is_offered_after_a_sign_that_a_field_does_not_take(who: Cast) -> None:
    assert offered("state<") == []
