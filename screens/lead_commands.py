"""What a lead can do where the desk's promises are counted."""

from __future__ import annotations

from screens.commands import LIST_COMMANDS, LOOKING, OPEN, Command
from screens.credit_commands import CREDITS

OWED = Command("lead.owed", "o", "Credit owed", "See the customers who are owed days.", LOOKING, "owed", "credit owed")
OVER = Command("lead.over", "b", "Over budget", "See the customers over their hours.", LOOKING, "over", "over budget")
AT_RISK = Command("lead.at_risk", "r", "At risk", "See the onboardings not on track.", LOOKING, "at_risk", "at risk")
LEAD_COMMANDS = (OPEN, CREDITS, OWED, OVER, AT_RISK, *LIST_COMMANDS)
