"""The demo desk is alive at any hour, tells no instant of the future, and is the same for the same seed and instant."""

import io
import json
import re
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cli.demo.build import build
from cli.demo.calling import FORTNIGHT, agreed_at, dates, minutes_held, past
from cli.demo.cast import SOLVED, TICKETS, UNANSWERED
from cli.demo.command import NotADemo, add, default_address, make
from cli.demo.companies import companies, company, promise, terms
from cli.demo.facts import HEIGHT, WIDTH, facts
from cli.demo.hours import LATE
from cli.demo.script import DAY, Script, scripts
from cli.demo.spending import TAM_ZONE, spending
from cli.demo.texts import problems
from cli.demo.texts import read as read_texts
from cli.demo.turns import MADE
from cli.main import main
from models.access import identify
from models.connection import Desk, open_desk
from models.reading import rows, scalar
from onboarding.portfolio import portfolio
from sla.clock import Policy, Reading, read
from sla.wall import local_of
from tam.actions import overdue_counts
from tam.alerts import alerts
from tam.forecast import OVER, forecast
from tam.proposals import proposals
from tam.standing import standing
from tickets.canned import replies
from tickets.macros import macros
from tickets.mail.filing import ROBOT
from tickets.mail.unmatched import unmatched
from tickets.mentions import unseen
from tickets.reading import counts
from tickets.requests import SCENARIOS
from tickets.saved_views import counts as view_counts
from tickets.saved_views import views

SUNDAY_NIGHT = int(datetime(2026, 3, 15, 2, 0, tzinfo=UTC).timestamp())
ODD_HOURS = {
    "Sunday, three in the morning": datetime(2026, 3, 15, 2, 0, tzinfo=UTC),
    "Christmas Day": datetime(2025, 12, 25, 11, 30, tzinfo=UTC),
    "the hour in which Zurich's clocks go forward": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    "the hour in which Zurich's clocks go back": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "New Year's midnight in Auckland": datetime(2025, 12, 31, 11, 0, tzinfo=UTC),
    "a Tuesday at ten": datetime(2026, 5, 12, 8, 0, tzinfo=UTC),
    "the first of a month": datetime(2026, 2, 1, 5, 0, tzinfo=UTC),
}
any_instant = st.integers(*(int(datetime(*day, tzinfo=UTC).timestamp()) for day in ((2025, 10, 1), (2026, 12, 31))))
any_seed = st.integers(0, 10_000)


def unanswered(written: list[Script]) -> list[Script]:
    return [script for script in written if script.role.part.state == UNANSWERED]


def readings(written: list[Script], now: int) -> list[Reading]:
    """What the timers of the unanswered tickets show."""
    found = []
    for script in unanswered(written):
        promised = promise(script.role.part.company, script.role.part.severity)
        if promised is not None:
            due = promised.calendar.add(script.events[0].at, promised.seconds)
            found.append(read(promised.calendar, promised.seconds, due, now, Policy()))
    return found


# the content


def test_there_are_enough_different_problems_and_each_subject_has_its_opening() -> None:
    found = problems()
    assert len(found) >= 60
    assert len({problem.id for problem in found}) == len(found)
    for problem in found:
        assert len(problem.opens) == len(problem.subjects), problem.id
        assert set(problem.opens) == set(range(len(problem.openings))), problem.id
        assert problem.talk[0][0] == "v", problem.id
        assert all(who in "cvn" and len(text) > 3 for who, text in problem.talk), problem.id
        assert "c" in [who for who, _ in problem.talk], problem.id


def test_the_twelve_customers_have_the_plans_revisions_and_hours_that_a_desk_meets() -> None:
    assert len(companies()) == 12
    assert {held.revision for held in companies()} == {"2023-10-06", "2023-11-15"}
    assert {held.deployment for held in companies()} == {"cloud", "self-hosted"}
    assert len({held.zone for held in companies()}) >= 8
    hours = {terms(held.key).severity(3).hours.value.name for held in companies()}
    assert {"business", "extended", "24x7"} < hours
    kinds = {terms(held.key).initial_response(2, held.channel).value.kind for held in companies()}
    assert kinds == {"duration", "best_effort", "none"}


# at any instant, with any seed


