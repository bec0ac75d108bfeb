"""A key press to the last byte of its answer, at a million tickets, beside a DataTable with a tenth of that."""

from __future__ import annotations

from statistics import median

from bench.desks import desk
from bench.programs import Program, peer, tamdesk
from bench.table import show, verdict
from bench.terminal import Terminal

IN_PAGE, SCROLLING, PAGES = 18, 200, 60
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"


class Answers:
    """What the presses of one kind cost: milliseconds and bytes."""

    def __init__(self, found: list[tuple[float, int]]) -> None:
        self.times = sorted(time for time, _ in found)
        self.bytes = median(size for _, size in found)
        self.middle = median(self.times)
        self.p95 = self.times[int(0.95 * (len(self.times) - 1))]
        self.worst = self.times[-1]

    def row(self, name: str) -> tuple[str, ...]:
        """A line of the table."""
        return name, f"{self.middle:.1f}", f"{self.p95:.1f}", f"{self.worst:.1f}", f"{self.bytes:.0f}"


def measure(program: Program) -> tuple[Answers, Answers, Answers]:
    """Presses inside the page, beyond its edge, and whole pages."""
    command, ready = program
    with Terminal(command) as terminal:
        terminal.until(ready)
        terminal.settle(1)
        inside = []
        for _ in range(6):
            for key in (DOWN, "\x1b[A"):
                inside += _press(terminal, key, IN_PAGE)
        _press(terminal, DOWN, 60)
        return Answers(inside), Answers(_press(terminal, DOWN, SCROLLING)), Answers(_press(terminal, PAGE_DOWN, PAGES))


def _press(terminal: Terminal, key: str, times: int) -> list[tuple[float, int]]:
    found = []
    for _ in range(times):
        answer = terminal.press(key)
        # What follows a rested cursor (the preview) belongs to no key.
        terminal.settle(0.15)
        if answer is not None:
            found.append(answer)
    return found


def main() -> None:
    """Print the table."""
    # Its clocks stand still: a tick inside the quiet that ends an answer would be taken for a part of it.
    ours = measure(tamdesk(desk("still", 1_000_000, closed_now=True)))
    theirs = measure(peer("table", "100000", ready="case 20"))
    head = ("key to last byte", "median ms", "p95", "worst", "bytes")
    kinds = ("in the page", "scrolling", "page down")
    rows = [answers.row(f"tamdesk 1,000,000, {kind}") for kind, answers in zip(kinds, ours, strict=True)]
    rows += [answers.row(f"DataTable 100,000, {kind}") for kind, answers in zip(kinds, theirs, strict=True)]
    show("Keys", head, rows)
    inside, scrolling, _ = ours
    verdict("in the page: median 3 ms, 95th percentile 5", inside.middle <= 3 and inside.p95 <= 5)
    verdict("scrolling: median 5 ms, 95th percentile 8", scrolling.middle <= 5 and scrolling.p95 <= 8)
    verdict("worst 30 ms", max(inside.worst, scrolling.worst) <= 30)
    verdict("scrolling at most half of DataTable's", scrolling.middle <= theirs[1].middle / 2)
    verdict("at most 400 bytes a key in the page", inside.bytes <= 400)
