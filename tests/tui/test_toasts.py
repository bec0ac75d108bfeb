"""What was done and what was refused is said once."""

from tests.screens.queue_desk import Clock, columns, make_desk, opened, settled, toasts


async def test_a_refusal_that_stands_there_is_not_repeated(sqlite_address):
    make_desk(sqlite_address, [columns(1, due_in=600)])
    clock = Clock()
    async with opened(sqlite_address, clock) as pilot:
        await pilot.press("C", "C")
        await settled(pilot)
        assert toasts(pilot) == ["#1 has no owner."]
        clock.at += 10
        await pilot.press("C")
        await settled(pilot)
        assert toasts(pilot)[-1] == "#1 has no owner." and len(toasts(pilot)) == 2
