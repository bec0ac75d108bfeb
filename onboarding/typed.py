"""What a person typed or chose for an onboarding: a line, a date, an item, or a sentence that says what is wrong."""

from __future__ import annotations

from datetime import date

from models.errors import NotFound
from onboarding import rules
from onboarding.errors import OnboardingRefused


def said(text: str, what: str) -> str:
    """What a person wrote, in one line; refused where it is empty."""
    return rules.said(text, f"{what} is missing; write it first.")


def day_of(text: str, what: str) -> date:
    """A local date as it is stored; refused where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise OnboardingRefused(f"{what}: {text!r} is no date; write it like 2026-06-30.") from None


def own_item(onboarding_id: int, item_id: int) -> rules.HeldItem:
    """An item of this onboarding; NotFound for one of another."""
    item = rules.held_item(item_id)
    if item.onboarding_id != onboarding_id:
        raise NotFound(f"{item.title} is an item of another onboarding.")
    return item
