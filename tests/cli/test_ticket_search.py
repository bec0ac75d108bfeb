"""An engineer looks for tickets from the command line."""

import json

import pytest

from cli.main import DONE, REFUSED, main
from models.connection import Desk
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations

HOSTILE = "token \x1b]52;c;ZXZpbA==\x07 [bold]x[/]"


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    people = cast()
    receive(people, subject="Login", severity=1)
    receive(people, subject="Certificate", body=HOSTILE)
    operations.note(1, "The cookie domain?", people.ben, at("Mon 09:40"))
    return people


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == DONE
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def test_a_query_lists_its_tickets(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "ticket", "list", "--query", "sev:1").startswith("#1")
    assert printed(capsys, "ticket", "list", "--query", "owner:ben") == ""
    rows = json.loads(printed(capsys, "ticket", "list", "--query", "customer:acme", "--json"))
    assert [row["id"] for row in rows] == [1, 2]


def test_a_mistake_in_a_query_is_a_sentence(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("list", "--query", "stat:open"), ("search", "stat:open")):
        assert main(["ticket", *words]) == REFUSED
        assert "did you mean 'state'?" in capsys.readouterr().err


def test_a_note_is_found_and_told_with_who_wrote_it(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "ticket", "search", "cookie", "domain")
    assert shown.splitlines()[0].startswith("#1 ")
    assert "Ben: The cookie domain?" in shown


def test_what_a_customer_wrote_is_shown_harmlessly(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "ticket", "search", "token")
    assert "[bold]x[/]" in shown
    assert not [sign for sign in shown if sign != "\n" and not sign.isprintable()]


def test_hits_are_json_on_request(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(printed(capsys, "ticket", "search", "cookie", "--json"))
    hit = shown["hits"][0]
    start, end = hit["excerpt"]["marks"][0]
    assert (hit["row"]["id"], hit["kind"], hit["excerpt"]["text"][start:end]) == (1, "note", "cookie")
    assert (shown["more"], shown["left_out"]) == (False, "")


def test_at_most_so_many_are_printed(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(json.loads(printed(capsys, "ticket", "search", "sev:1,2", "--limit", "1", "--json"))["hits"]) == 1
