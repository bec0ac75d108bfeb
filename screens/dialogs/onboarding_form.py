"""What the forms about onboardings share: days as people type them, and saving where someone else was faster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from models.errors import StaleRow
from onboarding.reading import ItemLine
from onboarding.rules import Done
from screens.commands import shown_key
from screens.dialogs.call_form import CallForm, Field, Outcome, Told, today
from screens.ticket_commands import CONFIRM
from screens.widgets.text import clean, wrap
from tam.date_words import coming_day

DAYS = "fri, in 2 weeks, 12 mar, 2026-03-12"

__all__ = ("DAYS", "Field", "ItemForm", "OnboardingForm", "Told", "typed_day")


def typed_day(form: CallForm, label: str) -> date | None:
    """Return the day that stands in a field; None where nothing does. Raises a refusal."""
    text = form.said[label].strip()
    return coming_day(text, today(form.desk)) if text else None


class Whole(Outcome):
    """What the form comes to, each sentence in full: a refusal says what is possible at its end."""

    LINES = 5

    def _wrapped(self, width: int) -> list[tuple[str, str]]:
        room = max(10, width - 2)
        return [(style, part) for style, text in self.lines for part in wrap(text, room)[: self.LINES]][: self.MOST]


class OnboardingForm(CallForm):
    """A form about an onboarding; it answers the sentence of what was done."""

    def __init__(self, title: str, fields: dict[str, Field]) -> None:
        super().__init__(title, fields)
        self.outcome = Whole()

    async def run(self, function: Callable[..., Done], *arguments: Any, **more: Any) -> str:
        """Run an operation as whoever acts, now; return its sentence."""
        done = await self.desk.call(function, *arguments, self.desk.actor.id, self.desk.now(), **more)
        return done.sentence


class ItemForm(OnboardingForm):
    """A form about one item: what is typed is kept where someone was faster, and saves over it when asked again."""

    def __init__(self, item: ItemLine, title: str, fields: dict[str, Field]) -> None:
        super().__init__(title, fields)
        self.item, self.version = item, item.version

    async def run(self, function: Callable[..., Done], *arguments: Any, **more: Any) -> str:
        """Run an operation on the item; raises a refusal, after which the same saves over a colleague's change."""
        from onboarding.rules import held_item

        try:
            return await super().run(function, self.item.id, *arguments, version=self.version, **more)
        except StaleRow as stale:
            self.version = (await self.desk.call(held_item, self.item.id)).version
            key = shown_key(self.desk.keys_of(CONFIRM).split(",")[0])
            first = str(stale).removesuffix(" Look again, then save.")
            raise StaleRow(f"{first} What you typed is kept; {key} saves it all the same.") from stale


def titled(what: str, item: ItemLine) -> str:
    """Return the title of a form about an item."""
    return f"{what}: {clean(item.title)}"
