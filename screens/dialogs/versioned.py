"""A form about a row that a colleague may change meanwhile: nothing typed is lost, and saving again saves over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.errors import StaleRow
from screens.commands import shown_key
from screens.dialogs.call_form import CallForm, Field
from screens.ticket_commands import CONFIRM


class VersionedForm(CallForm):
    """Saves over `version`; `reread` answers the version that the row has now, on the database thread."""

    def __init__(self, title: str, fields: dict[str, Field], version: int, reread: Callable[[], int]) -> None:
        super().__init__(title, fields)
        self.version, self._reread = version, reread

    async def run(self, function: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Run an operation as whoever acts, now; raises StaleRow, after which the same saves over the change."""
        actor, at = self.desk.actor.id, self.desk.now()
        try:
            return await self.desk.call(function, *arguments, actor, at, version=self.version, **more)
        except StaleRow as stale:
            self.version = await self.desk.call(self._reread)
            key = shown_key(self.desk.keys_of(CONFIRM).split(",")[0])
            first = str(stale).removesuffix(" Look again, then save.")
            raise StaleRow(f"{first} What you typed is kept; {key} saves it all the same.") from stale
