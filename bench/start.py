"""Start to the first tickets, and memory, beside Textual's hello-world and a published program."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from bench.desks import desk
from bench.programs import Program, hello, tamdesk, toolong
from bench.table import show, verdict
from bench.terminal import Terminal

ROUNDS = 15
AT_ONCE = 20


def main() -> None:
    """Print both tables."""
    programs = {
        "Textual hello-world": hello(),
        "tamdesk, 100 tickets": tamdesk(desk("hundred", 100, open_share=1)),
        "tamdesk, 1,000,000 tickets": tamdesk(desk("million", 1_000_000)),
        "toolong, 100,000 lines": toolong(),
    }
    starts: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (command, ready) in programs.items():
            with Terminal(command) as terminal:
                starts[name].append(terminal.until(ready))
    middles = {name: median(found) for name, found in starts.items()}
    floor, hundred, million, viewer = middles.values()
    rows = [
        (name, f"{middle:.0f}", f"{min(starts[name]):.0f}", f"{middle / floor:.2f}") for name, middle in middles.items()
    ]
    show(f"Start to the first text, median of {ROUNDS}", ("program", "ms", "best", "times hello"), rows)
    verdict("at most 1.35 times hello-world", max(hundred, million) <= 1.35 * floor)
    verdict("a million tickets within 10 % of a hundred", million <= 1.1 * hundred)
    verdict("ahead of toolong", million < viewer)
    _memory(programs)


def _memory(programs: dict[str, Program]) -> None:
    held = {}
    for name, (command, ready) in programs.items():
        with Terminal(command) as terminal:
            terminal.until(ready)
            terminal.settle(0.5)
            held[name] = terminal.memory()
    command, ready = programs["tamdesk, 1,000,000 tickets"]
    with ExitStack() as stack:
        crowd = [stack.enter_context(Terminal(command)) for _ in range(AT_ONCE)]
        for terminal in crowd:
            terminal.until(ready)
        for terminal in crowd:
            terminal.settle(0.3)
        shared = sum(terminal.memory() for terminal in crowd) / AT_ONCE
    floor = held["Textual hello-world"]
    rows = [(name, f"{size:.1f}", f"{size / floor:.2f}") for name, size in held.items()]
    rows.append((f"tamdesk, 1,000,000 tickets, each of {AT_ONCE}", f"{shared:.1f}", f"{shared / floor:.2f}"))
    show("Memory, proportional set size", ("program", "MiB", "times hello"), rows)
    verdict("at most 1.25 times hello-world", held["tamdesk, 1,000,000 tickets"] <= 1.25 * floor)
    verdict(f"at most 30 MiB each of {AT_ONCE} at once", shared <= 30)
