"""A text goes to an editor and comes back: as it was where nothing was done to it, or not at all."""

import asyncio
import os
import stat
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from tests.screens.ticket_desk import Made, app_on, make, press, typed
from tickets import drafts
from tui.app import TamdeskApp
from tui.editing import Editing

LONGEST = 1000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the private folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def made(sqlite_address: str) -> Made:
    return make(sqlite_address)


def edited(script: str, text: str = "Dear Jo,", name: str = "reply-7.md") -> Editing:
    """What a shell script makes of a text; the file is `$1`."""
    editing = Editing(f"sh -c '{script}' sh", text, name, LONGEST)
    editing.run()
    return editing


@pytest.mark.parametrize(
    "text", ["", "Dear Jo,", "One\n\ntwo\n", "日本語 e\u0301 \u202e [b]x[/] \x1b[2J", "\n", "  a  "]
)
def test_what_is_not_touched_comes_back_as_it_was(text: str) -> None:
    editing = edited("true", text)
    assert (editing.edited, editing.said) == (text, "")


@pytest.mark.parametrize(
    ("written", "read"),
    [(r"One\r\ntwo\r\n", "One\ntwo"), (r"\357\273\277One\n", "One"), ("", ""), (r"One\n\n", "One\n")],
)
def test_what_other_machines_write_is_read_as_text(written: str, read: str) -> None:
    assert edited(f'printf "{written}" > "$1"').edited == read


@pytest.mark.parametrize(("count", "told"), [(LONGEST, ""), (LONGEST + 1, "too long: a text holds 1 000 signs")])
def test_a_text_has_a_longest_length_in_signs_and_not_in_bytes(count: int, told: str) -> None:
    editing = edited(f'printf "€%.0s" $(seq {count}) > "$1"')
    assert told in editing.said
    assert editing.edited == (None if told else "€" * count)


def test_the_file_is_private_harmlessly_named_and_gone_afterwards(folder: Path) -> None:
    held = folder / "held"
    edited(f'ls -ld "$1" "${{1%/*}}" > {held}', name="../re;ply\x1b-7\n.md")
    directory, file = held.read_text().splitlines()
    assert file.startswith("-rw-------") and directory.startswith("drwx------")
    assert file.endswith("/re-ply--7-.md")
    assert [path.name for path in folder.iterdir()] == ["held"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("", "No editor is set"),
        ("   ", "No editor is set"),
        ("vim 'x", "cannot be read: No closing quotation"),
        ("/nowhere/vim -f", "/nowhere/vim cannot be started: No such file or directory"),
        ("sh -c 'exit 3' sh", "sh ended with 3"),
        ("rm", "What rm saved cannot be read"),
    ],
)
def test_what_cannot_be_edited_is_one_sentence(command: str, told: str) -> None:
    editing = Editing(command, "Dear Jo,", "reply-7.md", LONGEST)
    editing.run()
    assert editing.edited is None
    assert told in editing.said


def test_a_folder_that_cannot_be_made_is_one_sentence(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(folder / "not" / "there"))
    editing = edited("true")
    assert editing.edited is None
    assert "cannot be handed to an editor: No such file or directory" in editing.said


@pytest.mark.parametrize(("script", "left"), [('echo More. >> "$1"', "Dear Jo,\nMore."), (': > "$1"', "Dear Jo,")])
def test_an_editor_that_is_killed_leaves_what_it_had_saved_and_never_less_than_nothing(script: str, left: str) -> None:
    editing = edited(f"{script}; kill -KILL $$")
    assert editing.edited == left
    assert "ended from outside" in editing.said


async def test_a_program_that_ends_kills_an_editor_that_will_not_go(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("tui.editing.LEAVING_SECONDS", 0.05)
    ready = folder / "ready"
    os.mkfifo(ready)
    editing = Editing(f'sh -c \'trap "" HUP; echo More. >> "$1"; echo > {ready}; read line < {ready}\' sh', "A", "a", 9)
    work = asyncio.create_task(asyncio.to_thread(editing.run))
    work.add_done_callback(lambda _: editing.over())
    await asyncio.to_thread(ready.read_text)
    await editing.end()
    assert editing.edited == "A\nMore."
    assert stat.S_ISFIFO(ready.stat().st_mode) and len(list(folder.iterdir())) == 1


async def test_a_program_that_ends_first_starts_no_editor() -> None:
    editing = Editing("false", "A", "a", LONGEST)
    ending = asyncio.create_task(editing.end())
    await asyncio.sleep(0)
    editing.run()
    editing.over()
    await ending
    assert editing.edited is None


async def test_where_the_terminal_cannot_be_handed_on_the_text_stays(made: Made) -> None:
    async with app_on(made.address) as pilot:
        await press(pilot, "r")
        await typed(pilot, "We look")
        await press(pilot, "ctrl+n")
        assert any("cannot be handed to an editor" in each.message for each in pilot.app._notifications)
        assert pilot.app.screen.composer.editor.text == "We look"


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be handed to an editor."""
    monkeypatch.setattr(TamdeskApp, "suspend", lambda app: nullcontext())


async def test_what_came_back_can_be_taken_back_with_the_undo_of_the_text(made: Made, handed_on: None) -> None:
    async with app_on(made.address) as pilot:
        pilot.app.settings = replace(pilot.app.settings, editor="sh -c 'echo Anew > \"$1\"' sh")
        await press(pilot, "n")
        await typed(pilot, "We look")
        await press(pilot, "ctrl+n")
        assert pilot.app.screen.composer.editor.text == "Anew"
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "note") == "Anew"
        await press(pilot, "ctrl+z")
        assert pilot.app.screen.composer.editor.text == "We look"


async def test_a_ticket_that_closes_behind_the_editor_keeps_what_came_back_as_the_draft(
    made: Made, handed_on: None, folder: Path
) -> None:
    done = folder / "done"
    os.mkfifo(done)
    async with app_on(made.address) as pilot:
        pilot.app.settings = replace(pilot.app.settings, editor=f"sh -c 'read line < {done}; echo Anew > \"$1\"' sh")
        await press(pilot, "enter", "r")
        await typed(pilot, "We look")
        await pilot.press("ctrl+n")
        pipe = await asyncio.to_thread(os.open, done, os.O_WRONLY)
        await pilot.app.pop_screen()
        os.close(pipe)
        await press(pilot, "j")
        assert type(pilot.app.screen).__name__ == "QueueScreen"
        assert await pilot.app.call(drafts.load, made.anna, made.ticket, "reply") == "Anew"
