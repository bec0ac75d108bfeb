"""A TAM starts the day on key 3, and knows of each customer what was promised, spent and is due."""

from pathlib import Path

import pytest

from cli.demo.command import make
from models import journal
from models.agreements import Contract
from models.calls import Action
from models.connection import open_desk
from models.customers import Customer
from models.hours import Allowance
from models.people import Person
from models.reading import one, scalar
from screens.tam_customer import HoursScreen
from screens.tam_portfolio import TamScreen
from screens.widgets.plain_list import PlainList
from tests.screens.queue_desk import Clock, opened, settled, shown, toasts

AT = 1_773_147_720
"""Tue 10 Mar 2026 14:02 in Zurich."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo desk; the stories that change it come last."""
    address = str(Path(tmp_path_factory.mktemp("hours")) / "desk.db")
    make(address, 1, AT)
    return address


async def press(pilot, *keys: str) -> list[str]:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return shown(pilot)


def line_of(lines: list[str], name: str) -> str:
    return next(line for line in lines if name in line)


@pytest.mark.parametrize("width", [80, 120])
async def test_a_line_says_how_the_hours_stand_and_what_is_due(demo, width):
    async with opened(demo, Clock(AT), size=(width, 24)) as pilot:
        lines = await press(pilot, "3")
        assert all(len(line) <= width for line in lines)
        assert lines[3].rstrip().endswith("Overdue")
        assert "6:36 of 11:00" in line_of(lines, "Acme Bank")
        assert line_of(lines, "Initech").startswith(" ◐ ")
        assert not any("…" in line[60:] for line in lines)
        over = line_of(lines, "Merlion")
        assert over.startswith(" ✕ ")
        assert "▓" in over
        assert "over by " in over
        assert "1 over budget" in lines[1]


async def test_a_tam_begins_with_their_own_customers_and_sees_all_with_a_key(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        mine = await press(pilot, "3")
        assert not any("Initech" in line for line in mine)
        assert "4 customers yours" in mine[1]
        everyone = await press(pilot, "m")
        assert any("Initech" in line for line in everyone)


async def test_who_has_no_customer_is_told_how_to_see_all(demo):
    async with opened(demo, Clock(AT), login="ben") as pilot:
        lines = await press(pilot, "3", "m")
        assert "m shows all" in lines[4]


async def test_on_a_new_desk_each_list_says_what_would_fill_it(tmp_path, monkeypatch):
    drawn, refresh = [], PlainList.refresh

    def draw(self, *regions, **options):
        drawn.append(self.shape.empty)
        return refresh(self, *regions, **options)

    monkeypatch.setattr(PlainList, "refresh", draw)
    address = str(tmp_path / "desk.db")
    desk = open_desk(address)
    with journal.transaction(None, AT, "test") as tx:
        tx.insert(Person, login="tom", name="Tom", role="tam", zone="Europe/Zurich")
        tx.say("Came.")
    desk.close()
    async with opened(address, Clock(AT), login="tom", size=(80, 24)) as pilot:
        for key, told in (("3", "m shows all"), ("m", "tamdesk hours allow"), ("m", "m shows all")):
            assert told in (await press(pilot, key))[4]
            assert told in drawn[-1]


async def test_enter_opens_the_customer_and_escape_comes_back(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await press(pilot, "3", "enter")
        assert isinstance(pilot.app.screen, HoursScreen)
        assert lines[1].startswith(" Acme Bank")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TamScreen)


async def test_why_tells_each_number_and_copies_it(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await press(pilot, "3", "w")
        assert any("10 h per month: agreed from 2026-01-01 on" in line for line in lines)
        assert any("order 2024-017 (instead of 2023-11-15" in line for line in lines)
        assert any("Spent in Mar 2026: 6 h 36 min." in line for line in lines)
        assert any("Forecast: runs out 20 Mar" in line for line in lines)
        await press(pilot, "y")
        assert toasts(pilot)[-1] == "Copied the explanation."


async def test_only_a_lead_closes_periods(demo):
    async with opened(demo, Clock(AT), login="carla") as pilot:
        await press(pilot, "3", "C")
        assert toasts(pilot)[-1] == "Only a lead closes periods."


async def test_overdue_actions_are_counted(demo):
    desk = open_desk(demo)
    customer = scalar("SELECT id FROM customer WHERE name = 'Wonka Foods'")
    with journal.transaction(None, AT, "test") as tx:
        tx.insert(Action, customer=customer, what="Send the plan", side="ours", due_on="2026-03-02", at=AT)
        tx.say("Noted.")
    desk.close()
    async with opened(demo, Clock(AT), size=(80, 24)) as pilot:
        lines = await press(pilot, "3")
        assert line_of(lines, "Wonka").rstrip().endswith("! 1")


async def test_a_lead_closes_all_that_is_over_and_takes_it_back(demo):
    async with opened(demo, Clock(AT)) as pilot:
        lines = await press(pilot, "3", "C")
        assert any("Close " in line and "customers" in line for line in lines)
        assert any("week 9 " in line and " spent of 5 h, " in line for line in lines)
        await press(pilot, "enter")
        assert toasts(pilot)[-1].startswith("Anna Keller closed ")
        await press(pilot, "C")
        assert toasts(pilot)[-1] == "Every period that is over is closed."
        await press(pilot, "u")
        assert "closed" in " ".join(await press(pilot, "C"))
        await press(pilot, "escape")


async def test_hundreds_of_customers_are_read_a_page_at_a_time(demo):
    desk = open_desk(demo)
    plan, starts_at = one("SELECT plan, starts_at FROM contract WHERE deployment = 'cloud' AND ends_at IS NULL")
    with journal.transaction(None, AT, "test") as tx:
        zoe = tx.insert(Person, login="zoe", name="Zoe", role="tam")
        for number in range(260):
            customer = tx.insert(Customer, key=f"zz{number}", name=f"Zz {number:03}", zone="UTC", tam=zoe)
            contract = tx.insert(Contract, customer=customer, plan=plan, deployment="cloud", starts_at=starts_at)
            tx.insert(
                Allowance, contract=contract, period="month", minutes=600, starts_on="2026-01-01", reason="an order"
            )
        tx.say("Sold a lot.")
    desk.close()
    async with opened(demo, Clock(AT), login="zoe") as pilot:
        await press(pilot, "3")
        screen = pilot.app.screen
        assert len(screen.list.lines) < 60
        await press(pilot, "j")
        for _ in range(3):
            await press(pilot, "ctrl+d")
        assert len(screen.list.lines) > 100
        lines = await press(pilot, "G")
        assert any("Zz 259" in line for line in lines)
        assert len(screen.list.lines) == 260
