"""What people paste is shown and never obeyed: on every screen and on the command line, byte by byte."""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest

from screens.widgets.text import clean
from tests.stories.hostile import FORBIDDEN, HOSTILE, SUBJECTS, assert_harmless, poison
from tests.stories.programs import tamdesk
from tests.stories.terminal import ROOT, environment_of

SEEN = "[bold]x[/] [[ ]] ␛]52;c;ZXZpbA==␇ ␛[2J"


@pytest.fixture
def poisoned(demo: str) -> str:
    """A demo desk full of it."""
    poison(demo)
    return demo


def test_every_place_shows_it_and_sends_nothing_of_it(poisoned, home):
    with tamdesk(poisoned, home, columns=160, rows=40) as terminal:
        terminal.see(SEEN, "Views", "^p palette")
        for key, seen in (("enter", "Clock"), ("w", "Why is #"), ("escape", "reply"), ("s", "Severity of #")):
            terminal.press(key)
            terminal.see(seen)
            terminal.quiet()
        terminal.press("escape")
        terminal.no_longer("Severity of #")
        terminal.press("S")
        terminal.see("State of #")
        terminal.press("escape")
        terminal.no_longer("State of #")
        terminal.press("c")
        terminal.see("is ben's")
        terminal.press("j", "enter")
        terminal.see("open · anna")
        terminal.press("u")
        terminal.see("open · ben")
        terminal.press("r")
        terminal.see("Reply to [bold]x[/]")
        terminal.press("Hello", "ctrl+o")
        terminal.see("waiting · ben")
        for key, seen in (("2", "customers,"), ("3", "promised hours"), ("4", "under way"), ("5", "objectives met")):
            terminal.press(key)
            terminal.see(seen)
            terminal.quiet()
            assert "␛" in terminal.text, f"place {key}"
        terminal.press("1", ":")
        terminal.see("What do you want to do?")
        terminal.press("escape")
        terminal.quiet()
        terminal.press("q", "q")
        terminal.ended()
        assert_harmless(bytes(terminal.raw))


def test_hours_calls_and_onboardings_send_nothing_of_it(poisoned, home):
    with tamdesk(poisoned, home, columns=160, rows=40) as terminal:
        terminal.see("Views", "^p palette")
        terminal.press("3")
        terminal.see("promised hours")
        terminal.press("enter")
        for part in ("Entries", "Agreed", "Periods", "Calls", "Actions", "Feedback"):
            terminal.see(f"▸ {part}")
            terminal.quiet()
            terminal.press("tab")
        terminal.press("c")
        terminal.see("calls to come")
        terminal.press("j", "enter")
        terminal.see("Agenda")
        terminal.quiet()
        terminal.press("4")
        terminal.see("under way")
        terminal.press("enter")
        terminal.quiet()
        for key in "TCSKL":
            terminal.press(key)
            terminal.quiet()
        terminal.press("P")
        terminal.quiet()
        assert "␛" in terminal.text
        terminal.press("escape")
        terminal.quiet()
        terminal.press("q", "q")
        terminal.ended()
        assert_harmless(bytes(terminal.raw))


def test_the_form_for_a_new_ticket_offers_such_a_customer_harmlessly(poisoned, home):
    with tamdesk(poisoned, home) as terminal:
        terminal.see(SEEN[:20], "^p palette")
        terminal.press("N")
        terminal.see("type a part of the name")
        terminal.press("acme")
        terminal.see("[bold]x[/]")
        terminal.press("enter")
        terminal.see("Received now")
        assert_harmless(bytes(terminal.raw))


@pytest.mark.parametrize("columns", [80, 120])
def test_the_columns_stay_in_line_whatever_the_text(poisoned, home, columns):
    with tamdesk(poisoned, home, columns=columns) as terminal:
        terminal.see("[bold]", "^p palette")
        terminal.quiet()
        heading = next(index for index, line in enumerate(terminal.lines) if "S  Customer" in line)
        severity = terminal.column_of(heading, "S  Customer")
        rows = range(heading + 1, heading + 1 + len(SUBJECTS))
        for row in rows:
            cells = terminal.cells(row)
            assert cells[severity] in "1234", terminal.lines[row]
            assert cells[severity - 1] == cells[severity + 1] == " "
        if columns == 120:
            owner = terminal.column_of(heading, "Owner")
            for row in rows:
                assert "".join(terminal.cells(row)[owner : owner + 4]) == "ben ", terminal.lines[row]


def test_what_is_copied_is_the_cleaned_text_and_only_when_asked_for(poisoned, home):
    with tamdesk(poisoned, home) as terminal:
        terminal.see("[bold]", "^p palette")
        terminal.quiet()
        assert b"\x1b]52;" not in terminal.raw
        terminal.press("y")
        terminal.see("Copied #")
        (copied,) = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", bytes(terminal.raw))
        text = base64.b64decode(copied).decode()
        assert text.endswith(clean(HOSTILE))
        assert "\x1b" not in text


@pytest.mark.parametrize(
    "words",
    [
        ("ticket", "list"),
        ("ticket", "show", "NUMBER"),
        ("ticket", "why", "NUMBER"),
        ("contract", "show", "acme"),
        ("person", "list"),
    ],
    ids=" ".join,
)
def test_the_command_line_prints_it_harmlessly(poisoned: str, home: Path, words: tuple[str, ...]) -> None:
    listed = run(poisoned, home, "ticket", "list", "--limit", "1")
    number = re.search(r"#(\d+)", listed)
    assert number is not None
    printed = run(poisoned, home, *(number[1] if word == "NUMBER" else word for word in words))
    assert printed.strip()
    assert not [sign for sign in printed if sign != "\n" and (sign < " " or "\x7f" <= sign < "\xa0")]
    for forbidden in FORBIDDEN:
        assert forbidden not in printed.encode()


def run(address: str, home: Path, *words: str) -> str:
    """Run `tamdesk` as a person's shell does; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *words, "--database", address, "--as", "anna"],
        cwd=ROOT,
        env=environment_of(home, {}),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    return done.stdout.decode()
