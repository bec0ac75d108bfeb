"""What was typed and not sent is there again, whatever ended the program."""

import signal
import sqlite3
from contextlib import closing

import pytest

from tests.stories.programs import tamdesk
from tests.stories.terminal import Terminal

WORDS = "Please send the log of"


def start_writing(terminal: Terminal) -> None:
    """Open the reply to the first ticket and type."""
    terminal.see("Logins fail for every user", "r reply")
    terminal.press("r")
    terminal.see("Reply to Mei Tan")
    terminal.see("stops the clock")
    terminal.press(WORDS)
    terminal.see(WORDS)


def assert_kept(demo, home) -> None:
    """Open the app again: the words stand where they were typed."""
    with tamdesk(demo, home) as terminal:
        terminal.see("Logins fail for every user", "r reply")
        terminal.press("r")
        terminal.see("Reply to Mei Tan", WORDS)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_program_in_order_and_keeps_the_draft(demo, home, number):
    with tamdesk(demo, home) as terminal:
        start_writing(terminal)
        terminal.process.send_signal(number)
        assert terminal.ended(10) == 0
        assert "Traceback" not in terminal.text
    assert_kept(demo, home)


def test_a_terminal_that_is_gone_ends_the_program_and_keeps_the_draft(demo, home):
    with tamdesk(demo, home) as terminal:
        start_writing(terminal)
        terminal.close()
        assert terminal.ended(10) is not None
    assert_kept(demo, home)


def test_a_crash_loses_nothing_that_was_typed_before_a_short_rest(demo, home):
    with closing(sqlite3.connect(demo)) as desk, tamdesk(demo, home) as terminal:
        start_writing(terminal)
        terminal.until(lambda: desk.execute("SELECT body FROM draft").fetchall() == [(WORDS,)])
        terminal.kill()
    assert_kept(demo, home)


def test_a_terminal_that_is_gone_leaves_no_orphan_behind(demo, home):
    with tamdesk(demo, home) as terminal:
        terminal.see("Logins fail for every user", "r reply")
        terminal.quiet()
        terminal.close()
        assert terminal.process.wait(5) is not None
