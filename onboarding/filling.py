"""A template's items as the rows of a checklist, stretched to the time that there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.journal import Transaction
from models.onboardings import ItemNeed, OnboardingItem
from models.reading import rows, scalar
from onboarding.open_days import IsOpen, OpenDays
from onboarding.template import TemplateItem


class Stretch:
    """How a template's offsets fit a term: they are made for `span` working days, and the term has `days`."""

    def __init__(self, span: int, days: int) -> None:
        self.span, self.days = max(span, 1), max(days, 1)

    def offset(self, days: int) -> int:
        """An offset in the term's own working days, to the nearest one."""
        return (days * self.days * 2 + self.span) // (self.span * 2)


ONE_TO_ONE = Stretch(1, 1)


def stretch(span: int, start: date, go_live: date, is_open: IsOpen) -> Stretch:
    """The stretch of a template over the working days from a start to a go-live."""
    return Stretch(span, OpenDays(is_open, start).on_or_before(go_live))


def fill(tx: Transaction, onboarding_id: int, items: Iterable[TemplateItem], by: Stretch) -> None:
    """Add items and what they need to a checklist, behind those that are there; dates come with planning."""
    ids: dict[str, int] = dict(
        rows("SELECT key, id FROM onboarding_item WHERE onboarding_id = ? AND key <> ''", (onboarding_id,))
    )
    last = scalar("SELECT MAX(position) FROM onboarding_item WHERE onboarding_id = ?", (onboarding_id,)) or 0
    added = list(items)
    for position, item in enumerate(added, last + 1):
        ids[item.key] = tx.insert(
            OnboardingItem,
            onboarding=onboarding_id,
            topic=item.topic,
            title=item.title,
            side=item.side,
            part=item.part,
            key=item.key,
            position=position,
            done_means=item.done_means,
            anchor=item.anchor,
            offset=by.offset(item.offset),
            days=item.days,
        )
    for item in added:
        for need in item.needs:
            if need in ids:
                tx.insert(ItemNeed, item=ids[item.key], needed=ids[need])
