"""The risks of an onboarding: what may go wrong, who looks after it, the next step."""

from __future__ import annotations

from typing import Any

from models.journal import together
from models.words import READ_ONLY
from onboarding import risks, rules
from onboarding.errors import OnboardingRefused
from onboarding.risks import CLOSED, OPEN, RiskRow
from onboarding.words import RUNNING
from screens.base import DeskScreen
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import DAYS, OnboardingForm, Told, typed_day
from screens.onboarding_acting import ask
from screens.widgets.checklist import day
from screens.widgets.text import clean

NEW = "＋"


async def open_risks(screen: DeskScreen, onboarding_id: int) -> None:
    """Show the risks, to note one or to change one."""
    found = await screen.desk.attempt(risks.risks, onboarding_id, all_of_them=True)
    held = await screen.desk.attempt(rules.held, onboarding_id)
    if found is None or held is None:
        return
    may = screen.desk.actor.role != READ_ONLY and held.state == RUNNING
    if not found and may:
        await ask(screen, RiskDialog(onboarding_id, clean(held.customer), None))
        return
    offers = [Offer("note a risk", "what may go wrong", NEW)] if may else []
    offers += [Offer(each.what, _about(each), each) for each in found]

    async def opened(answer: object) -> None:
        if may and (answer == NEW or isinstance(answer, RiskRow)):
            row = answer if isinstance(answer, RiskRow) else None
            await ask(screen, RiskDialog(onboarding_id, clean(held.customer), row))

    await screen.app.push_screen(Chooser(f"Risks of {clean(held.customer)}", offers, "No risk is noted."), opened)


def _about(row: RiskRow) -> str:
    if row.state == CLOSED:
        return f"closed, {row.owner}"
    due = f" by {day(row.due_on)}" if row.due_on else ""
    return f"{row.owner}: {row.next_step or 'no next step'}{due}"


class RiskDialog(OnboardingForm):
    """Notes a risk, or changes one; the customer reads it in the status report."""

    def __init__(self, onboarding_id: int, customer: str, held: RiskRow | None) -> None:
        self.onboarding_id, self.customer, self.held = onboarding_id, customer, held
        lines = {
            "What": Line("what may go wrong, in a line"),
            "Owner": Line("who looks after it"),
            "Next step": Line("what is done about it next"),
            "By": Line(f"{DAYS}; empty: no day"),
        }
        fields: dict[str, Any] = dict(lines)
        if held is not None:
            said = (held.what, held.owner, held.next_step, held.due_on or "")
            for line, text in zip(lines.values(), said, strict=True):
                line.value = clean(text)
            fields |= {"State": Cycle((OPEN, CLOSED), int(held.state == CLOSED)), "Why": Line("why it is closed")}
        super().__init__(f"A risk of {customer}", fields)

    @property
    def draft(self) -> str:
        """What is typed of a new one is kept."""
        return "" if self.held is not None else f"risk-{self.onboarding_id}"

    async def look(self) -> Told:
        """Show the reason where it is asked for, and the day that is meant."""
        if self.held is not None:
            self.show("Why", self.said["State"] == CLOSED and self.held.state == OPEN)
        by = typed_day(self, "By")
        return [
            ("quiet", f"{f'by {by:%a} {day(by.isoformat())}. ' if by else ''}{self.customer} reads it in the report.")
        ]

    async def save(self) -> object:
        """Keep it."""
        said, actor, at = self.said, self.desk.actor.id, self.desk.now()
        by = typed_day(self, "By")
        due = by.isoformat() if by else ""
        if self.held is None:
            more = {"next_step": said["Next step"], "due_on": due or None}
            await self.desk.call(risks.add, self.onboarding_id, said["What"], said["Owner"], actor, at, **more)
            return f"Noted the risk {' '.join(said['What'].split())}."
        new = {"what": said["What"], "owner": said["Owner"], "next_step": said["Next step"], "due_on": due}
        return await self.desk.call(settle, self.held, new, said["State"], said["Why"], actor, at)


def settle(held: RiskRow, new: dict[str, str], state: str, why: str, actor: int, at: int) -> str:
    """Change a risk, and close or reopen it, as one operation on the database thread; return a sentence."""
    if state == CLOSED and held.state == OPEN and not why.strip():
        raise OnboardingRefused("Say in a line why the risk is closed.")
    kept = (held.what, held.owner, held.next_step, held.due_on or "")
    changed = tuple(new.values()) != kept
    if state == held.state:
        if changed:
            risks.change(held.id, actor, at, version=held.version, **new)
        return f"Changed the risk {held.what}." if changed else "Nothing was changed."
    first: int | None = held.version
    with together(actor, at, "risk.settle") as whole:
        if state == OPEN:
            with whole.attempt():
                risks.reopen(held.id, actor, at, version=first)
            first = None
        if changed:
            with whole.attempt():
                risks.change(held.id, actor, at, version=first, **new)
            first = None
        if state == CLOSED:
            with whole.attempt():
                risks.close(held.id, why, actor, at, version=first)
        told = f"{'Closed' if state == CLOSED else 'Opened again'}: {held.what}"
        whole.tx.say(told)
    return told
