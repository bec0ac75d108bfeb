"""A conversation of any length as lines: only what is near the screen is read, and only what is on it is wrapped."""

from __future__ import annotations

from typing import NamedTuple

from screens.widgets.text import clean, wrap
from screens.widgets.when import elapsed, when
from tickets.records import MessageRow

KEPT = 600
"""How many messages are kept at most; what is farther away is read again when needed."""
AHEAD = 20
"""How near the screen may come to an end of what was read before the next page is wanted."""
STEP = 100_000
"""How many more characters of a message are shown at a time, where it was cut when it was read."""

Key = tuple[int, int]


class Line(NamedTuple):
    """A line to draw: who it belongs to (`customer`, `vendor`, `note` or nobody), its part, and its text."""

    side: str
    part: str
    """`head`, `body`, `cut` or `gap`."""
    text: str


GAP = Line("", "gap", "")


class Talk:
    """Consecutive messages and the line at the top of the screen. No input or output."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.now = 0
        self.messages: list[MessageRow] = []
        self.at_start = self.at_end = True
        self.index = self.line = 0
        self.width, self.height = 80, 1
        self._blocks: dict[int, list[Line]] = {}
        self._longer: dict[int, str] = {}

    @property
    def first(self) -> Key | None:
        """The key of the oldest message that was read."""
        return (self.messages[0].at, self.messages[0].id) if self.messages else None

    @property
    def last(self) -> Key | None:
        """The key of the newest message that was read."""
        return (self.messages[-1].at, self.messages[-1].id) if self.messages else None

    @property
    def at_bottom(self) -> bool:
        """Whether the newest message is in view."""
        return self.at_end and (self.index, self.line) >= self._lowest()

    def resize(self, width: int, height: int) -> None:
        """Show lines of that many cells; the newest stays in view, or else the message at the top."""
        follows = self.at_bottom
        if width != self.width:
            self._blocks.clear()
            self.line = 0
        self.width, self.height = max(8, width), max(1, height)
        self.end() if follows else self.scroll(0)

    def open(self, messages: list[MessageRow], whole: bool, now: int) -> None:
        """Show the newest page; `whole`: nothing stands before it."""
        self.messages, self.at_start, self.at_end, self.now = messages, whole, True, now
        self._blocks.clear()
        self.end()

    def open_start(self, messages: list[MessageRow], whole: bool, now: int) -> None:
        """Show the oldest page; `whole`: nothing follows it."""
        self.messages, self.at_start, self.at_end, self.now = messages, True, whole, now
        self._blocks.clear()
        self.index = self.line = 0

    def open_at(
        self, before: list[MessageRow], after: list[MessageRow], at_start: bool, at_end: bool, now: int
    ) -> None:
        """Show the first of `after` at the top; what stands before it is there to be scrolled to."""
        self.messages, self.at_start, self.at_end, self.now = before + after, at_start, at_end, now
        self._blocks.clear()
        self.index, self.line = len(before), 0
        self.scroll(0)

    def wanted(self) -> tuple[Key | None, Key | None]:
        """Return the keys to read (before, after) so that scrolling on does not wait; None where nothing is wanted."""
        before = None if self.at_start or self.index > AHEAD else self.first
        after = None if self.at_end or len(self.messages) - self.index > AHEAD + self.height else self.last
        return before, after

    def prepend(self, before: Key, messages: list[MessageRow], full: bool) -> None:
        """Add the page that stands before; not `full`: it was the first one."""
        if self.first != before:
            return
        self._blocks.pop(self.messages[0].id, None)
        self.messages = messages + self.messages
        self.index += len(messages)
        self.at_start = not full
        keep = max(KEPT, self.index + self.height + AHEAD)
        if len(self.messages) > keep:
            del self.messages[keep:]
            self.at_end = False
            self._forget()

    def append(self, after: Key, messages: list[MessageRow], full: bool) -> None:
        """Add the page that follows; not `full`: it was the last one."""
        if self.last != after:
            return
        self.messages = self.messages + messages
        self.at_end = not full
        surplus = min(len(self.messages) - KEPT, self.index - AHEAD)
        if surplus > 0:
            del self.messages[:surplus]
            self.index -= surplus
            self.at_start = False
            self._forget()

    def replace(self, messages: list[MessageRow], whole: bool, now: int) -> None:
        """Take over the newest messages, read again: what is in view stays, and the newest is followed."""
        follows, top = self.at_bottom, self.messages[self.index].id if self.messages else None
        self.messages, self.at_start, self.at_end, self.now = messages, whole, True, now
        self._blocks.clear()
        found = next((index for index, message in enumerate(messages) if message.id == top), None)
        if follows or found is None:
            self.end()
        else:
            self.index = found
            self.scroll(0)

    def start(self) -> None:
        """Scroll to the oldest message that was read."""
        self.index = self.line = 0
        self.scroll(0)

    def end(self) -> None:
        """Scroll to the newest message."""
        self.index, self.line = self._lowest()

    def scroll(self, by: int) -> None:
        """Scroll by that many lines, as far as messages were read."""
        if not self.messages:
            self.index = self.line = 0
            return
        line = self.line + by
        while line < 0 and self.index > 0:
            self.index -= 1
            line += len(self._block(self.index))
        while line >= (size := len(self._block(self.index))) and self.index < len(self.messages) - 1:
            line -= size
            self.index += 1
        self.line = max(0, line)
        self.index, self.line = min((self.index, self.line), self._lowest())

    def cut(self) -> tuple[int, int] | None:
        """Return the first message in view that is cut, and how many of its characters to show next."""
        for message in self.messages[self.index : self.index + self.height + 1]:
            shown = len(self._longer.get(message.id, message.body))
            if message.length > shown:
                return message.id, shown + STEP
        return None

    def lengthen(self, message_id: int, body: str) -> None:
        """Show this much of a message from now on."""
        self._longer[message_id] = body
        self._blocks.pop(message_id, None)
        self.scroll(0)

    def visible(self) -> list[Line]:
        """Return the lines on the screen, short conversations from the top."""
        lines: list[Line] = []
        for index in range(self.index, len(self.messages)):
            block = self._block(index)
            lines += block[self.line :] if index == self.index else block
            if len(lines) >= self.height:
                break
        return lines[: self.height]

    def _lowest(self) -> Key:
        """Return where the top stands when the last line is at the bottom."""
        room = self.height
        for index in range(len(self.messages) - 1, -1, -1):
            size = len(self._block(index))
            if index == len(self.messages) - 1:
                size -= 1  # no gap under the newest
            if size >= room:
                return index, size - room
            room -= size
        return 0, 0

    def _forget(self) -> None:
        """Drop the lines of messages that are not kept any more."""
        kept = {message.id for message in self.messages}
        self._blocks = {key: block for key, block in self._blocks.items() if key in kept}

    def _block(self, index: int) -> list[Line]:
        """Return the lines of a message, wrapped once."""
        message = self.messages[index]
        block = self._blocks.get(message.id)
        if block is None:
            previous = self.messages[index - 1] if index else None
            block = self._blocks[message.id] = self._lines(message, previous)
        return block

    def _lines(self, message: MessageRow, previous: MessageRow | None) -> list[Line]:
        side = "note" if message.kind == "note" else message.side
        body = self._longer.get(message.id, message.body)
        hidden = message.length - len(body)
        body = body.strip("\r\n") if hidden > 0 else body.strip()
        lines = [Line(side, "head", heading(message, previous, self.now, self.zone))]
        lines += [Line(side, "body", text) for text in wrap(body, self.width)]
        if hidden > 0:
            lines.append(Line(side, "cut", f"… {hidden:,} more characters: m shows more".replace(",", " ")))
        return [*lines, GAP]


def heading(message: MessageRow, previous: MessageRow | None, now: int, zone: str) -> str:
    """Return who wrote it, how, when, and how long after the one before."""
    parts = ["note, internal"] if message.kind == "note" else []
    parts += [clean(message.author) or "unknown", when(message.at, now, zone)]
    if previous is not None and message.at - previous.at >= 60:
        parts.append(f"{elapsed(message.at - previous.at)} later")
    if message.automatic:
        parts.append("automatic")
    if message.kind != "note" and message.channel not in ("", "ticket"):
        parts.append(f"by {clean(message.channel)}")
    return " · ".join(parts)
