"""Asking before something is done; the answer that changes nothing comes first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from screens.dialogs.choices import Choice, Choices
from screens.dialogs.frame import Dialog
from screens.ticket_reply import Told
from screens.widgets.text import clean


class ConfirmDialog(Dialog):
    """Answers True, or None where it is left as it is; `told` says more about it."""

    HINT = "y does it   n leaves it   {close} closes"

    def __init__(self, title: str, told: str, leave: str, do: str) -> None:
        super().__init__(title)
        self.told = Told(clean(told))
        self.choices = Choices([Choice("n", leave), Choice("y", do)], keys_take=True)

    def body(self) -> Iterable[Widget]:
        """Ask."""
        return (self.choices, self.told)

    @on(Choices.Taken)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Answer."""
        return True if self.choices.index else None
