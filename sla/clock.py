"""The rules of a clock: when it starts, when it is due, how late it is and what that costs.

Design section 4; the credit rule and the escalation objectives are those of support annex 2023-11-15, sections
"SLO - Initial response time" and "Escalation".
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sla.calendar import Calendar
from sla.errors import InvalidPolicy, nearest
from sla.wall import same_time_on_open_day

LAST_SECONDS = 15 * 60
"""Open time that is left when a clock shows that it is about to run out."""

_WORDS = {
    "credit_clock": ("support_hours", "elapsed"),
    "credit_rounding": ("completed", "started"),
    "business_day": ("open_hours", "same_time"),
    "escalation_hours": ("business", "contract"),
    "due_at_close": ("closing", "opening"),
}
_STEPS = ("credit_step_minutes", "credit_step_days")
KINDS = ("none", "best_effort", "bespoke", "duration")


@dataclass(frozen=True, slots=True)
class Policy:
    """What is done where the annexes are silent (design section 3), and the annex's credit rule. Raises InvalidPolicy.

    `credit_step_days` are added to the term for each `credit_step_minutes` of lateness.
    """

    credit_clock: str = "support_hours"
    credit_rounding: str = "completed"
    business_day: str = "open_hours"
    escalation_hours: str = "business"
    due_at_close: str = "closing"
    credit_cap_days: int | None = None
    credit_step_minutes: int = 15
    credit_step_days: int = 1

    def __post_init__(self) -> None:
        for key, words in _WORDS.items():
            value = getattr(self, key)
            if value not in words:
                raise InvalidPolicy(f"The policy {key} is {' or '.join(words)}, not {value!r}")
        cap = self.credit_cap_days
        if cap is not None and (isinstance(cap, bool) or not isinstance(cap, int) or cap < 0):
            raise InvalidPolicy(f"The policy credit_cap_days is a number of days or absent, not {cap!r}")
        for key in _STEPS:
            step = getattr(self, key)
            if isinstance(step, bool) or not isinstance(step, int) or step <= 0:
                raise InvalidPolicy(f"The policy {key} is a positive whole number, not {step!r}")

    @property
    def credit_step_seconds(self) -> int:
        """Lateness that adds the step's days to the term."""
        return self.credit_step_minutes * 60

    @classmethod
    def parse(cls, mapping: Mapping[str, Any]) -> "Policy":
        """Read the mapping form; what is absent has its default. Raises InvalidPolicy."""
        _refuse_unknown("a policy", mapping, [field.name for field in fields(cls)])
        return cls(**mapping)

    def to_mapping(self) -> dict[str, Any]:
        """The mapping form, complete but for an absent cap."""
        form = {key: getattr(self, key) for key in (*_WORDS, *_STEPS)}
        return form if self.credit_cap_days is None else form | {"credit_cap_days": self.credit_cap_days}


@dataclass(frozen=True, slots=True)
class Objective:
    """How soon a response is promised: open minutes, business days, or no promise. Raises InvalidPolicy.

    `none` (no clock), `best_effort` and `bespoke` (not agreed yet) are no zero: they run no clock and miss nothing.
    """

    kind: str
    minutes: int | None = None
    business_days: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InvalidPolicy(f"An objective is {', '.join(KINDS)}, not {self.kind!r}{nearest(self.kind, KINDS)}")
        given = [amount for amount in (self.minutes, self.business_days) if amount is not None]
        if len(given) != (1 if self.kind == "duration" else 0):
            raise InvalidPolicy("An objective of kind duration has minutes or business days; no other kind has any")
        if any(isinstance(amount, bool) or not isinstance(amount, int) or amount <= 0 for amount in given):
            raise InvalidPolicy(f"An objective is a positive whole number, not {given[0]!r}")

    @classmethod
    def parse(cls, mapping: Mapping[str, Any]) -> "Objective":
        """Read the mapping form. Raises InvalidPolicy."""
        _refuse_unknown("an objective", mapping, [field.name for field in fields(cls)])
        if "kind" not in mapping:
            raise InvalidPolicy(f"An objective has a kind: {', '.join(KINDS)}")
        return cls(**mapping)

    def to_mapping(self) -> dict[str, Any]:
        """The mapping form, without what is absent."""
        form = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value for key, value in form.items() if value is not None}

    def seconds(self, calendar: Calendar) -> int | None:
        """Open seconds promised in a calendar; None where nothing is promised."""
        if self.minutes is not None:
            return self.minutes * 60
        if self.business_days is not None:
            return self.business_days * calendar.ordinary_day
        return None


class Reading(NamedTuple):
    """A clock at an instant, as a live timer shows it; all times in seconds of the clock's own hours."""

    seconds_left: int
    late_seconds: int
    """Lateness as the credit clock counts it."""
    credit_days: int
    open_now: bool
    sign: str
    """`calm`, `quarter` (under a quarter left), `last` (under fifteen minutes) or `missed`."""
    next_change_hint: int | None
    """The instant before which no text made of this needs drawing again; None where nothing ever changes."""


def started(calendar: Calendar, received: int) -> int:
    """When the clock starts: at receipt, or at the next opening."""
    return calendar.add(received, 0)


def due(calendar: Calendar, received: int, objective: Objective, policy: Policy) -> int | None:
    """The instant by which a response is in time; None where nothing is promised."""
    seconds = objective.seconds(calendar)
    if seconds is None:
        return None
    if objective.business_days is not None and policy.business_day == "same_time":
        return same_time_on_open_day(calendar, started(calendar, received), objective.business_days)
    answer = calendar.add(received, seconds)
    return calendar.add(answer, 0) if policy.due_at_close == "opening" else answer


def lateness(calendar: Calendar, due: int, answered: int, policy: Policy) -> int:
    """Seconds past a missed objective; 0 where answered at the due instant or before."""
    if answered <= due:
        return 0
    return answered - due if policy.credit_clock == "elapsed" else calendar.between(due, answered)


def credit_days(lateness_seconds: int, policy: Policy) -> int:
    """Days that a lateness adds to the term."""
    step = policy.credit_step_seconds
    begun = step - 1 if policy.credit_rounding == "started" else 0
    days = (lateness_seconds + begun) // step * policy.credit_step_days
    return days if policy.credit_cap_days is None else min(days, policy.credit_cap_days)


def read(calendar: Calendar, objective_seconds: int, due: int, now: int, policy: Policy) -> Reading:
    """What a timer shows of an unanswered clock."""
    open_now = calendar.is_open(now)
    if now > due:
        late = lateness(calendar, due, now, policy)
        runs = open_now or policy.credit_clock == "elapsed"
        change = now + 60 - late % 60 if runs else calendar.next_opening(now)
        return Reading(0, late, credit_days(late, policy), open_now, "missed", change)
    left = calendar.between(now, due)
    if not open_now:
        change = min(calendar.next_opening(now), due + 1)
    elif left > 3600:
        change = now + (left % 60 or 60)
    else:
        change = now + 1
    return Reading(left, 0, 0, open_now, _sign(left, objective_seconds), change)


def _sign(left: int, objective_seconds: int) -> str:
    if left < LAST_SECONDS:
        return "last"
    return "quarter" if left * 4 < objective_seconds else "calm"


def _refuse_unknown(where: str, mapping: Mapping[str, Any], known: list[str]) -> None:
    for key in mapping:
        if key not in known:
            raise InvalidPolicy(f"Unknown key {key!r} in {where}{nearest(key, known)}")
