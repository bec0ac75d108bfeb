"""Keys: each command has its own, and the user's map is checked."""

import re
from collections import Counter

import pytest

from screens.commands import ALL_COMMANDS, DESK_COMMANDS, QUEUE_COMMANDS, bindings, shown_key
from screens.ticket_commands import DIALOG_COMMANDS, READING_COMMANDS, WRITING_COMMANDS
from tui.keymap import problems

GROUPS = [(*QUEUE_COMMANDS, *DESK_COMMANDS)]


def test_every_command_has_an_id_of_its_own_and_says_what_it_does():
    assert max(Counter(command.id for command in ALL_COMMANDS).values()) == 1
    for command in ALL_COMMANDS:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", command.id)
        assert command.help.endswith(".") and command.title


def test_our_own_keys_do_not_clash():
    assert problems({}, GROUPS) == []


def test_no_command_needs_a_key_that_terminals_and_multiplexers_keep_for_themselves():
    keys = {key for command in ALL_COMMANDS for key in command.key.split(",")}
    assert not keys & {"ctrl+h", "ctrl+q", "ctrl+s", "ctrl+enter", "ctrl+b", "ctrl+a"}
    assert not any(re.fullmatch(r"f\d+", key) for key in keys)


def test_a_binding_carries_the_id_of_its_command():
    assert {binding.id for binding in bindings(ALL_COMMANDS)} == {command.id for command in ALL_COMMANDS}


def test_no_screen_gives_one_key_to_two_commands():
    groups = (READING_COMMANDS, WRITING_COMMANDS, DIALOG_COMMANDS)
    assert problems({}, [(*group, *DESK_COMMANDS) for group in groups]) == []


def test_an_unknown_command_is_named_with_the_nearest_one():
    assert problems({"ticket.clam": "t"}, GROUPS) == [
        "The key map names ticket.clam, which is no command; did you mean ticket.claim?"
    ]


def test_two_commands_on_one_key_are_named():
    assert problems({"ticket.claim": "question_mark"}, GROUPS) == [
        "The key ? is given to both desk.help and ticket.claim"
    ]


def test_two_commands_that_clash_in_several_places_are_named_once():
    groups = [*GROUPS, tuple(reversed(GROUPS[0]))]
    assert problems({"ticket.claim": "r"}, groups) == ["The key r is given to both ticket.claim and ticket.reply"]


def test_keys_may_be_exchanged():
    assert problems({"ticket.claim": "r", "ticket.reply": "c"}, GROUPS) == []


@pytest.mark.parametrize(("key", "shown"), [("ctrl+d", "^d"), ("question_mark", "?"), ("G", "G"), ("escape", "esc")])
def test_keys_are_shown_as_people_read_them(key, shown):
    assert shown_key(key) == shown
