"""The word of both sides before go-live: ours, theirs by name, and taken back."""

from __future__ import annotations

from collections.abc import Sequence

from onboarding import sign_off
from onboarding.sign_off import SignOffRow
from onboarding.words import VENDOR
from screens.base import DeskScreen
from screens.dialogs.call_form import CallForm, Field
from screens.dialogs.choices import Cycle
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.frame import Line
from screens.onboarding_parts import answered
from screens.widgets.text import clean


async def open_ours(screen: DeskScreen, onboarding_id: int, customer: str) -> None:
    """Sign for the vendor as whoever acts, after a question."""
    name = screen.desk.actor.name
    told = f"{name} signs for the vendor: the check before go-live is complete."
    dialog = ConfirmDialog(f"Sign the go-live of {clean(customer)}?", told, "not yet", "sign")

    async def signed(answer: object) -> None:
        if answer:
            done = await screen.desk.attempt(_ours, onboarding_id, screen.desk.actor.id, screen.desk.now())
            answered(screen, done)

    await screen.app.push_screen(dialog, signed)


async def open_theirs(
    screen: DeskScreen, onboarding_id: int, customer: str, signers: Sequence[tuple[int, str]]
) -> None:
    """Record who signed for the customer, among those who may."""
    offers = [Offer(name, "", contact) for contact, name in signers]
    dialog = Chooser(f"Who signed the go-live for {clean(customer)}?", offers, "Nobody who may sign is called that.")

    async def signed(contact: object) -> None:
        if isinstance(contact, int):
            actor, at = screen.desk.actor.id, screen.desk.now()
            answered(screen, await screen.desk.attempt(_theirs, onboarding_id, contact, actor, at))

    await screen.app.push_screen(dialog, signed)


def _ours(onboarding_id: int, actor: int, at: int) -> str:
    sign_off.sign_vendor(onboarding_id, actor, at)
    return "Signed for the vendor."


def _theirs(onboarding_id: int, contact_id: int, actor: int, at: int) -> str:
    sign_off.sign_customer(onboarding_id, contact_id, actor, at)
    return "Recorded that the customer signed."


class WithdrawDialog(CallForm):
    """Takes a side's word back, with a reason."""

    def __init__(self, onboarding_id: int, signed: Sequence[SignOffRow]) -> None:
        self.onboarding_id, self.signed = onboarding_id, tuple(signed)
        sides = tuple(f"{'ours' if row.side == VENDOR else 'theirs'}, {clean(row.name)}" for row in self.signed)
        fields: dict[str, Field] = {"Whose": Cycle(sides), "Why": Line("what came up, in a line")}
        super().__init__("Take back what was signed", fields)

    async def save(self) -> object:
        """Take it back."""
        row = self.signed[self.chosen("Whose")]
        actor, at = self.desk.actor.id, self.desk.now()
        await self.desk.call(sign_off.withdraw, self.onboarding_id, row.side, self.said["Why"], actor, at)
        return f"Took back what {clean(row.name)} signed."
