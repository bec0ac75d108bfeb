"""Writing on in one's own editor: the terminal is the editor's meanwhile, and nothing typed is ever lost by it."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.stories.programs import tamdesk
from tests.stories.terminal import Terminal

WORDS = "Please send the log of"


def editor(folder: Path, *lines: str) -> dict[str, str]:
    """An editor that is a small shell script; the file to edit is its last word, `$1`."""
    script = folder / "my editor"
    script.write_text("\n".join(("#!/bin/sh", *lines, "")))
    script.chmod(0o700)
    return {"VISUAL": f"'{script}'", "EDITOR": "/nowhere/ed", "TMPDIR": str(folder)}


def left_behind(folder: Path) -> list[Path]:
    return list(folder.glob("tamdesk-*"))


def start_editing(terminal: Terminal) -> None:
    """Write the beginning of a reply, and go on in the editor."""
    terminal.see("Logins fail for every user", "r reply")
    terminal.press("r")
    terminal.see("Reply to Mei Tan", "^n editor")
    terminal.press(WORDS)
    terminal.see(WORDS)
    terminal.press("\x0e")


def test_what_the_editor_saved_goes_on_in_the_reply_and_is_sent(demo, home, tmp_path):
    keys = editor(
        tmp_path,
        "printf '\\033[2J\\033[H'",
        'echo "EDITING $(basename "$1") $(stat -c %a "$1" "$(dirname "$1")" | tr "\\n" " ")"',
        "read line",
        'echo "the second node, $line." >> "$1"',
    )
    with closing(sqlite3.connect(demo)) as desk, tamdesk(demo, home, environment=keys) as terminal:
        start_editing(terminal)
        terminal.see("EDITING reply-", ".md 600 700")
        assert desk.execute("SELECT body FROM draft").fetchall() == [(WORDS,)]
        terminal.press("please", "\n")
        terminal.see("Reply to Mei Tan", "the second node, please.", "stops the clock", "Logins fail", "^n editor")
        terminal.press(" Thanks.", "ctrl+o")
        terminal.until(lambda: desk.execute("SELECT count(*) FROM draft").fetchone() == (0,))
        sent = desk.execute("SELECT body FROM message ORDER BY id DESC LIMIT 1").fetchone()[0]
        assert sent == f"{WORDS}\nthe second node, please. Thanks."
        terminal.no_longer("Reply to Mei Tan")
        terminal.press("q")
        assert terminal.ended() == 0
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['echo "nonsense" > "$1"', "exit 1"], "ended with 1"),
        (['printf "\\377\\376" > "$1"'], "is not UTF-8"),
        (['rm "$1"'], "cannot be read"),
        (['head -c 500000 /dev/zero > "$1"'], "too long"),
        (["kill -KILL $$"], "ended from outside"),
    ],
)
def test_an_editor_that_fails_leaves_the_draft_and_says_why(demo, home, tmp_path, lines, told):
    with tamdesk(demo, home, environment=editor(tmp_path, *lines)) as terminal:
        start_editing(terminal)
        terminal.see(told, WORDS, "Reply to Mei Tan")
        terminal.press(" node 2.")
        terminal.see(f"{WORDS} node 2.")
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(("command", "told"), [("/nowhere/ed", "cannot be started"), ("", "No editor is set")])
def test_an_editor_that_is_not_there_is_a_sentence(demo, home, command, told):
    with tamdesk(demo, home, environment={"EDITOR": command}) as terminal:
        start_editing(terminal)
        terminal.see(told, WORDS, "Reply to Mei Tan")


def test_ctrl_c_is_the_editors(demo, home, tmp_path):
    keys = editor(tmp_path, "trap 'echo interrupted > \"$1\"; exit 0' INT", "echo EDITING", "read line")
    with tamdesk(demo, home, environment=keys) as terminal:
        start_editing(terminal)
        terminal.see("EDITING")
        terminal.press("\x03")
        terminal.see("Reply to Mei Tan", "interrupted")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_dropped_connection_ends_the_editor_and_keeps_what_it_had_saved(demo, home, tmp_path, number):
    keys = editor(tmp_path, 'echo "the second node" >> "$1"', "echo EDITING $$", "read line")
    with closing(sqlite3.connect(demo)) as desk, tamdesk(demo, home, environment=keys) as terminal:
        start_editing(terminal)
        terminal.see("EDITING")
        theirs = int(next(line for line in terminal.lines if "EDITING" in line).split("EDITING")[1].split()[0])
        terminal.process.send_signal(number)
        assert terminal.ended(10) == 0
        assert desk.execute("SELECT body FROM draft").fetchall() == [(f"{WORDS}\nthe second node",)]
        with pytest.raises(ProcessLookupError):
            os.kill(theirs, 0)
    assert left_behind(tmp_path) == []


def test_a_terminal_that_is_gone_while_the_editor_has_it_keeps_the_draft(demo, home, tmp_path):
    keys = editor(tmp_path, "echo EDITING", "read line")
    with closing(sqlite3.connect(demo)) as desk, tamdesk(demo, home, environment=keys) as terminal:
        start_editing(terminal)
        terminal.see("EDITING")
        terminal.close()
        assert terminal.ended(10) is not None
        assert desk.execute("SELECT body FROM draft").fetchall() == [(WORDS,)]
    assert left_behind(tmp_path) == []
