"""What a key does to a call, wherever it is shown: in the list or open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual.screen import Screen

from screens.base import DeskScreen
from screens.call_commands import ATTEND, EXPORT, HOLD, MINUTES, MOVE, SKIP
from screens.commands import Command
from tam.call_reading import CallRow


async def perform(screen: DeskScreen, command: Command, held: CallRow) -> None:
    """Run a command on a call."""
    await _ACTS[command.id](screen, held)


async def ask(screen: DeskScreen, dialog: Screen[object]) -> None:
    """Open a dialog, and say what it did."""
    await screen.app.push_screen(dialog, partial(told, screen))


def told(screen: DeskScreen, answer: object) -> None:
    """Say what a dialog answers: a sentence, or several."""
    for sentence in (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ():
        screen.desk.say(sentence)


async def open_call(screen: DeskScreen, call_id: int) -> None:
    """Open a call."""
    from screens.call import CallScreen

    await screen.app.push_screen(CallScreen(call_id))


async def for_customer(screen: DeskScreen, customer_id: int | None, act: Callable[[int], Awaitable[None]]) -> None:
    """Go on with that customer, or ask which one."""
    if customer_id is not None:
        await act(customer_id)
        return
    from screens.dialogs.chooser import Chooser, Offer
    from tickets.choices import customers

    found = await screen.desk.attempt(customers, "", 10_000) or ()
    near = screen.concern().customer_id
    offers = [Offer(each.name, each.badge, each.id) for each in sorted(found, key=lambda one: one.id != near)]

    async def answered(answer: object) -> None:
        if isinstance(answer, int):
            await act(answer)

    await screen.app.push_screen(Chooser("With which customer?", offers, "No customer is called that."), answered)


async def _hold(screen: DeskScreen, held: CallRow) -> None:
    from screens.dialogs.call_hold import HoldDialog

    await ask(screen, HoldDialog(held))


async def _move(screen: DeskScreen, held: CallRow) -> None:
    from screens.dialogs.call_plan import MoveDialog

    await ask(screen, MoveDialog(held))


async def _skip(screen: DeskScreen, held: CallRow) -> None:
    from screens.dialogs.call_plan import SkipDialog

    await ask(screen, SkipDialog(held))


async def _attend(screen: DeskScreen, held: CallRow) -> None:
    from screens.dialogs.call_plan import AttendDialog

    await ask(screen, AttendDialog(held))


async def _export(screen: DeskScreen, held: CallRow) -> None:
    from screens.dialogs.call_file import CallFileDialog

    await ask(screen, CallFileDialog(held))


async def _minutes(screen: DeskScreen, held: CallRow) -> None:
    from tam.minutes import minutes

    text = await screen.desk.attempt(minutes, held.id, screen.desk.now())
    if text is not None:
        screen.desk.copy(text)
        screen.desk.say(f"Copied the minutes of the call with {held.customer}.")


_ACTS: dict[str, Callable[[DeskScreen, CallRow], Awaitable[None]]] = {
    HOLD.id: _hold,
    MOVE.id: _move,
    SKIP.id: _skip,
    ATTEND.id: _attend,
    EXPORT.id: _export,
    MINUTES.id: _minutes,
}
