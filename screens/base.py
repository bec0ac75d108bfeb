"""The screen that all screens of the desk are: commands with reasons, and the desk behind them."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual.actions import parse
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from screens.app_protocol import DeskApp
from screens.commands import Command


class Commanded:
    """What a screen with commands does: run one by its id, or say why it cannot."""

    OFFERS: ClassVar[tuple[Command, ...]] = ()

    @property
    def desk(self) -> DeskApp:
        """Return the application as screens may know it."""
        return cast(DeskApp, cast(DOMNode, self).app)

    def why_not(self, command: Command) -> str | None:
        """Return why the command cannot run here and now, in a sentence; None where it can."""
        return None

    async def action_command(self, command_id: str) -> None:
        """Run the command, or say why not."""
        await self.run_command(next(command for command in self.OFFERS if command.id == command_id))

    async def run_command(self, command: Command) -> None:
        """Run one of this screen's commands, or say why not."""
        reason = self.why_not(command)
        if reason is not None:
            self.desk.say(reason, error=True)
            return
        if command.repeats:
            self.desk.remember(command)
        node = cast(DOMNode, self)
        _, name, arguments = parse(command.action)
        result: Any = getattr(node, f"action_{name}")(*arguments)
        if result is not None:
            await result


class DeskScreen(Commanded, Screen[None]):
    """A place, or a screen that was opened from one."""

    AUTO_FOCUS = None


class DeskDialog(Commanded, ModalScreen[Any]):
    """A dialog over a screen."""