@settings(max_examples=40)
@given(now=any_instant, seed=any_seed)
def test_the_desk_is_alive_at_any_hour_of_the_year(now: int, seed: int) -> None:
    written = scripts(seed, now)
    assert len(written) == TICKETS
    timers = readings(written, now)
    missed = sorted(timer.credit_days for timer in timers if timer.sign == "missed")
    assert missed == [0, 1, 2, 3]
    signs = Counter(timer.sign for timer in timers if timer.sign != "missed")
    assert (signs["last"], signs["quarter"]) == (3, 5)
    assert sum(signs.values()) >= 50
    ticking = [timer for timer in timers if timer.open_now and timer.sign != "missed"]
    assert len(ticking) >= 25
    assert sum(timer.sign == "last" for timer in ticking) == 3
    severe = [script for script in written if script.role.part.severity == 1 and script.role.part.state != SOLVED]
    assert len(severe) == 1


@settings(max_examples=40)
@given(now=any_instant, seed=any_seed)
def test_nothing_lies_in_the_future_or_before_the_contract(now: int, seed: int) -> None:
    for script in scripts(seed, now):
        instants = [event.at for event in script.events]
        assert instants == sorted(instants)
        assert instants[-1] <= now
        assert instants[0] >= now - (company(script.role.part.company).days_since_start - 1) * DAY


@settings(max_examples=15)
@given(now=any_instant, seed=any_seed)
def test_no_two_tickets_read_the_same(now: int, seed: int) -> None:
    written = scripts(seed, now)
    assert len({script.subject for script in written}) == TICKETS
    spoken = Counter(event.text for script in written for event in script.events if event.what in ("receive", "reply"))
    assert spoken.most_common(1)[0][1] == 1
    for script in written:
        for text in (script.subject, *(event.text for event in script.events)):
            assert not re.search(r"(?<!\{)\{[a-z0-9]+[=}]", text), text
        assert script.role.part.severity in script.role.problem.severities
    had = Counter((script.role.part.company, script.role.problem.id) for script in written)
    assert had.most_common(1)[0][1] == 1


@settings(max_examples=60)
@given(now=any_instant, seed=any_seed)
def test_time_is_written_down_by_now_and_nobody_works_around_the_clock(now: int, seed: int) -> None:
    written = spending(seed, now, minutes_held(now))
    days: Counter[tuple[str, str]] = Counter()
    for sheet in written.sheets:
        assert sheet.at <= now
        for entry in sheet.entries:
            assert entry.on <= local_of(sheet.company.zone, now).date().isoformat()
            days[entry.who, entry.on] += entry.minutes
    assert max(days.values()) < 22 * 60
    assert len(written.old) > 500


@settings(max_examples=60)
@given(now=any_instant)
def test_review_calls_come_every_other_week_and_almost_all_were_held(now: int) -> None:
    for held in companies():
        if not held.tam:
            continue
        over, days = past(held, now), dates(held, now)
        assert all(call.at + call.minutes * 60 <= now for call in over)
        assert agreed_at(held, now) < over[0].at - 3 * DAY
        assert [later - earlier for earlier, later in pairwise(days)] == [FORTNIGHT] * (len(days) - 1)
        assert [call for call in over if not call.left_out]
        today = local_of(TAM_ZONE, now).date()
        assert today < days[-1] <= today + FORTNIGHT


# written


@pytest.mark.parametrize("hour", ODD_HOURS)
def test_what_is_written_says_what_was_promised(sqlite_desk: Desk, hour: str) -> None:
    now = int(ODD_HOURS[hour].timestamp())
    build(sqlite_desk, 1, now)
    anna = identify("anna")
    assert anna.role == "lead"
    shown = counts(anna.id, now)
    assert (shown["missed"], shown["escalated"], shown["onboarding"]) == (5, 3, 8)
    assert shown["open"] > 90 < TICKETS - shown["open"]
    assert scalar("SELECT count(*) FROM ticket") == TICKETS + MADE
    assert scalar("SELECT count(*) FROM ticket WHERE is_open = 1 AND severity = 1") == 1
    assert scalar("SELECT count(*) FROM clock WHERE state = 'running' AND due_at > ?", (now,)) >= 50
    states = dict(rows("SELECT clock_state, count(*) FROM ticket WHERE is_open = 1 GROUP BY 1"))
    assert states["best_effort"] >= 8
    assert states["none"] >= 4
    assert (states["missed"], states["running"]) == (3, 62)
    entries = dict(rows("SELECT entry, count(*) FROM credit GROUP BY 1"))
    assert entries == {"owed": 11, "granted": 3, "refused": 1}
    for table, column in (("operation", "at"), ("message", "at"), ("ticket", "updated_at"), ("credit", "at")):
        assert scalar(f"SELECT max({column}) FROM {table}") <= now
    oldest = scalar("SELECT customer_id FROM ticket WHERE id = 1001")
    assert oldest
    assert rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("hour", ODD_HOURS)
