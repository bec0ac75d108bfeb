"""What customers say of the product, and why it matters to them.

Support annex 2023-11-15, severity table: no feature is promised, nor a date for one. So what reads like a date is
refused until a person says that it is none of ours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from models.access import require
from models.calls import Feedback
from models.errors import NotFound
from models.journal import transaction
from models.reading import one, rows
from tam.call_reading import call
from tam.call_rules import WORKERS, CallRefused, line, long_text, party

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DAY = r"(?:\d{1,2}\.\s?\d{1,2}\.(?:\d{2,4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2}(?:-\d{2})?)"
_WHEN = (
    r"\b(?:in|by|until|till|before|for|from|on|during|end of|start of|early|late|mid)[ -](?:the )?"
    rf"(?:end of |start of )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}\b(?:,? \d{{1,4}})?",
    r"\b(?:(?:in|by|until|before|during|end of) )?[qh][1-4](?:[ /-]?\d{2,4})?\b",
    rf"\b(?:on|by|until|before|from) (?:the )?{_DAY}",
    r"\b(?:in|by|until|before|during|end of) 20\d\d\b",
    r"\b(?:in|within|by|until) (?:the )?(?:next )?(?:a|an|one|two|three|four|five|six|\d{1,3})"
    r" (?:to \d{1,3} )?(?:days?|weeks?|months?|quarters?|years?|sprints?|releases?)\b",
    r"\b(?:next|this|coming|following) (?:day|week|month|quarter|year|sprint|release|version|spring|summer|autumn"
    r"|winter|fall)\b",
    r"\b(?:by|until|before|on|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    r"\b(?:tomorrow|end of (?:the )?(?:week|month|quarter|year)|calendar week \d{1,2}|kw ?\d{1,2})\b",
)
_PROMISE = re.compile("|".join(_WHEN), re.IGNORECASE)


class DatePromised(CallRefused):
    """The text reads as if it promised a date; the message asks whether it does."""


class FeedbackRow(NamedTuple):
    """What a customer said; `at` in UTC seconds, `ticket_state` that of the linked ticket."""

    id: int
    customer_id: int
    customer: str
    call_id: int | None
    ticket_id: int | None
    ticket_subject: str | None
    ticket_state: str | None
    person: str | None
    what: str
    why: str
    at: int
    version: int


_SELECT = (
    "SELECT f.id, f.customer_id, c.name, f.call_id, f.ticket_id, t.subject, t.state, p.name, f.what, f.why, f.at,"
    " f.version FROM feedback f JOIN customer c ON c.id = f.customer_id LEFT JOIN ticket t ON t.id = f.ticket_id"
    " LEFT JOIN person p ON p.id = f.person_id"
)


def log(
    customer_id: int,
    what: str,
    why: str,
    actor: int,
    at: int,
    call_id: int | None = None,
    ticket_id: int | None = None,
    confirmed: bool = False,
) -> int:
    """Keep what a customer said and why it matters to them, and return its id; whoever works on tickets may.

    Raises DatePromised where it reads like a promised date, unless `confirmed`; CallRefused for a call or a ticket of
    another customer.
    """
    with transaction(actor, at, "feedback.log") as tx:
        who, customer = require(actor, *WORKERS), party(customer_id)
        said, reason = line(what, "what they said"), long_text(why).strip()
        _refuse_promise(f"{said}\n{reason}", confirmed)
        if call_id is not None and call(call_id).customer_id != customer_id:
            raise CallRefused("That call is another customer's; choose one of this customer.")
        _refuse_other_ticket(ticket_id, customer_id, customer.name)
        feedback_id = tx.insert(
            Feedback, customer=customer_id, call=call_id, ticket=ticket_id, person=actor, what=said, why=reason, at=at
        )
        tx.say(f"{who.name} noted what {customer.name} said: {said}")
    return feedback_id


def change(
    feedback_id: int,
    actor: int,
    at: int,
    version: int | None = None,
    *,
    what: str | None = None,
    why: str | None = None,
    ticket_id: int | None = None,
    confirmed: bool = False,
) -> str:
    """Change what was noted, or link the feature ticket that follows it, and tell it; the rules are those of `log`."""
    with transaction(actor, at, "feedback.change") as tx:
        who, held = require(actor, *WORKERS), feedback(feedback_id)
        said = held.what if what is None else line(what, "what they said")
        reason = held.why if why is None else long_text(why).strip()
        if what is not None or why is not None:
            _refuse_promise(f"{said}\n{reason}", confirmed)
        linked = held.ticket_id if ticket_id is None else ticket_id
        _refuse_other_ticket(linked, held.customer_id, held.customer)
        tx.update(Feedback, feedback_id, version, what=said, why=reason, ticket=linked)
        link = f" (#{linked})" if linked is not None else ""
        tx.say(f"{who.name} changed what {held.customer} said: {said}{link}")
        return tx.sentence


def feedback(feedback_id: int) -> FeedbackRow:
    """What a customer said, by id; raises NotFound."""
    found = one(f"{_SELECT} WHERE f.id = ?", (feedback_id,), FeedbackRow)
    if found is None:
        raise NotFound("This feedback is not there any more; look at the list again.")
    return found


def of_customer(customer_id: int, limit: int = 200) -> list[FeedbackRow]:
    """What a customer said, the latest first."""
    return rows(
        f"{_SELECT} WHERE f.customer_id = ? ORDER BY f.at DESC, f.id DESC LIMIT ?", (customer_id, limit), FeedbackRow
    )


def of_call(call_id: int) -> list[FeedbackRow]:
    """What was said in a call, in order."""
    return rows(f"{_SELECT} WHERE f.call_id = ? ORDER BY f.id", (call_id,), FeedbackRow)


def promised(text: str) -> str:
    """The words that read like a date that is still to come ("in Q3", "next release"); empty where there are none."""
    found = _PROMISE.search(text)
    return " ".join(found[0].split()) if found else ""


def _refuse_promise(text: str, confirmed: bool) -> None:
    if not confirmed and (words := promised(text)):
        raise DatePromised(
            f"“{words}” reads like a date, and no date is promised for a feature (annex 2023-11-15). Take it out, or"
            " confirm that it is the customer's own."
        )


def _refuse_other_ticket(ticket_id: int | None, customer_id: int, customer: str) -> None:
    if ticket_id is None:
        return
    found = one("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,))
    if found is None:
        raise NotFound(f"There is no ticket #{ticket_id}; check the number.")
    if found[0] != customer_id:
        raise CallRefused(f"#{ticket_id} is another customer's ticket; link one of {customer}.")
