"""An item of the checklist: a new one of the customer's own, other words for one that is there, and its day."""

from __future__ import annotations

from typing import Any

from onboarding import items, tailoring
from onboarding.errors import OnboardingRefused
from onboarding.reading import ItemLine
from onboarding.words import CUSTOMER, SETTLED, VENDOR
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.dialogs.onboarding_form import DAYS, ItemForm, OnboardingForm, Told, titled, typed_day
from screens.ticket_editor import Editor
from screens.widgets.checklist import day
from screens.widgets.text import clean

SIDES = {"ours": VENDOR, "theirs": CUSTOMER}


class AddDialog(OnboardingForm):
    """Adds an item of the customer's own."""

    def __init__(self, onboarding_id: int, topic: str, topics: tuple[str, ...]) -> None:
        self.onboarding_id = onboarding_id
        line = Line(f"one of {len(topics)}, or a new one")
        line.value = clean(topic)
        fields: dict[str, Any] = {
            "Title": Line("what is to be done, in a line"),
            "Topic": line,
            "Whose": Cycle(tuple(SIDES)),
            "Done means": Editor(placeholder="how both sides see that it is done"),
            "Due": Line(f"{DAYS}; empty: by go-live"),
            "Takes": Line("working days; empty: one"),
        }
        super().__init__("An own item", fields)

    @property
    def draft(self) -> str:
        """What is typed is kept for this onboarding."""
        return f"item-{self.onboarding_id}"

    async def look(self) -> Told:
        """Say by when it would be due."""
        due = typed_day(self, "Due")
        return [("strong", f"due {due:%a} {day(due.isoformat())}" if due else "due by go-live, after the plan")]

    async def save(self) -> object:
        """Add it."""
        said = self.said
        more = {"side": SIDES[said["Whose"]], "done_means": said["Done means"], "due": typed_day(self, "Due")}
        await self.desk.call(
            tailoring.add,
            self.onboarding_id,
            said["Title"],
            self.desk.actor.id,
            self.desk.now(),
            topic=said["Topic"],
            days=working_days(said["Takes"]) or 1,
            **more,
        )
        return f"Added {' '.join(said['Title'].split())}."


class ItemDialog(ItemForm):
    """Changes what an item is called, what done means, its topic, and how long it takes."""

    def __init__(self, item: ItemLine) -> None:
        title, topic, takes = (
            Line("what is to be done, in a line"),
            Line("its topic"),
            Line("working days; empty: as it is"),
        )
        title.value, topic.value = clean(item.title), clean(item.topic)
        means = Editor(placeholder="how both sides see that it is done")
        means.text = item.done_means
        fields: dict[str, Any] = {"Title": title, "Done means": means, "Topic": topic, "Takes": takes}
        super().__init__(item, titled("Item", item), fields)

    async def look(self) -> Told:
        """Say whose it is and how it stands."""
        item = self.item
        due = f", due {day(item.due_on)}" if item.due_on else ""
        return [("quiet", f"{item.state}, {item.owner or 'nobody'} ({item.side}){due}")]

    async def save(self) -> object:
        """Change it."""
        said, item = self.said, self.item
        new: dict[str, Any] = {}
        if said["Title"] != clean(item.title):
            new["title"] = said["Title"]
        if said["Done means"] != item.done_means:
            new["done_means"] = said["Done means"]
        if said["Topic"] != clean(item.topic):
            new["topic"] = said["Topic"]
        if days := working_days(said["Takes"]):
            new["days"] = days
        return await self.run(tailoring.describe, **new) if new else "Nothing was changed."


class DueDialog(ItemForm):
    """Sets the day on which an item is due, or lets it follow the plan again."""

    HINT = "enter or {do} sets it   {close} closes, nothing is changed"

    def __init__(self, item: ItemLine) -> None:
        super().__init__(item, titled("Due", item), {"Due": Line(f"{DAYS}; empty: as the plan has it")})

    async def look(self) -> Told:
        """Say which day is meant, and what it is now."""
        item, due = self.item, typed_day(self, "Due")
        fixed = ", fixed by hand" if item.pinned else ""
        now = f"now due {day(item.due_on)}{fixed}" if item.due_on else "without a day now"
        then = f"due {due:%a} {day(due.isoformat())} {due.year}, fixed" if due else "it follows the plan"
        return [("quiet", now), ("strong", then), ("quiet", "What comes after it moves along.")]

    async def save(self) -> object:
        """Set it."""
        if self.item.state in SETTLED:
            raise OnboardingRefused(f"It is {self.item.state}; reopen it before you give it a day.")
        return await self.run(items.due, typed_day(self, "Due"))


def working_days(text: str) -> int | None:
    """Return how many working days stand in a field; None where nothing does. Raises OnboardingRefused."""
    typed = text.strip().removesuffix("days").removesuffix("day").removesuffix("d").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= 250 and len(typed) < 4):
        raise OnboardingRefused(f"{text.strip()!r} is no number of working days; type one from 1 to 250.")
    return int(typed)
