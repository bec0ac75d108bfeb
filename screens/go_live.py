"""The check before go-live: its own list, the word of both sides, what is missing, and the gate."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, cast

from onboarding import gates, sign_off
from onboarding.evidence import EvidenceRow, evidence
from onboarding.gates import GateRow
from onboarding.reading import SIGNS as SIGNS_OF
from onboarding.reading import ItemLine, checklist
from onboarding.rules import held
from onboarding.sign_off import SignOffRow
from onboarding.words import CUSTOMER, GATE_GO_LIVE, GO_LIVE_PART, SETTLED, SIDES, TERM, VENDOR
from screens.commands import LIST_COMMANDS, Command, bindings
from screens.onboarding_acting import why_not_item
from screens.onboarding_commands import BEGIN, DONE, EVIDENCE, EXCLUDE
from screens.onboarding_commands import GO_LIVE as HERE
from screens.onboarding_parts import PartScreen, Told, labelled
from screens.onboarding_parts_commands import LIVE_COMMANDS, SIGN_OURS, SIGN_THEIRS, WITHDRAW
from screens.widgets.checklist import SIDES as WHOSE
from screens.widgets.plain_list import Pieces, Shape
from screens.widgets.text import clean, fit
from screens.widgets.timeline import day_text
from screens.widgets.when import when

WIDE = 100
ON_ITEMS = (DONE, BEGIN, EVIDENCE, EXCLUDE)
EMPTY = "There is no check-up yet. A in the checklist takes it from the template."


class Check(NamedTuple):
    """The check before go-live as it stands; `passed` once the customer is live."""

    customer: str
    customer_id: int
    phase: str
    today: date
    go_live_on: date
    items: tuple[ItemLine, ...]
    evidence: tuple[EvidenceRow, ...]
    signed: tuple[SignOffRow, ...]
    signers: tuple[tuple[int, str], ...]
    open_points: tuple[str, ...]
    passed: GateRow | None


def read(onboarding_id: int, now: int) -> Check:
    """Read it; runs on the database thread."""
    found = held(onboarding_id)
    groups = checklist(onboarding_id, now).groups
    return Check(
        found.customer,
        found.customer_id,
        found.phase,
        found.today(now),
        date.fromisoformat(found.go_live_on),
        tuple(item for group in groups for item in group.items if item.part == GO_LIVE_PART),
        tuple(evidence(onboarding_id)),
        tuple(sign_off.sign_offs(onboarding_id)),
        tuple(sign_off.signers(found.customer_id)),
        gates.missing(onboarding_id, GATE_GO_LIVE, now),
        next((row for row in gates.passed(onboarding_id) if row.gate == GATE_GO_LIVE), None),
    )


def shape() -> Shape:
    """Shape an item of the check: who has it, when it is due, what shows it."""

    def heading(width: int) -> str:
        return f"    {'Check':<{_room(width)}} {'Who':<16} {'Due':<11} Shown"

    def line(item: object, width: int) -> Pieces:
        row = cast(ItemLine, item)
        style = "quiet" if row.state in SETTLED else "warning" if row.overdue or row.blocked_by else "plain"
        due = day_text(date.fromisoformat(row.due_on)) if row.due_on else "–"
        told = row.state if row.state in SETTLED else f"✕ {due}" if row.overdue else due
        mark = f"{row.evidence:>5}" if row.evidence else "    –"
        return (
            (style, f"  {SIGNS_OF[row.state]} {fit(row.title, _room(width))} "),
            ("quiet", f"{fit(row.owner or WHOSE[row.side], 16)} "),
            (style, f"{fit(told, 11)} "),
            ("quiet", mark),
        )

    return Shape(heading, line, EMPTY)


def _room(width: int) -> int:
    return max(10, width - 40)


class GoLiveScreen(PartScreen):
    """The check before go-live."""

    OFFERS = LIVE_COMMANDS
    BINDINGS = bindings(tuple(command for command in LIVE_COMMANDS if command not in LIST_COMMANDS))
    HERE = HERE
    FOR_MANAGERS = (SIGN_OURS, SIGN_THEIRS, WITHDRAW)
    CHOOSES = DONE
    LINES = (9, 14)

    def __init__(self, onboarding_id: int) -> None:
        super().__init__(shape(), onboarding_id)
        self.found: Check | None = None

    async def take(self) -> None:
        """Read it."""
        found = await self.desk.attempt(read, self.onboarding_id, self.desk.now())
        if found is None or not self.is_attached:
            return
        self.found, self.customer, self.customer_id = found, found.customer, found.customer_id
        self.summary.tell(sentence(found))
        self.list.show_lines(found.items)
        self.moved()

    def moved(self) -> None:
        """Tell the item in full, then who signed, then what is missing."""
        if self.found is None:
            return
        lines: Told = []
        if self.item is not None:
            lines = [("strong", clean(self.item.title)), *self._item_told(self.item)]
        self.details.tell("", [*lines, *self._signed(self.found), *_missing(self.found)])
        self.footer_line.tell(self.footer_keys())

    def _item_told(self, item: ItemLine) -> Told:
        lines = [labelled("Done means", item.done_means)] if item.done_means else []
        if item.blocked_by:
            lines.append(labelled("Blocked by", f"{item.blocked_by}: {item.reason}", "warning"))
        if item.first:
            lines.append(labelled("Comes after", ", ".join(item.first)))
        found = cast(Check, self.found).evidence
        return lines + [labelled("Evidence", each.text) for each in found if each.item_id == item.id][-2:]

    def _signed(self, found: Check) -> Told:
        lines, by_side = [], {row.side: row for row in found.signed}
        for side in SIDES:
            row = by_side.get(side)
            name = clean(found.customer) if side == CUSTOMER else "We"
            if row is None:
                lines.append(labelled("Signed ○", f"{name}: not yet", "warning"))
            else:
                at = when(row.at, self.desk.now(), self.desk.actor.zone)
                recorded = f", recorded by {row.recorded_by}" if side == CUSTOMER and row.recorded_by else ""
                lines.append(labelled("Signed ●", f"{name}: {row.name}, {at}{recorded}", "accent"))
        return lines

    def obstacle(self, command: Command) -> str | None:
        """Say what stands against it."""
        found = self.found
        if found is None:
            return "The check is being read."
        if command in ON_ITEMS:
            return why_not_item(command, self.item, self.desk.actor.role) if self.item else EMPTY
        signed = {row.side for row in found.signed}
        if command in (SIGN_OURS, SIGN_THEIRS):
            return self._why_not_signed(VENDOR if command is SIGN_OURS else CUSTOMER, found, signed)
        if command is WITHDRAW and not signed:
            return "Nobody has signed yet."
        if command is WITHDRAW and found.passed:
            return f"{clean(found.customer)} is live already; note a risk instead."
        return None

    def _why_not_signed(self, side: str, found: Check, signed: set[str]) -> str | None:
        if side in signed:
            return f"The {side} has signed already; z takes it back."
        if not found.items:
            return EMPTY
        left = sum(item.state not in SETTLED for item in found.items)
        if left:
            return f"{left} of {len(found.items)} checks are open; finish them, then sign."
        if side == CUSTOMER and not found.signers:
            return f"{clean(found.customer)} has no contact on the desk; add one first."
        return None

    async def action_ours(self) -> None:
        """Sign for the vendor, after a question."""
        from screens.dialogs.sign_off import open_ours

        await open_ours(self, self.onboarding_id, self.customer)

    async def action_theirs(self) -> None:
        """Record who signed for the customer."""
        from screens.dialogs.sign_off import open_theirs

        await open_theirs(self, self.onboarding_id, self.customer, cast(Check, self.found).signers)

    async def action_withdraw(self) -> None:
        """Take a side's word back."""
        from screens.dialogs.sign_off import WithdrawDialog

        signed = cast(Check, self.found).signed
        await self.ask(WithdrawDialog(self.onboarding_id, signed))


