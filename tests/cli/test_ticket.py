"""An engineer looks at tickets from the command line."""

import json

import pytest

from cli.main import DONE, main
from models.connection import Desk
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations

HOSTILE = "[bold]x[/] \x1b]52;c;ZXZpbA==\x07 \x1b[2J"


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A desk with an urgent ticket, one that waits, and one without a promise; it is Monday, ten o'clock."""
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    people = cast()
    receive(people, subject="Later", severity=3)
    receive(people, subject=HOSTILE, body=f"Help\n{HOSTILE}\n\x1b[31m", severity=1, at=at("Mon 08:00"))
    receive(people, customer_id=people.plain, subject="Some day")
    operations.claim(1, people.ben, at("Mon 09:30"))
    return people


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == DONE
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def test_the_clock_that_runs_out_first_is_on_top(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "ticket", "list").splitlines()
    assert [line.split()[0] for line in lines] == ["#2", "#1", "#3"]
    assert "09:00" in lines[0]
    assert "best effort" in lines[2]


def test_a_view_and_a_limit(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "ticket", "list", "missed").startswith("#2")
    assert printed(capsys, "--as", "ben", "ticket", "list", "mine").startswith("#1")
    assert len(printed(capsys, "ticket", "list", "--limit", "2").splitlines()) == 2
    assert printed(capsys, "ticket", "list", "--limit", "0") == ""
    assert printed(capsys, "ticket", "list", "escalated") == ""


def test_a_clock_that_has_run_out_says_so(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    missed, running = printed(capsys, "ticket", "list").splitlines()[:2]
    assert "missed 09:00" in missed
    assert "missed" not in running


@pytest.mark.parametrize("word", ["abc", "#", "0", "²", str(2**31), "9" * 5000])
def test_what_is_no_number_of_a_ticket_is_told_in_words(capsys: pytest.CaptureFixture[str], word: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["ticket", "show", word])
    assert ended.value.code == 2
    assert "is not a ticket's number, such as 1042 or #1042" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("list",), ("show", "2"), ("show", "#2"), ("why", "2"), ("why", "3")])
def test_everything_is_json_on_request(who: Cast, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert json.loads(printed(capsys, "ticket", *words, "--json"))


def test_the_json_of_a_ticket_is_whole(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(printed(capsys, "ticket", "show", "2", "--json"))
    assert shown["ticket"]["subject"] == HOSTILE
    assert shown["messages"][0]["body"] == f"Help\n{HOSTILE}\n\x1b[31m"
    assert shown["clocks"][0]["due_at"] == at("Mon 09:00")


def test_what_a_customer_wrote_is_shown_harmlessly(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("list",), ("show", "2"), ("why", "2"), ("show", "1")):
        shown = printed(capsys, "ticket", *words)
        assert not [sign for sign in shown if sign != "\n" and not sign.isprintable()]
    assert "[bold]x[/]" in printed(capsys, "ticket", "show", "2")


def test_the_conversation_is_told_from_its_beginning(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    operations.note(2, "The cookie domain?", who.ben, at("Mon 09:40"))
    operations.reply(2, "We are on it.", who.ben, at("Mon 09:45"))
    shown = printed(capsys, "ticket", "show", "2")
    assert shown.index("Help") < shown.index("The cookie domain?") < shown.index("We are on it.")
    assert "Ben (note, internal)" in shown


def test_why_tells_the_calculation_and_its_source(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "ticket", "why", "2")
    assert "08:00–09:00" in shown
    assert "60 min of 60 min: due 09:00" in shown
    assert "2023-11-15" in shown
    assert "4 days of credit" in shown
    assert "best effort" in printed(capsys, "ticket", "why", "3")
