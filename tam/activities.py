"""What time is spent on, and whether that counts against the agreed hours.

The annexes name advice, review calls every other week, walk-throughs of new features and customer feedback as the work
of technical account management (2023-11-15 and 2024-04-05, "Technical account manager"), direct access during an
onboarding (2023-10-05), and consulting as something that is asked for by a quote.
"""

from __future__ import annotations

from typing import NamedTuple


class Activity(NamedTuple):
    """A kind of work: its key, other words for it, whether it counts and is billable unless said otherwise, and what
    to offer the customer where the agreement does not cover it."""

    key: str
    words: tuple[str, ...] = ()
    counts: bool = True
    billable: bool = False
    offer: str = ""


ADVICE = "advice"
CONSULTING = "consulting"

ACTIVITIES = (
    Activity(ADVICE, ("best practice", "best practices", "support")),
    Activity("review call", ("review", "call")),
    Activity("feature walk-through", ("feature walkthrough", "walk-through", "walkthrough", "demo")),
    Activity("customer feedback", ("feedback",)),
    Activity("onboarding"),
    Activity("escalation"),
    Activity("defect", ("vendor defect", "bug"), counts=False),
    Activity(
        CONSULTING,
        counts=False,
        billable=True,
        offer="Consulting is not covered by the agreed hours; offer the customer a quote.",
    ),
)
"""Every activity, in the order in which they are offered."""

KEYS = tuple(each.key for each in ACTIVITIES)
_BY_KEY = {each.key: each for each in ACTIVITIES}
_BY_WORD = {word: each for each in ACTIVITIES for word in (each.key, *each.words)}
_BY_BEGINNING = [(word, each) for word, each in _BY_WORD.items() if " " not in word or word == each.key]
_SHORTEST_PREFIX = 3


def activity(key: str) -> Activity:
    """The activity of this key; raises RuleRefused with the nearest one."""
    from contracts.errors import nearest
    from tickets.errors import RuleRefused

    found = _BY_KEY.get(key)
    if found is None:
        raise RuleRefused(f"{key!r} is no activity; {nearest(key, KEYS)}")
    return found


def named(text: str) -> Activity | None:
    """The activity that is called exactly this, whatever the case and the spaces."""
    return _BY_WORD.get(_plain(text))


def recognised(text: str) -> Activity | None:
    """The one activity that is called this, or whose name alone begins so (three letters or more).

    Other words for it count whole where they are several, since "best" may begin a note.
    """
    wanted = _plain(text)
    if (exact := _BY_WORD.get(wanted)) is not None:
        return exact
    if len(wanted) < _SHORTEST_PREFIX:
        return None
    found = {each for word, each in _BY_BEGINNING if word.startswith(wanted)}
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
