"""What can be done with calls, and on an open call."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, LOOKING, MOVING, Command

CALL = "Call"

OPEN_CALL = Command(
    "call.open", "enter", "Open call", "Open the call, or decide what is proposed.", CALL, "open", "open"
)
PLAN = Command("call.plan", "N", "Plan a call", "Plan a single call.", CALL, "plan", "plan")
SERIES = Command("call.series", "S", "Series", "Agree, change or end calls that come again.", CALL, "series", "series")
HOLD = Command("call.hold", "h", "Hold", "The call was held: who was there, how long, log it.", CALL, "hold", "hold")
MOVE = Command("call.move", "m", "Move", "Move the call to another time.", CALL, "move", "move")
SKIP = Command("call.skip", "s", "Skip", "Leave the call out, with a reason.", CALL, "skip", "skip")
ATTEND = Command("call.attendees", "A", "Who attends", "Say who attends the call.", CALL, "attendees")
EXPORT = Command(
    "call.export",
    "E",
    "To a file",
    "Write calls as .ics, or the minutes as Markdown, into a file.",
    CALL,
    "export",
    "file",
)
MINUTES = Command("call.minutes", "y", "Copy minutes", "Copy the minutes as Markdown.", CALL, "minutes", "minutes")
ONE_CALL = (HOLD, MOVE, SKIP, ATTEND, EXPORT, MINUTES)
CALLS_COMMANDS = (OPEN_CALL, PLAN, SERIES, *ONE_CALL, BACK, *LIST_COMMANDS)

WRITE_NOTES = Command("call.notes", "n", "Notes", "Write the notes.", CALL, "notes", "notes")
WRITE_AGENDA = Command("call.agenda", "e", "Agenda", "Write the agenda.", CALL, "agenda", "agenda")
REDRAFT = Command(
    "call.redraft", "d", "Draft again", "Add to the agenda what is true now and stands there not yet.", CALL, "redraft"
)
SWITCH = Command("call.switch", "tab", "Other text", "Go to the agenda, or to the notes.", LOOKING, "switch", "switch")
ACTION = Command("call.action", "a", "Action", "Note what a side agreed to do.", CALL, "action", "action")
FEEDBACK = Command("call.feedback", "f", "Feedback", "Note what the customer said.", CALL, "feedback", "feedback")
DONE = Command("call.done", "x", "Done", "The action is done.", CALL, "done", "done")
DROP = Command("call.drop", "X", "Drop", "The action will not be done, with a reason.", CALL, "drop")
LINE = Command("call.line", "enter", "Open line", "Change the action or the feedback.", CALL, "line", "change")
TICKET = Command("call.ticket", "o", "Ticket", "Open the ticket that the feedback names.", CALL, "ticket")
WRITING = (WRITE_NOTES, WRITE_AGENDA, REDRAFT)
ON_A_LINE = (LINE, DONE, DROP, TICKET)
CALL_COMMANDS = (
    WRITE_NOTES,
    WRITE_AGENDA,
    SWITCH,
    REDRAFT,
    ACTION,
    FEEDBACK,
    HOLD,
    *ON_A_LINE,
    MINUTES,
    MOVE,
    SKIP,
    ATTEND,
    EXPORT,
    BACK,
    *LIST_COMMANDS,
)

SAVE = Command("call.save", "ctrl+o", "Save", "Save what was written.", CALL, "save", "save")
LEAVE = Command(
    "call.leave", "escape", "Leave", "Save what was written, and go back to the call.", MOVING, "leave", "leave"
)
OTHER = Command("call.other", "tab", "Other text", "Save, and go on in the other text.", MOVING, "other", "other text")
PAD_COMMANDS = (SAVE, OTHER, LEAVE)
