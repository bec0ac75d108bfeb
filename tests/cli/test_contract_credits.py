"""A lead looks at what late answers cost, and decides about it, from the command line."""

import argparse
import json

import pytest

from cli import contract
from contracts.credits import CreditRefused
from models.connection import Desk
from models.errors import NotAllowed
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations

NOW = at("Tue 09:00")


def ask(address: str, *words: str, login: str = "anna") -> int:
    parser = argparse.ArgumentParser()
    contract.add(parser.add_subparsers())
    args = parser.parse_args(["contract", *words])
    args.address, args.now, args.login = address, lambda: NOW, login
    return int(args.run(args))


def late_ticket(who: Cast) -> int:
    ticket = receive(who, subject="Login loop \x1b[2J")
    operations.reply(ticket, "We are on it.", who.ben, at("Mon 11:31"))
    return ticket


def test_credits_are_listed_with_ledger_and_source(
    desk: Desk, desk_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = late_ticket(cast())
    assert ask(desk_address, "credits", "acme") == 0
    printed = capsys.readouterr().out
    assert printed.startswith("accruing 0 days · owed 2 days · granted 0 days · refused 0 days\n")
    assert f"#{ticket}" in printed
    assert "31 min late" in printed
    assert "from 2023-11-15" in printed
    assert "\x1b" not in printed


def test_json_holds_balance_clocks_and_ledger(
    desk: Desk, desk_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = late_ticket(cast())
    assert ask(desk_address, "credits", "acme", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["owed"], told["clocks"][0]["ticket_id"], told["ledger"][0]["entry"]) == (2, ticket, "owed")


def test_a_credit_is_granted_taken_back_and_refused(
    desk: Desk, desk_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = late_ticket(cast())
    ask(desk_address, "grant", f"#{ticket}", "--reason", "as promised", "--json")
    assert json.loads(capsys.readouterr().out)["term_ends_on"] == "2027-01-02"
    ask(desk_address, "reverse", str(ticket), "--reason", "wrong ticket")
    ask(desk_address, "refuse", str(ticket), "--reason", "agreed")
    assert f"Anna refused Acme's credit of 2 days for #{ticket}" in capsys.readouterr().out
    with pytest.raises(CreditRefused, match="No credit is owed"):
        ask(desk_address, "grant", str(ticket), "--reason", "once more")


def test_several_missed_clocks_are_told_apart_by_number(
    desk: Desk, desk_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    who = cast()
    ticket = late_ticket(who)
    operations.escalate(ticket, "urgent", "No progress", who.ben, at("Mon 12:00"))
    operations.answer_escalation(ticket, who.anna, at("Mon 14:30"))
    with pytest.raises(CreditRefused, match=r"--clock: 1 \(initial response\), 2 \(urgent escalation\)"):
        ask(desk_address, "grant", str(ticket), "--reason", "as promised")
    assert ask(desk_address, "grant", str(ticket), "--clock", "2", "--reason", "as promised") == 0
    assert "(urgent escalation)" in capsys.readouterr().out


def test_an_engineer_is_told_who_decides(desk: Desk, desk_address: str) -> None:
    ticket = late_ticket(cast())
    with pytest.raises(NotAllowed, match="takes a lead"):
        ask(desk_address, "grant", str(ticket), "--reason", "please", login="ben")
