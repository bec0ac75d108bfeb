"""Time is logged, timed, listed and exported from the command line."""

import csv
import io

import pytest

from cli.main import DONE, REFUSED, USAGE
from models import journal
from models.connection import Desk
from models.customers import Customer
from models.reading import scalar
from tam import calls
from tam.entries import entries, log
from tests.cli.hours_story import Shell
from tests.tam.time_desk import NOW, TODAY, time_desk
from tests.tickets.cast import Cast, receive


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is Wednesday, six in the evening."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return time_desk()


@pytest.fixture
def hours(who: Cast, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "hours")


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    monkeypatch.setattr("cli.main._now", lambda: NOW + minutes * 60)


def test_a_line_becomes_an_entry(hours: Shell, who: Cast) -> None:
    told = hours("log 1h30 acme review call, agreed on LDAP")
    assert told.code == DONE
    assert told.out == f"     1   1:30  {TODAY}  Tom            Acme                 review call: agreed on LDAP\n"
    assert told.err == "Tom logged 1:30 h for Acme: review call.\n"
    (kept,) = entries()
    assert (kept.minutes, kept.activity, kept.note, kept.counts) == (90, "review call", "agreed on LDAP", 1)


def test_options_say_the_same_as_a_line(hours: Shell, who: Cast) -> None:
    ticket = receive(who)
    note = "first line, with a comma\n" + "and more " * 400
    told = hours(f"log --customer ACME --duration 1:05 --on yesterday --activity esc --ticket {ticket}", "--note", note)
    assert told.code == DONE
    (kept,) = entries()
    assert (kept.on, kept.minutes, kept.activity, kept.ticket_id) == ("2026-06-02", 65, "escalation", ticket)
    assert kept.note == note.strip()
    assert hours("log --customer acme --minutes 30 --no-count --billable").code == DONE
    assert [(each.counts, each.billable) for each in entries()[:1]] == [(0, 1)]


def test_marks_go_with_a_line(hours: Shell) -> None:
    assert hours("log 20m globex --no-count", "--note", "ours").code == DONE
    (kept,) = entries()
    assert (kept.customer, kept.counts, kept.note) == ("Globex", 0, "ours")


def test_a_tam_logs_for_an_engineer_and_an_engineer_for_nobody_else(hours: Shell, who: Cast) -> None:
    assert hours("log 20m acme --person ben").code == DONE
    assert entries()[0].person_id == who.ben
    told = hours("log 20m acme --person tom", by="ben")
    assert (told.code, "takes a tam or a lead" in told.err) == (REFUSED, True)
    assert "did you mean 'ben'" in hours("log 20m acme --person bem").err


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(hours: Shell) -> None:
    before = journal.newest()
    told = hours("log 1h30 acme review call, agreed --dry-run")
    assert (told.code, told.out) == (DONE, "1:30 h, Wed 3 Jun 2026, Acme, review call: agreed\n")
    assert "It counts against the agreed hours." in told.err
    assert "Left after it: 98 h 30 min.\nNothing was written.\n" in told.err
    answer = hours("log 1h30 stray --dry-run --json")
    assert (answer.code, answer.json["ready"], answer.json["parsed"]["minutes"]) == (REFUSED, False, 90)
    assert "no contract" in answer.json["problems"][0]
    assert journal.newest() == before


def test_an_entry_is_put_right_and_taken_away(hours: Shell, who: Cast) -> None:
    hours("log 1h acme advice, LDAP")
    told = hours("change 1 --duration 45m --customer globex --on mon --activity cons --no-billable", "--note", "OIDC")
    assert told.code == DONE
    assert "warning: Consulting is not covered" in told.err
    (kept,) = entries()
    assert (kept.customer, kept.minutes, kept.on, kept.note) == ("Globex", 45, "2026-06-01", "OIDC")
    assert (kept.activity, kept.counts, kept.billable) == ("consulting", 0, 0)
    assert hours("change 1 --person ben --json").json["entries"][0]["person"] == "Ben"
    assert hours("delete 1", by="cleo").code == REFUSED
    assert hours("delete #1 --json").json["sentence"].startswith("Tom deleted 0:45 h of Ben for Globex")
    assert entries() == []


