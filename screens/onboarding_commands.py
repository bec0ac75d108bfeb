"""What can be done with onboardings, and with the items of a checklist."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, LOOKING, NEW, Command

ONBOARDING, ITEM = "Onboarding", "Checklist"

OPEN_ONBOARDING = Command(
    "onboarding.open", "enter", "Open onboarding", "Open the checklist of the customer.", ONBOARDING, "open", "open"
)
START = Command(
    "onboarding.start", NEW.key, "Start an onboarding", "Begin to bring a customer on board.", ONBOARDING, "new", "new"
)
ENDED = Command(
    "onboarding.ended", "e", "Ended ones", "Show those that are over as well, or not.", LOOKING, "ended", "ended"
)
PORTFOLIO_COMMANDS = (OPEN_ONBOARDING, START, ENDED, *LIST_COMMANDS)

OPEN_ITEM = Command("item.open", "enter", "Change item", "Change the item, or fold its topic.", ITEM, "open", "open")
DONE = Command("item.done", "d", "Done", "The item is done.", ITEM, "done", "done", True)
BEGIN = Command("item.start", "s", "Start", "Somebody works on it, or goes on with it.", ITEM, "begin", "start", True)
BLOCK = Command("item.block", "b", "Blocked", "Say who holds it up, and why.", ITEM, "block", "block")
OWNER = Command("item.owner", "o", "Owner", "Give it to one person of either side.", ITEM, "owner", "owner")
DUE = Command("item.due", "D", "Due", "Set the day on which it is due.", ITEM, "due", "due")
EVIDENCE = Command(
    "item.evidence", "e", "Evidence", "Show that it is done: a link, a note, a file.", ITEM, "evidence", "evidence"
)
EXCLUDE = Command("item.exclude", "x", "Not needed", "Take it out, with a reason.", ITEM, "exclude", "exclude")
REOPEN = Command("item.reopen", "U", "Reopen", "It is not done, or it is needed after all.", ITEM, "reopen")
NEEDS = Command("item.needs", "n", "Comes after", "Say which items have to be done before it.", ITEM, "needs")
ADD = Command("item.add", "N", "Own item", "Add an item of this customer's own.", ITEM, "add", "add")
ON_AN_ITEM = (DONE, BEGIN, BLOCK, OWNER, DUE, EVIDENCE, EXCLUDE, REOPEN, NEEDS)

FILTER = Command(
    "checklist.filter", "f", "Filter", "Show all, mine, the customer's, overdue.", LOOKING, "filter", "filter"
)
FOLD = Command("checklist.fold", "h,left", "Fold", "Fold the topic.", LOOKING, "fold")
UNFOLD = Command("checklist.unfold", "l,right", "Unfold", "Unfold the topic.", LOOKING, "unfold")
FOLD_ALL = Command("checklist.fold_all", "z", "Fold all", "Fold all topics, or unfold them.", LOOKING, "fold_all")

GATE = Command(
    "onboarding.gate", "p", "Gate", "See what the next gate waits for, and pass it.", ONBOARDING, "gate", "gate"
)
HEALTH = Command(
    "onboarding.health", "w", "Why this health", "See why, and say otherwise.", ONBOARDING, "health", "why"
)
SHIFT = Command(
    "onboarding.shift", "m", "Move dates", "Move the start, the go-live or the end.", ONBOARDING, "shift", "move"
)
RISKS = Command("onboarding.risks", "r", "Risks", "See, note, change and close risks.", ONBOARDING, "risks", "risks")
TEMPLATE = Command(
    "onboarding.template", "A", "New in template", "Take over what the template has anew.", ONBOARDING, "template"
)
TIMELINE = Command(
    "onboarding.timeline", "T", "Timeline", "See the bars of the topics.", ONBOARDING, "timeline", "timeline"
)
SCORECARD = Command(
    "onboarding.scorecard", "C", "Scorecard", "The criteria of the proof of value.", ONBOARDING, "scorecard"
)
SCOPE = Command("onboarding.scope", "S", "Scope", "What the customer asked for beyond it.", ONBOARDING, "scope")
SESSIONS = Command("onboarding.sessions", "K", "Sessions", "Knowledge transfers and trainings.", ONBOARDING, "sessions")
GO_LIVE = Command("onboarding.go_live", "L", "Go-live", "The check-up, and who signed it off.", ONBOARDING, "go_live")
REPORT = Command("onboarding.report", "P", "Status report", "The report for the customer's eyes.", ONBOARDING, "report")
PARTS = (TIMELINE, SCORECARD, SCOPE, SESSIONS, GO_LIVE, REPORT)
WHOLE = (GATE, SHIFT, HEALTH, RISKS, TEMPLATE)
FOLDING = (FOLD, UNFOLD, FOLD_ALL)
CHECKLIST_COMMANDS = (OPEN_ITEM, *ON_AN_ITEM, ADD, FILTER, *WHOLE, *PARTS, *FOLDING, BACK, *LIST_COMMANDS)
