"""What enter, x and n do to a line of a customer's hours, whatever it shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from contracts.words import duration_text
from screens.call_acting import ask, open_call
from screens.tam_commands import CLOSE_ONE, REOPEN, WHY_HOURS
from screens.widgets.text import clean
from tam.actions import ActionRow
from tam.agreed import TopUpLine
from tam.call_list import CallLine
from tam.entry_reading import EntryRow
from tam.entry_words import day_text, hours_text
from tam.feedback import FeedbackRow
from tam.ledger import PeriodAccount
from tam.promises import AllowanceRow

if TYPE_CHECKING:
    from screens.tam_customer import HoursScreen


async def open_line(screen: HoursScreen, line: object) -> None:
    """Open what a line shows, to change it or to look at it."""
    for kind, act in _OPENS.items():
        if isinstance(line, kind):
            await act(screen, line)


async def _entry(screen: HoursScreen, held: EntryRow) -> None:
    from screens.dialogs.entry import EntryDialog

    if screen.today is not None:
        await ask(screen, EntryDialog(held, screen.today))


async def _allowance(screen: HoursScreen, held: AllowanceRow) -> None:
    from screens.dialogs.allowance import open_allowance

    if screen.seen is not None:
        await open_allowance(screen, screen.seen.held.customer, held.contract_id, screen.seen.held.today, held)


async def _top_up(screen: HoursScreen, held: TopUpLine) -> None:
    from screens.dialogs.top_up import open_top_up

    if screen.seen is not None:
        await open_top_up(screen, screen.seen.held, held)


async def _period(screen: HoursScreen, held: PeriodAccount) -> None:
    """Close it, open it again, or tell where its numbers come from."""
    closed = [line for line in screen.list.lines if isinstance(line, PeriodAccount) and line.closed]
    if held.closed and held != closed[0]:
        screen.desk.say(f"{held.label} stays closed: only the newest one, {closed[0].label}, can be reopened.")
    elif held.closed:
        await screen.run_command(REOPEN)
    elif screen.today is not None and held.after <= screen.today:
        await screen.run_command(CLOSE_ONE)
    else:
        await screen.run_command(WHY_HOURS)


async def _call(screen: HoursScreen, held: CallLine) -> None:
    await open_call(screen, held.call.id)


async def _action(screen: HoursScreen, held: ActionRow) -> None:
    from screens.dialogs.action import open_action

    await open_action(screen, held.customer_id, held.call_id, held)


async def _feedback(screen: HoursScreen, held: FeedbackRow) -> None:
    from screens.dialogs.feedback import open_feedback

    await open_feedback(screen, held.customer_id, held.call_id, held)


_OPENS: dict[type, Callable[[HoursScreen, Any], Awaitable[None]]] = {
    EntryRow: _entry,
    AllowanceRow: _allowance,
    TopUpLine: _top_up,
    PeriodAccount: _period,
    CallLine: _call,
    ActionRow: _action,
    FeedbackRow: _feedback,
}


async def remove_line(screen: HoursScreen, line: object) -> None:
    """Ask whether an entry, an allowance or a top-up is taken away; u brings it back."""
    from screens.dialogs.confirm import ConfirmDialog

    asked = _removal(line)
    if asked is None:
        return
    what, told, remove = asked

    async def confirmed(answer: object) -> None:
        if answer is True:
            done = await screen.desk.attempt(remove, screen.desk.actor.id, screen.desk.now())
            if done:
                screen.desk.say(done)

    await screen.app.push_screen(ConfirmDialog(f"Take away {what}?", told, "Leave it", "Take it away"), confirmed)


def _removal(line: object) -> tuple[str, str, Callable[[int, int], str]] | None:
    """Return what is taken away, what is to be known of that, and what does it on the database thread."""
    from tam import allowances, entries

    if isinstance(line, EntryRow):
        entry_id = line.id
        what = f"{hours_text(line.minutes)} of {clean(line.person)} on {day_text(line.on)}"
        return what, line.note, lambda actor, at: entries.delete(entry_id, actor, at).sentence
    if isinstance(line, TopUpLine):
        top_up_id, told = line.row.id, f"the top-up of {duration_text(line.row.minutes)}"

        def withdraw_top_up(actor: int, at: int) -> str:
            allowances.withdraw_top_up(top_up_id, actor, at)
            return f"Took back {told}."

        return told, "", withdraw_top_up
    if isinstance(line, AllowanceRow) and line.id:
        allowance_id, agreed = line.id, f"{duration_text(line.minutes)} per {line.period}"

        def withdraw(actor: int, at: int) -> str:
            allowances.withdraw(allowance_id, actor, at)
            return f"Took back {agreed}."

        return agreed, "To end it instead, open it and say until when.", withdraw
    return None


async def log_time(screen: HoursScreen) -> None:
    """Log time for the customer."""
    from screens.dialogs.log_time import LogTimeDialog

    await ask(screen, LogTimeDialog(screen.concern()))


async def plan_call(screen: HoursScreen) -> None:
    """Plan a call with the customer."""
    from screens.dialogs.call_plan import open_plan

    await open_plan(screen, screen.customer_id)


async def note_action(screen: HoursScreen) -> None:
    """Note an action."""
    from screens.dialogs.action import open_action

    await open_action(screen, screen.customer_id)


async def note_feedback(screen: HoursScreen) -> None:
    """Note what the customer said."""
    from screens.dialogs.feedback import open_feedback

    await open_feedback(screen, screen.customer_id)
