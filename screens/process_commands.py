"""What can be done with the whole of an open ticket: its links, its parts and its files."""

from __future__ import annotations

from screens.commands import TICKET, Command

LINKS = Command("ticket.links", "L", "Links", "Open, link or merge tickets that belong together.", TICKET, "links")
SPLIT = Command("ticket.split", "T", "Split", "Make a ticket of its own of a message.", TICKET, "split")
FILES = Command("ticket.files", "I", "Files", "Save an attachment, or attach a file.", TICKET, "files")
PROCESS_COMMANDS = (LINKS, SPLIT, FILES)
