"""The next gate of an onboarding: what it waits for, and who passes it."""

from __future__ import annotations

from typing import Any, NamedTuple

from models.words import LEAD
from onboarding import gates, phases, rules
from onboarding.errors import OnboardingRefused
from onboarding.gates import Missing
from onboarding.rules import MANAGERS, Held
from onboarding.words import CONTINUOUS, GATE_GO_LIVE, GATE_PROOF, GATE_TERM, PROOF
from screens.base import DeskScreen
from screens.commands import shown_key
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import DAYS, OnboardingForm, Told, typed_day
from screens.onboarding_acting import ask
from screens.ticket_commands import CLOSE
from screens.widgets.text import clean

SHOWN = 9
LEADS_TO = {
    GATE_PROOF: "behind it the onboarding term begins",
    GATE_GO_LIVE: "behind it the customer is live",
    GATE_TERM: "behind it continuous support begins",
}


class Gate(NamedTuple):
    """The next gate of an onboarding (empty: all are passed) and what it waits for."""

    held: Held
    name: str
    missing: list[Missing]


def next_gate(onboarding_id: int, now: int) -> Gate:
    """Read the gate that comes next, on the database thread."""
    held = rules.running(onboarding_id)
    behind = {each.gate for each in gates.passed(onboarding_id)}
    if held.phase == CONTINUOUS:
        return Gate(held, "", [])
    name = GATE_PROOF if held.phase == PROOF else GATE_TERM if GATE_GO_LIVE in behind else GATE_GO_LIVE
    return Gate(held, name, gates.waiting_for(onboarding_id, name, now))


async def open_gate(screen: DeskScreen, onboarding_id: int) -> None:
    """Show the next gate; where all are passed, ask whether the onboarding is over."""
    found = await screen.desk.attempt(next_gate, onboarding_id, screen.desk.now())
    if found is None:
        return
    if found.name:
        await ask(screen, GateDialog(found, screen.desk.actor.role))
    else:
        await ask(screen, CloseDialog(found.held))


class GateDialog(OnboardingForm):
    """Tells what a gate waits for; answers that it was passed."""

    HINT = "{do} passes the gate   {close} closes, nothing is changed"

    def __init__(self, gate: Gate, role: str) -> None:
        self.gate = gate
        firm = any(each.firm for each in gate.missing)
        self.may = role in MANAGERS and not firm and (role == LEAD or not gate.missing)
        fields: dict[str, Any] = {}
        if self.may and gate.missing:
            fields["Why"] = Line("why the gate is passed all the same")
        if self.may and gate.name == GATE_PROOF:
            fields |= {
                "Starts": Line(f"{DAYS}; empty: the next working day"),
                "Lasts": Line("3 months, 10 weeks; empty: as is typical"),
                "Go-live": Line(f"{DAYS}; empty: at its end"),
            }
        super().__init__(f"Gate “{gate.name}” of {clean(gate.held.customer)}", fields)
        self.outcome.MOST = SHOWN + 4

    def tell_hint(self) -> None:
        """Say what to press; a gate that stays closed is only looked at."""
        super().tell_hint()
        if not self.may:
            close = shown_key(self.desk.keys_of(CLOSE).split(",")[0])
            self.hint.tell(f"{close} closes")

    async def look(self) -> Told:
        """Tell what is missing, and who may pass."""
        missing, leads = self.gate.missing, LEADS_TO[self.gate.name]
        if not missing:
            self._term()
            return [("strong", f"● Nothing is missing: {leads}.")]
        told: Told = [("strong", f"{len(missing)} missing; {leads}:")]
        for each in _first(missing):
            told.append(("alarm", f"✕ {each.sentence}") if each.firm else ("warning", f"! {each.sentence}"))
        if len(missing) > SHOWN:
            told.append(("quiet", f"and {len(missing) - SHOWN} more"))
        return [*told, ("quiet", self._who())]

    def _who(self) -> str:
        if any(each.firm for each in self.gate.missing):
            return "✕ nobody passes over these."
        if self.may:
            return "As a lead you pass over it with a reason."
        return "Only a lead passes over it, with a reason."

    def _term(self) -> dict[str, Any]:
        """Return what is said of the term that begins behind the gate; raises a refusal."""
        if not self.may or self.gate.name != GATE_PROOF:
            return {}
        months, weeks = length_of(self.said["Lasts"])
        return {
            "starts_on": typed_day(self, "Starts"),
            "months": months,
            "weeks": weeks,
            "go_live_on": typed_day(self, "Go-live"),
        }

    async def save(self) -> object:
        """Pass it."""
        actor, at = self.desk.actor.id, self.desk.now()
        reason = self.said.get("Why", "")
        done = await self.desk.call(
            gates.pass_gate, self.gate.held.id, self.gate.name, actor, at, reason, **self._term()
        )
        return done.sentence


class CloseDialog(OnboardingForm):
    """Ends an onboarding whose customer is in continuous support."""

    HINT = "enter or {do} closes the onboarding   {close} leaves it"

    def __init__(self, held: Held) -> None:
        self.held = held
        super().__init__(f"Close the onboarding of {clean(held.customer)}?", {"Why": Line("a word on it, or nothing")})

    async def look(self) -> Told:
        """Say what it means."""
        may = "" if self.desk.actor.role in MANAGERS else " A TAM or a lead does it."
        return [("plain", f"All gates are passed. Closed, it leaves the portfolio; e there shows it again.{may}")]

    async def save(self) -> object:
        """Close it."""
        actor, at = self.desk.actor.id, self.desk.now()
        return (await self.desk.call(phases.close, self.held.id, actor, at, self.said["Why"])).sentence


def _first(missing: list[Missing]) -> list[Missing]:
    return sorted(missing, key=lambda each: not each.firm)[:SHOWN]


def length_of(text: str) -> tuple[int | None, int | None]:
    """Return months and weeks, one of them None, of `3 months`, `10 weeks`, `3`; both None where nothing is said."""
    words = text.lower().split()
    if not words:
        return None, None
    number, unit = words[0], " ".join(words[1:])
    if len(words) == 1:
        number, unit = words[0].rstrip("abcdefghijklmnopqrstuvwxyz"), words[0].lstrip("0123456789")
    if number.isascii() and number.isdigit() and len(number) < 4:
        if unit in ("w", "week", "weeks"):
            return None, int(number)
        if unit in ("", "m", "month", "months"):
            return int(number), None
    raise OnboardingRefused(f"{text.strip()!r} is no length; type it like 3 months or 10 weeks.")
