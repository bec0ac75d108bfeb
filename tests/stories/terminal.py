"""A real `tamdesk` on a pseudo-terminal of its own, seen through a terminal emulator as a person would see it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 20
"""Seconds after which something that should have happened will not."""
BOOT = """
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # a session leader that opens a terminal is controlled by it
from cli.main import main
code = main()
if "TAMDESK_TEST_MODULES" in os.environ:
    with open(os.environ["TAMDESK_TEST_MODULES"], "w") as file:
        print(*sys.modules, file=file)
sys.exit(code)
"""
KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "ctrl+o": "\x0f", "ctrl+r": "\x12", "ctrl+t": "\x14"}
_SEQUENCES = re.compile(rb"\x1b\[<[0-9;]*[a-zA-Z]")
"""Sequences that the emulator does not know and would print."""


class Terminal:
    """A program on a terminal of that size; use it as a context, which ends the program."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 120,
        rows: int = 36,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.fd, theirs = pty.openpty()
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-c", BOOT, *arguments],
            cwd=ROOT,
            env=environment_of(home, environment or {}),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._open = True

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close()

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)
        self.process.send_signal(signal.SIGWINCH)

    def close(self) -> None:
        """Take the terminal away, as a dropped connection does."""
        if self._open:
            self._open = False
            os.close(self.fd)

    @property
    def lines(self) -> list[str]:
        """What the person sees; the second cell of a wide sign is empty, also while its first one is being redrawn."""
        return ["".join(self.cells(line)).rstrip() for line in range(self._screen.lines)]

    @property
    def text(self) -> str:
        """What the person sees, as one text."""
        return "\n".join(self.lines)

    def cells(self, line: int) -> list[str]:
        """Return what stands in each cell of a line; the second cell of a wide sign is empty."""
        row = self._screen.buffer[line]
        return [row[column].data for column in range(self._screen.columns)]

    def marked(self, column: int) -> list[int]:
        """Return the lines between header and footer whose background in that column is not the usual one."""
        backs = [self._screen.buffer[line][column].bg for line in range(self._screen.lines)]
        usual = max(set(backs), key=backs.count)
        return [line for line, back in enumerate(backs[:-1]) if line and back != usual]

    def reversed_lines(self, column: int) -> list[int]:
        """Return the lines that are drawn in reverse in that column."""
        return [line for line in range(self._screen.lines) if self._screen.buffer[line][column].reverse]

    def column_of(self, line: int, text: str) -> int | None:
        """Return the cell in which a text begins, however wide the signs before it are; None where it is not."""
        cells = self.cells(line)
        return next((column for column in range(len(cells)) if "".join(cells[column:]).startswith(text)), None)

    def colours(self) -> set[str]:
        """Return the names of the colours on the screen, of text and of background."""
        found = set()
        for row in range(self._screen.lines):
            for column in range(self._screen.columns):
                cell = self._screen.buffer[row][column]
                found |= {cell.fg, cell.bg}
        return found

    def press(self, *keys: str) -> None:
        """Press keys by name, or type a text."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within that time; False where nothing came."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:  # Linux's way to say that nobody has the other end any more
            return False
        self.raw += data
        self._stream.feed(_SEQUENCES.sub(b"", data))
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;c")
        return bool(data)

    def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> float:
        """Read until it holds; return the seconds that took. Fails with the screen where it does not come true."""
        begun = time.monotonic()
        while not holds():
            waited = time.monotonic() - begun
            assert waited < patience, f"not within {patience} s; on the screen:\n{self.text}"
            if not self.read(min(0.1, patience)) and self.process.poll() is not None and not self.read(0):
                assert holds(), f"the program ended with {self.process.returncode}; on the screen:\n{self.text}"
        return time.monotonic() - begun

    def see(self, *texts: str, patience: float = PATIENCE) -> float:
        """Wait until all these texts are on the screen."""
        return self.until(lambda: all(text in self.text for text in texts), patience)

    def no_longer(self, text: str) -> float:
        """Wait until a text has left the screen."""
        return self.until(lambda: text not in self.text)

    def quiet(self) -> None:
        """Read until the program has nothing more to draw for the moment."""
        while self.read(0.15):
            pass

    def ended(self, patience: float = PATIENCE) -> int:
        """Read until the program has ended; return its exit code."""
        if self._open:
            until = time.monotonic() + patience
            while self.process.poll() is None and time.monotonic() < until:
                self.read(0.05)
        code = self.process.wait(patience)
        while self._open and self.read(0):
            pass
        return code

    def processor_seconds(self) -> float:
        """Seconds of processor time that the program has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it as a crash does: at once, without a chance to keep anything."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


def environment_of(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """An environment in which nothing of this machine shows: folders of its own, a fixed zone, a common terminal."""
    base = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    return {**base, **more}