def test_time_is_linked_to_a_call(hours: Shell, who: Cast) -> None:
    call_id = calls.plan(who.acme, NOW + 3600, 30, "review", "", who.tom, NOW).call_id
    assert hours(f"log 30m acme review call --call {call_id}").code == DONE
    assert entries()[0].call_id == call_id
    assert hours(f"timer start acme review call --call {call_id} --json").json["call_id"] == call_id
    told = hours(f"log 30m globex --call {call_id}")
    assert (told.code, "is Acme's, not Globex's" in told.err) == (REFUSED, True)


def test_what_is_odd_is_said_and_kept(hours: Shell) -> None:
    answer = hours("log 2h acme consulting --json")
    assert answer.code == DONE
    assert answer.json["entries"][0]["billable"] is True
    assert "quote" in answer.json["warnings"][0]
    assert hours("log 13h acme").err.endswith("warning: Tom has 15:00 h on Wed 3 Jun 2026 now; is that right?\n")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("log", USAGE, "say it in a line"),
        ("log 1h acme --on yesterday", USAGE, "say it in a line"),
        ("log 1h", REFUSED, "Which customer?"),
        ("log acme", REFUSED, "How long?"),
        ("log 1h acne", REFUSED, "did you mean Acme?"),
        ("log 25h acme", REFUSED, "more than a day has"),
        ("log 1h stray", REFUSED, "no contract"),
        ("log 1h acme --ticket 77", REFUSED, "#77 is not on this desk"),
        ("log --customer acme --duration 0.33h", USAGE, "no whole number of minutes"),
        ("log --customer acme --duration soon", USAGE, "no length such as"),
        ("log --customer acme --minutes 0", REFUSED, "No time at all"),
        ("log --customer acme --minutes 10 --on whenever", REFUSED, "'whenever' is no day"),
        ("log --customer acme --minutes 10 --activity dancing", REFUSED, "is no activity"),
        ("log --customer acme --minutes 10 --on 31feb", REFUSED, "31feb"),
        ("log 1h acme --item 7", REFUSED, "Checklist item 7 is not on this desk"),
        ("log 1h acme --ticket one", USAGE, "not a number"),
        ("change 1", USAGE, "say what to change"),
        ("change 1 --minutes 5", REFUSED, "no time entry 1"),
        ("delete 1", REFUSED, "no time entry 1"),
        ("list --from soon", USAGE, "'soon' is not a date"),
        ("list --limit 0", USAGE, "1 or more"),
        ("list --per day", USAGE, "--round"),
        ("list --round 0", REFUSED, "steps of 1 to 1440"),
        ("list --customer acne", REFUSED, "did you mean 'acme'"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_an_exit_code(hours: Shell, line: str, code: int, said: str) -> None:
    before = journal.newest()
    told = hours(line)
    assert (told.code, said in told.err) == (code, True), told.err
    assert told.out == ""
    assert journal.newest() == before


def test_those_who_may_look_do_not_log(hours: Shell) -> None:
    assert hours("log 1h acme", by="rita").code == REFUSED
    assert hours("list", by="rita").code == DONE


def test_a_timer_runs_from_command_to_command(hours: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hours("timer").err.startswith("You have no timer")
    assert hours("timer --json").json is None
    assert hours("timer start acme review call, LDAP").out == "  0:00  Acme  review call  since 18:00: LDAP\n"
    later(monkeypatch, 20)
    assert hours("timer").out == "  0:20  Acme  review call  since 18:00: LDAP\n"
    assert hours("timer start globex").code == REFUSED
    assert "paused" in hours("timer pause").out
    later(monkeypatch, 60)
    assert hours("timer pause").code == REFUSED
    assert hours("timer resume --json").json["elapsed"] == 1200
    assert hours("timer note and OIDC").out.endswith(": and OIDC\n")
    later(monkeypatch, 65)
    switched = hours("timer switch globex advice")
    assert (switched.code, "Tom logged 0:25 h for Acme: review call." in switched.err) == (DONE, True)
    later(monkeypatch, 75)
    stopped = hours("timer stop --json --note done")
    assert [(each["minutes"], each["note"]) for each in stopped.json["entries"]] == [(10, "done")]
    assert hours("timer stop").code == REFUSED


def test_a_timer_can_be_stopped_shorter_and_thrown_away(hours: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    hours("timer start acme")
    later(monkeypatch, 90)
    assert "0:45" in hours("timer stop --duration 45m").out
    hours("timer start acme")
    assert "discarded" in hours("timer discard").err
    assert len(entries()) == 1


def test_a_timer_needs_a_customer_and_no_length(hours: Shell) -> None:
    for line, said in (("start", "Which customer?"), ("start 1h acme", "leave the length out")):
        told = hours(f"timer {line}")
        assert (told.code, said in told.err) == (REFUSED, True)


def three(who: Cast) -> None:
    for customer, minutes, on in ((who.acme, 16, "2026-06-01"), (who.acme, 16, "2026-06-02"), (who.globex, 40, TODAY)):
        log(customer, minutes, on, "advice", who.tom, NOW)
    log(who.acme, 16, "2026-06-02", "defect", who.ben, NOW, note="= a formula")


def test_the_list_shows_what_is_asked_for(hours: Shell, who: Cast) -> None:
    three(who)
    assert [line.split()[0] for line in hours("list").out.splitlines()] == ["3", "4", "2", "1"]
    assert hours("list --customer acme --from 2026-06-02 --to 2026-06-02 --person tom").out.split()[:2] == ["2", "0:16"]
    told = hours("list --limit 2")
    assert (len(told.out.splitlines()), "There are more" in told.err) == (2, True)
    assert "4 entries, 1:28 h, 1:12 h of it counting." in hours("list").err
    assert [each["minutes"] for each in hours("list --json").json] == [40, 16, 16, 16]
    assert [each["id"] for each in hours("list --mine --json", by="ben").json] == [4]
    assert hours("list --mine --person tom").code == USAGE
    assert hours("list --to 2026-01-31").err == "There is no time entry like that.\n"


def test_rounding_is_a_way_to_look(hours: Shell, who: Cast) -> None:
    three(who)
    assert "2:15 h in steps of 15 minutes, 1:28 h as worked." in hours("list --round 15 --per entry").err
    per_day = hours("list --round 15 --per day")
    assert per_day.out.splitlines()[0] == f"  0:45  {TODAY}  Tom  (worked 0:40)"
    assert hours("list --round 15 --nearest --json").json["rounded"] == 90
    assert [each.minutes for each in entries()] == [40, 16, 16, 16]


def test_the_export_is_csv_or_json(hours: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.hours_list.PAGE", 3)
    three(who)
    rows = list(csv.DictReader(io.StringIO(hours("export --customer acme").out)))
    assert [(row["minutes"], row["note"]) for row in rows] == [("16", "'= a formula"), ("16", ""), ("16", "")]
    assert [each["id"] for each in hours("export --json").json] == [3, 4, 2, 1]
    assert hours("export --json --to 2026-01-31").json == []


def test_what_a_person_wrote_cannot_move_the_cursor(hours: Shell, who: Cast) -> None:
    with journal.transaction(None, NOW, "rename") as tx:
        tx.update(Customer, who.acme, name="Ac\x1b[2Jme")
        tx.say("Acme was renamed.")
    for line in ("log 1h acme", "list", "list --round 15 --per entry", "timer start acme", "timer"):
        told = hours(line)
        assert (told.code, "\x1b" in told.out + told.err) == (DONE, False)
    assert scalar("SELECT COUNT(*) FROM time_entry") == 1
