"""At rest: forty live timers beside a DataTable whose forty cells are updated, and a closed desk."""

from __future__ import annotations

from bench.desks import desk
from bench.programs import Program, hello, peer, tamdesk
from bench.table import show, verdict
from bench.terminal import Terminal

SECONDS = 30
ROWS = 60


def measure(program: Program) -> tuple[float, float]:
    """Percent of a core and bytes a second."""
    command, ready = program
    with Terminal(command, rows=ROWS) as terminal:
        terminal.until(ready)
        terminal.settle(1)
        return terminal.idle(SECONDS)


def main() -> None:
    """Print the table."""
    programs = {
        "Textual hello-world": hello(),
        "DataTable, 40 cells updated": peer("timers", ready="Customer 9"),
        "tamdesk, 40 timers and more": tamdesk(desk("timers", 1000, open_share=1)),
        "tamdesk, outside support hours": tamdesk(desk("closed", 1000, open_share=1, closed_now=True)),
    }
    held = {name: measure(program) for name, program in programs.items()}
    rows = [(name, f"{share:.2f}", f"{size:.0f}") for name, (share, size) in held.items()]
    show(f"At rest, {SECONDS} s", ("program", "% of a core", "bytes/s"), rows)
    _, (cells, cell_bytes), (timers, timer_bytes), (_, closed_bytes) = held.values()
    verdict("at most a fifth of the DataTable's processor time", timers <= cells / 5)
    verdict("at most 6 % of its bytes, and 800 bytes/s", timer_bytes <= 0.06 * cell_bytes and timer_bytes <= 800)
    verdict("outside support hours nothing is written", closed_bytes == 0)
