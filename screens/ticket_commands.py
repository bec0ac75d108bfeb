"""What can be done on an open ticket, while writing, and in a dialog, beside what works in every list."""

from __future__ import annotations

from screens.commands import (
    ASSIGN,
    BACK,
    CANNED,
    CLAIM,
    COPY,
    ESCALATE,
    LIST_COMMANDS,
    LOOKING,
    MACRO,
    MOVING,
    NEW,
    NOTE,
    RELEASE,
    REPLY,
    SEVERITY,
    STATE,
    TICKET,
    WHY,
    Command,
)

FACTS = Command(
    "ticket.facts", "f,tab", "Facts", "Show the facts over the whole width, or fold them.", LOOKING, "facts"
)
MORE = Command("ticket.more", "m", "More", "Show more of a long message that is cut.", LOOKING, "more")
READING_COMMANDS = (
    REPLY,
    NOTE,
    CLAIM,
    SEVERITY,
    WHY,
    BACK,
    RELEASE,
    ASSIGN,
    STATE,
    ESCALATE,
    COPY,
    NEW,
    CANNED,
    MACRO,
    FACTS,
    MORE,
    *LIST_COMMANDS,
)

SEND = Command("write.send", "ctrl+o", "Send", "Send the reply, or keep the note.", TICKET, "send", "send")
THEN = Command(
    "write.then", "ctrl+t", "State after", "Choose the state that follows the reply.", TICKET, "then", "then"
)
KEEP = Command(
    "write.keep", "escape", "Keep", "Keep the draft and go back to reading.", TICKET, "keep", "keep the draft"
)
PUT_CANNED = Command(
    "write.canned", "ctrl+l", "Canned reply", "Put a canned reply where the cursor stands.", TICKET, "canned", "canned"
)
MAKE_CANNED = Command(
    "write.make_canned", "ctrl+g", "Keep as canned", "Keep the text as a canned reply.", TICKET, "make_canned"
)
EDIT = Command(
    "write.edit",
    "ctrl+n",
    "Editor",
    "Write on in your own editor; what you save there comes back.",
    TICKET,
    "edit",
    "editor",
)
WRITING_COMMANDS = (SEND, THEN, PUT_CANNED, EDIT, MAKE_CANNED, KEEP)

CLOSE = Command(
    "dialog.close", "escape,ctrl+c", "Close", "Change nothing; what was typed is kept.", MOVING, "close", "close"
)
CONFIRM = Command("dialog.confirm", "ctrl+o", "Do it", "Do what the dialog shows.", TICKET, "confirm", "do it")
DIALOG_COMMANDS = (CONFIRM, CLOSE)
