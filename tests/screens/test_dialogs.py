"""Dialogs tell what will happen before it is done, say why not, and never lose what was typed."""

import pytest

from models.thread import DatabaseThread
from tests.screens.ticket_desk import HOSTILE, NOW, Made, app_on, press, settle, shown, typed
from tickets import operations, preview, reading, ticket_reading

SIZES = ((120, 36), (80, 24))


@pytest.mark.parametrize("size", SIZES)
async def test_each_severity_shows_its_due_time_before_it_is_set(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "s")
        screen = shown(pilot)
        assert "Severity of #1: 2 now" in screen
        assert "2 business hours: due 14:50, 1 h 10 min left" in screen
        assert "12 business hours: due Wed 3 Jun 15:50" in screen
        assert "24 business hours: due Fri 5 Jun 09:50" in screen
        assert "esc closes, the reason is kept" in screen
        await press(pilot, "3", "enter", "enter")
        await typed(pilot, "a workaround holds")
        await press(pilot, "enter")
        row = await pilot.app.call(reading.row, made.ticket)
        assert (row.severity, row.due_at) == (3, NOW + 26 * 3600 + 600)


async def test_what_a_severity_would_cost_is_told_whole_on_a_small_screen(made: Made) -> None:
    async with app_on(made.address, (80, 24), now=NOW + 5 * 86400) as pilot:
        await press(pilot, "s")
        text = " ".join(shown(pilot).replace("│", " ").split())
        assert "missed by 29 h 10 min already, 116 days of credit" in text
        assert "esc closes, the reason is kept" in text


async def test_the_level_that_is_chosen_says_whole_what_it_means_on_a_small_screen(made: Made) -> None:
    async with app_on(made.address, (80, 24)) as pilot:
        effects = await pilot.app.call(preview.severity_effects, made.ticket, NOW, "Europe/Zurich")
        await press(pilot, "s")
        for effect in effects[:3]:
            await press(pilot, str(effect.severity))
            words = " ".join(shown(pilot).replace("│", " ").split())
            assert effect.definition in words


async def test_a_severity_is_set_on_the_smallest_screen(made: Made) -> None:
    async with app_on(made.address, (60, 16)) as pilot:
        await press(pilot, "s")
        screen = shown(pilot)
        assert all(text in screen for text in ("▸ 2 ", "4 Non-urgent", "Reason", "^o sets it", "reason is kept"))
        await press(pilot, "3", "enter", "enter")
        await typed(pilot, "a workaround holds")
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).severity == 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("level", "to", "back"),
    [(1, 3, "core services are available again"), (2, 3, "core services are no longer severely degraded")],
)
async def test_a_level_is_lowered_because_service_came_back(
    made: Made, size: tuple[int, int], level: int, to: int, back: str
) -> None:
    async with app_on(made.address, size) as pilot:
        if level == 1:
            await pilot.app.call(operations.change_severity, made.ticket, 1, "all logins", made.anna, NOW)
            await settle(pilot)
        await press(pilot, "s", str(to), "enter")
        assert "assessed: the level was another from the start" in shown(pilot)
        await press(pilot, "right")
        assert f"restored: {back}" in shown(pilot)
        await press(pilot, "enter")
        await typed(pilot, "rolled back")
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).severity == to


async def test_a_level_that_service_says_nothing_of_asks_for_the_reason_alone(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "s", "3", "enter", "right", "shift+tab", "4", "enter")
        assert "restored" not in shown(pilot)
        await typed(pilot, "a question")
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).severity == 4


async def test_control_c_leaves_a_dialog_and_not_the_desk(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "S", "ctrl+c")
        assert "State of #1" not in shown(pilot)
        assert pilot.app.is_running
        await press(pilot, "ctrl+c")
        assert not pilot.app.is_running


async def test_a_severity_without_a_reason_is_refused_and_the_dialog_stays(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "s", "3", "ctrl+o")
        assert "A change of severity needs a reason" in shown(pilot)
        await press(pilot, "escape")
        assert (await pilot.app.call(reading.row, made.ticket)).severity == 2


async def test_escape_keeps_the_reason_that_was_typed(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "s", "enter")
        await typed(pilot, "because")
        await press(pilot, "escape", "s")
        assert "because" in shown(pilot)