def _missing(found: Check) -> Told:
    """What the gate waits for, beside the checks that the list shows anyhow."""
    if found.passed is not None:
        over = f", over {len(found.passed.missing)} open points: {found.passed.reason}" if found.passed.missing else ""
        return [labelled("Gate", f"passed by {found.passed.person or 'the desk'}{over}", "accent")]
    if not found.open_points:
        return [labelled("Gate", "nothing is missing; p passes it", "accent")]
    titles = {f"{item.title} is open ({item.state})." for item in found.items}
    left = [each for each in found.open_points if each not in titles]
    return [labelled("Missing" if place == 0 else "", each, "plain") for place, each in enumerate(left)]


def sentence(found: Check) -> str:
    """Return how it stands, in a sentence."""
    name = clean(found.customer)
    done = sum(item.state in SETTLED for item in found.items)
    checks = f"{done} of {len(found.items)} done, {len(found.signed)} of 2 sides signed"
    if found.passed is not None:
        return f"{name} is live    {checks}"
    if found.phase != TERM:
        return f"{name} is in the {found.phase}; the check belongs to the onboarding term    {checks}"
    left = (found.go_live_on - found.today).days
    days, day = f"{abs(left)} day{'' if abs(left) == 1 else 's'}", day_text(found.go_live_on)
    when_live = f"go-live in {days}, on {day}" if left >= 0 else f"! go-live {days} late ({day})"
    return f"{name}: {when_live}    {checks}"
