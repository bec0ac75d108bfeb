"""The terminal driver: it ends the program when the terminal is gone, instead of spinning on an empty input."""

from __future__ import annotations

import codecs
import os
import select
from typing import Protocol, runtime_checkable

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

WAKE_MILLISECONDS = 100
"""How often the parser is asked whether a lone escape was the key itself."""


@runtime_checkable
class Leaving(Protocol):
    """An app that can be told that its terminal has gone."""

    def hang_up(self) -> None:
        """Leave in order."""


class DeskDriver(LinuxDriver):
    """Reads the terminal; an input that ended or hung up closes the app.

    While another program has the terminal nothing is written: it would be drawn over that program's screen.
    """

    _away = False

    def suspend_application_mode(self) -> None:
        """Leave the terminal to another program."""
        super().suspend_application_mode()
        self._away = True

    def resume_application_mode(self) -> None:
        """Take the terminal back."""
        self._away = False
        super().resume_application_mode()

    def write(self, data: str) -> None:
        """Draw, where the terminal is ours."""
        if not self._away:
            super().write(data)

    def run_input_thread(self) -> None:
        """Pass on what is typed until the driver stops or the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            for _, mask in poll.poll(WAKE_MILLISECONDS):
                data = self._read() if mask & select.POLLIN else b""
                if not data:
                    if isinstance(self._app, Leaving):
                        self._app.hang_up()
                    return
                for event in parser.feed(decode(data)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def _read(self) -> bytes:
        """Return what was typed; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""
