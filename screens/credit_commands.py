"""What can be done with a customer's service credits."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, LOOKING, OPEN, TICKET, WHY, Command

CREDITS = Command(
    "customer.credits", "d", "Credits", "Show the customer's service credits.", LOOKING, "credits", "credits"
)
GRANT = Command("credit.grant", "a", "Grant", "Add the days to the customer's term.", TICKET, "grant", "grant")
REFUSE = Command("credit.refuse", "R", "Refuse", "Decide that the days are not added.", TICKET, "refuse", "refuse")
REVERSE = Command("credit.reverse", "z", "Take back", "Take a decision back.", TICKET, "reverse", "take back")
CREDIT_COMMANDS = (GRANT, REFUSE, REVERSE, OPEN, WHY, BACK, *LIST_COMMANDS)
