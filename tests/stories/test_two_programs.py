"""Two people, two programs, one desk: each sees what the other does, and stays where they were."""

from tests.stories.programs import tamdesk
from tests.stories.terminal import Terminal

SUBJECT = "Audit log to our SIEM"
LIST = 60
"""A column within the list."""


def line_of(terminal: Terminal, text: str) -> int:
    """Return the line of the list on which a text stands."""
    return next(index for index, line in enumerate(terminal.lines) if text in line)


def test_a_claim_is_on_the_other_screen_within_a_second_and_cursor_and_scroll_stay(demo, home):
    with tamdesk(demo, home, "ben") as ben, tamdesk(demo, home, "anna") as anna:
        for terminal in (ben, anna):
            terminal.see("Logins fail for every user", "Thanks, Mei", "^p palette")
        anna.press(*"j" * 28)
        anna.no_longer("Logins fail for every user")
        anna.quiet()
        before, cursor = anna.lines, anna.marked(LIST)
        line = line_of(anna, SUBJECT)
        while line_of(ben, SUBJECT) not in ben.marked(LIST):
            ben.press("j")
            ben.quiet()
        took = []
        for key, owner in (("c", " ben "), ("C", " – "), ("c", " ben ")):
            ben.press(key)
            ben.until(lambda owner=owner: owner in ben.lines[line_of(ben, SUBJECT)])
            took.append(anna.until(lambda owner=owner: owner in anna.lines[line]))
            assert anna.marked(LIST) == cursor
            ben.quiet()
        assert min(took) < 1
        anna.quiet()
        changed = [index for index, text in enumerate(anna.lines) if text != before[index] and index > 1]
        assert line in changed
        assert all(SUBJECT in anna.lines[index] or index < line_of(anna, "Solved") + 1 for index in changed)


def test_an_answer_in_one_program_meets_the_clock_in_the_other(demo, home):
    with tamdesk(demo, home, "ben", columns=80, rows=24) as ben, tamdesk(demo, home, "anna") as anna:
        for terminal in (ben, anna):
            terminal.see("Logins fail for every user", "^p palette")
        anna.press("enter")
        anna.see("Nobody can log in since", "open · carla")
        ben.press("r")
        ben.see("Reply to Mei Tan", "stops the clock")
        ben.press("We are on it.", "ctrl+o")
        ben.see("replied to #")
        anna.see("We are on it.", "waiting · carla")
