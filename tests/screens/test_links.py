"""Tickets that belong together, a ticket that is two, and the files of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.ticket_desk import NOW, Made, app_on, make, press, settle, shown, typed
from tickets import attachments, operations, reading
from tickets.links import links

SIZES = ((120, 36), (80, 24))


@pytest.fixture
def made(sqlite_address: str) -> Iterator[Made]:
    yield make(sqlite_address)


def words(pilot: Pilot[None]) -> str:
    """What the screen says, without the frames."""
    return " ".join(shown(pilot).replace("│", " ").replace("▏", " ").split())


def receive(made: Made, customer: int, subject: str) -> int:
    return operations.receive(
        customer_id=customer, subject=subject, body="The same here.", severity=3, actor=made.anna, at=NOW - 600
    )


@pytest.mark.parametrize("size", SIZES)
async def test_a_duplicate_that_is_alike_by_its_words_is_merged(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        second = await pilot.app.call(receive, made, made.acme, "Logins fail for my user too")
        await settle(pilot)
        await press(pilot, "enter", "L")
        assert f"alike: #{second} · Acme · open · Logins fail for my user" in shown(pilot)
        await press(pilot, "tab", "tab", "m")
        assert "This conversation moves there and this ticket is closed" in words(pilot)
        await press(pilot, "ctrl+o")
        assert (await pilot.app.call(reading.row, made.ticket)).state == "closed"
        kept = await pilot.app.call(links, second)
        assert [(each.words, each.ticket_id) for each in kept] == [("took in", made.ticket)]


async def test_what_cannot_be_merged_says_why_and_links_go_anywhere(made: Made) -> None:
    async with app_on(made.address) as pilot:
        other = await pilot.app.call(receive, made, made.acme + 1, "Colours are off")
        await settle(pilot)
        await press(pilot, "enter", "L")
        assert "Nothing is linked yet" in shown(pilot)
        await typed(pilot, "x1")
        await press(pilot, "enter")
        assert "is no ticket's number" in shown(pilot)
        await press(pilot, "backspace", "backspace")
        await typed(pilot, f"{made.ticket}")
        await press(pilot, "tab", "m", "ctrl+o")
        assert "cannot be merged with itself" in shown(pilot)
        await press(pilot, "shift+tab", "backspace")
        await typed(pilot, f"{other}")
        await press(pilot, "ctrl+o")
        assert "nobody may read what another customer wrote" in words(pilot)
        await press(pilot, "tab", "r", "ctrl+o")
        assert [each.ticket_id for each in await pilot.app.call(links, made.ticket)] == [other]
        await press(pilot, "L", "enter")
        assert f"#{other}  Colours are off" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_second_problem_becomes_a_ticket_that_was_received_with_its_message(
    made: Made, size: tuple[int, int]
) -> None:
    async with app_on(made.address, size) as pilot:
        await pilot.app.call(operations.customer_wrote, made.ticket, "Also, the logo is missing.", NOW - 300)
        await settle(pilot)
        await press(pilot, "enter", "T")
        assert "Also, the logo is missing." in shown(pilot)
        await press(pilot, "enter", "enter")
        assert "needs a subject" in shown(pilot)
        await typed(pilot, "Logo missing")
        await press(pilot, "enter")
        assert "#2  Logo missing" in shown(pilot)
        assert (await pilot.app.call(reading.row, 2)).received_at == NOW - 300


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_attached_and_saved_beside_another_one_of_its_name(
    made: Made, size: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_text("it broke")
    async with app_on(made.address, size) as pilot:
        await press(pilot, "enter", "I")
        assert "No file came with this ticket." in shown(pilot)
        await typed(pilot, str(tmp_path / "none.log"))
        await press(pilot, "enter")
        assert "cannot be read" in words(pilot)
        await press(pilot, *["backspace"] * 8)
        await typed(pilot, "a.log")
        await press(pilot, "enter")
        assert [each.name for each in await pilot.app.call(attachments.attachments, made.ticket)] == ["a.log"]
        await press(pilot, "I")
        assert "a.log · 8 B" in shown(pilot)
        await press(pilot, "tab", "tab", "backspace")
        await typed(pilot, str(tmp_path))
        await press(pilot, "enter")
        assert (tmp_path / "a (2).log").read_text() == "it broke"
