"""A DataTable whose 40 cells are updated every second."""

import time

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Timers(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        self.clock, *_ = table.add_columns("Clock", "#", "S", "Customer", "Subject", "Owner")
        self.lines = [
            table.add_row("0:00:00", str(row), "3", f"Customer {row}", "login token fails for some users", "bench")
            for row in range(40)
        ]
        self.due = [int(time.time()) + 1800 + row * 600 for row in range(40)]
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        table, now = self.query_one(DataTable), int(time.time())
        for row, due in zip(self.lines, self.due, strict=True):
            left = due - now
            table.update_cell(row, self.clock, f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}")


Timers().run()
