"""What an item comes after: chosen from the checklist, one more or one fewer at a time."""

from __future__ import annotations

from typing import NamedTuple

from onboarding import rules, schedule, tailoring
from onboarding.reading import ItemLine, checklist
from screens.base import DeskScreen
from screens.dialogs.chooser import Chooser, Offer
from screens.dialogs.onboarding_form import titled
from screens.onboarding_acting import do


class Needs(NamedTuple):
    """The items of a checklist, and the ids of those that come before one of them."""

    items: list[ItemLine]
    needed: tuple[int, ...]


def needs(onboarding_id: int, item_id: int, now: int) -> Needs:
    """Read them, on the database thread."""
    rules.held(onboarding_id)
    found = [each for group in checklist(onboarding_id, now).groups for each in group.items if each.id != item_id]
    needed = schedule.needs_of(onboarding_id).get(item_id, ())
    return Needs(sorted(found, key=lambda each: each.id not in needed), needed)


async def open_needs(screen: DeskScreen, item: ItemLine, onboarding_id: int) -> None:
    """Ask for one; what it comes after already is taken away, what it does not is added."""
    found = await screen.desk.attempt(needs, onboarding_id, item.id, screen.desk.now())
    if found is None:
        return
    offers = [
        Offer(
            f"{'✓' if each.id in found.needed else ' '} {each.title}",
            f"{'takes it away   ' if each.id in found.needed else ''}{each.topic}, {each.state}",
            each.id,
        )
        for each in found.items
    ]

    async def change(answer: object) -> None:
        if isinstance(answer, int):
            operation = tailoring.no_need if answer in found.needed else tailoring.need
            await do(screen, operation, item.id, answer)

    await screen.app.push_screen(Chooser(titled("Comes after", item), offers, "No item is called that."), change)
