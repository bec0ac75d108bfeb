"""The parts of a time entry as a form; together they are the line that says the same."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.ticket_reply import Told
from screens.widgets.text import clean
from tam.activities import KEYS
from tam.entry_preview import Understood
from tam.entry_words import clock_text

AS_ACTIVITY = "as the activity says"
COUNTS = {AS_ACTIVITY: "", "counts": "count", "does not count": "nocount"}
BILLABLE = {AS_ACTIVITY: "", "billable": "billable", "not billable": "nonbillable"}


def _field(title: str, widget: Widget) -> Horizontal:
    return Horizontal(Told(title), widget, classes="field")


class TimeForm(Vertical):
    """Customer, length, day, activity, ticket, whether it counts, and the note."""

    DEFAULT_CSS = """
    TimeForm { height: auto; }
    TimeForm .field { height: 1; }
    TimeForm .field Told { width: 13; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = self.customer = Line("a name, a key, or the beginning of one")
        self.length = Line("1h30, 45m, 1:30 or 9:15-10:45")
        self.day = Line("today; or yesterday, mon, 12 mar, 2026-03-12")
        self.activity = Cycle(KEYS)
        self.ticket = Line("a number, where it was for one")
        self.counts, self.billable = Cycle(tuple(COUNTS)), Cycle(tuple(BILLABLE))
        self.note = Line("what it was, in a line")

    def compose(self) -> ComposeResult:
        """Place the fields."""
        yield _field("Customer", self.customer)
        yield _field("How long", self.length)
        yield _field("Day", self.day)
        yield _field("Activity", self.activity)
        yield _field("Ticket", self.ticket)
        yield _field("Allowance", self.counts)
        yield _field("Invoice", self.billable)
        yield _field("Note", self.note)

    @property
    def line(self) -> str:
        """All fields as one line."""
        name, ticket = " ".join(self.customer.value.split()), self.ticket.value.strip().lstrip("#")
        parts = [
            self.length.value.strip(),
            self.day.value.strip(),
            '"' + name.replace('"', '""') + '"' if name else "",
            self.activity.value,
            f"#{ticket}" if ticket else "",
            COUNTS[self.counts.value],
            BILLABLE[self.billable.value],
        ]
        note = self.note.value.strip()
        return " ".join(part for part in parts if part) + (f", {note}" if note else "")

    def fill(self, found: Understood | None) -> None:
        """Show what a line said."""
        if found is None:
            return
        said = found.parsed
        times = f"{said.started[11:]}-{said.ended[11:]}" if said.started and said.ended else ""
        spans = {span.kind for span in said.spans}
        self.customer.value = clean(said.customer or found.key)
        self.length.value = times or (clock_text(said.minutes) if said.minutes is not None else "")
        self.day.value = said.on if "day" in spans else ""
        self.activity.tell(KEYS, KEYS.index(said.activity))
        self.ticket.value = str(said.ticket_id) if said.ticket_id is not None else ""
        self.counts.tell(tuple(COUNTS), {None: 0, True: 1, False: 2}[said.counts])
        self.billable.tell(tuple(BILLABLE), {None: 0, True: 1, False: 2}[said.billable])
        self.note.value = clean(said.note)
