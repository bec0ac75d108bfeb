"""The status report before a customer sees it: looked at, written as files, copied, and kept as what they were told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from models.errors import DatabaseUnavailable, DomainError
from onboarding import report
from onboarding.errors import OnboardingRefused
from onboarding.report_html import html
from onboarding.rules import held
from screens.base import DeskScreen
from screens.commands import bindings, shown_key
from screens.dialogs.frame import Dialog, Line
from screens.dialogs.request_fields import field
from screens.dialogs.why import Lines
from screens.onboarding_parts_commands import COPY_REPORT, GIVEN, SINCE, WRITE
from screens.ticket_commands import CLOSE
from screens.widgets.text import clean, wrap
from sla.wall import day_bounds

REPORT_COMMANDS = (WRITE, COPY_REPORT, GIVEN, SINCE, CLOSE)
WIDE = 112
FRAME = 6
"""Cells of the dialog's frame and margins."""
MOST = 1000


class Made(NamedTuple):
    """A report as it would go out: its text and page, the name of its files, and since when it tells."""

    customer: str
    markdown: str
    html: str
    name: str
    since_on: str | None


def make(onboarding_id: int, now: int, whole: bool) -> Made:
    """Make the report since the last one, or `whole` since the start; on the database thread."""
    told = report.report(onboarding_id, now, _start(onboarding_id) if whole else None)
    words = "".join(sign if sign.isalnum() else " " for sign in told.customer.casefold()).split()
    name = f"status-{'-'.join(words)[:60] or 'report'}-{told.on}"
    return Made(told.customer, report.markdown(told), html(told), name, told.since_on)


def _start(onboarding_id: int) -> int:
    """When the first day of an onboarding begins, UTC seconds."""
    found = held(onboarding_id)
    return day_bounds(found.zone, date.fromisoformat(found.starts_on).toordinal())[0]


def write_both(folder: Path, made: Made) -> str:
    """Write both files under a name that is free, never over another file; returns their path without its ending.

    Raises OnboardingRefused where they cannot be written.
    """
    if not folder.is_dir():
        raise OnboardingRefused(f"{folder} is no folder of this machine; make it, or name another one.")
    for number in range(1, MOST):
        base = folder / (made.name if number == 1 else f"{made.name}-{number}")
        paths = [base.with_name(f"{base.name}.{ending}") for ending in ("md", "html")]
        if any(path.exists() for path in paths):
            continue
        try:
            for path, text in zip(paths, (made.markdown, made.html), strict=True):
                with path.open("x", encoding="utf-8") as file:
                    file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise OnboardingRefused(f"{paths[0]} cannot be written: {error.strerror}.") from error
        return str(base)
    raise OnboardingRefused(f"There are {MOST} reports of this day in {folder} already; name another folder.")


async def open_report(screen: DeskScreen, onboarding_id: int) -> None:
    """Make the report, and show it."""
    made = await screen.desk.attempt(make, onboarding_id, screen.desk.now(), False)
    if made is not None:
        await screen.app.push_screen(ReportDialog(onboarding_id, made, screen.app.size.width))


class ReportDialog(Dialog):
    """Shows the Markdown; the keys work while it is read, and enter in the line of the folder writes."""

    OFFERS = REPORT_COMMANDS
    BINDINGS = bindings((WRITE, COPY_REPORT, GIVEN, SINCE))
    AUTO_FOCUS = "Lines"
    DEFAULT_CSS = f"""
    ReportDialog > #box {{ width: {WIDE}; height: 100%; }}
    ReportDialog Lines {{ height: 1fr; }}
    ReportDialog .field {{ height: 1; margin-top: 1; }}
    ReportDialog .field Told {{ width: 8; }}
    ReportDialog #hint {{ margin-top: 0; }}
    """
    folder: ClassVar[str] = "."
    """The one that was written into last."""

    def __init__(self, onboarding_id: int, made: Made, width: int) -> None:
        super().__init__(f"Status report for {clean(made.customer)}")
        self.onboarding_id, self.made = onboarding_id, made
        self._room = min(width, WIDE) - FRAME
        self.text = Lines([])
        self.path = Line("a folder of this machine")
        self.whole = False

    def body(self) -> Iterable[Widget]:
        """Show the text, and where the files go."""
        yield self.text
        yield field("Folder", self.path)

    @on(events.Mount)
    def _begin(self) -> None:
        self.path.value = ReportDialog.folder
        self._show()

    def _show(self) -> None:
        self.text.lines = [(_style(line), part) for line in self.made.markdown.split("\n") for part in self._cut(line)]
        self.text.top = 0
        self.text.refresh()
        since = f"since {self.made.since_on}" if self.made.since_on else "from the beginning"
        self.head.tell(f"Status report for {clean(self.made.customer)}, {since}")

    def _cut(self, line: str) -> list[str]:
        return wrap(line, self._room)

    def tell_hint(self) -> None:
        """Say what to press."""
        keys = {command: shown_key(self.desk.keys_of(command).split(",")[0]) for command in REPORT_COMMANDS}
        told = "   ".join(f"{keys[command]} {command.footer}" for command in REPORT_COMMANDS)
        self.hint.tell(f"j k scroll   {told}   tab folder")

    async def action_write(self) -> None:
        """Write both files, beside the work of the screen."""
        folder = Path(self.path.value.strip() or ".").expanduser().absolute()
        try:
            base = await asyncio.to_thread(write_both, folder, self.made)
        except OnboardingRefused as refusal:
            self.refuse(str(refusal))
            return
        ReportDialog.folder = str(folder)
        self.hint.tell(f"Wrote {clean(base)}.md and .html.")

    @on(Input.Submitted)
    async def _entered(self) -> None:
        await self.action_write()
        self.text.focus()

    def action_copy(self) -> None:
        """Copy the Markdown."""
        self.desk.copy(self.made.markdown)
        self.hint.tell("Copied the Markdown.")

    async def action_since(self) -> None:
        """Tell of everything, or since the last report."""
        self.whole = not self.whole
        made = await self.desk.attempt(make, self.onboarding_id, self.desk.now(), self.whole)
        if made is not None:
            self.made = made
            self._show()
            self.tell_hint()

    async def action_given(self) -> None:
        """Keep that the customer was told."""
        actor, at = self.desk.actor.id, self.desk.now()
        try:
            await self.desk.call(report.keep, self.onboarding_id, self.made.markdown, actor, at)
        except (DomainError, DatabaseUnavailable) as refusal:
            self.refuse(str(refusal))
            return
        self._done = True
        self.desk.say(f"Kept what {self.made.customer} was told; the next report begins here.")
        self.dismiss(None)


def _style(line: str) -> str:
    """Return the style of a line of Markdown."""
    return "strong" if line.startswith("#") else "quiet" if line.startswith("| ---") else "plain"
