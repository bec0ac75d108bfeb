"""The files of a ticket: saved into a folder, or one more attached."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screens.base import DeskScreen
from screens.dialogs.choices import Choice, Choices, Cycle
from screens.dialogs.frame import Dialog, Line
from screens.ticket_reply import Told
from tickets.attachments import AttachmentRow
from tickets.errors import RuleRefused
from tickets.records import QueueRow

SAVE, ATTACH = "save it into the folder", "attach the file of that path"
KIB = 1024


def size(count: int) -> str:
    """Return `812 B`, `41 KiB` or `3 MiB`."""
    if count < KIB:
        return f"{count} B"
    return f"{count // KIB} KiB" if count < KIB * KIB else f"{count // (KIB * KIB)} MiB"


def attach_path(ticket_id: int, path: Path, actor: int, at: int) -> str:
    """Attach a file of this machine; on the database thread. RuleRefused where it cannot be read or is too large."""
    import mimetypes

    from tickets.attachments import attach, check_size

    try:
        check_size(path.name, path.stat().st_size)
        body = path.read_bytes()
    except OSError as error:
        raise RuleRefused(f"{path} cannot be read: {error.strerror}.") from error
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return attach(ticket_id, path.name, media_type, body, actor, at).sentence


async def open_files(screen: DeskScreen, row: QueueRow) -> None:
    """Show the files of a ticket."""
    from tickets.attachments import attachments

    found = await screen.desk.attempt(attachments, row.id)
    if found is None:
        return

    def answered(sentence: object) -> None:
        if isinstance(sentence, str):
            screen.desk.say(sentence)

    await screen.app.push_screen(FilesDialog(row, found), answered)


class FilesDialog(Dialog):
    """Saves the chosen attachment, never over another file, or attaches one more."""

    HINT = "tab on   enter or {do} does it   {close} closes"
    DEFAULT_CSS = """
    FilesDialog .field { height: 1; }
    FilesDialog .field Told { width: 8; }
    FilesDialog Choices { max-height: 12; }
    """

    def __init__(self, row: QueueRow, found: list[AttachmentRow]) -> None:
        super().__init__(f"Files of #{row.id}")
        self.row, self.found = row, found
        self.choices = Choices([Choice("", f"{each.name} · {size(each.size)} · {each.media_type}") for each in found])
        self.choices.display = bool(found)
        self.path = Line("a folder of this machine, or the path of a file")
        self.what = Cycle((SAVE, ATTACH) if found else (ATTACH,))

    def body(self) -> Iterable[Widget]:
        """Ask which file, and where."""
        yield Told("" if self.found else "No file came with this ticket.")
        yield self.choices
        yield Horizontal(Told("Do"), self.what, classes="field")
        yield Horizontal(Told("Path"), self.path, classes="field")

    @on(events.Mount)
    def _begin(self) -> None:
        self.path.value = "." if self.found else ""
        (self.choices if self.found else self.path).focus()

    @on(Cycle.Changed)
    def _other(self) -> None:
        self.path.value = "." if self.what.value == SAVE else ""

    @on(Choices.Taken)
    @on(Input.Submitted)
    async def _taken(self) -> None:
        await self.do()

    async def perform(self) -> object:
        """Save or attach."""
        from tickets.attachments import save_as

        typed = self.path.value.strip()
        if not typed:
            raise RuleRefused("Type the path of a file or a folder of this machine.")
        path = Path(typed).expanduser()
        if self.what.value == SAVE:
            saved = await self.desk.call(save_as, self.found[self.choices.index].id, path)
            return f"Saved as {saved}."
        return await self.desk.call(attach_path, self.row.id, path, self.desk.actor.id, self.desk.now())
