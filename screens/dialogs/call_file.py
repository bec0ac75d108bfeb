"""Calls as files: .ics for calendars, the minutes as Markdown; never over another file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from screens.dialogs.call_form import CallForm, Told
from screens.dialogs.choices import Cycle
from screens.dialogs.frame import Line
from screens.widgets.text import clean
from tam import invitations, minutes
from tam.call_reading import CallRow
from tam.call_rules import CallRefused, moment_text

CALL, SERIES, ALL, TEXT = "this call", "its series", "all calls with them", "the minutes, as Markdown"
MOST = 1000


def write_new(path: Path, name: str, content: bytes) -> Path:
    """Write a file of that name into a folder, or at a path, with a number where one is there; return where.

    Raises CallRefused where it cannot be written.
    """
    target = path / name if path.is_dir() else path
    for number in range(1, MOST):
        candidate = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        try:
            with candidate.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            raise CallRefused(f"{candidate} cannot be written: {error.strerror}.") from error
        return candidate
    raise CallRefused(f"There are {MOST} files like {target} already; say another name.")


class CallFileDialog(CallForm):
    """Writes what was chosen into a folder; the one that was chosen last is offered again."""

    HINT = "tab, enter on   {do} writes the file   {close} closes"
    folder: ClassVar[str] = "."

    def __init__(self, held: CallRow) -> None:
        self.held = held
        where = Line("a folder of this machine, or the path of the new file")
        where.value = CallFileDialog.folder
        whats = (CALL, SERIES, ALL, TEXT) if held.series_id is not None else (CALL, ALL, TEXT)
        title = f"Calls with {clean(held.customer)} as a file"
        super().__init__(title, {"What": Cycle(whats), "Where": where})

    @property
    def _chosen(self) -> dict[str, int | None]:
        what, held = self.said["What"], self.held
        if what == SERIES:
            return {"series_id": held.series_id}
        return {"customer_id": held.customer_id} if what == ALL else {"call_id": held.id}

    @property
    def _path(self) -> Path:
        typed = self.said["Where"].strip()
        if not typed:
            raise CallRefused("Type a folder of this machine, or the path of the new file.")
        return Path(typed).expanduser().absolute()

    async def _file_name(self) -> str:
        if self.said["What"] == TEXT:
            return await self.desk.call(minutes.file_name, self.held.id)
        return await self.desk.call(invitations.file_name, **self._chosen)

    async def look(self) -> Told:
        """Say where the file will be."""
        path, name = self._path, await self._file_name()
        folder = await asyncio.to_thread(path.is_dir)
        about = moment_text(self.held.zone, self.held.at) if self.said["What"] in (CALL, TEXT) else ""
        return [("strong", str(path / name if folder else path)), ("quiet", about)]

    async def save(self) -> object:
        """Make and write it."""
        path, name = self._path, await self._file_name()
        if self.said["What"] == TEXT:
            content = (await self.desk.call(minutes.minutes, self.held.id, self.desk.now())).encode()
        else:
            content = await self.desk.call(invitations.ics, self.desk.now(), **self._chosen)
        written = await asyncio.to_thread(write_new, path, name, content)
        CallFileDialog.folder = str(written.parent)
        return f"Wrote {written}."
