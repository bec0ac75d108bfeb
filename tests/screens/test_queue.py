"""A support engineer works the queue."""

from pathlib import Path

import pytest

import screens.queue_list
from models import journal
from models.connection import open_desk
from models.thread import DatabaseThread
from models.tickets import Ticket
from tests.screens.queue_desk import TUESDAY_10, Clock, columns, make_desk, opened, settled, shown, toasts
from tickets import operations
from tickets.records import QueueRow
from tui.settings import Settings

HOUR = 3600


@pytest.fixture(autouse=True)
def preview_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens.queue_list, "REST_SECONDS", 0)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Forty tickets, due every ten minutes from half past nine on; the last five carry no clock."""
    tickets = [columns(n, due_in=(n - 3) * 600, severity=1 + n % 4) for n in range(35)]
    make_desk(sqlite_address, tickets + [columns(n, due_in=None) for n in range(35, 40)])
    return sqlite_address


def selected(pilot) -> QueueRow:
    return pilot.app.screen.window.selected


def change(address: str, ticket_id: int, **what: object) -> None:
    """Someone else changes a ticket, from a program of their own."""
    database = DatabaseThread(address)
    database.start()

    def write() -> None:
        with journal.transaction(2, TUESDAY_10, "test", ticket_id) as tx:
            tx.update(Ticket, ticket_id, **what)
            tx.say("Ben changed it.")

    database.submit(write).result()
    database.close()


async def test_the_clock_that_runs_out_first_stands_first_with_what_it_costs(address):
    async with opened(address, Clock()) as pilot:
        lines = shown(pilot)
        assert "✕ +0:30 2d" in lines[2] and "Question 0" in lines[2]
        assert "○ 0:00:00" in lines[5]
        assert "0:10:00" in lines[6] and "○" in lines[6]
        assert "● 3:20" in next(line for line in lines if "Question 23" in line)


async def test_the_views_tell_their_counts(address):
    async with opened(address, Clock()) as pilot:
        assert "All open" in shown(pilot)[2] and "40" in shown(pilot)[2].split("│")[0]
        assert next(line for line in shown(pilot) if "Missed" in line).split("│")[0].split()[-1] == "3"


async def test_j_and_k_move_and_the_preview_follows(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("j", "j", "k")
        await settled(pilot)
        assert selected(pilot).subject == "Question 1"
        assert any("#2  Question 1" in line for line in shown(pilot)[20:])


async def test_g_and_capital_g_go_to_the_ends(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("G")
        assert selected(pilot).subject == "Question 39"
        await pilot.press("g")
        assert selected(pilot).subject == "Question 0"


async def test_half_pages_move_the_cursor_and_it_stays_in_view(address):
    async with opened(address, Clock()) as pilot:
        window = pilot.app.screen.window
        await pilot.press("ctrl+d", "ctrl+d", "ctrl+d")
        assert window.cursor > 20
        assert window.top <= window.cursor < window.top + window.height
        await pilot.press("ctrl+u")
        assert window.cursor < 30


async def test_a_second_that_passes_changes_the_clock_and_nothing_else(address):
    clock = Clock()
    async with opened(address, clock) as pilot:
        before = shown(pilot)
        clock.at += 1
        pilot.app.ticker.wake()
        await settled(pilot)
        after = shown(pilot)
        assert "0:09:59" in after[6]
        assert [line[39:] for line in after] == [line[39:] for line in before]


async def test_a_clock_that_passes_its_due_time_is_missed_at_once(address):
    clock = Clock()
    async with opened(address, clock) as pilot:
        clock.at += 1
        pilot.app.ticker.wake()
        await settled(pilot)
        assert "✕ +0:00" in shown(pilot)[5]
        assert next(line for line in shown(pilot) if "Missed" in line).split("│")[0].split()[-1] == "4"


async def test_outside_support_hours_the_clocks_stand_still_and_nothing_is_waited_for_but_the_opening(sqlite_address):
    make_desk(sqlite_address, [columns(1, due_in=7 * HOUR)])
    clock = Clock(TUESDAY_10 - 4 * HOUR)
    async with opened(sqlite_address, clock) as pilot:
        assert "‖" in shown(pilot)[2]
        assert "closed until 08:00" in shown(pilot)[0]
        assert pilot.app.ticker.next_at == TUESDAY_10 - 2 * HOUR


async def test_a_ticket_that_comes_in_above_leaves_cursor_and_screen_line_alone(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press(*["j"] * 30)
        await settled(pilot)
        window = pilot.app.screen.window
        line, before = window.cursor - window.top, selected(pilot).id
        change(address, 40, order_at=TUESDAY_10 - 9000)
        pilot.app.changes.post([])
        await settled(pilot)
        assert selected(pilot).id == before
        assert window.cursor - window.top == line


async def test_a_claim_elsewhere_shows_in_the_line_without_moving_anything(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("j")
        change(address, 1, owner_id=2)
        pilot.app.changes.post([])
        await settled(pilot)
        assert "ben" in shown(pilot)[2]
        assert selected(pilot).id == 2


@pytest.mark.parametrize(
    ("operation", "person", "next_one"), [(operations.reply, 1, 3), (operations.note, 1, 2), (operations.reply, 2, 2)]
)
async def test_after_my_own_answer_the_cursor_stands_on_the_next_ticket(address, operation, person, next_one):
    async with opened(address, Clock()) as pilot:
        await pilot.press("j")
        assert selected(pilot).id == 2
        await pilot.app.call(operation, 2, "Please clear the cache.", person, TUESDAY_10)
        await settled(pilot)
        assert selected(pilot).id == next_one


async def test_where_the_selected_ticket_leaves_the_next_one_is_selected(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("j")
        change(address, 2, is_open=0, state="solved")
        pilot.app.changes.post([])
        await settled(pilot)
        assert selected(pilot).id == 3


async def test_views_are_walked_and_an_empty_one_says_what_would_fill_it(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("]")
        await settled(pilot)
        assert "c claims the ticket" in "\n".join(shown(pilot))
        await pilot.press("[", "[")
        await settled(pilot)
        assert pilot.app.screen.view.key == "done"


async def test_a_key_without_a_ticket_says_why(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("]")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert any("No ticket is selected" in toast for toast in toasts(pilot))


async def test_who_may_only_read_is_told_so(address):
    async with opened(address, Clock(), login="rita") as pilot:
        await pilot.press("c")
        await settled(pilot)
        assert any("You may look" in toast for toast in toasts(pilot))


async def test_a_claim_is_undone_and_done_again(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("c")
        await settled(pilot)
        assert "anna" in shown(pilot)[2].partition("Question 0")[2]
        await pilot.press("u")
        await settled(pilot)
        assert "anna" not in shown(pilot)[2].partition("Question 0")[2]
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert "anna" in shown(pilot)[2].partition("Question 0")[2]


async def test_the_dot_claims_the_next_ticket_too(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("j", "full_stop")
        await settled(pilot)
        assert "anna" in shown(pilot)[3].partition("Question 1")[2]


async def test_copy_reaches_the_clipboard_as_plain_text(sqlite_address):
    make_desk(sqlite_address, [columns(1, due_in=HOUR, subject="Look \x1b[2J here")])
    async with opened(sqlite_address, Clock()) as pilot:
        await pilot.press("y")
        await settled(pilot)
        assert pilot.app.clipboard == "#1 Look ␛[2J here"


async def test_hostile_text_is_shown_and_does_nothing(sqlite_address):
    hostile = "[bold]x[/] [[ ]] \x1b]52;c;ZXZpbA==\x07 \x1b[2J \u202eevil 株式会社 e\u0301"
    make_desk(sqlite_address, [columns(1, due_in=HOUR, subject=hostile)])
    async with opened(sqlite_address, Clock(), size=(200, 36)) as pilot:
        text = "\n".join(shown(pilot))
        assert "[bold]x[/] [[ ]] ␛]52;c;ZXZpbA==␇ ␛[2J �evil 株式会社" in text
        assert "\x1b" not in text and "\u202e" not in text


async def test_at_eighty_columns_the_sides_fold_away_and_p_opens_the_preview(address):
    async with opened(address, Clock(), size=(80, 24)) as pilot:
        lines = shown(pilot)
        assert lines[1].startswith(" All open 40 ▾")
        assert "Question 0" in lines[3]
        assert not any("#1  Question 0" in line for line in lines)
        await pilot.press("p")
        await settled(pilot)
        assert any("#1  Question 0" in line for line in shown(pilot))
        assert max(len(line) for line in shown(pilot)) <= 80


async def test_a_terminal_that_is_too_small_takes_no_keys_but_q(address):
    async with opened(address, Clock(), size=(80, 24)) as pilot:
        await pilot.resize_terminal(50, 10)
        await settled(pilot)
        assert any("needs 60x16" in line for line in shown(pilot))
        await pilot.press("j")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert selected(pilot).id == 1
        assert "Question 0" in shown(pilot)[3]


async def test_the_mouse_selects_but_is_not_needed(address):
    async with opened(address, Clock()) as pilot:
        await pilot.click(offset=(60, 6))
        await settled(pilot)
        assert selected(pilot).id == 5


async def test_a_long_queue_is_read_on_before_the_cursor_gets_there(sqlite_address):
    make_desk(sqlite_address, [columns(n, due_in=n * 60) for n in range(900)])
    async with opened(sqlite_address, Clock()) as pilot:
        for _ in range(40):
            await pilot.press("ctrl+d")
        await settled(pilot)
        subject = selected(pilot).subject
        assert int(subject.split()[1]) > 400
        await pilot.press("G")
        await settled(pilot)
        assert selected(pilot).subject == "Question 899"
        await pilot.press("g")
        await settled(pilot)
        assert selected(pilot).subject == "Question 0"


async def test_each_place_opens_and_the_queue_is_as_it_was_left(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("j")
        for key, words in (("2", "Acme Bank"), ("3", "agreed"), ("4", "onboarding"), ("5", "objectives met")):
            await pilot.press(key)
            await settled(pilot)
            assert words in "\n".join(shown(pilot))
        await pilot.press("1")
        await settled(pilot)
        assert selected(pilot).id == 2


async def test_help_lists_the_keys_and_why_one_does_not_work(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("question_mark")
        await settled(pilot)
        text = "\n".join(shown(pilot))
        assert "Take the ticket: you answer it." in text
        assert "#1 has no owner." in text
        await pilot.press("escape")
        await settled(pilot)
        assert "Question 0" in "\n".join(shown(pilot))


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_small_screen_still_says_who_i_am_and_where_help_is(address, size):
    async with opened(address, Clock(), size=size) as pilot:
        lines = shown(pilot)
        assert "1 Queue" in lines[0] and lines[0].rstrip().endswith("anna · 10:00")
        assert "enter open" in lines[-1] and lines[-1].rstrip().endswith("? help  ^p palette")


async def test_the_views_say_which_keys_show_another(address):
    async with opened(address, Clock()) as pilot:
        assert shown(pilot)[1].split("│")[0].split() == ["Views", "[", "]"]


async def test_the_palette_finds_a_command_by_name(address):
    async with opened(address, Clock()) as pilot:
        await pilot.press("colon", *"claim")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert selected(pilot).owner == "anna"


async def test_the_users_keys_replace_ours(address):
    settings = Settings(keymap={"ticket.claim": "K"})
    async with opened(address, Clock(), settings=settings) as pilot:
        await pilot.press("K")
        await settled(pilot)
        assert selected(pilot).owner == "anna"


async def test_a_clash_of_keys_is_told_at_start(address):
    async with opened(address, Clock(), settings=Settings(keymap={"ticket.claim": "r"})) as pilot:
        assert any("The key r is given to both ticket.claim and ticket.reply" in toast for toast in toasts(pilot))


@pytest.mark.parametrize("theme", ["tamdesk-dark", "tamdesk-light", "textual-dark", "ansi-dark", "gruvbox"])
async def test_every_theme_draws_the_queue(address, theme):
    async with opened(address, Clock(), settings=Settings(theme=theme)) as pilot:
        assert "Question 0" in "\n".join(shown(pilot))


def test_the_desk_of_these_tests_is_a_real_one(address):
    assert Path(address).stat().st_size > 0
    open_desk(address).close()
