"""The program on the terminals that people come from: few colours, none, a multiplexer, a window that shrinks."""

import pytest

from tests.stories.programs import tamdesk

CONDITIONS = {
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "screen": {"TERM": "screen-256color", "COLORTERM": ""},
    "no colour": {"NO_COLOR": "1"},
}


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
def test_queue_and_ticket_are_readable(demo, home, condition, columns, rows):
    with tamdesk(demo, home, columns=columns, rows=rows, environment=CONDITIONS[condition]) as terminal:
        terminal.see("▲ 1", "✕ +0:47 3d", "Logins fail for every user", "○ 0:08:43", "● 1:19", "^p palette")
        terminal.press("j", "enter")
        terminal.see("#1148  Wave of bot registrations", "Ingrid Halvorsen", "r reply")
        terminal.press("escape")
        terminal.see("All open")
        terminal.press("q")
        assert terminal.ended() == 0


def test_without_colours_the_cursor_is_still_seen(demo, home):
    with tamdesk(demo, home, environment={"NO_COLOR": "1"}) as terminal:
        terminal.see("Logins fail for every user", "^p palette")
        terminal.quiet()
        assert terminal.reversed_lines(60) == [2]
        terminal.press("j")
        terminal.until(lambda: terminal.reversed_lines(60) == [3])


def test_without_colours_nothing_but_grey_is_sent(demo, home):
    with tamdesk(demo, home, environment={"NO_COLOR": "1"}) as terminal:
        terminal.see("Logins fail for every user", "^p palette")
        terminal.quiet()
        for colour in terminal.colours() - {"default"}:
            assert len({colour[0:2], colour[2:4], colour[4:6]}) == 1, colour


def test_on_sixteen_colours_only_those_are_sent(demo, home):
    with tamdesk(demo, home, environment=CONDITIONS["16 colours"]) as terminal:
        terminal.see("Logins fail for every user", "^p palette")
        terminal.quiet()
        assert b"38;2;" not in terminal.raw
        assert b"38;5;" not in terminal.raw


def test_a_window_that_shrinks_says_so_and_gives_everything_back(demo, home):
    with tamdesk(demo, home, columns=80, rows=24) as terminal:
        terminal.see("Logins fail for every user", "^p palette")
        terminal.press("j")
        terminal.until(lambda: terminal.marked(60) == [4])
        terminal.resize(50, 12)
        terminal.see("tamdesk needs 60x16 cells,", "this terminal has 50x12.")
        terminal.press("c", "j", "enter")
        terminal.quiet()
        terminal.resize(100, 30)
        terminal.see("Logins fail for every user", "^p palette")
        terminal.quiet()
        assert terminal.marked(60) == [4]
        terminal.resize(50, 12)
        terminal.see("this terminal has 50x12.")
        terminal.press("q")
        assert terminal.ended(10) == 0


def test_leaving_gives_the_terminal_back_as_it_was(demo, home):
    with tamdesk(demo, home) as terminal:
        terminal.see("Logins fail for every user", "^p palette")
        terminal.press("q")
        assert terminal.ended() == 0
        for on, off in (
            (b"\x1b[?1049h", b"\x1b[?1049l"),
            (b"\x1b[?25l", b"\x1b[?25h"),
            (b"\x1b[?1003h", b"\x1b[?1003l"),
        ):
            assert terminal.raw.rfind(off) > terminal.raw.rfind(on)
