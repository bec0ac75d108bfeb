"""What a key does to a ticket, wherever the ticket is shown: in the queue or open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.screen import Screen

from screens.app_protocol import DeskApp
from screens.base import DeskScreen
from screens.commands import (
    ASSIGN,
    CLAIM,
    COPY,
    ESCALATE,
    NEW,
    NOTE,
    RELEASE,
    REPLY,
    SEVERITY,
    STATE,
    WHY,
    Command,
)
from screens.process_commands import FILES, LINKS, SPLIT
from screens.widgets.text import clean
from tickets.records import QueueRow

Act = Callable[[DeskScreen, QueueRow], Awaitable[None]]


async def perform(screen: DeskScreen, command: Command, ticket_id: int | None) -> None:
    """Run a command on a ticket; a new ticket needs none. A refusal becomes a toast."""
    if command.id == NEW.id:
        from screens.dialogs.new_ticket import open_form

        await open_form(screen)
        return
    from tickets import reading

    row = None if ticket_id is None else await screen.desk.attempt(reading.row, ticket_id)
    if row is not None:
        await _ACTS[command.id](screen, row)


def answered(desk: DeskApp, sentence: object) -> None:
    """Say what a dialog did, if it did something."""
    if isinstance(sentence, str) and sentence:
        desk.say(sentence)


async def _ask(screen: DeskScreen, dialog: Screen[object]) -> None:
    await screen.app.push_screen(dialog, lambda sentence: answered(screen.desk, sentence))


async def _claim(screen: DeskScreen, row: QueueRow) -> None:
    if row.owner is not None and row.owner != screen.desk.actor.login:
        from screens.dialogs.claim import ClaimDialog

        await _ask(screen, ClaimDialog(row))
        return
    from tickets import operations

    done = await screen.desk.attempt(operations.claim, row.id, screen.desk.actor.id, screen.desk.now())
    answered(screen.desk, done and done.sentence)


async def _release(screen: DeskScreen, row: QueueRow) -> None:
    if row.severity == 1 and row.owner is not None:
        await _assign(screen, row)
        return
    from tickets import operations

    done = await screen.desk.attempt(operations.release, row.id, screen.desk.actor.id, screen.desk.now())
    answered(screen.desk, done and done.sentence)


async def _assign(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.assign import open_assign

    await open_assign(screen, row)


async def _escalate(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.escalation import open_escalation

    await open_escalation(screen, row)


async def _links(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.links import open_links

    await open_links(screen, row)


async def _split(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.links import open_split

    await open_split(screen, row)


async def _files(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.files import open_files

    await open_files(screen, row)


async def _reply(screen: DeskScreen, row: QueueRow) -> None:
    await _write(screen, row, "reply")


async def _note(screen: DeskScreen, row: QueueRow) -> None:
    await _write(screen, row, "note")


async def _write(screen: DeskScreen, row: QueueRow, kind: str) -> None:
    from screens.ticket import TicketScreen

    if isinstance(screen, TicketScreen) and screen.ticket_id == row.id:
        await screen.write(kind)
    else:
        await screen.app.push_screen(TicketScreen(row.id, write=kind))


async def _severity(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.severity import SeverityDialog
    from tickets import preview

    desk = screen.desk
    effects = await desk.attempt(preview.severity_effects, row.id, desk.now(), desk.actor.zone)
    if effects is not None:
        await _ask(screen, SeverityDialog(row, effects, screen.app))


async def _state(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.state import StateDialog

    await _ask(screen, StateDialog(row))


async def _why(screen: DeskScreen, row: QueueRow) -> None:
    from screens.dialogs.why import WhyDialog
    from tickets.why import whys

    found = await screen.desk.attempt(whys, row.id, screen.desk.now(), screen.desk.actor.zone)
    if found:
        await _ask(screen, WhyDialog(found[0], screen.app.size.width, found[1:]))


async def _copy(screen: DeskScreen, row: QueueRow) -> None:
    screen.desk.copy(f"#{row.id} {clean(row.subject)}")
    screen.desk.say(f"Copied #{row.id}.")


_ACTS: dict[str, Act] = {
    CLAIM.id: _claim,
    RELEASE.id: _release,
    ASSIGN.id: _assign,
    ESCALATE.id: _escalate,
    REPLY.id: _reply,
    NOTE.id: _note,
    SEVERITY.id: _severity,
    STATE.id: _state,
    LINKS.id: _links,
    SPLIT.id: _split,
    FILES.id: _files,
    WHY.id: _why,
    COPY.id: _copy,
}
