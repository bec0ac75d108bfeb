"""What a key does to an onboarding or to an item of its checklist."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any

from textual.screen import Screen

from models.words import READ_ONLY as READER
from onboarding.reading import ItemLine
from onboarding.rules import MANAGERS, Done
from onboarding.words import BLOCKED, DONE, SETTLED
from screens.app_protocol import DeskApp
from screens.base import DeskScreen
from screens.commands import Command
from screens.onboarding_commands import (
    BEGIN,
    BLOCK,
    DUE,
    EVIDENCE,
    EXCLUDE,
    GATE,
    GO_LIVE,
    HEALTH,
    NEEDS,
    OWNER,
    REOPEN,
    REPORT,
    RISKS,
    SCOPE,
    SCORECARD,
    SESSIONS,
    SHIFT,
    TEMPLATE,
    TIMELINE,
)
from screens.onboarding_commands import DONE as FINISH
from screens.ticket_reasons import READ_ONLY
from screens.widgets.when import local


def counted(number: int, one: str, many: str) -> str:
    """Return `1 item` or `3 items`."""
    return f"{number} {one if number == 1 else many}"


def today_of(desk: DeskApp) -> date:
    """Return the local date of whoever acts."""
    return local(desk.now(), desk.actor.zone).date()


def managers_only(role: str, does: str) -> str | None:
    """Return why this role may not; None for a TAM and a lead."""
    if role in MANAGERS:
        return None
    return READ_ONLY if role == READER else f"Only a TAM or a lead {does}."


async def ask(screen: DeskScreen, dialog: Screen[object]) -> None:
    """Open a dialog, and say what it did."""
    await screen.app.push_screen(dialog, partial(told, screen))


def told(screen: DeskScreen, answer: object) -> None:
    """Say what a dialog answers."""
    if isinstance(answer, str) and answer:
        screen.desk.say(answer)


async def do(screen: DeskScreen, function: Callable[..., Done], *arguments: Any, **more: Any) -> None:
    """Run an operation as whoever acts, now; say what it did, or why not."""
    actor, at = screen.desk.actor.id, screen.desk.now()
    done = await screen.desk.attempt(function, *arguments, actor, at, **more)
    if done is not None:
        screen.desk.say(done.sentence)


def why_not_item(command: Command, item: ItemLine | None, role: str) -> str | None:
    """Return why a command cannot run on an item, known before it is tried; the operations check it again."""
    if role == READER and not (command is EVIDENCE and item is not None and item.evidence):
        return READ_ONLY
    if command in (EXCLUDE, NEEDS) and role not in MANAGERS:
        return managers_only(role, "says what is needed")
    return "This is a topic; go to one of its items." if item is None else _why_not_now(command, item)


def _why_not_now(command: Command, item: ItemLine) -> str | None:
    if command is REOPEN and item.state not in SETTLED:
        return f"It is open ({item.state})."
    if command in (BEGIN, BLOCK, DUE, EXCLUDE) and item.state in SETTLED:
        return f"It is {item.state}; U reopens it."
    return "It is done already." if command is FINISH and item.state == DONE else None


async def on_item(screen: DeskScreen, command: Command, item: ItemLine, onboarding_id: int) -> None:
    """Run a command on an item."""
    await _ON_AN_ITEM[command.id](screen, item, onboarding_id)


async def on_whole(screen: DeskScreen, command: Command, onboarding_id: int) -> None:
    """Run a command on an onboarding."""
    await _ON_THE_WHOLE[command.id](screen, onboarding_id)


async def _done(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from onboarding import items

    if item.first and screen.desk.actor.role in MANAGERS:
        from screens.dialogs.item_reason import EarlyDialog

        await ask(screen, EarlyDialog(item))
        return
    await do(screen, items.done, item.id, version=item.version)


async def _begin(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from onboarding import items

    operation = items.unblock if item.state == BLOCKED else items.start
    await do(screen, operation, item.id, version=item.version)


async def _reopen(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from onboarding import items

    await do(screen, items.reopen, item.id, version=item.version)


async def _block(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.block import open_block

    await open_block(screen, item, onboarding_id)


async def _owner(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.item_owner import open_owner

    await open_owner(screen, item, onboarding_id)


async def _due(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.item import DueDialog

    await ask(screen, DueDialog(item))


async def _evidence(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.evidence import open_evidence

    await open_evidence(screen, item, onboarding_id)


async def _exclude(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.item_reason import ExcludeDialog

    await ask(screen, ExcludeDialog(item))


async def _needs(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    from screens.dialogs.item_needs import open_needs

    await open_needs(screen, item, onboarding_id)


async def change_item(screen: DeskScreen, item: ItemLine) -> None:
    """Open the item, to be changed."""
    from screens.dialogs.item import ItemDialog

    await ask(screen, ItemDialog(item))


async def add_item(screen: DeskScreen, onboarding_id: int, topic: str, topics: tuple[str, ...]) -> None:
    """Ask for an item of the customer's own."""
    from screens.dialogs.item import AddDialog

    await ask(screen, AddDialog(onboarding_id, topic, topics))


async def _gate(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.gate import open_gate

    await open_gate(screen, onboarding_id)


async def _shift(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.shift import open_shift

    await open_shift(screen, onboarding_id)


async def _health(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.health import open_health

    await open_health(screen, onboarding_id)


async def _risks(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.risk import open_risks

    await open_risks(screen, onboarding_id)


async def _template(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.template import open_template

    await open_template(screen, onboarding_id)


async def _timeline(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.onboarding_timeline import TimelineScreen

    await screen.app.push_screen(TimelineScreen(onboarding_id))


async def _scorecard(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.scorecard import ScorecardScreen

    await screen.app.push_screen(ScorecardScreen(onboarding_id))


async def _scope(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.scope_register import ScopeScreen

    await screen.app.push_screen(ScopeScreen(onboarding_id))


async def _sessions(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.sessions import SessionsScreen

    await screen.app.push_screen(SessionsScreen(onboarding_id))


async def _go_live(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.go_live import GoLiveScreen

    await screen.app.push_screen(GoLiveScreen(onboarding_id))


async def _report(screen: DeskScreen, onboarding_id: int) -> None:
    from screens.dialogs.report import open_report

    await open_report(screen, onboarding_id)


_ON_AN_ITEM: dict[str, Callable[[DeskScreen, ItemLine, int], Awaitable[None]]] = {
    FINISH.id: _done,
    BEGIN.id: _begin,
    BLOCK.id: _block,
    OWNER.id: _owner,
    DUE.id: _due,
    EVIDENCE.id: _evidence,
    EXCLUDE.id: _exclude,
    REOPEN.id: _reopen,
    NEEDS.id: _needs,
}
_ON_THE_WHOLE: dict[str, Callable[[DeskScreen, int], Awaitable[None]]] = {
    GATE.id: _gate,
    SHIFT.id: _shift,
    HEALTH.id: _health,
    RISKS.id: _risks,
    TEMPLATE.id: _template,
    TIMELINE.id: _timeline,
    SCORECARD.id: _scorecard,
    SCOPE.id: _scope,
    SESSIONS.id: _sessions,
    GO_LIVE.id: _go_live,
    REPORT.id: _report,
}
