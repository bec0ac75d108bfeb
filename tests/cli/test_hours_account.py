"""Hours are agreed, looked at and closed from the command line, and brought in from other programs."""

import io
from pathlib import Path

import pytest

from cli.main import DONE, REFUSED, USAGE
from models import journal
from models.connection import Desk
from models.reading import rows, scalar
from tam.entries import entries, log
from tests.cli.hours_story import Shell
from tests.tam.call_desk import HOURS
from tests.tam.hours_desk import spend
from tests.tam.imports.exports import CLOCKIFY, KIMAI, TIMEWARRIOR
from tests.tam.time_desk import NOW, time_desk
from tests.tickets.cast import Cast, sign


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is Wednesday, 3 June 2026, six in the evening; Acme and Globex have a hundred hours a month."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return time_desk()


@pytest.fixture
def hours(who: Cast, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "hours")


def test_a_line_says_how_each_customer_stands(hours: Shell, who: Cast) -> None:
    log(who.acme, 900, "2026-06-02", "advice", who.tom, NOW)
    first, second = hours("balance").out.splitlines()
    assert first.startswith(
        "Acme                 Jun 2026             15:00 of  100:00   15 %   85:00 left   0:00 reserved"
    )
    assert second.startswith("Globex")
    assert [(line["customer"], line["left"]) for line in hours("balance --json").json] == [
        ("Acme", 5100),
        ("Globex", 6000),
    ]
    assert hours("balance --mine --json").json == []


def test_an_account_says_where_each_number_comes_from(hours: Shell, who: Cast) -> None:
    log(who.acme, 90, "2026-06-02", "advice", who.tom, NOW)
    told = hours("balance acme").out
    assert told.startswith("Acme, Jun 2026\nPromised   100 h\nSpent      1 h 30 min  (1 %)\nLeft       98 h 30 min\n")
    assert "  Allowance of Jun 2026: 100 h.\n" in told
    account = hours("balance acme --json").json
    assert (account["left"], account["free"], account["covered"]) == (5910, 5910, True)
    assert account["periods"][0]["until"] == "2026-06-30"
    assert "Allowance of Jun 2026: 100 h." in account["why"]
    assert hours("balance acme --periods").out.splitlines()[1].split()[:4] == ["2026-05-01", "May", "2026", "open"]


