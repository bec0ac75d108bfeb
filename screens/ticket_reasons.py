"""Why something cannot be done to a ticket, known before it is tried; the operations check it again."""

from __future__ import annotations

from screens.app_protocol import Acting
from screens.commands import CLAIM, COPY, OPEN, RELEASE, TICKET_COMMANDS, WHY, Command
from screens.process_commands import PROCESS_COMMANDS
from tickets.records import QueueRow

_LOOKING = (OPEN, COPY, WHY)
READ_ONLY = "You may look, but not change anything; a lead can give you another role."


def why_not(command: Command, row: QueueRow, actor: Acting) -> str | None:
    """Return the reason in a sentence; None where nothing speaks against it."""
    if command in (*TICKET_COMMANDS, *PROCESS_COMMANDS) and command not in _LOOKING and actor.role == "read-only":
        return READ_ONLY
    if command == CLAIM and row.owner == actor.login:
        return f"#{row.id} is yours already."
    if command == RELEASE and row.owner is None:
        return f"#{row.id} has no owner."
    return None
