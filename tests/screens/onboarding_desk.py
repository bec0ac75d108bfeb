"""A desk with an onboarding term and a proof of value under way, and the app on the portfolio."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import NamedTuple

from textual.pilot import Pilot

from models.connection import open_desk
from models.reading import rows
from onboarding import evidence, items, starting
from onboarding.evidence import About
from onboarding.words import TERM
from screens.dialogs.frame import Dialog
from tests.screens.queue_desk import Clock, opened, settled, shown
from tests.tickets.cast import Cast, at, cast

NOW = at("2026-06-10 10:00")
BEGAN = at("Mon 09:00")


class Made(NamedTuple):
    """Where the desk is, who is on it, and the items of Globex's term by key."""

    address: str
    who: Cast
    term: int
    proof: int
    items: dict[str, int]


def make(address: str) -> Made:
    """Globex is in its term since 1 June, with one item blocked; Acme in its proof of value."""
    desk = open_desk(address)
    who = cast()
    term = starting.start(who.globex, who.tom, BEGAN, date(2026, 6, 1), phase=TERM)
    proof = starting.start(who.acme, who.anna, BEGAN, date(2026, 6, 1))
    found = dict(rows("SELECT key, id FROM onboarding_item WHERE onboarding_id = ?", (term,)))
    items.give(found["architecture-check"], who.tom, BEGAN, person=who.tom)
    items.start(found["architecture-check"], who.tom, BEGAN)
    blocked = found["identity-configuration"]
    items.give(blocked, who.tom, BEGAN, contact="Vera van der Bloom")
    items.block(blocked, "customer", "no admin rights yet", who.tom, BEGAN)
    about = About(found["architecture-check"])
    evidence.add_link(term, "https://example.com/drawing", who.tom, BEGAN, about=about)
    desk.close()
    return Made(address, who, term, proof, found)


@asynccontextmanager
async def portfolio(made: Made, login: str = "tom", size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot]:
    """The app on the portfolio."""
    async with opened(made.address, Clock(NOW), login=login, size=size) as pilot:
        await press(pilot, "4")
        yield pilot


@asynccontextmanager
async def checklist(made: Made, login: str = "tom", size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot]:
    """The app on Globex's checklist, with the cursor on the first item that is open."""
    async with portfolio(made, login, size) as pilot:
        await press(pilot, "j", "enter")
        yield pilot


async def press(pilot: Pilot, *keys: str) -> None:
    """Press keys, each when the one before is done."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Pilot, text: str) -> None:
    """Type a text."""
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await settled(pilot)


def line_with(pilot: Pilot, text: str) -> str:
    """The line of the screen that holds a text."""
    return next(line for line in shown(pilot) if text in line)


def said(pilot: Pilot) -> str:
    """All that is on the screen, in one line with single spaces and without the edges of a box."""
    return " ".join(" ".join(shown(pilot)).replace("│", " ").split())


def hint(pilot: Pilot) -> str:
    """The last line of the dialog."""
    assert isinstance(pilot.app.screen, Dialog)
    return pilot.app.screen.hint.text
