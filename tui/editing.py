"""A text in the person's own editor: a private file while it lasts, and never a text lost by it."""

from __future__ import annotations

import asyncio
import re
import shlex
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAVING_SECONDS = 3
"""How long an editor that is told to end may take before it is killed."""
BYTES_A_SIGN = 4
"""The most bytes that UTF-8 needs."""
UNSET = (
    "No editor is set. Name one in VISUAL or EDITOR, or as editor under [screen] in the configuration; nothing changed."
)


class EditorFailed(Exception):
    """Nothing came back from the editor; the message is one sentence that says why, and that the draft stays."""


class Editing:
    """One text in one editor.

    `run` belongs on a thread of its own: it touches files and waits. After it `edited` is what came back, None where
    nothing did, and `said` a sentence where something went wrong. Of `name` only harmless signs are kept; a text has
    at most `longest` characters.
    """

    def __init__(self, command: str, text: str, name: str, longest: int) -> None:
        self.edited: str | None = None
        self.said = ""
        self._command, self._text, self._longest = command, text, longest
        self._name = re.sub(r"[^A-Za-z0-9.-]+|^[.-]+", "-", name).strip("-") or "text.md"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._leaving = False
        self._over = asyncio.Event()

    def run(self) -> None:
        """Have the text edited, and wait until the editor ends."""
        try:
            # A folder of its own, for its owner only: what an editor puts beside a file goes with it.
            with tempfile.TemporaryDirectory(prefix="tamdesk-", ignore_cleanup_errors=True) as folder:
                self.edited = self._edit(Path(folder) / self._name)
        except EditorFailed as failed:
            self.said = str(failed)
        except OSError as error:
            self.said = f"The text cannot be handed to an editor: {error.strerror or error}. Your draft is kept."

    def over(self) -> None:
        """Tell that the terminal is the app's again."""
        self._over.set()

    async def end(self) -> None:
        """End the editor because the program ends; what it had saved is the text."""
        self._signal(signal.SIGHUP)
        try:
            await asyncio.wait_for(self._over.wait(), LEAVING_SECONDS)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._over.wait()

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            self._leaving = True
            if self._process is not None:
                self._process.send_signal(number)

    def _edit(self, path: Path) -> str:
        words = self._words()
        path.touch(0o600, exist_ok=False)
        path.write_bytes((self._text + "\n" if self._text else "").encode("utf-8", "replace"))
        try:
            with self._lock:
                if self._leaving:
                    raise EditorFailed("The program ends.")
                self._process = subprocess.Popen([*words, str(path)])
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise EditorFailed(f"{words[0]} cannot be started: {reason}. Your draft is kept.") from error
        code = self._process.wait()
        if code > 0 and not self._leaving:
            raise EditorFailed(f"{words[0]} ended with {code}, so nothing was taken over; your draft is kept.")
        found = self._read(path, words[0])
        if code:
            self.said = f"{words[0]} was ended from outside; what it had saved is your draft."
            return found or self._text  # it may have been ended while it was writing
        return found

    def _words(self) -> list[str]:
        try:
            words = shlex.split(self._command)
        except ValueError as error:
            raise EditorFailed(f"The editor {self._command!r} cannot be read: {error}. Your draft is kept.") from error
        if not words:
            raise EditorFailed(UNSET)
        return words

    def _read(self, path: Path, editor: str) -> str:
        """Return what was saved, without the line end that editors put last."""
        most = BYTES_A_SIGN * self._longest
        try:
            with path.open("rb") as file:
                body = file.read(most + 1)
            text = body.decode("utf-8-sig") if len(body) <= most else ""
        except UnicodeDecodeError as error:
            raise EditorFailed(f"What {editor} saved is not UTF-8; your draft is kept.") from error
        except OSError as error:
            raise EditorFailed(f"What {editor} saved cannot be read: {error.strerror}. Your draft is kept.") from error
        if len(text) > self._longest or len(body) > most:
            signs = f"{self._longest:,}".replace(",", " ")
            raise EditorFailed(f"What {editor} saved is too long: a text holds {signs} signs. Your draft is kept.")
        return text.replace("\r\n", "\n").removesuffix("\n")


@contextmanager
def keys_of_the_editor() -> Iterator[None]:
    """Leave ctrl+c and its like to the editor: the terminal sends them to all programs that share it.

    They get a handler rather than being ignored, which the editor would inherit.
    """
    before = {number: signal.signal(number, _leave_alone) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave_alone(*_: object) -> None:
    """Do nothing."""