def test_hours_stand_as_promised_at_any_hour(sqlite_desk: Desk, hour: str) -> None:
    now = int(ODD_HOURS[hour].timestamp())
    build(sqlite_desk, 1, now)
    customers = dict(rows("SELECT key, id FROM customer"))
    held = {key: standing(customers[key], now) for key in customers}
    assert [held[key].percent for key in ("acme", "initech", "merlion")] == [60, 95, 110]
    assert [held[key].current.carried_in for key in ("acme", "initech", "merlion", "kiwi")] == [60, 0, -24, 120]
    assert [each.left > 0 for each in held["initech"].ledger.top_ups] == [True]
    assert {each.customer: each.percent for each in alerts(identify("anna").id, now)} == {
        "Initech": 80,
        "Merlion Logistics": 100,
    }
    assert forecast(customers["merlion"], now).kind == OVER
    assert scalar("SELECT count(*) FROM closed_period") > 150
    late = rows("SELECT customer_id, booked_on > worked_on FROM time_entry WHERE late = 1")
    assert [(key, bool(later)) for key, later in late] == [(customers[LATE], True)]
    assert scalar("SELECT count(*) FROM timer") == 0


@pytest.mark.parametrize("hour", ODD_HOURS)
def test_calls_are_planned_held_moved_and_left_out(sqlite_desk: Desk, hour: str) -> None:
    now = int(ODD_HOURS[hour].timestamp())
    build(sqlite_desk, 1, now)
    states = dict(rows("SELECT state, count(*) FROM review_call GROUP BY 1"))
    assert states["held"] > 30 < states["planned"]
    assert states["skipped"] >= 1
    assert scalar("SELECT count(*) FROM review_call WHERE state = 'planned' AND slot_at <> at") == 1
    assert scalar("SELECT count(*) FROM review_call WHERE state = 'planned' AND at < ?", (now - 3600,)) == 0
    assert scalar("SELECT count(*) FROM review_call WHERE state = 'held' AND notes <> '' AND agenda <> ''") >= 14
    yearly = rows("SELECT state FROM review_call WHERE kind = 'service review' ORDER BY at")
    assert yearly == [("held",), ("planned",)]
    assert scalar("SELECT count(*) FROM time_entry WHERE call_id IS NOT NULL") > 30
    assert sum(overdue_counts(now).values()) == 6
    assert scalar("SELECT count(*) FROM action WHERE state = 'done'") == 7
    assert scalar("SELECT count(*) FROM feedback WHERE ticket_id IS NOT NULL") >= 4


@pytest.mark.parametrize("seed", [1, 40])
@pytest.mark.parametrize("hour", ODD_HOURS)
def test_one_proof_of_value_one_term_on_time_and_one_that_waits_for_its_customer(
    sqlite_desk: Desk, hour: str, seed: int
) -> None:
    now = int(ODD_HOURS[hour].timestamp())
    build(sqlite_desk, seed, now)
    found = {line.customer: line for line in portfolio(now)}
    proof, on_time, late = (found[name] for name in ("Wonka Foods", "Merlion Logistics", "Oceanic Grid"))
    assert (proof.phase, on_time.phase, late.phase) == ("proof of value", "onboarding term", "onboarding term")
    assert (proof.health, on_time.health, late.health) == ("on track", "on track", "blocked")
    assert scalar("SELECT count(*) FROM onboarding_item WHERE state = 'blocked'") == 2
    assert scalar("SELECT count(*) FROM onboarding_item WHERE blocked_since = ?", (now - 4 * DAY,)) == 2
    assert late.days_left > 0
    assert dict(rows('SELECT state, count(*) FROM "session" GROUP BY 1')) == {"held": 7, "missed": 1, "planned": 4}
    assert dict(rows("SELECT state, count(*) FROM criterion GROUP BY 1")) == {"met": 4, "not met": 1, "open": 2}
    assert dict(rows("SELECT state, count(*) FROM scope_request GROUP BY 1")) == {
        "answered": 3,
        "open": 1,
        "quoted": 2,
    }
    assert scalar("SELECT count(*) FROM risk WHERE state = 'open'") == 4
    assert rows("SELECT gate, missing FROM gate_passing") == [("proof of value", "[]")]
    assert scalar("SELECT count(*) FROM time_entry WHERE item_id IS NOT NULL") > 1


