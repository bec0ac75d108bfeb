"""What a person can do, each defined once: the key, the palette entry, the footer, the help line and the documentation.

A screen lists its commands in `OFFERS` (Textual keeps `COMMANDS` for itself); `bindings` turns them into Textual
bindings whose ids are stable, so that the user's key map can change every key. All bindings run one action,
`command('<id>')`, which asks the screen for `why_not(command)` first: a command that cannot run says why instead of
doing nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do; `action` names the screen's (or the app's) method `action_<action>`."""

    id: str
    key: str
    """Textual's names of the keys, separated by commas; empty: only in the palette."""
    title: str
    help: str
    group: str
    action: str
    footer: str = ""
    """The word in the footer; empty: not shown there."""
    repeats: bool = False
    """Whether `.` may run it again."""

    def binding(self) -> Binding:
        """Return the binding; its id is the command's."""
        return Binding(self.key, f"command('{self.id}')", self.title, show=bool(self.footer), id=self.id)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of those commands that have a key."""
    return [command.binding() for command in commands if command.key]


_SHOWN = {
    "question_mark": "?",
    "colon": ":",
    "at": "@",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "slash": "/",
    "plus": "+",
    "semicolon": ";",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def shown_key(key: str) -> str:
    """Return a key as people read it: `ctrl+d` is `^d`, `question_mark` is `?`."""
    *modifiers, last = key.strip().split("+")
    last = _SHOWN.get(last, last)
    if modifiers == ["ctrl"]:
        return f"^{last}"
    return "+".join([*modifiers, last])


MOVING, TICKET, LOOKING, MARKING, DESK = "Moving", "Ticket", "Looking", "Marking", "Desk"

DOWN = Command("list.down", "j,down", "Down", "Move to the next line.", MOVING, "down")
UP = Command("list.up", "k,up", "Up", "Move to the line before.", MOVING, "up")
FIRST = Command("list.first", "g,home", "First", "Move to the first line.", MOVING, "first")
LAST = Command("list.last", "G,end", "Last", "Move to the last line.", MOVING, "last")
PAGE_DOWN = Command("list.page_down", "ctrl+d,pagedown", "Page down", "Move down by half a page.", MOVING, "page_down")
PAGE_UP = Command("list.page_up", "ctrl+u,pageup", "Page up", "Move up by half a page.", MOVING, "page_up")
LIST_COMMANDS = (DOWN, UP, FIRST, LAST, PAGE_DOWN, PAGE_UP)

OPEN = Command("ticket.open", "enter", "Open", "Open the selected ticket.", TICKET, "open", footer="open")
CLAIM = Command("ticket.claim", "c", "Claim", "Take the ticket: you answer it.", TICKET, "claim", "claim", True)
RELEASE = Command("ticket.release", "C", "Release", "Give the ticket back.", TICKET, "release", repeats=True)
REPLY = Command("ticket.reply", "r", "Reply", "Write to the customer; stops the clock.", TICKET, "reply", "reply")
NOTE = Command("ticket.note", "n", "Note", "Write an internal note.", TICKET, "note", "note")
SEVERITY = Command("ticket.severity", "s", "Severity", "Change the severity.", TICKET, "severity", "severity", True)
STATE = Command("ticket.state", "S", "State", "Change the state.", TICKET, "state", repeats=True)
NEW = Command("ticket.new", "N", "New ticket", "Take in a new ticket.", TICKET, "new", "new")
WHY = Command("ticket.why", "w", "Why", "Tell where the due time comes from.", TICKET, "why", "why")
ESCALATE = Command("ticket.escalate", "e", "Escalation", "The customer calls for a manager.", TICKET, "escalate")
ASSIGN = Command("ticket.assign", "a", "Assign", "Give the ticket to a colleague, with a note.", TICKET, "assign")
COPY = Command("ticket.copy", "y", "Copy", "Copy number and subject to the clipboard.", TICKET, "copy")
MACRO = Command("ticket.macro", "M", "Macro", "Run a macro here, or on the marked tickets.", TICKET, "macro")
CANNED = Command("ticket.canned", "R", "Canned reply", "Answer with a reply that is ready.", TICKET, "canned")
TICKET_COMMANDS = (CLAIM, RELEASE, ASSIGN, REPLY, NOTE, SEVERITY, STATE, ESCALATE, WHY, COPY, MACRO, CANNED)

PREVIEW = Command("queue.preview", "p", "Preview", "Show or hide the preview.", LOOKING, "preview", "preview")
NEXT_VIEW = Command(
    "queue.next_view", "right_square_bracket,v", "Next view", "Show the next view.", LOOKING, "next_view"
)
PREVIOUS_VIEW = Command(
    "queue.previous_view", "left_square_bracket,V", "Previous view", "Show the view before.", LOOKING, "previous_view"
)
QUERY = Command("queue.query", "slash", "Query", "Say which tickets the list holds.", LOOKING, "query", "query")
LEAVE = Command("queue.leave", "escape", "Leave", "Forget the marks, or leave the query.", LOOKING, "leave")
SAVE_VIEW = Command("queue.save_view", "W", "Save view", "Keep the query as a view.", LOOKING, "save_view")
VIEWS = Command("queue.views", "o", "Views", "Choose a view; rename, move, share or delete one.", LOOKING, "views")
MARK = Command("queue.mark", "x", "Mark", "Mark the ticket, or take its mark off, and go on.", MARKING, "mark", "mark")
MARK_RANGE = Command("queue.mark_range", "X", "Mark range", "Mark from the last mark to here.", MARKING, "mark_range")
MARK_ALL = Command("queue.mark_all", "A", "Mark all", "Mark all tickets of the list.", MARKING, "mark_all")
UNMARK = Command("queue.unmark", "U", "Unmark", "Forget all marks.", MARKING, "unmark")
BULK = Command("queue.bulk", "b", "Work on marked", "Do the same to all marked tickets.", MARKING, "bulk")
MAKE_MACRO = Command("queue.make_macro", "E", "New macro", "Put several steps under a name.", MARKING, "make_macro")
MARK_COMMANDS = (MARK, MARK_RANGE, MARK_ALL, UNMARK, BULK, MAKE_MACRO)
VIEW_COMMANDS = (QUERY, SAVE_VIEW, VIEWS, PREVIEW, NEXT_VIEW, PREVIOUS_VIEW, LEAVE)
QUEUE_COMMANDS = (OPEN, *TICKET_COMMANDS, NEW, *VIEW_COMMANDS, *MARK_COMMANDS, *LIST_COMMANDS)

BACK = Command("screen.back", "escape", "Back", "Go back to where you came from.", MOVING, "back", footer="back")

HELP = Command("desk.help", "question_mark", "Help", "Tell what the keys do here.", DESK, "help", "help")
PALETTE = Command("desk.palette", "colon,ctrl+p", "Commands", "Find a command by name.", DESK, "palette")
SEARCH = Command("desk.search", "F,ctrl+f", "Search", "Search subjects, messages and notes.", DESK, "search")
MENTIONS = Command("desk.mentions", "at", "Mentions", "See the notes that name you.", DESK, "mentions")
MAIL = Command("desk.mail", "i", "Unmatched mail", "See the mails that nobody could be found for.", DESK, "mail")
LOG_TIME = Command("time.log", "plus", "Log time", "Log time for a customer, in a line or a form.", DESK, "log_time")
TIMER = Command("time.timer", "t", "Timer", "Start, pause, switch or stop your timer.", DESK, "timer")
WEEK = Command("time.week", "H", "My week", "See and type the hours of your week.", DESK, "week")
JUMP = Command("desk.jump", "semicolon", "Jump", "Letters appear; one press goes there.", DESK, "jump")
REPEAT = Command("desk.repeat", "full_stop", "Repeat", "Run the last command again, here.", DESK, "repeat")
UNDO = Command("desk.undo", "u", "Undo", "Take back what you did last.", DESK, "undo")
REDO = Command("desk.redo", "ctrl+r", "Redo", "Do again what you took back.", DESK, "redo")
QUIT = Command("desk.quit", "q", "Quit", "Leave tamdesk.", DESK, "quit", "quit")
PLACE_COMMANDS = (
    Command("place.queue", "1", "Queue", "Go to the queue.", DESK, "go('queue')"),
    Command("place.customers", "2", "Customers", "Go to the customers.", DESK, "go('customers')"),
    Command("place.tam", "3", "TAM", "Go to the hours of the TAMs.", DESK, "go('tam')"),
    Command("place.onboarding", "4", "Onboarding", "Go to the onboardings.", DESK, "go('onboarding')"),
    Command("place.lead", "5", "Lead", "Go to what the lead answers for.", DESK, "go('lead')"),
)
TIME_COMMANDS = (LOG_TIME, TIMER, WEEK)
DESK_COMMANDS = (HELP, PALETTE, SEARCH, MENTIONS, MAIL, *TIME_COMMANDS, JUMP, REPEAT, UNDO, REDO, *PLACE_COMMANDS, QUIT)

ALL_COMMANDS = (*QUEUE_COMMANDS, BACK, *DESK_COMMANDS)