def test_hours_are_agreed_replaced_and_topped_up(hours: Shell, who: Cast) -> None:
    bank = sign("Bank", "production", "extended", order=HOURS)
    agreed = hours(
        "allow bank --duration 30h --per quarter --from 2026-07-01 --replace --carry capped --cap 5h --deficit"
    )
    assert agreed.code == DONE
    assert agreed.out.splitlines()[-1] == "30 h per quarter from 2026-07-01, carried on: capped up to 5 h, deficits too"
    again = hours("allow bank --minutes 60 --per week --from 2026-08-01")
    assert (again.code, "end that first, or replace it" in again.err) == (REFUSED, True)
    topped = hours("top-up bank --duration 2h --from 2026-06-01 --until 2026-06-30 --note ordered --json")
    assert (topped.json["minutes"], topped.json["from"], topped.json["until"]) == (120, "2026-06-01", "2026-06-30")
    assert rows("SELECT minutes, starts_on, ends_on, note FROM top_up") == [
        (120, "2026-06-01", "2026-07-01", "ordered")
    ]
    assert hours("balance bank --json").json["promised"] == 1320
    assert [
        each["until"]
        for each in hours("allow bank --minutes 9 --per week --from 2027-01-01 --replace --json").json["allowances"]
    ] == ["2026-06-30", "2026-12-31", None]
    assert (
        scalar(
            "SELECT COUNT(*) FROM allowance a JOIN contract k ON k.id = a.contract_id WHERE k.customer_id = ?", (bank,)
        )
        == 3
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("allow acme --duration 5h --per week --from 2026-07-01 --carry capped", USAGE, "--cap TIME go together"),
        ("allow acme --per week --from 2026-07-01", USAGE, "--duration"),
        ("allow acme --duration 5h --per day --from 2026-07-01", USAGE, "invalid choice"),
        ("allow stray --duration 5h --per week --from 2026-07-01", REFUSED, "tamdesk contract sign"),
        ("top-up plain --duration 5h --from 2026-07-01 --until 2026-08-01", REFUSED, "Hours are only added"),
        ("top-up acme --duration 5h --from 2026-07-01 --until 2026-06-01", REFUSED, "ends before it starts"),
        ("balance acme --mine", USAGE, "without a customer"),
        ("balance --periods", USAGE, "with a customer"),
        ("balance nobody", REFUSED, "no customer 'nobody'"),
        ("close", USAGE, "name a customer, or say --all"),
        ("close acme --all", USAGE, "name a customer, or say --all"),
        ("close acme --until 2026-05-31", USAGE, "--until with --all"),
        ("close acme --period soon", USAGE, "is not a date"),
        ("close acme", REFUSED, "it takes a lead"),
        ("reopen acme 2026-05-01 --reason x", REFUSED, "it takes a lead"),
        ("reopen acme 2026-05-01", USAGE, "--reason"),
        ("import nowhere.csv", USAGE, "nowhere.csv cannot be read"),
        ("import - -", USAGE, "read once"),
        ("import - --map acme", USAGE, "CLIENT=CUSTOMER"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_an_exit_code(hours: Shell, line: str, code: int, said: str) -> None:
    before = journal.newest()
    told = hours(line)
    assert (told.code, said in told.err) == (code, True), told.err
    assert journal.newest() == before


def test_a_lead_closes_the_oldest_period_and_opens_it_again(hours: Shell, who: Cast) -> None:
    spend(who, who.acme, "2026-01-07", 120)
    dry = hours("close acme --dry-run", by="anna")
    assert dry.out == "2026-01-01  Jan 2026           open    2 h spent of 100 h, 98 h lapsed\n"
    assert scalar("SELECT COUNT(*) FROM closed_period") == 0
    closed = hours("close acme --period 2026-01 --json", by="anna").json
    assert (closed["closed"], closed["periods"][0]["spent"], closed["periods"][0]["closed"]) == (True, 120, True)
    later = hours("close acme --period 2026-03-15", by="anna")
    assert (later.code, "oldest open period is Feb 2026" in later.err) == (REFUSED, True)
    assert "oldest open period is Feb 2026" in hours("close acme --period 2026-06", by="anna").err
    assert "no open period like that" in hours("close acme --period 2026-06 --dry-run", by="anna").err
    assert (
        hours("reopen acme 2026-01-01 --reason typo", by="anna").err == "The period from 2026-01-01 on is open again.\n"
    )
    assert scalar("SELECT COUNT(*) FROM closed_period") == 0
    assert "is closed" in hours("reopen acme 2026-01-01 --reason again", by="anna").err


def test_a_month_is_closed_for_all_at_once(hours: Shell, who: Cast) -> None:
    told = hours("close --dry-run", by="anna")
    assert (len(told.out.splitlines()), told.err) == (10, "Nothing was written.\n")
    answer = hours("close --all --until 2026-03-31 --json", by="anna").json
    assert [(each["customer"], len(each["periods"])) for each in answer["customers"]] == [("Acme", 3), ("Globex", 3)]
    assert {period["closed"] for each in answer["customers"] for period in each["periods"]} == {True}
    assert answer["sentence"] == "Anna closed 6 periods of 2 customers until 2026-03-31."
    assert hours("close --all", by="anna").err == "Anna closed 4 periods of 2 customers until 2026-06-03.\n"
    assert hours("close --all", by="anna").code == REFUSED


def test_time_that_comes_late_is_marked(hours: Shell, who: Cast) -> None:
    hours("close --all --until 2026-05-31", by="anna")
    told = hours("log 1h acme 2026-05-20")
    assert "late, counts on 2026-06-01" in told.out
    assert "is closed" in told.err


def test_alerts_are_told_until_they_are_seen(hours: Shell, who: Cast) -> None:
    for day in range(1, 8):
        spend(who, who.acme, f"2026-06-0{day}", 700)
    log(who.acme, 20, "2026-06-03", "advice", who.tom, NOW)
    assert hours("alerts --json", by="anna").json[0]["percent"] == 80
    assert hours("alerts --seen", by="anna").out == "Acme: 82 % of the hours of Jun 2026 are used.\n"
    assert hours("alerts", by="anna").err.startswith("Nothing new")


def test_an_import_is_looked_at_first_and_kept_once(hours: Shell, who: Cast, tmp_path: Path) -> None:
    file = tmp_path / "kimai.csv"
    file.write_text(KIMAI, encoding="utf-8")
    dry = hours(f"import {file} --dry-run")
    assert (dry.code, dry.err) == (DONE, f"{file}: 3 new. Nothing was written.\n")
    assert (
        dry.out.splitlines()[0]
        == "+   2:01  2026-05-04  Tom            Acme                 customer feedback: they like it"
    )
    assert entries() == []
    assert hours(f"import {file}").code == DONE
    answer = hours(f"import {file} --json").json["files"][0]
    assert (answer["format"], answer["new"], answer["same"]) == ("kimai", [], 3)
    assert len(entries()) == 3


def test_an_unknown_client_waits_until_somebody_says_who_it_is(hours: Shell, who: Cast, tmp_path: Path) -> None:
    file = tmp_path / "clockify.csv"
    file.write_text(CLOCKIFY, encoding="utf-8")
    told = hours(f"import {file}", by="anna")
    assert (told.code, len(entries())) == (REFUSED, 1)
    assert f"refused: {file}:" in told.err
    assert "'Initech' is no customer (1 row); say whom it means: --map 'Initech=CUSTOMER'" in told.err
    assert hours(f"import {file} --map Initech=globex", by="anna").code == DONE
    assert [each.customer for each in entries()] == ["Globex", "Acme"]


def test_timewarrior_comes_through_a_pipe(hours: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TIMEWARRIOR.encode())))
    told = hours("import -")
    assert "-: Tom imported time from timewarrior: 2 new" in told.err
    assert {each.person for each in entries()} == {"Tom"}


def test_one_bad_file_keeps_the_others_from_being_written(hours: Shell, who: Cast, tmp_path: Path) -> None:
    good, bad = tmp_path / "kimai.csv", tmp_path / "bad.csv"
    good.write_text(KIMAI, encoding="utf-8")
    bad.write_text("one,two\n1,2\n", encoding="utf-8")
    told = hours(f"import {good} {bad}")
    assert (told.code, str(bad) in told.err, entries()) == (USAGE, True, [])
