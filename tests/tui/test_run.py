"""Opening the app where there is nothing to open, and leaving it when the terminal goes."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.screens.queue_desk import TUESDAY_10, columns, make_desk
from tui.run import run

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from tui.run import run; sys.exit(run(sys.argv[1], 'anna', lambda: 1712044800))"


def test_a_desk_that_cannot_be_reached_is_one_sentence_and_exit_code_3(tmp_path, capsys):
    not_a_desk = tmp_path / "desk.db"
    not_a_desk.write_text("no database " * 100)
    not_a_desk.chmod(0o600)
    assert run(str(not_a_desk), "anna", lambda: TUESDAY_10) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_a_stranger_gets_a_sentence_and_not_a_desk(sqlite_address, capsys):
    make_desk(sqlite_address, [])
    assert run(sqlite_address, "mallory", lambda: TUESDAY_10) == 1
    assert "Ask a lead to add you" in capsys.readouterr().err


def start(address: str) -> tuple[subprocess.Popen[bytes], int]:
    """The app on a terminal of its own, once the first ticket is on it."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, address],
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen, until = b"", time.monotonic() + 30
    while b"Question" not in seen:
        assert time.monotonic() < until, seen[-2000:]
        if select.select([ours], [], [], 1)[0]:
            seen += os.read(ours, 65536)
    return process, ours


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_program_in_order(sqlite_address, number):
    make_desk(sqlite_address, [columns(1, due_in=3600)])
    process, ours = start(sqlite_address)
    process.send_signal(number)
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                os.read(ours, 65536)
            except OSError:
                break
    assert process.wait(10) == 0
    os.close(ours)


def test_a_terminal_that_goes_away_takes_the_program_with_it(sqlite_address):
    make_desk(sqlite_address, [columns(1, due_in=3600)])
    process, ours = start(sqlite_address)
    os.close(ours)
    assert process.wait(20) is not None
