"""Customers are brought on board from the command line."""

from pathlib import Path

import pytest

from cli.main import DONE, REFUSED, USAGE
from models.connection import Desk
from models.reading import rows, scalar
from tests.cli.hours_story import Shell
from tests.onboarding.board import NOW, item, proof, prove, settle, term
from tests.tickets.cast import Cast, at, cast

THURSDAY = at("Thu 09:00")


@pytest.fixture
def who(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is Monday, 1 June 2026, nine o'clock."""
    monkeypatch.setenv("TAMDESK_DATABASE", desk.address)
    monkeypatch.setattr("cli.main._now", lambda: NOW)
    return cast()


@pytest.fixture
def tamdesk(who: Cast, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys, "onboarding")


def now_is(monkeypatch: pytest.MonkeyPatch, instant: int) -> None:
    monkeypatch.setattr("cli.main._now", lambda: instant)


def state(item_id: int) -> str:
    return str(scalar("SELECT state FROM onboarding_item WHERE id = ?", (item_id,)))


def test_a_proof_of_value_starts_and_stands_in_the_portfolio(tamdesk: Shell) -> None:
    assert tamdesk("list").err == (
        "No onboarding is under way; start one with: tamdesk onboarding start CUSTOMER --from DATE\n"
    )
    started = tamdesk("start globex --from 2026-06-01")
    assert started.code == DONE
    assert started.err == (
        "Tom started the proof of value of Globex: 2026-06-01 to 2026-06-21, go-live on 2026-06-19.\n"
    )
    assert started.out == tamdesk("list").out
    assert started.out.split()[:4] == ["Globex", "proof", "of", "value"]
    assert "on track" in started.out
    [line] = tamdesk("list --json").json
    assert (line["phase"], line["progress"], line["go_live_on"]) == ("proof of value", 0, "2026-06-19")


def test_a_term_is_planned_backward_from_a_go_live_and_shown_first(tamdesk: Shell) -> None:
    asked = "start globex --from 2026-06-01 --phase term --months 4 --go-live 2026-08-31 --owner ben"
    assert tamdesk(f"{asked} --dry-run --json").json == {
        "starts_on": "2026-06-01",
        "ends_on": "2026-09-30",
        "go_live_on": "2026-08-31",
    }
    assert tamdesk(f"{asked} --dry-run").err == "Nothing was written.\n"
    assert scalar("SELECT COUNT(*) FROM onboarding") == 0
    answer = tamdesk(f"{asked} --json").json
    assert (answer["onboarding"]["owner"], answer["onboarding"]["go_live_on"]) == ("Ben", "2026-08-31")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("start globex --from 2026-06-06", "is not a working day for Globex; start on 2026-06-08"),
        ("start hobby --from 2026-06-01 --phase term", "it is for an Enterprise subscription"),
        ("start stray --from 2026-06-01", "Stray has no contract in force then"),
        ("start globex --from 2026-06-01 --weeks 9", "A proof of value lasts a few weeks at most"),
        ("start globex --from 2026-06-01 --phase term --months 12", "the last possible day is 2026-12-31"),
        ("start globex --from 2026-06-08 --phase term --go-live 2026-06-05", "is before the start"),
        ("show globex", "start one with: tamdesk onboarding start globex --from DATE"),
        ("item done globex 3", "globex has no onboarding"),
        ("show nobody", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(tamdesk: Shell, line: str, told: str) -> None:
    answer = tamdesk(line)
    assert (answer.code, answer.out) == (REFUSED, "")
    assert told in answer.err


def test_who_may_only_work_does_not_start_one_and_there_is_only_one(tamdesk: Shell, who: Cast) -> None:
    assert tamdesk("start globex --from 2026-06-01", by="ben").code == REFUSED
    term(who)
    assert "has an onboarding under way" in tamdesk("start globex --from 2026-06-01").err


def test_the_checklist_is_shown_by_topic_and_filtered(
    tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = term(who)
    token = item(number, "token-validation")
    shown = tamdesk("show globex")
    assert shown.out.splitlines()[0].startswith("Globex")
    assert any(line.endswith("0 of 3 done") for line in shown.out.splitlines())
    assert f"{token:>6}  ○ " in shown.out
    assert tamdesk("show globex --mine").err == "No item is like that.\n"
    tamdesk(f"item owner globex {token} --person tom")
    [group] = tamdesk("show globex --mine --json").json["groups"]
    assert [each["id"] for each in group["items"]] == [token]
    theirs = tamdesk("show globex --theirs --json").json["groups"]
    assert {each["side"] for group in theirs for each in group["items"]} == {"customer"}
    now_is(monkeypatch, at("2026-08-25 09:00"))
    assert "; overdue" in tamdesk("show globex --overdue").out
    whole = tamdesk("show globex --json").json
    assert (whole["summary"]["health"], whole["phases"][0]["phase"]) == ("at risk", "onboarding term")


def test_an_item_goes_its_way(tamdesk: Shell, who: Cast) -> None:
    token = item(term(who), "token-validation")
    started = tamdesk("item start globex token-validation --json", by="ben").json
    assert (started["item"]["state"], started["warnings"]) == ("doing", [])
    blocked = tamdesk(f"item block globex {token} --by Customer --reason", "No token yet", by="ben")
    assert "by the customer since 2026-06-01: No token yet" in blocked.out
    assert blocked.err == "Ben marked Validation of tokens for Globex as blocked by customer: No token yet\n"
    tamdesk(f"item unblock globex #{token}")
    assert state(token) == "doing"
    refused = tamdesk("item done globex token-validation", by="ben")
    assert refused.code == REFUSED
    assert "finish that first" in refused.err
    done = tamdesk("item done globex token-validation --reason", "They had done it before")
    assert (done.code, state(token)) == (DONE, "done")
    assert "● Validation of tokens" in done.out
    tamdesk("item reopen globex token-validation")
    assert state(token) == "to do"
    tamdesk("item exclude globex token-validation --reason", "They have their own")
    assert state(token) == "not needed"


def test_an_item_is_named_by_words_that_are_in_its_title_alone(tamdesk: Shell, who: Cast) -> None:
    term(who)
    assert tamdesk("item start globex", "walk through").code == DONE
    told = tamdesk("item start globex", "best practice").err
    assert "is in several titles; say which by its number" in told
    assert "No item is called 'nothing'" in tamdesk("item start globex nothing").err
    assert tamdesk("item start globex 99999").code == REFUSED


def test_dates_and_owners_are_set_and_what_waits_for_what(tamdesk: Shell, who: Cast) -> None:
    number = term(who)
    token, observed = item(number, "token-validation"), item(number, "observability")
    due = tamdesk(f"item due globex {token} --on 2026-06-10 --json").json["item"]
    assert (due["due_on"], due["pinned"]) == ("2026-06-10", 1)
    assert "is not a working day" in tamdesk(f"item due globex {token} --on 2026-06-13").err
    assert tamdesk(f"item due globex {token} --plan --json").json["item"]["pinned"] == 0
    given = tamdesk(f"item owner globex {token} --contact", "Gil Moss", "--json").json["item"]
    assert (given["owner"], given["side"]) == ("Gil Moss", "customer")
    assert "nobody in particular" in tamdesk(f"item owner globex {token} --contact both").err
    tamdesk(f"item after globex {observed} {token}")
    assert rows("SELECT 1 FROM item_need WHERE item_id = ? AND needed_id = ?", (observed, token))
    circle = tamdesk(f"item after globex {token} {observed}")
    assert (circle.code, "in a circle" in circle.err) == (REFUSED, True)
    assert tamdesk(f"item not-after globex {observed} {token}").code == DONE


def test_a_list_is_tailored(tamdesk: Shell, who: Cast) -> None:
    term(who)
    added = tamdesk("item add globex Import the users --topic Migration --theirs --due 2026-07-01 --days 2 --json").json
    new = added["item"]
    assert (new["title"], new["side"], new["due_on"]) == ("Import the users", "customer", "2026-07-01")
    changed = tamdesk("item change globex", "import the users", "--title", "Import staff", "--done-means", "All are in")
    assert "Import staff" in changed.out
    nothing = tamdesk("item change globex token-validation")
    assert (nothing.code, nothing.err) == (
        USAGE,
        "tamdesk onboarding item change: say what to change, such as --title TEXT.\n",
    )
    assert tamdesk("template globex").err == "The checklist has all of 2023-11-15 version 1.\n"


def test_evidence_is_kept_and_shown(tamdesk: Shell, who: Cast, tmp_path: Path) -> None:
    term(who)
    proofs = tmp_path / "run.log"
    proofs.write_text("passed")
    assert "link" in tamdesk("item evidence globex token-validation --link https://example.com/run").out
    assert "internal" in tamdesk("item evidence globex token-validation --internal --note Seen").out
    kept = tamdesk("item evidence globex token-validation --json --file", str(proofs)).json["evidence"]
    assert (kept["kind"], kept["text"], kept["size"]) == ("file", "run.log", 6)
    assert [each["kind"] for each in tamdesk("item shown globex token-validation --json").json] == [
        "link",
        "note",
        "file",
    ]
    gone = tamdesk("item evidence globex token-validation --file", str(tmp_path / "gone"))
    assert (gone.code, "cannot be read: No such file or directory" in gone.err) == (REFUSED, True)
    assert "is no web address" in tamdesk("item evidence globex token-validation --link javascript:x").err
    assert tamdesk("item shown globex observability").err == "It has no evidence.\n"


def test_health_is_explained_and_gates_say_what_they_miss(
    tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = term(who)
    token = item(number, "token-validation")
    tamdesk(f"item block globex {token} --by customer --reason Waiting --since 2026-06-01")
    now_is(monkeypatch, THURSDAY)
    checked = tamdesk("check globex")
    assert checked.code == DONE
    assert checked.out.splitlines()[0] == "Globex, onboarding term: blocked"
    assert "  Validation of tokens: waiting for the customer for 3 days" in checked.out.splitlines()
    assert "  ! The customer has not signed the go-live off." in checked.out.splitlines()
    assert "  - Globex has not gone live." in checked.out.splitlines()
    told = tamdesk("check globex --json").json
    assert (told["health"], told["override"]) == ("blocked", None)
    assert [each["gate"] for each in told["gates"]] == ["go-live", "onboarding term"]
    tamdesk("health globex on-track --until 2026-06-10 --reason", "It comes tomorrow")
    assert "said by hand until 2026-06-10; else blocked" in tamdesk("check globex").out
    assert tamdesk("health globex --clear").code == DONE
    assert tamdesk("check globex --json").json["health"] == "blocked"
    assert tamdesk("health globex").code == USAGE


def test_a_shift_shows_what_moves_before_it_does(tamdesk: Shell, who: Cast) -> None:
    number = term(who)
    seen = tamdesk("shift globex --start 2026-06-08 --dry-run")
    assert "2026-06-05 → 2026-06-12  Check of prerequisites and architecture" in seen.out
    assert seen.out.startswith("Start 2026-06-08, end of the phase 2026-09-07")
    assert "Nothing was written." in seen.err
    assert scalar("SELECT starts_on FROM onboarding WHERE id = ?", (number,)) == "2026-06-01"
    moved = tamdesk("shift globex --start 2026-06-08 --json --reason", "They hired later").json
    assert moved["written"]
    assert moved["sentence"].endswith(": They hired later")
    assert scalar("SELECT starts_on FROM onboarding WHERE id = ?", (number,)) == "2026-06-08"
    assert moved["moved"][0]["becomes"] > moved["moved"][0]["was"]


def test_a_proof_of_value_is_extended_once_or_stopped(tamdesk: Shell, who: Cast) -> None:
    proof(who)
    assert tamdesk("outcome globex continue --days 3 --reason Good").code == USAGE
    assert "to 2026-06-28" in tamdesk("outcome globex extend --days 7 --reason", "They were ill").err
    assert "was extended already" in tamdesk("outcome globex extend --days 7 --reason Again").err
    stopped = tamdesk("outcome globex stop --json --reason", "Another product").json
    assert stopped["onboarding"]["state"] == "stopped"
    assert tamdesk("list --json").json == []
    assert len(tamdesk("list --all --json").json) == 1
    assert "is stopped" in tamdesk("item start globex 1").err


def test_from_signed_yesterday_to_continuous_support(
    tamdesk: Shell, who: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    tamdesk("start globex --from 2026-06-01")
    number = int(scalar("SELECT id FROM onboarding"))
    missing = tamdesk("gate globex pov")
    assert (missing.code, missing.err) == (DONE, "A lead may pass it with --pass and --reason.\n")
    assert "- Nobody has decided yet that the customer continues." in missing.out
    settle(number)
    prove(number)
    tamdesk("outcome globex continue --reason Convinced")
    assert tamdesk("gate globex pov").err == "Nothing is missing; pass it with --pass.\n"
    entered = tamdesk("gate globex pov --pass --from 2026-06-08 --weeks 10 --json").json
    assert entered["onboarding"]["phase"] == "onboarding term"
    assert tamdesk("gate globex pov").err == "The gate is passed.\n"
    assert "stays closed for everyone" in tamdesk("gate globex go-live --pass --reason Now", by="anna").err
    settle(number)
    tamdesk("sign-off globex --ours")
    assert "is no contact of this customer" in tamdesk("sign-off globex --theirs Gil").err
    Shell(capsys, "customer")("contact globex Gil --email gil@globex.example")
    signed = tamdesk("sign-off globex --theirs gil --json").json
    assert ([each["name"] for each in signed["signed"]], signed["missing"]) == (["Tom", "Gil"], [])
    assert tamdesk("gate globex go-live --pass").code == DONE
    assert tamdesk("gate globex term --pass --json").json["onboarding"]["phase"] == "continuous support"
    assert tamdesk("check globex").out.count("passed by Tom") == 3
    assert tamdesk("close globex").code == DONE


def test_a_signature_is_taken_back_with_a_reason(tamdesk: Shell, who: Cast) -> None:
    settle(term(who))
    assert tamdesk("sign-off globex --ours").out == "vendor    Tom\n"
    withdrawn = tamdesk("sign-off globex --withdraw ours --reason", "The backup failed")
    assert (withdrawn.code, withdrawn.out) == (DONE, "")
    assert withdrawn.err.splitlines()[1:] == ["The vendor has not signed yet.", "The customer has not signed yet."]


def test_how_the_term_goes_is_said_where_it_begins(tamdesk: Shell, who: Cast) -> None:
    term(who)
    assert tamdesk("gate globex go-live --pass --months 3").code == USAGE
    assert tamdesk("gate globex go-live --reason Now").code == USAGE
    assert tamdesk("extend globex --until 2026-09-30 --reason", "As agreed").code == DONE
    assert "the last possible day is 2026-12-31" in tamdesk("extend globex --until 2027-01-31 --reason More").err
    assert tamdesk("close globex").code == REFUSED
    assert tamdesk("close globex --reason Sold", by="anna").code == DONE


def test_what_the_plan_cannot_keep_is_said(tamdesk: Shell, who: Cast) -> None:
    term(who)
    tamdesk("item due globex go-live-check --on 2026-11-02")
    problem = next(line for line in tamdesk("check globex").out.splitlines() if line.startswith("  plan: "))
    assert problem.removeprefix("  plan: ") in tamdesk("show globex").err
    assert tamdesk("check globex --json").json["problems"] == [problem.removeprefix("  plan: ")]


def test_words_of_the_template_are_offered_and_taken(tamdesk: Shell, who: Cast) -> None:
    term(who)
    tamdesk("item change globex token-validation --title", "Tokens", "--done-means", "Somehow")
    assert tamdesk("template globex").out.startswith("~ token-validation             Tokens → Validation of tokens; ")
    assert tamdesk("template globex --take nothing").code == REFUSED
    taken = tamdesk("template globex --take-all --json").json
    assert (taken["taken"], taken["new"], taken["gone"]) == (["token-validation"], [], [])
    assert "Validation of tokens" in tamdesk("show globex").out
    assert tamdesk("template globex").out == ""


def test_every_onboarding_is_listed_however_many_pages_they_take(
    tamdesk: Shell, who: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    term(who)
    tamdesk("start acme --from 2026-06-01")
    monkeypatch.setattr("onboarding.portfolio.PAGE", 1)
    assert [each["customer"] for each in tamdesk("list --json").json] == ["Acme", "Globex"]
