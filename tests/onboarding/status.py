"""An onboarding with something in every part of its status report, some of it hostile."""

from typing import NamedTuple

from models import journal
from models.onboardings import OnboardingItem
from onboarding import criteria, evidence, risks, sessions
from onboarding.evidence import About
from tests.onboarding.board import NOW, item, term
from tests.tickets.cast import Cast, at, cast

DAY = 86_400
LATER = at("2026-06-15 10:00")
SECRET = "SECRET"
"""Stands in everything that is internal."""
HOSTILE = "<script>alert('x')</script> [a](javascript:1) | **b** &amp; `c`\n# d \x1b[31m\u202ee https://evil.com"


class Told(NamedTuple):
    """Who there is, and the onboarding."""

    who: Cast
    number: int


def told(text: str = "Plain words") -> Told:
    """Globex's term in its third week, with `text` wherever a person types."""
    who = cast()
    number = term(who)
    done, doing, blocked = (item(number, key) for key in ("token-validation", "observability", "go-live-check"))
    with journal.transaction(None, NOW, "work") as tx:
        rename = {"topic": f"Topic {text}", "reason": SECRET}
        tx.update(OnboardingItem, done, state="done", ended_at=NOW + DAY, title=f"Done {text}", **rename)
        tx.update(OnboardingItem, doing, state="doing", owner=f"Owner {text}", title=f"Doing {text}", **rename)
        waits = {"state": "blocked", "blocked_since": NOW + DAY, "blocked_by": f"Blocker {text}"}
        tx.update(OnboardingItem, blocked, title=f"Blocked {text}", side="customer", **(rename | waits))
        tx.say("Work went on.")
    about = About(item_id=done)
    evidence.add_link(number, "https://example.com/run", who.tom, NOW, about=about)
    evidence.add_note(number, f"Note {text}", who.tom, NOW, about=about)
    evidence.add_note(number, SECRET, who.tom, NOW, about=about, internal=True)
    criteria.add(number, f"Criterion {text}", who.tom, NOW, measure=f"Measure {text}", target=f"Target {text}")
    first = sessions.plan(number, sessions.DEVOPS_TRAINING, f"Held {text}", NOW + DAY, 60, who.tom, NOW, note=SECRET)
    sessions.hold(first.session_id, SECRET, who.tom, NOW + DAY)
    sessions.plan(number, sessions.KNOWLEDGE_TRANSFER, f"Planned {text}", LATER + DAY, 60, who.tom, NOW, note=SECRET)
    dropped = sessions.plan(number, sessions.KNOWLEDGE_TRANSFER, SECRET, LATER, 60, who.tom, NOW)
    sessions.cancel(dropped.session_id, SECRET, who.tom, NOW)
    risks.add(number, f"Risk {text}", f"Keeper {text}", who.tom, NOW, next_step=f"Step {text}", due_on="2026-06-20")
    closed = risks.add(number, SECRET, "Tom", who.tom, NOW)
    risks.close(closed, SECRET, who.tom, NOW)
    return Told(who, number)
