"""A program on a pseudo-terminal: how long until a text is painted, what a key costs, what it does at rest."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ESCAPES = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;:?<>=]*[a-zA-Z$]p?|\x1b[()][A-Z0-9]")
QUIET = 0.06


@dataclass
class Terminal:
    """A running program; use it as a context."""

    command: Sequence[str]
    columns: int = 120
    rows: int = 36
    environment: dict[str, str] = field(default_factory=dict)
    pid: int = 0
    fd: int = -1
    written: int = 0
    seen: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> Terminal:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **self.environment})
            os.environ.update({"LINES": str(self.rows), "COLUMNS": str(self.columns)})
            os.execvp(self.command[0], list(self.command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(os.getpgid(self.pid), signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, seconds: float) -> float | None:
        """Read what comes within the time; answer the instant of the first of it."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return None
        try:
            data = os.read(self.fd, 1 << 20)
        except OSError:
            return None
        at = time.perf_counter()
        self.written += len(data)
        self.seen += data
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;c")
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        return at

    def until(self, text: str, patience: float = 60) -> float:
        """Milliseconds from the start until the text has been painted."""
        wanted = text.encode()
        while time.perf_counter() - self.started < patience:
            at = self.read(0.5)
            if at is not None and wanted in ESCAPES.sub(b"", bytes(self.seen)):
                return (at - self.started) * 1000
        raise TimeoutError(f"{' '.join(self.command)} did not show {text!r}: {bytes(self.seen[-2000:])!r}")

    def settle(self, quiet: float = QUIET) -> float | None:
        """Read until nothing has come for `quiet` seconds; answer the instant of the last output."""
        last = None
        while (at := self.read(quiet)) is not None:
            last = at
        return last

    def press(self, keys: str) -> tuple[float, int] | None:
        """Press; answer the milliseconds to the last byte of the answer, and its bytes."""
        before, pressed = self.written, time.perf_counter()
        os.write(self.fd, keys.encode())
        last = self.settle()
        return None if last is None else ((last - pressed) * 1000, self.written - before)

    def ticks(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def idle(self, seconds: float) -> tuple[float, float]:
        """Percent of a core and bytes a second, over some seconds at rest."""
        self.settle(0.5)
        used, written, begun = self.ticks(), self.written, time.perf_counter()
        while (left := begun + seconds - time.perf_counter()) > 0:
            self.read(min(left, 0.5))
        spent = time.perf_counter() - begun
        return 100 * (self.ticks() - used) / spent, (self.written - written) / spent

    def memory(self) -> float:
        """Proportional set size in MiB."""
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024  # type: ignore[index]
