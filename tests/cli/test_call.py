"""Calls are planned, prepared and held from the command line."""

import io

import pytest

from cli.main import DONE, REFUSED, USAGE
from models import journal
from models.connection import Desk
from models.customers import Customer
from tam import calls
from tam.call_reading import call
from tam.entries import entries
from tam.series_reading import all_series, series
from tests.cli.hours_story import Shell
from tests.tam.call_desk import NOW, CallDesk, agree, call_desk, plan
from tests.tickets.cast import at, receive


@pytest.fixture
def bank(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> CallDesk:
    """It is Monday, 1 June 2026, nine o'clock."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return call_desk()


@pytest.fixture
def tamdesk(bank: CallDesk, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "call")


def now_is(monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    monkeypatch.setattr("cli.main._now", lambda: at(when))


def test_a_call_is_planned_and_listed(tamdesk: Shell) -> None:
    told = tamdesk("plan bank --on fri --time 10:00 --duration 30m --attend Jo --title Roadmap --person tom")
    assert told.code == DONE
    assert told.out == "     1  Fri 5 Jun 2026 10:00   30 min  planned      Bank                 Roadmap, Tom\n"
    assert told.err == "Tom planned “Roadmap” with Bank for Fri 5 Jun 2026 10:00.\n"
    assert tamdesk("list").out == told.out
    (only,) = tamdesk("list --json").json
    assert (only["at"], only["minutes"], only["attendees"], only["proposal"]) == (at("Fri 10:00"), 30, ["Jo"], None)


def test_a_time_may_be_another_zones(tamdesk: Shell) -> None:
    answer = tamdesk("plan bank --on fri --time 10:00 --zone America/New_York --kind service-review --json").json
    assert (answer["call"]["at"], answer["call"]["kind"]) == (at("Fri 16:00"), "service review")
    assert answer["call"]["minutes"] == 45


def test_what_is_odd_about_a_call_is_said(tamdesk: Shell) -> None:
    assert "warning: Sat 6 Jun 2026 10:00 is a Saturday.\n" in tamdesk("plan bank --on sat --time 10:00").err
    in_the_gap = tamdesk("plan bank --on 2027-03-28 --time 2:30 --json").json
    assert in_the_gap["call"]["at"] == at("2027-03-28 03:30")
    assert "02:30" in in_the_gap["warnings"][0]


def test_the_list_is_of_days_customers_and_people(
    tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(bank)
    plan(bank, "Wed 10:00", person_id=bank.who.anna)
    assert len(tamdesk("list").out.splitlines()) > 6
    assert len(tamdesk("list --limit 2").out.splitlines()) == 2
    assert "There are more" in tamdesk("list --limit 2").err
    assert [each["at"] for each in tamdesk("list --mine --to 2026-06-20 --json").json] == [
        at("Tue 14:00"),
        at("2026-06-16 14:00"),
    ]
    assert len(tamdesk("list --mine", by="anna").out.splitlines()) == 1
    assert tamdesk("list --customer acme").err == "There is no call like that.\n"
    now_is(monkeypatch, "Fri 10:00")
    assert "to write up" in tamdesk("list").out.splitlines()[0]


def test_calls_are_planned_ahead_when_they_are_listed(
    tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(bank)
    last = tamdesk("list --json").json[-1]["at"]
    now_is(monkeypatch, "2026-07-01 09:00")
    assert tamdesk("list --json").json[-1]["at"] > last


def test_a_closed_day_gets_a_proposal_that_someone_accepts(tamdesk: Shell, bank: CallDesk) -> None:
    call_id = plan(bank, "2026-08-01 10:00")
    proposed = tamdesk("list").out.splitlines()[1]
    assert proposed.strip() == "Move it to Mon 3 Aug 2026 10:00: a Saturday."
    assert tamdesk("list --json").json[0]["proposal"]["to"] == at("2026-08-03 10:00")
    assert tamdesk(f"move {call_id} --accept").code == DONE
    assert call(call_id).at == at("2026-08-03 10:00")
    again = tamdesk(f"move {call_id} --accept")
    assert (again.code, "Nothing is proposed" in again.err) == (REFUSED, True)


def test_a_call_is_moved_skipped_and_left_where_it_is(tamdesk: Shell, bank: CallDesk) -> None:
    call_id = plan(bank)
    moved = tamdesk(f"move {call_id} --on thu --time 15:30", "--reason", "Jo is away")
    assert (
        moved.err
        == "Tom moved the review call with Bank from Wed 3 Jun 2026 10:00 to Thu 4 Jun 2026 15:30: Jo is away.\n"
    )
    assert "skipped" in tamdesk(f"skip #{call_id} --reason summer").out
    assert tamdesk(f"skip {call_id} --reason summer").code == REFUSED
    assert tamdesk(f"move {call_id} --on fri --time 9").code == DONE
    saturday = plan(bank, "Sat 10:00")
    assert "left the call with Bank" in tamdesk(f"stay {saturday} --reason agreed").err
    assert call(saturday).reason == "agreed"


def test_the_agenda_is_that_of_the_next_call(tamdesk: Shell, bank: CallDesk) -> None:
    receive(bank.who, customer_id=bank.bank, subject="Login \x1b[2Jloop")
    call_id = plan(bank)
    told = tamdesk("agenda bank")
    assert (told.code, "## Open tickets\n- Severity 2: #1 Login" in told.out) == (DONE, True)
    assert "\x1b" not in told.out + told.err
    assert told.err == f"Review call with Bank, Wed 3 Jun 2026 10:00: call {call_id}, planned.\n"
    assert call(call_id).agenda == ""
    answer = tamdesk(f"agenda {call_id} --keep --json").json
    assert call(call_id).agenda == answer["agenda"] != ""
    assert "Open tickets" in [each["title"] for each in answer["drafted"]]
    assert tamdesk("agenda acme").err.startswith("tamdesk: No call with acme is planned; plan one with")


def test_a_call_is_noted_held_and_told(tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    call_id = plan(bank)
    now_is(monkeypatch, "Wed 11:00")
    assert tamdesk(f"note {call_id} they like it").code == DONE
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"and more\n// not for them\n")))
    assert tamdesk(f"note {call_id}").code == DONE
    held = tamdesk(f"hold {call_id} --duration 50m --attend Jo --attend Kim --log", by="ben")
    assert held.code == DONE
    assert (call(call_id).state, call(call_id).minutes, call(call_id).attendees) == ("held", 50, ("Jo", "Kim"))
    assert [(each.minutes, each.activity, each.person) for each in entries()] == [(50, "review call", "Ben")]
    minutes = tamdesk(f"minutes {call_id}").out
    assert "they like it\nand more" in minutes
    assert "not for them" not in minutes
    assert tamdesk(f"hold {call_id}").code == REFUSED
    assert "held" in tamdesk("list --from 2026-06-03 --to 2026-06-03").out


def test_a_series_is_previewed_agreed_changed_and_ended(tamdesk: Shell, bank: CallDesk) -> None:
    before = journal.newest()
    dry = tamdesk("series agree bank --time 14 --from 2026-07-18 --dry-run")
    assert dry.out.splitlines()[0] == "Sat 18 Jul 2026 14:00 Europe/Zurich  a Saturday"
    assert (len(dry.out.splitlines()), journal.newest()) == (6, before)
    agreed = tamdesk("series agree bank --time 14:00 --from tue --attend Jo --minutes 30")
    assert agreed.out == (
        "     1  Review call, every other week on Tuesday, 14:00 Europe/Zurich, 30 min, from 2026-06-02, Tom\n"
    )
    assert len(calls.calls(bank.bank)) == 7
    changed = tamdesk("series change 1 --time 15:00 --from 2026-06-10", "--every", "month on the first tuesday")
    assert changed.code == DONE
    assert series(1).words == "every month on the first Tuesday, 15:00 Europe/Zurich"
    assert tamdesk("series end 1 --on 2026-07-31 --json").json["series"]["ends_on"] == "2026-07-31"
    assert [each["id"] for each in tamdesk("series list bank --json").json] == [1]
    assert tamdesk("series list acme").err.startswith("No calls come again with acme")
    weekly = tamdesk("series agree bank --time 9 --json", "--every", "FREQ=WEEKLY;BYDAY=TH").json
    assert weekly["series"]["starts_on"] == "2026-06-04"
    assert len(all_series(bank.bank)) == 2


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("plan bank --on fri", USAGE, "--time"),
        ("plan bank --on whenever --time 9", REFUSED, "'whenever' is no day"),
        ("plan bank --on fri --time 25", REFUSED, "not a time such as"),
        ("plan bank --on fri --time 9 --zone Europe/Zürich", REFUSED, "Europe/Z"),
        ("plan bank --on today --time 8", REFUSED, "is over"),
        ("plan bank --on fri --time 9 --minutes 0", REFUSED, "1 to 480 minutes"),
        ("plan bank --on fri --time 9 --person nobody", REFUSED, "not on this desk"),
        ("plan plain --on fri --time 9", REFUSED, "has no review calls"),
        ("plan acne --on fri --time 9", REFUSED, "did you mean 'acme'"),
        ("move 1 --on fri", USAGE, "--on DAY and --time TIME"),
        ("move 1 --on fri --time 9 --accept", USAGE, "--accept"),
        ("move one --accept", USAGE, "not a number"),
        ("move 9 --on fri --time 9", REFUSED, "not there any more"),
        ("skip 1", USAGE, "--reason"),
        ("hold 1", REFUSED, "move it here first"),
        ("note 1", REFUSED, "nothing to note"),
        ("list --limit 0", USAGE, "1 or more"),
        ("series agree bank --time 9 --every blue", REFUSED, "no cadence"),
        ("series agree bank --time 9 --zone Mars", REFUSED, "Mars"),
        ("series agree plain --time 9 --dry-run", REFUSED, "has no review calls"),
        ("series change 1", USAGE, "say what to change"),
        ("series change 7 --time 9", REFUSED, "not there any more"),
        ("action list --all", USAGE, "with a customer"),
        ("action done 4", REFUSED, "not there any more"),
        ("export", USAGE, "name a customer"),
        ("export bank --call 1", USAGE, "name a customer"),
        ("minutes 9", REFUSED, "not there any more"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_an_exit_code(
    tamdesk: Shell, bank: CallDesk, monkeypatch: pytest.MonkeyPatch, line: str, code: int, said: str
) -> None:
    plan(bank)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    before = journal.newest()
    told = tamdesk(line)
    assert (told.code, said in told.err) == (code, True), told.err
    assert told.out == ""
    assert journal.newest() == before


def test_an_engineer_holds_calls_and_plans_none(tamdesk: Shell, bank: CallDesk) -> None:
    told = tamdesk("plan bank --on fri --time 9", by="ben")
    assert (told.code, "it takes a tam or a lead" in told.err) == (REFUSED, True)


def test_what_a_person_wrote_cannot_move_the_cursor(tamdesk: Shell, bank: CallDesk) -> None:
    with journal.transaction(None, NOW, "rename") as tx:
        tx.update(Customer, bank.bank, name="Ba\x1b[2Jnk")
        tx.say("Bank was renamed.")
    for line in ("plan bank --on fri --time 9", "list", "agenda bank", "minutes 1", "export bank", "series list bank"):
        told = tamdesk(line)
        assert (told.code, "\x1b" in told.out + told.err) == (DONE, False), line
