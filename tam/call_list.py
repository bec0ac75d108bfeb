"""The calls of a customer, or of all, as a list shows them: what is to be written up, what comes, what was."""

from __future__ import annotations

from typing import NamedTuple

from models.reading import rows
from tam.call_reading import CallRow, call_rows
from tam.call_rules import HELD, PLANNED, SKIPPED
from tam.proposals import Proposal, proposals

COMING, PAST = 200, 100
"""How many calls to come, and how many that are over, a list holds."""


class CallLine(NamedTuple):
    """A call, and what is proposed for it; `over`: its time has passed and nobody said whether it was held; `zone` is
    the customer's, in whatever zone the call is told."""

    call: CallRow
    proposal: Proposal | None
    over: bool
    zone: str


class CallList(NamedTuple):
    """The calls that nobody wrote up, oldest first, then those to come, the next one first, then those that were."""

    customer: str
    lines: tuple[CallLine, ...]

    @property
    def coming(self) -> int:
        """How many come."""
        return sum(each.call.state == PLANNED and not each.over for each in self.lines)

    @property
    def over(self) -> int:
        """How many are to be written up."""
        return sum(each.over for each in self.lines)

    @property
    def proposed(self) -> int:
        """For how many something is proposed."""
        return sum(each.proposal is not None for each in self.lines)


def call_list(customer_id: int | None, now: int) -> CallList:
    """Read the list at an instant (UTC seconds)."""
    whose, params = ("", ()) if customer_id is None else (" AND r.customer_id = ?", (customer_id,))
    planned = f"r.state = '{PLANNED}' AND r.at + r.minutes * 60"
    over = call_rows(f"{planned} < ?{whose} ORDER BY r.at, r.id LIMIT ?", (now, *params, COMING))
    coming = call_rows(f"{planned} >= ?{whose} ORDER BY r.at, r.id LIMIT ?", (now, *params, COMING))
    left_out = call_rows(
        f"r.state = '{SKIPPED}' AND r.at >= ?{whose} ORDER BY r.at, r.id LIMIT ?", (now, *params, COMING)
    )
    was = call_rows(
        f"r.state IN ('{HELD}', '{SKIPPED}') AND (r.state = '{HELD}' OR r.at < ?){whose}"
        " ORDER BY r.at DESC, r.id DESC LIMIT ?",
        (now, *params, PAST),
    )
    proposed = {each.call.id: each for each in proposals(customer_id, now)}
    ahead = sorted((*coming, *left_out), key=lambda each: (each.at, each.id))
    known = {each: (name, zone) for each, name, zone in rows("SELECT id, name, zone FROM customer")}
    lines = [CallLine(each, None, True, known[each.customer_id][1]) for each in over]
    lines += [CallLine(each, proposed.get(each.id), False, known[each.customer_id][1]) for each in ahead]
    lines += [CallLine(each, None, False, known[each.customer_id][1]) for each in was]
    return CallList("" if customer_id is None else known.get(customer_id, ("", ""))[0], tuple(lines))
