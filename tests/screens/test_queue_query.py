"""A support engineer asks for tickets above the list, and keeps the question as a view."""

import pytest

import screens.queue_list
import screens.queue_query
from models.thread import DatabaseThread
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, settled, shown, toasts
from tickets import saved_views

HOUR = 3600
SIZES = ((120, 36), (80, 24))
ANNA, BEN, RITA = 1, 2, 3


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)
    monkeypatch.setattr(screens.queue_query, "TRY_AFTER", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Forty tickets: every fourth has severity 1, every fifth is Anna's, every tenth waits, the last one is solved."""
    tickets = [
        columns(
            n,
            due_in=n * 600,
            severity=1 + n % 4,
            owner_id=ANNA if n % 5 == 0 else None,
            state="waiting" if n % 10 == 0 else "open",
            tags="sso" if n == 7 else "",
        )
        for n in range(39)
    ]
    make_desk(sqlite_address, [*tickets, columns(39, due_in=None, state="solved", is_open=0)])
    return sqlite_address


def on_the_desk(address: str, function, *arguments, **more):
    """Do something in another program."""
    thread = DatabaseThread(address)
    thread.start()
    try:
        return thread.submit(function, *arguments, **more).result()
    finally:
        thread.close()


async def press(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def ask(pilot, text: str, *keys: str) -> None:
    """Open the query line, type, and press keys."""
    await press(pilot, "slash")
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await settled(pilot)
    await press(pilot, *keys)


def numbers(pilot) -> list[int]:
    return [row.id for row in pilot.app.screen.window.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_follows_what_is_typed_and_tells_how_many_there_are(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await ask(pilot, "sev:1 owner:me")
        assert numbers(pilot) == [1, 21]
        assert any("2 tickets." in line for line in shown(pilot))
        assert max(len(line) for line in shown(pilot)) <= size[0]


async def test_what_is_wrong_is_told_in_words_and_the_list_stays(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "sev:1 ownr:me", "enter")
        assert any("did you mean 'owner'?" in line for line in shown(pilot))
        assert pilot.app.screen.asking is not None
        assert numbers(pilot) == list(range(1, 40, 4))


async def test_a_field_that_is_only_begun_does_not_empty_the_list(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "sev:1 ow")
        assert numbers(pilot) == list(range(1, 40, 4))


async def test_tab_completes_fields_and_names_and_goes_through_the_choices(address):
    async with opened(address, Clock()) as pilot:
        line = pilot.app.screen
        await ask(pilot, "ow", "tab")
        assert line.asking.box.line.value == "owner:"
        await press(pilot, "tab")
        assert line.asking.box.line.value == "owner:me"
        await press(pilot, "tab")
        assert line.asking.box.line.value == "owner:none"
        await press(pilot, "tab", "tab")
        assert line.asking.box.line.value == "owner:ben"
        await press(pilot, "shift+tab")
        assert line.asking.box.line.value == "owner:anna"
        assert len(numbers(pilot)) == 8


async def test_tab_right_after_a_word_completes_that_word_and_no_older_one(address, monkeypatch):
    monkeypatch.setattr(screens.queue_query, "TRY_AFTER", 60)
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "sev:1 tag:s", "tab")
        assert pilot.app.screen.asking.box.line.value == "sev:1 tag:sso"


async def test_enter_keeps_the_query_as_the_list_which_is_worked_like_any_other(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "owner:none", "enter")
        assert pilot.app.screen.asking is None
        assert any("▸ owner:none" in line and "31" in line for line in shown(pilot))
        await press(pilot, "G")
        assert pilot.app.screen.window.selected.subject == "Question 38"
        await press(pilot, "c")
        assert 39 not in numbers(pilot)
        assert any("▸ owner:none" in line and "30" in line for line in shown(pilot))


async def test_a_long_query_list_is_read_on_in_both_directions(sqlite_address):
    make_desk(sqlite_address, [columns(n, due_in=n * 60, severity=1 + n % 2) for n in range(1500)])
    async with opened(sqlite_address, Clock()) as pilot:
        await ask(pilot, "sev:2", "enter", "G")
        assert pilot.app.screen.window.selected.subject == "Question 1499"
        await press(pilot, *["ctrl+u"] * 30)
        assert 700 < int(pilot.app.screen.window.selected.subject.split()[1]) < 1499
        await press(pilot, "g")
        assert pilot.app.screen.window.selected.subject == "Question 1"


async def test_solved_tickets_are_listed_newest_first_and_keep_the_cursor(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "state:any", "enter")
        assert numbers(pilot) == list(range(40, 0, -1))
        await press(pilot, "j", "j")
        pilot.app.changes.post([])
        await settled(pilot)
        assert pilot.app.screen.window.selected.id == 38
        assert numbers(pilot) == list(range(40, 0, -1))


async def test_escape_goes_back_to_the_view_and_the_ticket_that_were_there(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "j", "j", "j")
        await ask(pilot, "sev:1", "escape")
        assert (pilot.app.screen.view.key, pilot.app.screen.window.selected.id) == ("open", 4)
        await ask(pilot, "sev:1", "enter", "escape")
        assert (pilot.app.screen.view.key, pilot.app.screen.window.selected.id) == ("open", 4)


async def test_asking_again_begins_with_what_was_asked(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "sev:1", "enter")
        await ask(pilot, "owner:me", "enter")
        assert pilot.app.screen.view.query == "sev:1 owner:me"
        assert numbers(pilot) == [1, 21]


async def test_a_query_that_nothing_fulfils_says_what_to_do(address):
    async with opened(address, Clock()) as pilot:
        await ask(pilot, "tag:nothing", "enter")
        assert any("No ticket is so. / changes the query, esc leaves it." in line for line in shown(pilot))


async def test_hostile_text_in_the_line_is_drawn_harmlessly_and_searches_nothing_else(address):
    hostile = 'text:"\'); DROP TABLE ticket;--\x1b[2J"'
    on_the_desk(address, saved_views.create, "[b]\x1b]0;x\x07", hostile, ANNA, TUESDAY_10)
    for size in SIZES:
        async with opened(address, Clock(), size=size) as pilot:
            for keys in (("left_square_bracket",), ("slash",), ("escape", "o"), ("r",)):
                await press(pilot, *keys)
                assert not {"\x1b", "\x07"} & set("".join(shown(pilot))), keys
            await press(pilot, "escape", "escape", "right_square_bracket")
            assert len(numbers(pilot)) == 39


@pytest.mark.parametrize("size", SIZES)
async def test_a_query_is_kept_as_a_view_and_stands_below_the_others(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        await ask(pilot, "sev:1 owner:none", "enter", "W")
        await press(pilot, *"Burning", "enter")
        assert pilot.app.screen.view.title == "Burning"
        assert any("Burning 8" in " ".join(line.split()) for line in shown(pilot))
        await press(pilot, "right_square_bracket", "left_square_bracket")
        assert pilot.app.screen.view.title == "Burning"


async def test_a_view_without_a_query_cannot_be_kept_and_says_why(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "W")
        assert any("Only a query is saved" in toast for toast in toasts(pilot))


async def test_saved_views_are_chosen_renamed_moved_and_deleted_in_one_place(address):
    for title in ("First", "Second"):
        on_the_desk(address, saved_views.create, title, "sev:2", ANNA, TUESDAY_10)
    async with opened(address, Clock(), size=(80, 24)) as pilot:
        await press(pilot, "o", "G", "r")
        await press(pilot, *["backspace"] * 6, *"Later", "enter")
        assert any("Later" in line and "yours: sev:2" in line for line in shown(pilot))
        await press(pilot, "K")
        assert [each.title for each in on_the_desk(address, saved_views.views, ANNA)] == ["Later", "First"]
        await press(pilot, "enter")
        assert pilot.app.screen.view.title == "Later"
        await press(pilot, "o", "d", "escape")
        assert [each.title for each in on_the_desk(address, saved_views.views, ANNA)] == ["First"]
        assert pilot.app.screen.view.key == "open"
        await press(pilot, "u")
        assert [each.title for each in on_the_desk(address, saved_views.views, ANNA)] == ["Later", "First"]


async def test_a_lead_shares_a_view_and_everyone_sees_it(address):
    on_the_desk(address, saved_views.create, "Burning", "sev:1", ANNA, TUESDAY_10)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "o", "G", "s", "escape", "u")
        assert on_the_desk(address, saved_views.views, BEN) == []
        await press(pilot, "o", "G", "s", "escape")
    async with opened(address, Clock(), login="ben") as pilot:
        assert any("Burning" in line and "10" in line for line in shown(pilot))
        await press(pilot, "o", "G", "d")
        assert any("only a lead changes it" in toast for toast in toasts(pilot))


async def test_a_built_in_view_cannot_be_changed_and_says_why(address):
    async with opened(address, Clock()) as pilot:
        await press(pilot, "o", "d")
        assert any("All open is no saved view" in toast for toast in toasts(pilot))


async def test_a_saved_view_that_names_what_is_gone_says_so_and_breaks_nothing(address):
    view = on_the_desk(address, saved_views.create, "Acme", "customer:acme", ANNA, TUESDAY_10)
    assert view == 1
    from models import journal
    from models.customers import Customer

    def rename() -> None:
        with journal.transaction(ANNA, TUESDAY_10, "test") as tx:
            tx.update(Customer, 1, key="other", name="Other")
            tx.say("Renamed.")

    on_the_desk(address, rename)
    async with opened(address, Clock()) as pilot:
        await press(pilot, "left_square_bracket")
        assert pilot.app.screen.view.title == "Acme"
        assert any("There is no customer 'acme'" in toast for toast in toasts(pilot))
        await press(pilot, "left_square_bracket")
        assert pilot.app.screen.view.key == "done"
