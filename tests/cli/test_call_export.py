"""Calls leave as calendar files and minutes, and what was agreed in them is kept."""

from pathlib import Path

import pytest

from cli.main import DONE, REFUSED
from models.connection import Desk
from tam.actions import action
from tam.feedback import of_customer
from tests.cli.hours_story import Shell
from tests.tam.call_desk import NOW, CallDesk, agree, call_desk, plan
from tests.tickets.cast import receive


@pytest.fixture
def bank(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> CallDesk:
    """It is Monday, 1 June 2026, nine o'clock."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return call_desk()


@pytest.fixture
def tamdesk(bank: CallDesk, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "call")


def test_calls_leave_as_a_calendar_file(tamdesk: Shell, bank: CallDesk, tmp_path: Path) -> None:
    from icalendar import Calendar

    series, single = agree(bank), plan(bank)
    for line, events, name in (
        ("export bank", 2, "bank-calls.ics"),
        (f"export --series {series}", 1, "bank-review-call.ics"),
        (f"export --call {single}", 1, "bank-2026-06-03.ics"),
    ):
        told = tamdesk(line)
        assert (told.code, told.err) == (DONE, "")
        assert len(Calendar.from_ical(told.out).walk("VEVENT")) == events
        assert tamdesk(f"{line} --output {tmp_path}").err == f"Written to {tmp_path / name}.\n"
        assert (tmp_path / name).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
        assert tamdesk(f"{line} --json").json["name"] == name


def test_a_file_that_cannot_be_written_is_a_sentence(tamdesk: Shell, bank: CallDesk, tmp_path: Path) -> None:
    told = tamdesk(f"minutes {plan(bank)} --output {tmp_path / 'no' / 'such.md'}")
    assert (told.code, "cannot be written: No such file or directory." in told.err) == (REFUSED, True)


def test_minutes_go_to_a_file_by_their_own_name(tamdesk: Shell, bank: CallDesk, tmp_path: Path) -> None:
    call_id = plan(bank)
    assert tamdesk(f"minutes {call_id} --output {tmp_path}").code == DONE
    assert (tmp_path / "bank-2026-06-03-minutes.md").read_text(encoding="utf-8").startswith("# Review call: Bank\n")
    assert tamdesk(f"minutes {call_id} --output -").out == tamdesk(f"minutes {call_id} --json").json["content"]


def test_actions_are_noted_done_and_dropped(tamdesk: Shell, bank: CallDesk) -> None:
    call_id = plan(bank)
    told = tamdesk(f"action add bank --theirs --owner Jo --due fri --call {call_id}", "send the metadata")
    assert told.out == "     1  open     due 2026-06-05  Bank                 Jo               send the metadata\n"
    assert tamdesk("action add bank answer them --person tom --due 2026-06-02").code == DONE
    assert [each["what"] for each in tamdesk("action list --json").json] == ["answer them"]
    assert [each["id"] for each in tamdesk("action list bank --json").json] == [2, 1]
    assert "finished" in tamdesk("action done 1", by="ben").err
    assert tamdesk("action drop 2 --reason moot --json").json["action"]["state"] == "dropped"
    assert tamdesk("action list bank").err == "Nothing is to be done.\n"
    assert len(tamdesk("action list bank --all").out.splitlines()) == 2
    assert action(1, NOW).state == "done"


def test_what_a_customer_says_is_kept_and_no_date_promised(tamdesk: Shell, bank: CallDesk) -> None:
    ticket = receive(bank.who, customer_id=bank.bank, severity=4)
    line = f"feedback add bank --ticket {ticket} --why audits"
    refused = tamdesk(line, "they want it by March")
    assert (refused.code, "(--own-date)" in refused.err) == (REFUSED, True)
    assert tamdesk(f"{line} --own-date", "they want it by March").code == DONE
    assert tamdesk("feedback add bank --json exports are slow").json["what"] == "exports are slow"
    assert [each.what for each in of_customer(bank.bank)] == ["exports are slow", "they want it by March"]
    told = tamdesk("feedback list bank").out.splitlines()
    assert told[1] == f"     1  2026-06-01  they want it by March (audits)  #{ticket} open"
    assert len(tamdesk("feedback list bank --json").json) == 2
    assert tamdesk("feedback list acme").err == "They have said nothing yet.\n"