def test_a_call_on_a_public_holiday_is_proposed_to_move(sqlite_desk: Desk) -> None:
    now = int(ODD_HOURS["Christmas Day"].timestamp())
    build(sqlite_desk, 1, now)
    assert [each for each in proposals(None, now) if each.to]


def test_a_manager_is_asked_for_three_times_and_is_late_once(sqlite_desk: Desk) -> None:
    build(sqlite_desk, 1, SUNDAY_NIGHT)
    found = rows(
        "SELECT e.kind, c.due_at < ? FROM escalation e JOIN clock c ON c.id = e.clock_id "
        "WHERE e.answered_at IS NULL ORDER BY 1, 2",
        (SUNDAY_NIGHT,),
    )
    assert [(kind, bool(late)) for kind, late in found] == [("non-urgent", False), ("urgent", False), ("urgent", True)]


def test_a_manager_has_answered_once_in_time(sqlite_desk: Desk) -> None:
    build(sqlite_desk, 1, SUNDAY_NIGHT)
    answered = rows(
        "SELECT e.answered_at < c.due_at, c.state FROM escalation e JOIN clock c ON c.id = e.clock_id "
        "WHERE e.answered_at IS NOT NULL"
    )
    assert answered == [(1, "met")]


@pytest.mark.parametrize("seed", [1, 2, 3, 40])
@pytest.mark.parametrize("hour", ODD_HOURS)
def test_the_desk_has_all_that_its_people_make_and_do(sqlite_desk: Desk, hour: str, seed: int) -> None:
    now = int(ODD_HOURS[hour].timestamp())
    build(sqlite_desk, seed, now)
    anna = identify("anna")
    held = views(anna.id)
    assert [view.owner_id for view in held] == [None, None, None, anna.id, anna.id]
    assert all(count is not None for count in view_counts(anna.id, now).values())
    assert len(macros(anna.id)) == 3
    assert Counter(reply.language for reply in replies(anna.id)) == {"en": 4, "de": 4}
    assert len(unseen(anna.id)) == 2
    assert scalar("SELECT count(*) FROM mention WHERE seen_at IS NOT NULL") >= 1
    assert dict(rows("SELECT kind, count(*) FROM ticket_link GROUP BY 1")) == {"merged": 1, "related": 3, "split": 1}
    assert scalar("SELECT count(*) FROM ticket WHERE tags <> ''") > 50
    assert scalar("SELECT count(*) FROM presence") == 0
    newer = scalar("SELECT count(*) FROM ticket WHERE is_open = 1")
    assert newer // 5 < scalar("SELECT count(*) FROM request") < newer // 2
    kinds = {name.rsplit(".", 1)[1] for (name,) in rows("SELECT name FROM attachment")}
    assert kinds == {"png", "har", "log"}
    for table in ("operation", "mail", "mention"):
        assert scalar(f"SELECT max(at) FROM {table}") <= now


def test_mails_wait_for_someone_who_knows_where_they_belong(sqlite_desk: Desk) -> None:
    build(sqlite_desk, 1, SUNDAY_NIGHT)
    other, unknown, free = unmatched()
    assert "and petra.novak@globex.example is none of their contacts" in other.reason
    assert (unknown.reason, unknown.customer) == (
        "nobody on this desk has the address nadia.brandt@initech.example",
        "Initech",
    )
    assert "no professional support" in free.reason
    assert [mail.sender for mail in unmatched(state=ROBOT)] == ["alice.marcus@umbrella.example"]


def test_the_files_are_what_their_names_say(sqlite_desk: Desk) -> None:
    build(sqlite_desk, 1, SUNDAY_NIGHT)
    kept = dict(rows("SELECT a.name, c.body FROM attachment a JOIN content c ON c.digest = a.digest"))
    with Image.open(io.BytesIO(kept["screenshot.png"])) as picture:
        assert picture.size == (WIDTH, HEIGHT)
        picture.load()
    assert json.loads(kept["login.har"])["log"]["entries"][0]["response"]["status"] == 302
    assert kept["gateway.log"].decode().count("\n") == 60


def test_facts_are_about_problems_that_there_are() -> None:
    known = {problem.id for problem in problems()}
    assert set(facts()) <= known
    assert set(read_texts("working")["tags"]) <= known
    assert {each["scenario"] for each in facts().values()} <= set(SCENARIOS)


