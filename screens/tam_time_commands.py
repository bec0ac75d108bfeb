"""What can be done while time is logged, and in the sheet of a week, beside what works on every place."""

from __future__ import annotations

from screens.commands import BACK, DOWN, FIRST, LAST, LOOKING, MOVING, UP, Command

TIME = "Time"

FORM = Command("time.form", "ctrl+t", "Form", "Fill in a form instead of a line, or the other way.", TIME, "form")
COMPLETE = Command("time.complete", "tab", "Complete", "Complete the customer or the activity.", TIME, "complete")

LEFT = Command("week.left", "h,left,shift+tab", "Left", "Move to the day before.", MOVING, "left")
RIGHT = Command("week.right", "l,right,tab", "Right", "Move to the next day.", MOVING, "right")
CLEAR = Command("week.clear", "delete,backspace,x", "Clear", "Empty the cell.", TIME, "clear", "clear")
ADD_ROW = Command("week.add", "a", "Add a row", "Add a customer and an activity.", TIME, "add", "add row")
BEFORE = Command(
    "week.before", "left_square_bracket", "Week before", "Go to the week before.", LOOKING, "before", "before"
)
AFTER = Command("week.after", "right_square_bracket", "Week after", "Go to the week after.", LOOKING, "after", "after")
THIS = Command("week.this", "w", "This week", "Go to the week of today.", LOOKING, "this")
ROUND = Command("week.round", "R", "Rounding", "Look at the time in whole steps.", LOOKING, "round", "round")
WEEK_COMMANDS = (BEFORE, AFTER, ADD_ROW, CLEAR, ROUND, BACK, THIS, LEFT, RIGHT, UP, DOWN, FIRST, LAST)
