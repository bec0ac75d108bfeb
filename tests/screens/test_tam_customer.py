"""A TAM opens a customer: how the hours went, what they are made of, and what can be agreed, changed and closed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo.command import make
from models.connection import open_desk
from models.reading import scalar
from models.thread import DatabaseThread
from screens.tam_customer import HoursScreen
from tam.balance import accounts, balance
from tam.entries import log
from tests.screens.queue_desk import Clock, opened, settled, shown, toasts

AT = 1_773_147_720
"""Tue 10 Mar 2026 14:02 in Zurich."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("customer") / "desk.db"
    make(str(path), 1, AT)
    return path


@pytest.fixture
def demo(template: Path, tmp_path: Path) -> str:
    """A demo desk of this story's own."""
    path = tmp_path / "desk.db"
    shutil.copy(template, path)
    return str(path)


@pytest.fixture
def other(demo: str) -> Iterator[DatabaseThread]:
    """A colleague's program on the same desk."""
    thread = DatabaseThread(demo)
    thread.start()
    yield thread
    thread.close()


async def press(pilot, *keys: str) -> list[str]:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return shown(pilot)


async def go_to(pilot, name: str) -> list[str]:
    """Open a customer from the list."""
    await press(pilot, "3")
    screen = pilot.app.screen
    place = next(index for index, line in enumerate(screen.list.lines) if line.customer == name)
    return await press(pilot, *["j"] * place, "enter")


def typed(text: str) -> list[str]:
    return ["space" if sign == " " else "full_stop" if sign == "." else sign for sign in text]


def read(demo: str, what, *args):
    desk = open_desk(demo)
    try:
        return what(*args)
    finally:
        desk.close()


def customer_of(name: str) -> int:
    return scalar("SELECT id FROM customer WHERE name = ?", (name,))


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 36)])
async def test_the_chart_shows_what_was_left_what_is_foreseen_and_the_even_pace(demo, width, height):
    async with opened(demo, Clock(AT), size=(width, height)) as pilot:
        lines = await go_to(pilot, "Acme Bank")
        assert "6:36 of 11:00 · Mar 2026, 60 %" in lines[1]
        assert "4:24 left, 2:30 reserved for planned calls, 1:54 free" in lines[2]
        assert "█ left   ░ foreseen: runs out 20 Mar   · even pace" in lines[3]
        assert lines[4].startswith("   11 h┤")
        assert any("░" in line and "█" in line for line in lines[5:10])
        assert all(len(line) <= width for line in lines)


