"""The start of an onboarding: customer, phase, dates; what it comes to is told while it is typed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from contracts.errors import NotEntitled
from onboarding import starting
from onboarding.errors import OnboardingRefused
from onboarding.lengths import PROOF_WEEKS
from onboarding.words import PROOF, TERM
from screens.base import DeskScreen
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.frame import Line
from screens.dialogs.gate import length_of
from screens.dialogs.onboarding_form import DAYS, OnboardingForm, Told, typed_day
from screens.widgets.checklist import day
from screens.widgets.text import clean
from tickets.choices import CustomerChoice, customers

MOST_CUSTOMERS = 10_000
LENGTHS = {PROOF: f"weeks; empty: {PROOF_WEEKS}", TERM: "3 months, 10 weeks; empty: as is typical"}


async def open_start(screen: DeskScreen, under_way: Collection[int]) -> None:
    """Ask which customer, then for the onboarding; open it. Customers with one under way already come last."""

    async def form(customer: object) -> None:
        if isinstance(customer, CustomerChoice):
            await screen.app.push_screen(StartDialog(customer.id, clean(customer.name)), started)

    async def started(onboarding_id: object) -> None:
        if isinstance(onboarding_id, int):
            from screens.onboarding import OnboardingScreen

            screen.desk.say("The onboarding is under way; u takes that back.")
            await screen.app.push_screen(OnboardingScreen(onboarding_id))

    found = await screen.desk.attempt(customers, "", MOST_CUSTOMERS) or ()
    offers = [
        Offer(each.name, f"{each.badge}{'   under way already' if each.id in under_way else ''}", each)
        for each in sorted(found, key=lambda one: one.id in under_way)
    ]
    await screen.app.push_screen(Chooser("Bring which customer on board?", offers, "No customer is called that."), form)


class StartDialog(OnboardingForm):
    """Answers the id of the onboarding that was started."""

    AUTO_FOCUS = "Line"
    HINT = "tab, enter on   {do} starts it   {close} closes, nothing is changed"

    def __init__(self, customer_id: int, customer: str) -> None:
        self.customer_id = customer_id
        fields: dict[str, Any] = {
            "Phase": Cycle((PROOF, TERM)),
            "Starts": Line(f"today, mon, {DAYS}"),
            "Lasts": Line(LENGTHS[PROOF]),
            "Go-live": Line(f"{DAYS}; empty: at its end"),
        }
        super().__init__(f"Bring {customer} on board", fields)

    @property
    def draft(self) -> str:
        """What is typed is kept for this customer."""
        return f"onboarding-{self.customer_id}"

    def _asked(self) -> dict[str, Any]:
        """Return phase and dates as they are said; raises a refusal."""
        phase, text = self.said["Phase"], self.said["Lasts"].strip()
        months, weeks = length_of(text)
        if phase == PROOF and months is not None and text.isdigit():
            months, weeks = None, months
        starts = typed_day(self, "Starts")
        if starts is None:
            raise OnboardingRefused("Say on which day it starts, such as mon or 12 mar.")
        return {
            "starts_on": starts,
            "phase": phase,
            "weeks": weeks,
            "months": months,
            "go_live_on": typed_day(self, "Go-live"),
        }

    async def look(self) -> Told:
        """Tell the dates that it would have, or what speaks against it and what is possible."""
        line = self.fields["Lasts"]
        if isinstance(line, Line):
            line.placeholder = LENGTHS[self.said["Phase"]]
        asked = self._asked()
        try:
            found = await self.desk.call(starting.preview, self.customer_id, **asked)
        except (OnboardingRefused, NotEntitled) as refusal:
            return [("warning", f"! {refusal}")]
        first, last, live = (f"{each:%a} {day(each.isoformat())} {each.year}" for each in found)
        from_live = "counted back from it" if asked["go_live_on"] else "counted forward from the start"
        return [("strong", f"{first} to {last}, go-live {live}"), ("quiet", f"Dates are {from_live}, on working days.")]

    async def save(self) -> object:
        """Start it."""
        asked = self._asked()
        starts_on = asked.pop("starts_on")
        actor, at = self.desk.actor.id, self.desk.now()
        return await self.desk.call(starting.start, self.customer_id, actor, at, starts_on, **asked)
