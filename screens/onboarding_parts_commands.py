"""What can be done on the parts of an onboarding: timeline, scorecard, scope register, sessions and go-live."""

from __future__ import annotations

from screens.commands import BACK, LIST_COMMANDS, LOOKING, MOVING, Command
from screens.onboarding_commands import BEGIN, DONE, EVIDENCE, EXCLUDE, FOLD_ALL, GATE, ONBOARDING, PARTS

EARLIER = Command("timeline.earlier", "h,left", "Earlier", "Scroll to what was before.", MOVING, "earlier")
LATER = Command("timeline.later", "l,right", "Later", "Scroll to what comes after.", MOVING, "later", "scroll")
NEARER = Command(
    "timeline.nearer",
    "right_square_bracket",
    "Nearer",
    "Show fewer weeks, with more room for each.",
    LOOKING,
    "nearer",
    "zoom",
)
FARTHER = Command("timeline.farther", "left_square_bracket", "Farther", "Show more weeks.", LOOKING, "farther", "out")
WHOLE = Command("timeline.whole", "a", "Whole", "Show all of the onboarding.", LOOKING, "whole", "all")
TODAY = Command("timeline.today", "w", "Today", "Scroll to the week of today.", LOOKING, "today")
FOLD = Command(
    "timeline.fold", "enter,space", "Fold", "Show the lines of a topic, or fold them.", LOOKING, "fold", "unfold"
)
TIMELINE_COMMANDS = (
    FOLD,
    FOLD_ALL,
    LATER,
    NEARER,
    FARTHER,
    WHOLE,
    BACK,
    *PARTS,
    EARLIER,
    TODAY,
    *LIST_COMMANDS,
)

CHOOSE = Command(
    "proof.open", "enter", "Work on it", "Change, judge or do what the line shows.", ONBOARDING, "open", "open"
)
NEW_CRITERION = Command("proof.new", "n", "New criterion", "Say what has to be shown.", ONBOARDING, "new", "new")
AGREE = Command(
    "proof.agree", "A", "Agree", "Record that the customer agreed to the criteria.", ONBOARDING, "agree", "agree"
)
REOPEN = Command("proof.reopen", "O", "Reopen", "Take the agreement back, with a reason.", ONBOARDING, "reopen")
JUDGE = Command(
    "proof.judge", "m", "Judge", "Say what was found, and whether that is enough.", ONBOARDING, "judge", "judge"
)
DROP = Command("proof.drop", "x,delete", "Drop", "Drop a criterion that is not agreed.", ONBOARDING, "drop")
DECIDE = Command(
    "proof.decide", "D", "Decide", "Continue, extend once, or stop, with a reason.", ONBOARDING, "decide", "decide"
)
SCORECARD_COMMANDS = (
    CHOOSE,
    NEW_CRITERION,
    EVIDENCE,
    JUDGE,
    DONE,
    AGREE,
    DECIDE,
    GATE,
    BACK,
    *PARTS,
    BEGIN,
    REOPEN,
    DROP,
    *LIST_COMMANDS,
)

RECORD = Command(
    "scope.record", "n", "Record", "Record what is asked for beyond the checklist.", ONBOARDING, "record", "record"
)
ANSWER = Command(
    "scope.answer", "enter,a", "Answer", "Answer with the ready sentence, or your own.", ONBOARDING, "answer", "answer"
)
QUOTE = Command("scope.quote", "o", "Quote", "Turn the request into a quote.", ONBOARDING, "quote", "quote")
ACCEPT = Command("scope.accept", "c", "Take on", "Take the request on as an item.", ONBOARDING, "accept", "take on")
FILE = Command("scope.file", "f", "File under", "Say which exclusion it falls under.", ONBOARDING, "file", "exclusion")
COPY_ANSWER = Command("scope.copy", "y", "Copy answer", "Copy the answer to the clipboard.", ONBOARDING, "copy")
EXCLUSIONS = Command(
    "scope.exclusions",
    "tab",
    "Exclusions",
    "Show requests, or what is in and out of scope.",
    LOOKING,
    "other",
    "in and out",
)
SCOPE_COMMANDS = (RECORD, ANSWER, QUOTE, ACCEPT, FILE, EXCLUSIONS, BACK, *PARTS, COPY_ANSWER, *LIST_COMMANDS)

PLAN = Command("session.plan", "n", "Plan", "Plan a session.", ONBOARDING, "plan", "plan")
CHANGE = Command(
    "session.change", "enter", "Change", "Change what the session is about.", ONBOARDING, "change", "change"
)
HOLD = Command("session.hold", "d", "Held", "Say who came, and what is done with it.", ONBOARDING, "hold", "held")
MOVE = Command("session.move", "m", "Move", "Give the session another time.", ONBOARDING, "shift", "move")
MISS = Command("session.miss", "M", "Missed", "Say that it did not take place, and why.", ONBOARDING, "miss", "missed")
CANCEL = Command("session.cancel", "x,delete", "Cancel", "Take the session out of the plan.", ONBOARDING, "cancel")
PROPOSED = Command(
    "session.proposed", "p", "Proposed", "Call done what a held session covered.", ONBOARDING, "proposed", "proposed"
)
SESSION_COMMANDS = (PLAN, CHANGE, HOLD, PROPOSED, MOVE, MISS, BACK, *PARTS, CANCEL, *LIST_COMMANDS)

SIGN_OURS = Command("live.ours", "v", "We sign", "Sign the go-live for the vendor.", ONBOARDING, "ours", "we sign")
SIGN_THEIRS = Command(
    "live.theirs", "c", "They sign", "Record who signed for the customer.", ONBOARDING, "theirs", "they sign"
)
WITHDRAW = Command("live.withdraw", "z", "Withdraw", "Take a side's word back, with a reason.", ONBOARDING, "withdraw")
LIVE_COMMANDS = (
    DONE,
    EVIDENCE,
    SIGN_OURS,
    SIGN_THEIRS,
    GATE,
    BACK,
    *PARTS,
    BEGIN,
    EXCLUDE,
    WITHDRAW,
    *LIST_COMMANDS,
)
SETTLE = Command("settle.mark", "space,x", "Tick", "Tick the line, or take the tick off.", ONBOARDING, "mark", "tick")
WRITE = Command(
    "report.write", "w", "Write files", "Write Markdown and HTML into the folder.", ONBOARDING, "write", "write"
)
COPY_REPORT = Command("report.copy", "y", "Copy", "Copy the Markdown to the clipboard.", ONBOARDING, "copy", "copy")
GIVEN = Command(
    "report.given",
    "t",
    "Given",
    "Keep that the customer was told; the next one begins here.",
    ONBOARDING,
    "given",
    "given",
)
SINCE = Command(
    "report.since", "a", "Since", "Since the last report, or from the beginning.", ONBOARDING, "since", "since"
)
