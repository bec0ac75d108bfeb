"""Sessions, criteria, scope, risks and the status report of an onboarding, from the command line."""

from pathlib import Path

import pytest

from cli.main import DONE, REFUSED, USAGE
from models.connection import Desk
from models.reading import scalar
from tests.cli.hours_story import Shell
from tests.onboarding.board import NOW, item, proof, term
from tests.onboarding.status import HOSTILE, LATER, SECRET, told
from tests.tickets.cast import Cast, at, cast


@pytest.fixture
def now(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Monday, 1 June 2026, nine o'clock."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)


@pytest.fixture
def who(now: None) -> Cast:
    return cast()


@pytest.fixture
def tamdesk(now: None, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "onboarding")


def now_is(monkeypatch: pytest.MonkeyPatch, instant: int) -> None:
    monkeypatch.setattr("cli.main._now", lambda: instant)


def test_a_held_session_proposes_and_does_where_that_is_said(
    tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = term(who)
    prerequisite = item(number, "architecture-check")
    planned = tamdesk(
        "session add globex Kick-off --on tue --time 10:00 --covers architecture-check --audience Ops", by="ben"
    )
    assert planned.code == DONE
    assert planned.out == (
        "     1  Tue 2 Jun 2026 10:00    60 min  planned    Kick-off                         knowledge transfer, Ops\n"
    )
    assert tamdesk("session list globex").out == planned.out
    assert "until then it can be moved or cancelled" in tamdesk("session hold 1 --attend Gil").err
    now_is(monkeypatch, at("Wed 09:00"))
    held = tamdesk("session hold 1 --attend Gil --json").json
    assert (held["session"]["state"], held["proposed"]) == ("held", [prerequisite])
    assert scalar("SELECT state FROM onboarding_item WHERE id = ?", (prerequisite,)) == "to do"
    tamdesk(
        "session add globex Again --on mon --time 9 --kind devops-training --duration 2h --covers architecture-check"
    )
    now_is(monkeypatch, at("2026-06-09 09:00"))
    done = tamdesk("session hold 2 --attend Gil --done")
    assert "Tom called 1 item of Globex done after Again." in done.err
    assert scalar("SELECT state FROM onboarding_item WHERE id = ?", (prerequisite,)) == "done"


def test_what_was_covered_is_told_by_title(tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    prerequisite = item(term(who), "architecture-check")
    tamdesk("session add globex Kick-off --on tue --time 10:00 --covers architecture-check")
    now_is(monkeypatch, at("Wed 09:00"))
    held = tamdesk("session hold 1 --attend Gil")
    assert f"It proposes to call {prerequisite} Check of prerequisites and architecture done.\n" in held.err


def test_a_session_is_moved_missed_or_cancelled_and_odd_times_are_said(
    tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    term(who)
    assert tamdesk("session list globex").err.startswith("No session is planned with Globex")
    assert "warning: 2026-06-06 is no working day" in tamdesk("session add globex A --on sat --time 10:00").err
    moved = tamdesk("session move 1 --on fri --time 16:00 --zone America/New_York --minutes 30 --json").json
    assert (moved["session"]["starts_at"], moved["session"]["minutes"]) == (at("Fri 22:00"), 30)
    assert tamdesk("session move 1 --on someday --time 16:00").code == REFUSED
    now_is(monkeypatch, at("2026-06-08 09:00"))
    assert "missed" in tamdesk("session missed 1 --reason", "Nobody came").out
    assert "the session was missed and has no new time" in tamdesk("check globex").out
    assert "cancelled" in tamdesk("session cancel 1 --reason", "No need any more").out


def test_what_a_session_is_about_changes(tamdesk: Shell, who: Cast) -> None:
    token = item(term(who), "token-validation")
    tamdesk("session add globex Tokens --on fri --time 10:00")
    assert tamdesk("session change 1").code == USAGE
    changed = tamdesk("session change 1 --kind devops-training --audience Ops --covers token-validation --json").json
    told = changed["session"]
    assert (told["kind"], told["audience"], told["covers"], told["title"]) == (
        "DevOps training",
        "Ops",
        [token],
        "Tokens",
    )


def test_all_evidence_is_listed_saved_and_taken_away(tamdesk: Shell, who: Cast, tmp_path: Path) -> None:
    term(who)
    log = tmp_path / "run.log"
    log.write_bytes(b"passed")
    assert tamdesk("evidence list globex").err == "Globex has no such evidence.\n"
    tamdesk("evidence add globex --internal --note Sceptical")
    tamdesk("item evidence globex token-validation --file", str(log))
    assert tamdesk("evidence list globex").out.splitlines() == [
        "     1  note  internal  Sceptical",
        "     2  file            run.log (Validation of tokens)",
    ]
    assert [each["id"] for each in tamdesk("evidence list globex --public --json").json] == [2]
    assert tamdesk("evidence save 2").out == "passed"
    (tmp_path / "copies").mkdir()
    tamdesk("evidence save 2 --output", str(tmp_path / "copies"))
    assert (tmp_path / "copies" / "run.log").read_bytes() == b"passed"
    assert tamdesk("evidence save 1").err == "tamdesk: Evidence 1 is no file.\n"
    assert tamdesk("evidence remove 1").out == "     1  note  internal  Sceptical\n"
    assert [each["id"] for each in tamdesk("evidence list globex --json").json] == [2]


def test_what_a_customer_was_given_is_read_back(
    tamdesk: Shell, who: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    term(who)
    assert "Globex was given no report yet" in tamdesk("report globex --last").err
    given = tamdesk("report globex --keep")
    now_is(monkeypatch, LATER)
    assert tamdesk("report globex --last").out == given.out
    tamdesk("report globex --last --output", str(tmp_path))
    assert (tmp_path / "status-globex-2026-06-01.md").read_text() == given.out
    assert tamdesk("report globex --last --json").json["at"] == NOW
    assert tamdesk("report globex --last --html").code == USAGE


def test_criteria_are_agreed_then_judged_on_evidence(tamdesk: Shell, who: Cast) -> None:
    proof(who)
    assert tamdesk("criterion list globex").err.startswith("No criteria are drafted")
    for what in ("Logins", "Imports", "Roles", "Extra"):
        tamdesk(f"criterion add globex {what} work --measure Seconds")
    assert "three to five" not in tamdesk("criterion list globex").out
    assert tamdesk("criterion list globex").out.splitlines()[0].split()[1] == "draft"
    assert "needs a target" in tamdesk("criterion agree globex").err
    for number in (1, 2, 3):
        assert tamdesk(f"criterion change {number} --target", "under 2").code == DONE
    assert tamdesk("criterion change 1").code == USAGE
    assert len(tamdesk("criterion remove 4").out.splitlines()) == 3
    agreed = tamdesk("criterion agree globex --json").json
    assert all(each["agreed_at"] == NOW for each in agreed["criteria"])
    assert "has no evidence" in tamdesk("criterion met 1 --found 1.4").err
    tamdesk("criterion evidence 1 --note Measured")
    assert tamdesk("criterion met 1 --found 1.4 --json").json["criterion"]["state"] == "met"
    tamdesk("criterion evidence 2 --link https://example.com/run --internal")
    assert "not met" in tamdesk("criterion not-met 2 --found", "four seconds").out
    assert "does not move after the shot" in tamdesk("criterion reopen globex --reason Harder").err


def test_what_is_asked_beyond_the_list_finds_its_exclusion(tamdesk: Shell, who: Cast) -> None:
    term(who)
    assert "Globex asked for nothing beyond the checklist." in tamdesk("scope list globex").err
    asked = ("scope add globex", "Can you run a load test?")
    guess = tamdesk(f"{asked[0]} --dry-run", asked[1])
    assert guess.out.splitlines()[0] == " 100 %  excluded  Performance tests"
    assert scalar("SELECT COUNT(*) FROM scope_request") == 0
    kept = tamdesk(f"{asked[0]} --asked-by Gil", asked[1], by="ben")
    assert kept.out == "     1  open      Can you run a load test? (Gil): Performance tests\n"
    assert kept.err.splitlines()[0] == (
        "Performance tests: this is outside the onboarding (annex of 2023-11-15, Topics out of scope)."
    )
    answered = tamdesk("scope answer 1", by="ben")
    assert answered.out == kept.err.splitlines(keepends=True)[0]
    quoted = tamdesk("scope quote 1 --json").json["request"]
    assert (quoted["state"], quoted["exclusion"]) == ("quoted", "Performance tests")
    tamdesk("scope add globex Something else --none")
    assert tamdesk("scope file 2 --exclusion", "performance TESTS", "--json").json["request"]["exclusion"] == (
        "Performance tests"
    )
    assert "A lead may take it on" in tamdesk("scope accept 2 --topic Migration").err
    taken = tamdesk("scope accept 2 --topic Migration --theirs --reason Agreed --json", by="anna").json
    assert scalar("SELECT side FROM onboarding_item WHERE id = ?", (taken["item"],)) == "customer"
    assert [each["state"] for each in tamdesk("scope list globex --json").json] == ["quoted", "accepted"]


def test_the_register_of_exclusions_is_at_hand(tamdesk: Shell, who: Cast) -> None:
    term(who)
    register = tamdesk("scope exclusions globex")
    assert sum(line.startswith("excluded") for line in register.out.splitlines()) == 10
    assert sum(line.startswith("included") for line in register.out.splitlines()) == 15
    assert tamdesk("scope exclusions globex --json").json["revision"] == "2023-11-15"
    assert tamdesk("scope add globex Load --exclusion Nonsense").code == REFUSED


def test_risks_have_an_owner_and_a_next_step(tamdesk: Shell, who: Cast) -> None:
    term(who)
    assert "No risk is open for Globex." in tamdesk("risk list globex").err
    noted = tamdesk("risk add globex The firewall --owner Gil --next Call --due 2026-06-10", by="ben")
    assert noted.out == "     1  open    The firewall (Gil); next: Call by 2026-06-10\n"
    assert tamdesk("risk change 1 --next Write --json").json["risk"]["next_step"] == "Write"
    assert tamdesk("risk change 1").code == USAGE
    assert "closed" in tamdesk("risk close 1 --reason Opened").out
    assert tamdesk("risk list globex --json").json == []
    assert len(tamdesk("risk list globex --all --json").json) == 1
    assert tamdesk("risk reopen 1 --json").json["risk"]["state"] == "open"


@pytest.mark.parametrize("step", ["session hold", "criterion met", "scope answer", "risk close"])
def test_what_is_not_there_is_said(tamdesk: Shell, who: Cast, step: str) -> None:
    term(who)
    extra = {"session hold": "--attend Gil", "criterion met": "--found x", "risk close": "--reason x"}.get(step, "")
    answer = tamdesk(f"{step} 77 {extra}")
    assert (answer.code, answer.err.startswith("tamdesk: There is no ")) == (REFUSED, True)


def test_the_report_is_printed_written_and_kept(
    tamdesk: Shell, who: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = term(who)
    printed = tamdesk("report globex")
    assert printed.out.startswith("# Onboarding of Globex: status\n")
    kept = tamdesk("report globex --keep --output", str(tmp_path / "status.md"))
    assert (tmp_path / "status.md").read_text() == printed.out
    assert kept.err.splitlines()[1] == "Tom gave Globex a status report."
    assert scalar("SELECT body FROM status_report WHERE onboarding_id = ?", (number,)) == printed.out
    tamdesk("report globex --html --output", str(tmp_path))
    page = (tmp_path / "status-globex-2026-06-01.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    now_is(monkeypatch, LATER)
    assert tamdesk("report globex --json").json["since_on"] == "2026-06-01"
    again = tamdesk("report globex --since 2026-06-10 --json").json
    assert (again["since_on"], again["kept"]) == ("2026-06-10", None)
    assert "## Done since 10 June 2026" in tamdesk("report globex --since 2026-06-10").out


def test_a_report_that_may_not_or_cannot_be_given_is_not_kept(tamdesk: Shell, who: Cast, tmp_path: Path) -> None:
    term(who)
    assert tamdesk("report globex --keep", by="ben").code == REFUSED
    nowhere = tamdesk("report globex --keep --output", str(tmp_path / "no" / "where.md"))
    assert (nowhere.code, "cannot be written" in nowhere.err) == (REFUSED, True)
    assert tamdesk("report globex --json --html").code == USAGE
    assert scalar("SELECT COUNT(*) FROM status_report") == 0


def test_nothing_internal_is_in_a_report_and_nothing_hostile_reaches_the_terminal(
    tamdesk: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(HOSTILE)
    now_is(monkeypatch, LATER)
    for line in ("report globex", "report globex --html", "report globex --json"):
        answer = tamdesk(line)
        assert answer.code == DONE
        assert SECRET not in answer.out
    for line in ("show globex", "check globex", "list", "session list globex", "criterion list globex"):
        shown = tamdesk(line).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
