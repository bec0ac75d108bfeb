"""The palette finds what a person looks for."""

from tests.screens.queue_desk import Clock, columns, make_desk, opened, settled, toasts


async def test_the_palette_finds_a_command_by_what_it_does(sqlite_address):
    make_desk(sqlite_address, [columns(1, due_in=600)])
    async with opened(sqlite_address, Clock()) as pilot:
        await pilot.press("colon", *"clipboard")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Copied #1." in toasts(pilot)
