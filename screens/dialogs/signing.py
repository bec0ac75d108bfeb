"""Signing a contract, and renewing it: the form tells the promises as they will hold before anything is written."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from contracts.current import catalogue
from contracts.describe import describe
from contracts.errors import InvalidOrder
from contracts.signing import SigningRefused, newest_annex, next_term_starts, preview, renew, sign
from contracts.terms import support_annex
from contracts.words import DEPLOYMENTS
from models.reading import scalar
from screens.base import DeskScreen
from screens.dialogs.allowance import ask
from screens.dialogs.call_form import CallForm, Told, today
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.ticket_editor import Editor
from screens.widgets.text import clean
from tam.date_words import coming_day

NO_OPTION = "no option"
TOLD = 7
"""How many lines of the terms the form tells."""
PROMISED = ("Plan", "Severity 1 initial response", "Severity 1 support hours", "Severity 2 initial response")
ENTITLED = ("Professional support", "Technical account management", "TAM allowance")


class Offered(NamedTuple):
    """What can be signed: plans and options by revision."""

    customer: str
    revisions: tuple[str, ...]
    newest: str
    plans: dict[str, list[str]]
    options: dict[str, list[str]]


def offered(customer_id: int) -> Offered:
    """Read it; on the database thread."""
    revisions = tuple(sorted(catalogue().speaking_of("support"), reverse=True))
    annexes = {name: support_annex(catalogue(), name) for name in revisions}
    return Offered(
        str(scalar("SELECT name FROM customer WHERE id = ?", (customer_id,))),
        revisions,
        newest_annex(),
        {name: [plan.name for plan in annex.plans] for name, annex in annexes.items()},
        {name: [option.name for option in annex.options] for name, annex in annexes.items()},
    )


async def open_sign(screen: DeskScreen, customer_id: int) -> None:
    """Ask what is signed."""
    found = await screen.desk.attempt(offered, customer_id)
    if found is not None:
        await ask(screen, SignDialog(customer_id, found, today(screen.desk)))


async def open_renew(screen: DeskScreen, customer_id: int) -> None:
    """Ask how long the next term lasts."""
    starts_on = await screen.desk.attempt(next_term_starts, customer_id)
    if starts_on is not None:
        await ask(screen, RenewDialog(customer_id, starts_on))


def _year_from(first: date) -> date:
    """The last day of a term of twelve months."""
    import arrow

    return arrow.Arrow.fromdate(first).shift(months=12, days=-1).date()


class SignDialog(CallForm):
    """Writes a contract; answers a sentence."""

    def __init__(self, customer_id: int, found: Offered, day: date) -> None:
        self.customer_id, self.found, self.today = customer_id, found, day
        plans = [plan for name in found.revisions for plan in found.plans[name]]
        options = [option for name in found.revisions for option in found.options[name]]
        fields: dict[str, Any] = {
            "Annex": Cycle(list(found.revisions), found.revisions.index(found.newest)),
            "Plan": Cycle(list(dict.fromkeys(plans))),
            "Option": Cycle([NO_OPTION, *dict.fromkeys(options)]),
            "Deployment": Cycle(list(DEPLOYMENTS)),
            "Data in": Line("the region, such as eu; may be empty"),
            "From": Line("the first day, such as 2026-12-01 or 1 dec"),
            "Until": Line("the last day; a year where empty"),
            "In force": Cycle(["refuse where a contract is in force", "replace the one that is in force"]),
            "Order": Editor(),
        }
        fields["From"].value = day.isoformat()
        super().__init__(f"Sign for {clean(found.customer)}", fields)

    @property
    def draft(self) -> str:
        """A customer's own draft."""
        return f"sign-{self.customer_id}"

    def _meant(self) -> tuple[str, date, date, dict[str, Any]]:
        """What is typed, in the words of the operation; raises a refusal."""
        said = self.said
        if not said["From"].strip():
            raise SigningRefused("Say from which day on.")
        first = coming_day(said["From"], self.today)
        last = coming_day(said["Until"], self.today) if said["Until"].strip() else _year_from(first)
        try:
            order = tomllib.loads(said["Order"])
        except tomllib.TOMLDecodeError as error:
            raise InvalidOrder(
                f"The order is TOML, such as tam = {{ minutes = 600, per = 'month' }}: {error}"
            ) from error
        return (
            said["Plan"],
            first,
            last,
            {
                "revision": said["Annex"],
                "support_option": said["Option"] if self.chosen("Option") else None,
                "deployment": said["Deployment"],
                "data_location": said["Data in"].strip(),
                "order": order,
                "replace": self.chosen("In force") == 1,
            },
        )

    async def look(self) -> Told:
        """Say the promises as they would hold."""
        *terms, fields = self._meant()
        signed = await self.desk.call(partial(preview, **fields), self.customer_id, *terms)
        wanted = (*PROMISED, *ENTITLED)
        told = [("plain", f"{line.label}: {line.value}") for line in describe(signed.terms) if line.label in wanted]
        return [("strong", signed.sentence), *told[:TOLD]]

    async def save(self) -> object:
        """Sign it."""
        *terms, fields = self._meant()
        asked = partial(sign, **fields)
        signed = await self.desk.call(asked, self.customer_id, *terms, self.desk.actor.id, self.desk.now())
        return signed.sentence


class RenewDialog(CallForm):
    """Adds a term; answers a sentence."""

    def __init__(self, customer_id: int, starts_on: date) -> None:
        self.customer_id, self.starts_on = customer_id, starts_on
        fields: dict[str, Any] = {"Until": Line("the last day of the term")}
        fields["Until"].value = _year_from(starts_on).isoformat()
        super().__init__("Renew the contract", fields)

    async def look(self) -> Told:
        """Say how long the term is."""
        last = coming_day(self.said["Until"], self.starts_on)
        days = (last - self.starts_on).days + 1
        if days < 1:
            raise SigningRefused(f"The last term runs to {self.starts_on - timedelta(days=1)}; choose a later day.")
        return [("strong", f"{self.starts_on} to {last}: {days} days"), ("quiet", "It follows the last term.")]

    async def save(self) -> object:
        """Add it."""
        last = coming_day(self.said["Until"], self.starts_on)
        renewed = await self.desk.call(renew, self.customer_id, last, self.desk.actor.id, self.desk.now())
        return renewed.sentence
