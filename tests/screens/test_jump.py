"""One key shows letters, and one more goes there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import screens.queue_list
from screens.jump import labels
from tests.screens.queue_desk import Clock, columns, make_desk, opened, shown
from tests.screens.test_queue_query import SIZES, press


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    make_desk(sqlite_address, [columns(n, due_in=n * 600) for n in range(40)])
    return sqlite_address


@given(st.integers(0, 900))
def test_no_label_is_the_beginning_of_another(count):
    found = labels(count)
    assert len(found) == len(set(found)) == min(count, 676)
    begun = {label[0] for label in found if len(label) == 2}
    assert begun.isdisjoint(label for label in found if len(label) == 1)


def label_of(pilot, x: int, y: int) -> str:
    return next(mark.label for mark in pilot.app.screen.marks if (mark.target.x, mark.target.y) == (x, y))


@pytest.mark.parametrize(("size", "x", "top"), [((120, 36), 39, 2), ((80, 24), 15, 3)])
async def test_a_row_is_selected_by_its_letters(address, size, x, top):
    async with opened(address, Clock(), size=size) as pilot:
        await press(pilot, "semicolon")
        await press(pilot, *label_of(pilot, x, top + 7))
        assert pilot.app.screen.window.selected.id == 8


async def test_a_view_and_a_place_are_gone_to_by_their_letters(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "semicolon", *"j")
        assert pilot.app.screen.view.key == "mine"
        await press(pilot, "semicolon", *"s")
        assert "Acme Bank" in "\n".join(shown(pilot))
        await press(pilot, "semicolon", *"a")
        assert type(pilot.app.screen).__name__ == "QueueScreen"


@pytest.mark.parametrize("size", SIZES)
async def test_every_visible_row_has_a_label_and_escape_goes_nowhere(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        rows = len(pilot.app.screen.window.visible)
        await press(pilot, "semicolon")
        assert len(pilot.app.screen.marks) >= rows + 5
        await press(pilot, "escape")
        assert pilot.app.screen.window.selected.id == 1


async def test_a_letter_that_leads_nowhere_closes(address):
    async with opened(address, Clock(), size=(80, 24)) as pilot:
        await press(pilot, "semicolon", "exclamation_mark")
        assert type(pilot.app.screen).__name__ == "QueueScreen"
