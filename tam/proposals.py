"""Calls that fall on a day on which either side is closed: where they could go, for a person to decide.

Nothing moves by itself: a proposal is accepted, or the call stays with a reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from models.access import require
from models.calls import ReviewCall
from models.journal import transaction
from models.reading import scalar
from sla.wall import local_of
from tam.call_reading import CallRow, call, planned
from tam.call_rules import KEEPERS, PLANNED, CallRefused, line, moment_text
from tam.calls import move, skip
from tam.open_days import closed_because, is_working_day
from tam.recurrence import slot

WITHIN_WORKING_DAYS = 5
AHEAD = 90 * 86_400


class Proposal(NamedTuple):
    """A planned call, why its day is closed, and the instant to move it to; None proposes to skip it."""

    call: CallRow
    why: str
    to: int | None

    @property
    def sentence(self) -> str:
        """What is proposed, in a sentence."""
        if self.to is None:
            return f"Skip it: {self.why}, and no day near it is open on both sides."
        return f"Move it to {moment_text(self.call.zone, self.to)}: {self.why}."


def proposals(customer_id: int | None, now: int) -> list[Proposal]:
    """What is proposed for the calls to come: of a customer, or of all. Calls with a reason to stay are left alone."""
    found = [_proposal(each, now) for each in planned(customer_id, now, now + AHEAD)]
    return [each for each in found if each is not None]


def proposal(call_id: int, now: int) -> Proposal | None:
    """What is proposed for a call; None where its day is open, or where it stays for a reason."""
    return _proposal(call(call_id), now)


def accept(call_id: int, actor: int, at: int, version: int | None = None) -> str:
    """Do what is proposed for a call, and tell it; TAMs and leads. Raises CallRefused where nothing is proposed."""
    found = proposal(call_id, at)
    if found is None:
        raise CallRefused("Nothing is proposed for this call any more; look at the list again.")
    if found.to is None:
        return skip(call_id, found.why, actor, at, version)
    return move(call_id, found.to, actor, at, found.why, version).sentence


def stay(call_id: int, reason: str, actor: int, at: int, version: int | None = None) -> str:
    """Leave a call where it is although a side is closed, with a reason, and tell it; TAMs and leads."""
    with transaction(actor, at, "call.stay") as tx:
        who, held = require(actor, *KEEPERS), call(call_id)
        if held.state != PLANNED:
            raise CallRefused(f"This call was {held.state}; only a planned one can stay.")
        why = line(reason, "why it stays")
        tx.update(ReviewCall, call_id, version, reason=why)
        tx.say(
            f"{who.name} left the call with {held.customer} on {moment_text(held.zone, held.at)}: {why.rstrip('.')}."
        )
        return tx.sentence


def _proposal(held: CallRow, now: int) -> Proposal | None:
    if held.state != PLANNED or held.moved or held.reason or held.at < now:
        return None
    local = local_of(held.zone, held.at)
    why = closed_because(held.customer_id, local.date(), held.at)
    if not why:
        return None
    return Proposal(held, " and ".join(why), _next_open(held, local.date(), f"{local:%H:%M}", now))


def _next_open(held: CallRow, on: date, local_time: str, now: int) -> int | None:
    """The same local time on the next day that is open on both sides and has no call with the customer yet."""
    tried = 0
    while tried < WITHIN_WORKING_DAYS:
        on += timedelta(days=1)
        if not is_working_day(on):
            continue
        tried += 1
        to = slot(on, local_time, held.zone).at
        if not closed_because(held.customer_id, on, held.at) and not _has_call(held, on):
            return to
    return None


def _has_call(held: CallRow, on: date) -> bool:
    first, after = (slot(day, "00:00", held.zone).at for day in (on, on + timedelta(days=1)))
    found = scalar(
        f"SELECT 1 FROM review_call WHERE customer_id = ? AND state = '{PLANNED}' AND at >= ? AND at < ? LIMIT 1",
        (held.customer_id, first, after),
    )
    return found is not None
