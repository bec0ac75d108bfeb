"""What can be done with promised hours: on the list of the customers, and on one customer."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, LOOKING, Command

HOURS = "Hours"

OPEN_CUSTOMER = Command("hours.open", "enter", "Open", "See the customer's hours.", HOURS, "open", "open")
MINE = Command("hours.mine", "m", "Mine or all", "Show your customers, or all.", LOOKING, "mine", "mine/all")
ALL_CALLS = Command("hours.calls", "c", "Calls", "See the review calls.", HOURS, "calls", "calls")
CLOSE_ALL = Command(
    "hours.close_all", "C", "Close periods", "Close all periods that are over.", HOURS, "close_all", "close periods"
)
WHY_HOURS = Command("hours.why", "w", "Why", "Tell where each number comes from.", LOOKING, "why", "why")
PORTFOLIO_COMMANDS = (OPEN_CUSTOMER, MINE, ALL_CALLS, WHY_HOURS, CLOSE_ALL, *LIST_COMMANDS)

OPEN_LINE = Command("hours.line", "enter", "Open line", "Change or open what the line shows.", HOURS, "line", "open")
NEXT_PART = Command(
    "hours.next_part", "tab,right_square_bracket,l,right", "Next part", "Show the next list.", LOOKING, "next", "next"
)
PREVIOUS_PART = Command(
    "hours.previous_part",
    "shift+tab,left_square_bracket,h,left",
    "Part before",
    "Show the list before.",
    LOOKING,
    "previous",
)
CHART = Command(
    "hours.chart", "b", "Burn-down", "Show the period, the term, or no chart.", LOOKING, "chart", "burn-down"
)
AGREE = Command(
    "hours.agree", "a", "Agree hours", "Agree hours per week, month, quarter or term.", HOURS, "agree", "agree"
)
TOP_UP = Command("hours.top_up", "p", "Top up", "Add hours with a validity of their own.", HOURS, "top_up", "top up")
REMOVE = Command("hours.remove", "delete,x", "Take away", "Delete or take back what the line shows.", HOURS, "remove")
CLOSE_ONE = Command("hours.close", "C", "Close period", "Close the oldest open period that is over.", HOURS, "close")
REOPEN = Command("hours.reopen", "O", "Reopen period", "Open the newest closed period again.", HOURS, "reopen")
NEW_LINE = Command("hours.new", "n", "New line", "Add to the list that is shown.", HOURS, "new", "new")
CUSTOMER_COMMANDS = (
    OPEN_LINE,
    NEW_LINE,
    REMOVE,
    NEXT_PART,
    PREVIOUS_PART,
    CHART,
    WHY_HOURS,
    AGREE,
    TOP_UP,
    CLOSE_ONE,
    REOPEN,
    ALL_CALLS,
    BACK,
    *LIST_COMMANDS,
)
