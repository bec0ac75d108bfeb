"""A DataTable with as many rows as the first argument says."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Clock", "#", "S", "Customer", "Subject", "Owner")
        table.add_rows(
            ("1:55", str(row), "3", f"Customer {row % 200}", f"login token fails for some users, case {row}", "bench")
            for row in range(int(sys.argv[1]))
        )
        table.focus()


Table().run()
