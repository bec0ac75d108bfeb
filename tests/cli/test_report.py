"""A lead prints a month: promises, credits, hours and onboardings."""

import pytest

from cli.main import DONE, REFUSED, USAGE
from models import journal
from models.agreements import Contract
from models.connection import Desk
from models.reading import scalar
from onboarding import items, starting
from tam.balance import balance
from tam.entries import log
from tests.cli.hours_story import Shell
from tests.onboarding.board import MONDAY, NOW, item, term
from tests.tam.call_desk import CallDesk, call_desk
from tests.tickets.cast import at, receive
from tickets import operations


@pytest.fixture
def bank(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> CallDesk:
    """It is Friday, 5 June 2026, noon."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: at("Fri 12:00"))
    return call_desk()


@pytest.fixture
def tamdesk(bank: CallDesk, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "report")


def answered(bank: CallDesk, when: str, arrives: str = "Mon 09:00") -> int:
    """A ticket of two hours that arrives on Monday at nine, answered at an instant."""
    number = receive(bank.who, arrives)
    operations.reply(number, "Please upgrade.", bank.who.ben, at(when))
    return number


def test_a_desk_where_nothing_went_wrong_is_told_in_five_lines(tamdesk: Shell) -> None:
    told = tamdesk("")
    assert (told.code, told.err) == (DONE, "")
    assert told.out.splitlines() == [
        "2026-06 so far",
        "Objectives   0 met, 0 missed",
        "Credits      0 days owed now, not decided",
        "Hours        nobody is over",
        "Onboardings  0 of 0 under way are not on track now",
    ]


def test_what_went_wrong_is_counted_and_named(tamdesk: Shell, bank: CallDesk) -> None:
    answered(bank, "Mon 10:00")
    late = answered(bank, "Mon 11:30")
    waiting = receive(bank.who, "Thu 09:00", subject="Red \x1b[31malert")
    log(bank.bank, 1230, "2026-06-02", "advice", bank.tom, at("Fri 11:00"))
    onboarding = term(bank.who)
    items.block(item(onboarding, "token-validation"), "customer", "Waits", bank.tom, at("Fri 11:00"), since=NOW)
    told = tamdesk("")
    assert told.code == DONE
    lines = told.out.splitlines()
    assert lines[1:5] == [
        "Objectives   1 met, 1 missed (50 % met), 1 more not answered yet",
        "Credits      2 days owed now, not decided",
        "Hours        30 min over, at 1 customer",
        "Onboardings  1 of 1 under way are not on track now",
    ]
    assert lines[5].startswith(f"  missed #{waiting} Acme: Red ")
    assert lines[5].endswith("due Thu 4 Jun 2026 11:00, not answered yet")
    assert lines[6] == (
        f"  missed #{late} Acme: Login loop after the upgrade; initial response due Mon 1 Jun 2026 11:00,"
        " 30 min late, 2 days of credit"
    )
    assert lines[7] == "  over   Bank, Jun 2026: 30 min, TAM –"
    assert lines[8].startswith("  Globex ")
    assert "\x1b" not in told.out


def test_another_month_has_its_own_promises_and_hours(tamdesk: Shell, bank: CallDesk) -> None:
    answered(bank, "2026-05-29 12:00", arrives="2026-05-29 09:00")
    answered(bank, "Mon 10:00")
    receive(bank.who, "Thu 09:00")
    log(bank.bank, 1260, "2026-05-28", "advice", bank.tom, at("2026-05-29 17:00"))
    may, june = tamdesk("--month 2026-05 --json").json, tamdesk("--json").json
    assert (may["month"], may["met"], may["missed"], may["running"]) == ("2026-05", 0, 1, False)
    assert [(each["customer"], each["minutes"], each["until"]) for each in may["over"]] == [("Bank", 60, "2026-05-31")]
    assert [each["stopped_at"] for each in may["clocks"]] == [at("2026-05-29 12:00")]
    assert (june["month"], june["met"], june["missed"], june["running"]) == ("2026-06", 1, 0, True)
    assert june["over"] == []
    assert [each["stopped_at"] for each in june["clocks"]] == [None]


def test_hours_of_a_customer_to_whom_none_are_promised_any_more_are_told(tamdesk: Shell, bank: CallDesk) -> None:
    log(bank.bank, 1260, "2026-05-28", "advice", bank.tom, at("2026-05-29 17:00"))
    with journal.transaction(None, at("2026-05-31 00:00"), "end") as tx:
        contract = scalar("SELECT id FROM contract WHERE customer_id = ?", (bank.bank,))
        tx.update(Contract, contract, ends_at=at("2026-06-01 00:00"))
        tx.say("It ended.")
    assert [each["minutes"] for each in tamdesk("--month 2026-05 --json").json["over"]] == [60]


def test_time_of_an_onboarding_without_an_amount_is_not_over(tamdesk: Shell, bank: CallDesk) -> None:
    term(bank.who)
    log(bank.who.globex, 600, "2026-06-02", "advice", bank.tom, at("Fri 11:00"), counts=True)
    assert balance(bank.who.globex, at("Fri 12:00")).spent == 600
    assert tamdesk("--json").json["over"] == []


def test_a_month_begins_where_the_person_is(tamdesk: Shell, bank: CallDesk) -> None:
    found = tamdesk("--json").json
    assert (found["from"], found["until"]) == (at("2026-06-01 00:00"), at("2026-07-01 00:00"))


def test_every_onboarding_is_counted_however_many_pages_they_take(
    tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    term(bank.who)
    starting.start(bank.bank, bank.tom, NOW, MONDAY)
    monkeypatch.setattr("cli.report.PAGE", 1)
    assert tamdesk("--json").json["under_way"] == 2


def test_names_that_are_left_out_are_said(tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(bank, "Mon 11:30")
    answered(bank, "Mon 12:30")
    monkeypatch.setattr("cli.report.MOST_MISSED", 1)
    told = tamdesk("")
    assert told.err == "1 of 2 missed clocks are named: only the newest 1 are looked through.\n"


@pytest.mark.parametrize("month", ["2026-07", "2031-01"])
def test_a_month_that_has_not_begun_is_refused(tamdesk: Shell, month: str) -> None:
    answer = tamdesk(f"--month {month}")
    assert (answer.code, answer.out) == (REFUSED, "")
    assert "has not begun yet" in answer.err


@pytest.mark.parametrize("month", ["june", "2026-13", "9999-12", "2026-05-01"])
def test_what_is_no_month_is_a_wrong_usage(tamdesk: Shell, month: str) -> None:
    assert tamdesk(f"--month {month}").code == USAGE
