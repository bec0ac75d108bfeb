"""Which tickets stand on the demo desk: customer, severity, and how far each is, whatever the hour."""

from dataclasses import dataclass, replace
from random import Random

TICKETS = 240

UNANSWERED, WORKING, WAITING, SOLVED = "unanswered", "working", "waiting", "solved"
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Part:
    """A ticket to be written.

    `left` are the open seconds that its clock has left, negative where missed; None where no clock is unanswered.
    `late` are the seconds by which an answered ticket was late. An escalation is (kind, open seconds left).
    """

    company: str
    severity: int
    state: str
    left: int | None = None
    late: int = 0
    queue: str = "support"
    problem: str = ""
    escalation: tuple[str, int] | None = None
    calm: bool = False


_UNANSWERED = (
    # missed, and costing a day for each quarter of an hour, on clocks that never stand still
    Part("acme", 1, UNANSWERED, left=-2832, problem="logins-fail-all"),
    Part("aurora", 2, UNANSWERED, left=-1105, problem="login-loop"),
    Part("oceanic", 3, UNANSWERED, left=-1990),
    Part("kiwi", 2, UNANSWERED, left=-370),
    # inside fifteen minutes, on such clocks too
    Part("aurora", 2, UNANSWERED, left=751, problem="introspection-timeouts"),
    Part("kiwi", 2, UNANSWERED, left=523),
    Part("oceanic", 3, UNANSWERED, left=868),
    # under a quarter of the objective
    Part("acme", 2, UNANSWERED, left=1630, problem="jwks-cache"),
    Part("globex", 2, UNANSWERED, left=1325),
    Part("umbrella", 3, UNANSWERED, left=8405),
    Part("oceanic", 3, UNANSWERED, left=7480),
    Part("aurora", 4, UNANSWERED, left=18630),
    # what real people paste
    Part("oceanic", 2, UNANSWERED, left=6320, problem="odd-paste"),
    Part("acme", 3, UNANSWERED, left=31250, problem="odd-scripts"),
    Part("initech", 2, UNANSWERED, left=4790, problem="odd-log"),
    Part("globex", 3, UNANSWERED, left=22940, problem="odd-long-subject"),
)

# How many further calm clocks run: company, severity, count.
_CALM = (
    ("acme", 2, 1),
    ("acme", 3, 3),
    ("acme", 4, 3),
    ("aurora", 3, 3),
    ("aurora", 4, 2),
    ("oceanic", 3, 3),
    ("oceanic", 4, 2),
    ("kiwi", 2, 1),
    ("kiwi", 3, 2),
    ("kiwi", 4, 1),
    ("globex", 2, 1),
    ("globex", 3, 1),
    ("globex", 4, 2),
    ("initech", 3, 2),
    ("initech", 4, 1),
    ("umbrella", 2, 1),
    ("umbrella", 3, 2),
    ("umbrella", 4, 1),
    ("merlion", 2, 1),
    ("merlion", 3, 2),
    ("merlion", 4, 1),
    ("wonka", 3, 1),
    ("wonka", 4, 1),
)
_CALM_ONBOARDING = (("wonka", 4, 2), ("merlion", 4, 1), ("oceanic", 4, 2))

# No clock runs for these: best effort, or the community.
_PLAIN = (("hooli", 2), ("hooli", 3), ("hooli", 3), ("hooli", 4), ("vandelay", 3), ("vandelay", 4), ("vandelay", 4))
_COMMUNITY = 4

_WAITING = (
    *(("acme", 3), ("acme", 4), ("globex", 2), ("globex", 3), ("initech", 2), ("initech", 4), ("umbrella", 3)),
    *(("umbrella", 4), ("merlion", 3), ("merlion", 4), ("aurora", 3), ("aurora", 2), ("kiwi", 3), ("oceanic", 4)),
    *(("wonka", 4), ("hooli", 4), ("soylent", 4), ("vandelay", 3)),
)
_WORKING = (
    *(("acme", 3), ("globex", 3), ("initech", 3), ("initech", 2), ("umbrella", 4), ("merlion", 3), ("aurora", 3)),
    *(("kiwi", 3), ("oceanic", 3), ("hooli", 3)),
)
_SETTLED = (
    # answered too late: the credit is owed
    Part("initech", 3, WAITING, late=41 * MINUTE),
    Part("merlion", 2, WORKING, late=26 * MINUTE),
    Part("umbrella", 3, WAITING, late=96 * MINUTE),
    # a manager is asked for
    Part("acme", 2, WORKING, escalation=("urgent", 2290)),
    Part("globex", 3, WORKING, escalation=("non-urgent", 11460)),
    Part("aurora", 2, WORKING, escalation=("urgent", -2130)),
    *(Part(key, 4, WAITING, queue="onboarding") for key in ("wonka", "merlion", "oceanic")),
)
_HISTORY_LATE = (
    ("acme", 1, 17),
    ("globex", 2, 33),
    ("initech", 3, 128),
    ("merlion", 2, 52),
    ("umbrella", 2, 19),
    ("kiwi", 3, 75),
    ("aurora", 3, 31),
    ("oceanic", 2, 22),
)
_HISTORY_SEVERE = ("globex", "initech", "aurora", "oceanic", "merlion", "kiwi")
_HISTORY_SHARES = {
    "acme": 20,
    "globex": 16,
    "initech": 15,
    "umbrella": 14,
    "hooli": 11,
    "soylent": 5,
    "merlion": 11,
    "aurora": 15,
    "kiwi": 11,
    "vandelay": 9,
    "oceanic": 9,
}
_SEVERITIES = ((2, 3, 4), (22, 43, 35))


def cast(chance: Random) -> list[Part]:
    """All 240 tickets; those with the least choice of a problem first."""
    calm = [Part(key, severity, UNANSWERED, calm=True) for key, severity, count in _CALM for _ in range(count)]
    calm += [
        Part(key, severity, UNANSWERED, queue="onboarding", calm=True)
        for key, severity, count in _CALM_ONBOARDING
        for _ in range(count)
    ]
    plain = [Part(key, severity, UNANSWERED) for key, severity in _PLAIN]
    plain += [Part("soylent", 4, UNANSWERED)] * _COMMUNITY
    talking = [Part(key, severity, WAITING) for key, severity in _WAITING]
    talking += [Part(key, severity, WORKING) for key, severity in _WORKING]
    history = [Part(key, severity, SOLVED, late=late * MINUTE) for key, severity, late in _HISTORY_LATE]
    history += [Part(key, 1, SOLVED) for key in _HISTORY_SEVERE]
    current = [*_UNANSWERED, *_SETTLED, *calm, *plain, *talking]
    missing = TICKETS - len(current) - len(history)
    keys = chance.choices(list(_HISTORY_SHARES), list(_HISTORY_SHARES.values()), k=missing)
    parts = current + history + [Part(key, 0, SOLVED) for key in keys]
    drawn = [part if part.severity else replace(part, severity=_severity(part.company, chance)) for part in parts]
    return sorted(drawn, key=_freedom)


def _severity(key: str, chance: Random) -> int:
    """A severity as they usually come; the community is asked questions."""
    return 4 if key == "soylent" else chance.choices(*_SEVERITIES)[0]


def _freedom(part: Part) -> tuple[bool, bool, bool, bool]:
    """Sorts by how many problems a part may have: given ones first, then the rare severities, then open ones."""
    return (not part.problem, part.severity > 1, part.queue == "support", part.state == SOLVED)
