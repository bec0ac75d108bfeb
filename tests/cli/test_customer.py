"""A new desk gets its first customer and contract from the command line."""

import json
from pathlib import Path

import pytest

from cli.main import DONE, REFUSED, USAGE, main
from contracts.held import customer_id, terms_at
from models.access import identify
from models.connection import Desk
from models.reading import scalar
from tests.tickets.cast import at

SIGN = ("contract", "sign", "newco", "--plan", "Production", "--option", "Extended support", "--from", "2026-06-01")


@pytest.fixture(autouse=True)
def new_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    identify("anna", at("Mon 09:00"))
    return desk


def tamdesk(*words: str) -> int:
    try:
        return main(list(words))
    except SystemExit as ended:
        return int(str(ended.code))


def test_from_nothing_to_a_ticket_with_a_clock(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    order = tmp_path / "order.toml"
    order.write_text('reference = "Q-7"\n[tam]\nminutes = 600\nper = "month"\n')
    assert tamdesk("customer", "list") == DONE
    assert "tamdesk customer add NAME" in capsys.readouterr().err
    assert tamdesk("customer", "add", "Newco", "--tam", "anna", "--badge", "ext") == DONE
    assert tamdesk("customer", "list") == DONE
    assert "no contract; sign one with: tamdesk contract sign" in capsys.readouterr().out
    assert tamdesk(*SIGN, "--order", str(order)) == DONE
    told = capsys.readouterr()
    assert "10 h per month" in told.out
    assert told.err.endswith("annex 2023-11-15, holds from 2026-06-01 to 2027-05-31.\n")
    assert tamdesk("customer", "contact", "newco", "Nina", "--email", "nina@newco.example", "--named") == DONE
    ticket = ("ticket", "new", "--customer", "newco", "--contact", "nina@newco.example", "--severity", "1")
    assert tamdesk(*ticket, "--subject", "Down", "--body", "All is down.") == DONE
    assert scalar("SELECT due_at FROM clock") == at("Mon 11:00")
    capsys.readouterr()
    assert tamdesk("customer", "list", "--json") == DONE
    [line] = json.loads(capsys.readouterr().out)
    assert (line["key"], line["plan"], line["open_tickets"]) == ("newco", "Production", 1)


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    tamdesk("customer", "add", "Newco")
    assert tamdesk(*SIGN, "--months", "3", "--dry-run", "--json") == DONE
    told = capsys.readouterr()
    assert json.loads(told.out)["ends_on"] == "2026-08-31"
    assert told.err.endswith("Nothing was written.\n")
    assert terms_at(customer_id("newco"), at("Tue 09:00")) is None


def test_a_contract_goes_on_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    tamdesk("customer", "add", "Newco")
    tamdesk(*SIGN, "--until", "2026-12-31")
    assert tamdesk("contract", "renew", "newco", "--months", "6") == DONE
    assert "from 2027-01-01 to 2027-06-30" in capsys.readouterr().err
    assert tamdesk("contract", "end", "newco", "--on", "2027-03-31", "--reason", "they were bought") == DONE
    assert capsys.readouterr().err == "anna let Newco's contract end on 2027-03-31: they were bought\n"
    assert terms_at(customer_id("newco"), at("2027-04-01 00:00")) is None


def test_people_and_changes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tamdesk("customer", "add", "Newco")
    tamdesk("customer", "contact", "newco", "Nina", "--phone", "+41 44")
    assert tamdesk("customer", "change", "newco", "--zone", "Asia/Tokyo", "--name", "Newer Co") == DONE
    capsys.readouterr()
    assert tamdesk("customer", "contacts", "newco") == DONE
    assert capsys.readouterr().out.split() == ["Nina", "+41", "44"]
    assert tamdesk("customer", "contacts", "newco", "--json") == DONE
    assert json.loads(capsys.readouterr().out)[0]["named"] == 0


def test_what_cannot_be_is_a_sentence_and_an_exit_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.toml").write_text("= 1")
    tamdesk("customer", "add", "Newco")
    for words, code, said in (
        ((*SIGN, "--order", str(tmp_path / "none.toml")), REFUSED, "cannot be read: No such file"),
        ((*SIGN, "--order", str(tmp_path / "bad.toml")), REFUSED, "is no TOML"),
        ((*SIGN[:3], "--plan", "Gold", *SIGN[7:]), REFUSED, "Gold"),
        (SIGN[:-2], USAGE, "--from"),
        (("customer", "add", "Newco"), REFUSED, "is a customer already"),
        (("customer", "change", "newco"), REFUSED, "Say what to change"),
    ):
        assert tamdesk(*words) == code
        assert said in capsys.readouterr().err