async def test_the_chart_goes_from_period_to_term_to_none(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Acme Bank")
        lines = await press(pilot, "b")
        assert "term 2026-01-24 to 2027-01-23" in lines[3]
        assert "even pace" not in lines[3]
        lines = await press(pilot, "b")
        assert not any("┤" in line for line in lines)
        lines = await press(pilot, "b")
        assert "Mar 2026" in lines[3]


async def test_what_is_over_stands_below_zero(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await go_to(pilot, "Merlion Logistics")
        assert "▓" in lines[1]
        assert "0:28 over" in lines[2]
        assert any(line.startswith(" -0:28 h┤") for line in lines)


async def test_each_list_is_a_key_away(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await go_to(pilot, "Acme Bank")
        assert any(line.startswith(" ▸ Entries") for line in lines)
        assert any("Roles and grants" in line for line in lines)
        lines = await press(pilot, "tab")
        assert any("allowance" in line and "10 h per month" in line and "carries 2 h" in line for line in lines)
        lines = await press(pilot, "tab")
        assert any("Feb 2026" in line and "✓ closed" in line for line in lines)
        lines = await press(pilot, "tab")
        assert any("○ planned" in line for line in lines)
        lines = await press(pilot, "tab")
        assert any("Name a deputy" in line for line in lines)
        lines = await press(pilot, "tab")
        assert any("» said" in line for line in lines)
        lines = await press(pilot, "tab", "shift+tab")
        assert any("▸ Feedback" in line for line in lines)


async def test_an_entry_is_changed_and_brought_back(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        before = read(demo, lambda: balance(customer_of("Acme Bank"), AT).spent)
        await go_to(pilot, "Acme Bank")
        await press(pilot, "j", "enter", *["backspace"] * 4, *typed("3:00"))
        assert any("3:00 h on Fri 6 Mar 2026, advice" in line for line in shown(pilot))
        await press(pilot, "ctrl+o")
        assert read(demo, lambda: balance(customer_of("Acme Bank"), AT).spent) == before + 60
        await press(pilot, "u")
        assert read(demo, lambda: balance(customer_of("Acme Bank"), AT).spent) == before


async def test_what_was_typed_stays_where_someone_was_faster(demo, other):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Acme Bank")
        here = pilot.app.screen.list.lines[1]
        await press(pilot, "j", "enter", *["backspace"] * 4, *typed("3:00"))
        from tam.entries import change

        other.submit(change, here.id, here.person_id, AT, here.version, note="Other words").result()
        lines = await press(pilot, "ctrl+o")
        assert any("What you typed is kept" in line for line in lines)
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, HoursScreen)
        assert pilot.app.screen.list.lines[1].minutes == 180
        assert pilot.app.screen.list.lines[1].note == "Other words"


async def test_an_entry_is_taken_away_after_a_question(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Acme Bank")
        here = pilot.app.screen.list.lines[1]
        await press(pilot, "j", "x", "n")
        assert pilot.app.screen.list.selected == here
        await press(pilot, "x", "y")
        assert here.id not in [line.id for line in pilot.app.screen.list.lines]
        await press(pilot, "u")
        assert here.id in [line.id for line in pilot.app.screen.list.lines]


async def test_hours_are_added_and_the_bar_follows(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Merlion Logistics")
        lines = await press(pilot, "p", "5")
        assert any("5 h more, Tue 10 Mar 2026 to Tue 31 Mar 2026" in line for line in lines)
        lines = await press(pilot, "ctrl+o")
        assert "5:04 of 9:36" in lines[1]
        lines = await press(pilot, "tab")
        assert any(line.startswith(" top-up") and "5 h left" in line for line in lines)
        lines = await press(pilot, "u")
        assert "5:04 of 4:36" in lines[1]


async def test_hours_that_start_in_a_closed_period_say_from_when_on_they_count(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Merlion Logistics")
        lines = await press(pilot, "p", "5", "tab", "ctrl+u", *"2026-02-05")
        assert any("It counts from Sun 1 Mar 2026 on: what was before is closed." in line for line in lines)
        await press(pilot, "ctrl+o")
        lines = await press(pilot, "u")
        assert "5:04 of 4:36" in lines[1]


async def test_new_hours_replace_those_without_an_end(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Acme Bank")
        await press(pilot, "tab", "a", *typed("15"), "tab", "tab", *["backspace"] * 10, *typed("2026-04-01"))
        assert any("15 h per month, Wed 1 Apr 2026 open-ended" in line for line in shown(pilot))
        lines = await press(pilot, "ctrl+o")
        assert any("2026-04-01  open-ended" in line and "15 h per month" in line for line in lines)
        assert any("2026-01-01  2026-03-31" in line and "10 h per month" in line for line in lines)


async def test_a_cap_is_asked_for_only_where_there_is_one(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Acme Bank")
        lines = await press(pilot, "a", *typed("15"))
        assert not any("At most" in line for line in lines)
        lines = await press(pilot, *["tab"] * 4, "right")
        assert any("At most" in line for line in lines)


async def test_what_is_refused_leaves_the_form_as_it_is(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Acme Bank")
        keys = ["backspace"] * 10
        lines = await press(pilot, "a", *typed("15"), "tab", "tab", *keys, *typed("2026-01-05"), "ctrl+o")
        assert any("closed up to" in line for line in lines)
        assert any("2026-01-05" in line for line in lines)


async def test_a_lead_closes_and_reopens_a_period(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Aurora Air")
        lines = await press(pilot, "C")
        assert any("Close week 9 of Aurora Air" in line for line in lines)
        await press(pilot, "enter")
        closed = read(demo, lambda: [each.label for each in accounts(customer_of("Aurora Air"), AT) if each.closed])
        assert closed[0] == "week 9"
        lines = await press(pilot, "O")
        assert any("Open week 9 of Aurora Air again" in line for line in lines)
        lines = await press(pilot, "enter")
        assert any("needs a reason" in line for line in lines)
        await press(pilot, *typed("late entry"), "enter")
        closed = read(demo, lambda: [each.label for each in accounts(customer_of("Aurora Air"), AT) if each.closed])
        assert closed[0] == "week 8"


async def test_enter_on_a_period_closes_reopens_or_explains_it(demo):
    async with opened(demo, Clock(AT)) as pilot:
        await go_to(pilot, "Aurora Air")
        lines = await press(pilot, "tab", "tab", "enter")
        assert any("Why these hours? Aurora Air" in line for line in lines)
        lines = await press(pilot, "escape", "j", "enter")
        assert any("Close week 9 of Aurora Air" in line for line in lines)
        lines = await press(pilot, "escape", "j", "j", "enter")
        assert any("Open week 8 of Aurora Air again" in line for line in lines)
        await press(pilot, "escape", "j", "enter")
        assert toasts(pilot)[-1] == "week 7 stays closed: only the newest one, week 8, can be reopened."


async def test_alerts_are_told_once_and_looked_at_by_opening(demo, other):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await press(pilot, "3")
        carla = scalar_of(demo, "SELECT id FROM person WHERE login = 'carla'")
        acme = scalar_of(demo, "SELECT id FROM customer WHERE name = 'Acme Bank'")
        other.submit(log, acme, 150, "2026-03-10", "advice", carla, AT).result()
        await told(pilot)
        assert sum("Acme Bank: 82 % of the hours of Mar 2026 are used." in text for text in toasts(pilot)) == 1
        other.submit(log, acme, 1, "2026-03-10", "advice", carla, AT).result()
        await told(pilot)
        assert sum("Acme Bank" in text for text in toasts(pilot)) == 1
        assert "alerts not looked at" in shown(pilot)[1]
        await press(pilot, "enter")
        march = f"customer_id = {acme} AND starts_on = '2026-03-01'"
        assert scalar_of(demo, f"SELECT seen_at FROM budget_alert WHERE {march}") == AT


async def told(pilot) -> None:
    """Wait until the app has heard of a change of another program."""
    heard = []
    ending = pilot.app.changes.subscribe(heard.append)
    while not heard:
        await pilot.pause()
    ending()
    await settled(pilot)


def scalar_of(demo: str, sql: str) -> int:
    return read(demo, lambda: scalar(sql))


async def test_who_may_only_look_is_told_so(demo):
    async with opened(demo, Clock(AT), login="fritz") as pilot:
        await go_to(pilot, "Acme Bank")
        for key in ("n", "x", "a", "p", "enter"):
            await press(pilot, key)
            assert toasts(pilot)[-1].startswith("You may look")
        await press(pilot, "tab", "tab", "tab", "enter", "escape")
        assert isinstance(pilot.app.screen, HoursScreen)


async def test_time_that_is_logged_there_is_for_that_customer(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Acme Bank")
        await press(pilot, "n", "home", *typed("30m "), "enter")
        line = pilot.app.screen.list.lines[0]
        assert (line.customer, line.minutes, line.on) == ("Acme Bank", 30, "2026-03-10")


async def test_hundreds_of_entries_are_read_a_page_at_a_time(demo):
    desk = open_desk(demo)
    acme, carla = customer_of("Acme Bank"), scalar("SELECT id FROM person WHERE login = 'carla'")
    for number in range(150):
        log(acme, 1, "2026-03-09", "advice", carla, AT, note=f"Minute {number}", counts=False)
    desk.close()
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await go_to(pilot, "Acme Bank")
        screen = pilot.app.screen
        assert len(screen.list.lines) == 100
        await press(pilot, "G")
        assert len(screen.list.lines) == 200
