"""A lead moves a customer to another annex from the command line, and sees first what that changes."""

import json

import pytest

from cli.main import DONE, REFUSED, USAGE, main
from contracts.held import terms_at
from models import journal
from models.agreements import Contract
from models.connection import Desk
from models.customers import Customer
from models.reading import scalar
from tests.tickets.cast import Cast, at, cast

ADOPT = ("contract", "adopt", "acme", "2023-10-06", "--from", "2026-06-02")


@pytest.fixture(autouse=True)
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setenv("TAMDESK_USER", "anna")
    monkeypatch.setattr("cli.main._now", lambda: at("Mon 10:00"))
    return cast()


def tamdesk(*words: str) -> int:
    try:
        return main(list(words))
    except SystemExit as ended:
        return int(str(ended.code))


def test_it_says_what_changes_and_then_does_it(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk(*ADOPT, "--plan", "Extended SLA") == DONE
    told = capsys.readouterr()
    assert f"{'Plan':<32} - Production\n{'':<32} + Extended SLA\n" in told.out
    assert f"{'Support option':<32} - Extended support\n{'':<32} + –\n" in told.out
    assert (
        told.err == "Anna had Acme adopt 2023-10-06: Acme's Extended SLA plan follows 2023-10-06 from 2026-06-02 on.\n"
    )
    held = terms_at(who.acme, at("Tue 00:00"))
    assert held is not None
    assert held.terms.plan.value == "Extended SLA"


def test_a_dry_run_says_the_same_and_writes_nothing(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    before = journal.newest()
    assert tamdesk(*ADOPT, "--plan", "default", "--dry-run") == DONE
    told = capsys.readouterr()
    assert "+ Default\n" in told.out
    assert told.err.endswith("Nothing was written.\n")
    assert journal.newest() == before


def test_json_holds_the_changes(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert tamdesk(*ADOPT, "--plan", "default", "--json") == DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["plan"], told["support_option"], told["adopted"]) == ("default", None, True)
    assert told["effective_at"] == at("Tue 00:00")
    assert {"label": "Revision", "before": "2023-11-15", "after": "2023-10-06"} in told["changes"]


def test_the_first_day_begins_where_the_customer_is(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with journal.transaction(None, at("Mon 09:00"), "move") as tx:
        tx.update(Customer, who.acme, zone="Pacific/Auckland")
        tx.say("Acme moved.")
    assert tamdesk(*ADOPT, "--plan", "default", "--json", "--dry-run") == DONE
    assert json.loads(capsys.readouterr().out)["effective_at"] == at("Mon 14:00")


def test_what_cannot_be_is_a_sentence_and_an_exit_code(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for words, code, said in (
        (ADOPT, REFUSED, "plans of 2023-10-06: Default, Extended SLA, Custom, Self-hosting"),
        ((*ADOPT, "--plan", "default", "--as", "ben"), REFUSED, "it takes a lead"),
        ((*ADOPT, "--option", "extended"), REFUSED, "Name the plan as well"),
        ((*ADOPT[:-1], "soon"), USAGE, "soon"),
        (ADOPT[:-2], USAGE, "--from"),
        (("contract", "adopt", "acne", *ADOPT[3:]), REFUSED, "did you mean 'acme'"),
    ):
        assert tamdesk(*words) == code
        told = capsys.readouterr()
        assert said in told.err


def test_what_a_person_wrote_cannot_move_the_cursor(who: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (who.acme,))
    with journal.transaction(None, at("Mon 09:00"), "order") as tx:
        tx.update(Contract, contract, order='{"languages": ["\\u001b[2JEnglish"]}')
        tx.update(Customer, who.acme, name="Ac\x1b[2Jme")
        tx.say("Acme ordered.")
    assert tamdesk(*ADOPT, "--plan", "default") == DONE
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