def test_hostile_text_is_kept_as_a_customer_pasted_it(sqlite_desk: Desk) -> None:
    build(sqlite_desk, 1, SUNDAY_NIGHT)
    pasted = "%[bold]x[/] [[ ]] \x1b]52;c;ZXZpbA==\x07 \x1b[2J%"
    assert scalar("SELECT count(*) FROM message WHERE body LIKE ?", (pasted,)) == 1
    assert scalar("SELECT max(length(subject)) FROM ticket") > 300
    assert scalar("SELECT count(*) FROM message WHERE length(body) - length(replace(body, char(10), '')) > 40") == 1


def test_both_databases_take_the_demo(desk: Desk) -> None:
    build(desk, 1, SUNDAY_NIGHT)
    assert scalar("SELECT count(*) FROM ticket") == TICKETS + MADE
    assert scalar("SELECT max(id) FROM ticket") == 1242


def _without_names(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(re.sub("[-0-9a-f]{36}@tamdesk", "", each) if isinstance(each, str) else each for each in row)


def contents(address: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows, without the names of calendar entries, which nobody else in the world has (RFC 7986, section 5.3)."""
    desk = open_desk(address)
    try:
        tables = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        kept = [name for name in tables if "text" not in name and name != "schema_migration"]
        return {name: [_without_names(row) for row in rows(f'SELECT * FROM "{name}"')] for name in kept}
    finally:
        desk.close()


def test_the_same_seed_and_instant_make_the_same_rows_wherever_the_host_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number, zone in enumerate(("Pacific/Auckland", "America/Los_Angeles")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        make(str(tmp_path / f"{number}.db"), 7, SUNDAY_NIGHT)
        made.append(contents(str(tmp_path / f"{number}.db")))
    monkeypatch.undo()
    time.tzset()
    assert made[0] == made[1]
    make(str(tmp_path / "other.db"), 8, SUNDAY_NIGHT)
    assert contents(str(tmp_path / "other.db"))["ticket"] != made[0]["ticket"]


# the command


def demo(tmp_path: Path, *words: str) -> int:
    return main(["--database", str(tmp_path / "demo.db"), "demo", "--no-app", *words])


def test_the_address_goes_to_standard_output_and_the_rest_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert demo(tmp_path, "--now", "2026-03-15T03:00:00+01:00") == 0
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'demo.db'}\n"
    assert "--as anna" in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.db"]


def test_a_demo_is_fresh_each_time_unless_it_is_kept(tmp_path: Path) -> None:
    address = str(tmp_path / "demo.db")
    assert demo(tmp_path, "--now", "2026-03-15T03:00:00+01:00") == 0
    first = contents(address)
    assert demo(tmp_path, "--keep", "--seed", "5") == 0
    assert contents(address) == first
    assert demo(tmp_path, "--seed", "5", "--now", "2026-03-15T03:00:00+01:00") == 0
    assert contents(address)["ticket"] != first["ticket"]


def test_a_desk_that_people_work_at_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = str(tmp_path / "demo.db")
    desk = open_desk(address)
    identify("me", SUNDAY_NIGHT)
    desk.close()
    before = contents(address)
    assert demo(tmp_path) == 1
    assert demo(tmp_path, "--keep") == 1
    assert "no demo" in capsys.readouterr().err
    assert contents(address) == before


def test_a_postgresql_database_is_filled_once_and_then_only_kept(postgresql_address: str) -> None:
    make(postgresql_address, 1, SUNDAY_NIGHT)
    make(postgresql_address, 1, SUNDAY_NIGHT, keep=True)
    with pytest.raises(NotADemo, match="holds a desk already"):
        make(postgresql_address, 1, SUNDAY_NIGHT)


def test_the_environment_never_points_the_demo_at_the_persons_own_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TAMDESK_DATABASE", str(tmp_path / "mine.db"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert main(["demo", "--no-app"]) == 0
    assert capsys.readouterr().out == f"{default_address()}\n"
    assert default_address().startswith(str(tmp_path / "data"))
    assert not (tmp_path / "mine.db").exists()


@pytest.mark.parametrize("text", ["2026-03-15T03:00:00", "yesterday"])
def test_an_instant_without_an_offset_is_wrong_usage(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    add(parser.add_subparsers())
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["demo", "--now", text])
    assert ended.value.code == 2
    assert "2024-03-12T13:03:00+01:00" in capsys.readouterr().err
