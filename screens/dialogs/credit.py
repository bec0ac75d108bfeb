"""A lead's decision on a service credit, with what it does to the term."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from contracts.account import TermNow
from contracts.credits import NAMES, ClockCredit
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from screens.widgets.text import clean

GRANT, REFUSE, REVERSE = "grant", "refuse", "reverse"
TITLES = {GRANT: "Grant", REFUSE: "Refuse", REVERSE: "Take back the decision on"}
DRAFT = "credit"


def days(count: int) -> str:
    """Return `1 day` or `3 days`."""
    return f"{count} day{'' if count == 1 else 's'}"


def effect(act: str, credit: ClockCredit, term: TermNow | None) -> str:
    """Return what a decision does to the term, in a sentence."""
    if term is None:
        return "The customer has no term: record one first." if act == GRANT else "The customer has no term."
    moved = {GRANT: credit.days, REFUSE: 0, REVERSE: -credit.days if credit.state == "granted" else 0}[act]
    if not moved:
        return f"The term still ends on {term.ends_now}."
    return f"The term ends on {term.ends_now} now, and on {term.ends_with(moved)} then."


class CreditDialog(Dialog):
    """Grants, refuses or takes back, with a reason."""

    HINT = "{do} or enter decides   {close} closes, the reason is kept"

    def __init__(self, act: str, customer: str, credit: ClockCredit, term: TermNow | None) -> None:
        super().__init__(f"{TITLES[act]} {days(credit.days)} for #{credit.ticket_id}, {clean(customer)}")
        self.decision, self.credit = act, credit
        self.told = (
            f"{NAMES[credit.kind].capitalize()} of “{clean(credit.subject)}”, {credit.late_seconds // 60} min late.",
            f"Annex {credit.revision}, {clean(credit.section)}",
            effect(act, credit, term),
        )
        self.reason = Line("why, in a line; it stays in the ledger")

    def body(self) -> Iterable[Widget]:
        """Tell what it does, and ask why."""
        yield from (Told(line) for line in self.told)
        yield from (Told("Reason"), self.reason)

    @on(events.Mount)
    async def _take_up(self) -> None:
        """Take up a reason that was typed before."""
        from tickets import drafts

        kept = await self.desk.attempt(drafts.load, self.desk.actor.id, self.credit.ticket_id, DRAFT)
        self.reason.value = kept or ""
        self.reason.focus()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        await self.do()

    async def keep(self) -> None:
        """Keep the reason."""
        from tickets import drafts

        actor, at = self.desk.actor.id, self.desk.now()
        await self.desk.attempt(drafts.save, actor, self.credit.ticket_id, DRAFT, self.reason.value, at)

    async def perform(self) -> object:
        """Decide."""
        from contracts.credits import grant, refuse, reverse
        from tickets import drafts

        decide = {GRANT: grant, REFUSE: refuse, REVERSE: reverse}[self.decision]
        actor, at = self.desk.actor.id, self.desk.now()
        decided = await self.desk.call(decide, self.credit.clock_id, self.reason.value, actor, at)
        await self.desk.attempt(drafts.clear, actor, self.credit.ticket_id, DRAFT)
        return decided.sentence