async def test_a_severity_that_someone_else_changed_meanwhile_is_told(made: Made, other: DatabaseThread) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "s", "3", "enter", "enter")
        await typed(pilot, "mine")
        other.submit(operations.change_severity, made.ticket, 4, "theirs", made.ben, NOW).result()
        await press(pilot, "enter")
        assert "Ben Keller set severity 4" in shown(pilot)
        assert "mine" in shown(pilot)
        await press(pilot, "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).severity == 3


@pytest.mark.parametrize("size", SIZES)
async def test_the_state_is_chosen_by_letter(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "S")
        assert "waiting: the customer has something to do" in shown(pilot)
        await press(pilot, "w", "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).state == "waiting"


async def test_a_state_that_would_hide_a_running_clock_is_refused(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "S", "s", "enter")
        assert "still runs: answer first" in shown(pilot)
        assert (await pilot.app.call(reading.row, made.ticket)).state == "open"


@pytest.mark.parametrize("size", SIZES)
async def test_a_severity_1_is_solved_with_a_note_on_how_service_came_back(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        call = pilot.app.call
        await call(operations.change_severity, made.ticket, 1, "all logins", made.anna, NOW)
        await call(operations.reply, made.ticket, "We restart it.", made.anna, NOW)
        await settle(pilot)
        await press(pilot, "S", "s", "enter", "enter")
        assert "say in a note how core services came back" in shown(pilot)
        await typed(pilot, "nodes restarted")
        await press(pilot, "escape", "S")
        assert "nodes restarted" in shown(pilot)
        await press(pilot, "s", "enter")
        assert (await call(reading.row, made.ticket)).state == "solved"
        newest = (await call(ticket_reading.conversation, made.ticket))[-1]
        assert (newest.kind, newest.body) == ("note", "nodes restarted")
        await press(pilot, "S")
        assert "core services" not in shown(pilot)


async def test_the_note_of_a_severity_1_is_kept_for_when_it_ends(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await pilot.app.call(operations.change_severity, made.ticket, 1, "all logins", made.anna, NOW)
        await settle(pilot)
        await press(pilot, "S", "s", "enter")
        await typed(pilot, "half of it")
        await press(pilot, "shift+tab", "w", "enter")
        assert (await pilot.app.call(reading.row, made.ticket)).state == "waiting"
        assert [each.kind for each in await pilot.app.call(ticket_reading.conversation, made.ticket)] == ["message"]
        await press(pilot, "S")
        assert "half of it" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_why_prints_the_calculation_and_y_copies_it(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "w")
        screen = shown(pilot)
        assert "Why is #1 due on Tue 2 Jun 2026 14:50 Europe/Zurich?" in screen
        assert "12:50–14:50" in screen
        assert "120 min of 120 min: due 14:50" in screen
        await press(pilot, "y")
        assert "12:50–14:50" in pilot.app.clipboard
        await press(pilot, "escape")
        assert "Why is" not in shown(pilot)


async def test_why_of_a_ticket_without_a_clock_gives_the_reason(made: Made, other: DatabaseThread) -> None:
    ticket = other.submit(
        operations.receive,
        customer_id=made.acme + 2,
        subject="How do I export?",
        body="?",
        severity=4,
        actor=made.anna,
        at=NOW - 60,
        channel="community",
    ).result()
    async with app_on(made.address, (80, 24)) as pilot:
        await press(pilot, "j", "w")
        assert f"#{ticket} carries no clock" in shown(pilot)
        await press(pilot, "escape", "enter")
        assert shown(pilot).count("no clock") == 1
        await press(pilot, "w")
        assert f"#{ticket} carries no clock" in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_ticket_shows_when_it_is_due_and_opens_once_saved(made: Made, size: tuple[int, int]) -> None:
    async with app_on(made.address, size) as pilot:
        await press(pilot, "N")
        await typed(pilot, "acm")
        assert "Acme  ente" in shown(pilot)
        await press(pilot, "enter")
        assert "Jo of Acme" in shown(pilot)
        await press(pilot, "tab", "tab", "2")
        assert "Received now → 2 business hours: due 15:40" in shown(pilot)
        await press(pilot, "tab")
        await typed(pilot, "Tokens expire")
        await press(pilot, "tab")
        await typed(pilot, "All of them.")
        await press(pilot, "ctrl+o")
        screen = shown(pilot)
        assert "#2  Tokens expire" in screen
        assert "All of them." in screen
        row = await pilot.app.call(reading.row, 2)
        assert (row.customer, row.severity, row.due_at) == ("Acme", 2, NOW + 7200)
        await press(pilot, "escape", "N")
        assert "Tokens expire" not in pilot.app.screen.subject.value


async def test_the_form_says_what_is_missing_and_goes_there(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "N", "ctrl+o")
        assert "Choose a customer first" in shown(pilot)
        await typed(pilot, "nobody is called that")
        assert "No customer is called that." in shown(pilot)


async def test_the_form_keeps_what_was_typed(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        await typed(pilot, "glob")
        await press(pilot, "tab", "right", "tab", "right", "tab", "1", "tab")
        await typed(pilot, "Half")
        await press(pilot, "escape", "N")
        form = pilot.app.screen
        assert (form.customer.value, form.contact.value) == ("Globex", "Mia (not named in the order)")
        assert (form.channel.value, form.severity.value, form.subject.value) == ("email", "1", "Half")
        form.customer.focus()
        await press(pilot, "backspace")
        assert form.contact.value == "nobody in particular"


async def test_a_plan_without_support_is_refused_with_a_way_out(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        await typed(pilot, "soy")
        await press(pilot, "tab")
        form = pilot.app.screen
        form.subject.value, form.text.text = "Help", "Please."
        await press(pilot, "ctrl+o")
        assert "log it as community" in shown(pilot)
        form.channel.focus()
        await press(pilot, "c", "c", "ctrl+o")
        assert "#2  Help" in shown(pilot)


async def test_what_is_pasted_into_a_line_is_harmless(made: Made) -> None:
    from textual import events

    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        form = pilot.app.screen
        form.subject.focus()
        await settle(pilot)
        pilot.app.post_message(events.Paste(HOSTILE + "\nsecond" + "x" * 1_000_000))
        await settle(pilot)
        assert "\x1b" not in form.subject.value
        assert form.subject.value.startswith("[bold]x[/]")
        assert len(form.subject.value) == 500
        assert "\x1b" not in shown(pilot)


async def test_the_conversation_shows_what_the_form_took_in(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        await typed(pilot, "acme")
        await press(pilot, "enter")
        pilot.app.screen.subject.value = "Hostile"
        pilot.app.screen.text.text = HOSTILE
        await press(pilot, "ctrl+o")
        found = await pilot.app.call(ticket_reading.conversation, 2)
        assert found[0].body.startswith("[bold]x[/]")
        assert "\x1b" not in shown(pilot)


async def test_a_connection_that_drops_loses_no_form(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        await typed(pilot, "glob")
        await press(pilot, "tab")
        pilot.app.exit()
    async with app_on(made.address) as pilot:
        await press(pilot, "N")
        assert pilot.app.screen.customer.value == "Globex"
