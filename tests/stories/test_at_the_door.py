"""Starting where one cannot go on: a sentence and a way out, never a traceback."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.stories.programs import tamdesk
from tests.stories.terminal import Terminal

REFUSED, USAGE, NO_DATA = 1, 2, 3


def refused(terminal: Terminal, code: int, *words: str) -> str:
    """Wait until the program has ended with that code; return what it said."""
    assert terminal.ended() == code
    said = " ".join(terminal.text.split())
    assert "Traceback" not in said
    # A long path may make the terminal break the line inside a word.
    solid = "".join(said.split())
    for word in words:
        assert "".join(word.split()) in solid
    return said


def test_a_stranger_gets_a_sentence_and_not_a_desk(demo, home):
    with tamdesk(demo, home, "mallory") as terminal:
        refused(terminal, REFUSED, "mallory", "Ask a lead to add you")


def test_a_newer_desk_is_refused_and_stays_as_it_is(demo, home):
    with closing(sqlite3.connect(demo)) as desk, desk:
        desk.execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_future', '2030-01-01 00:00:00')")
    before = Path(demo).read_bytes()
    with Terminal(home, "--database", demo, "--as", "anna") as terminal:
        refused(terminal, NO_DATA, "was made by a newer tamdesk")
    assert Path(demo).read_bytes() == before


def test_a_file_that_is_no_desk_is_named_and_left_alone(tmp_path, home):
    path = tmp_path / "notes.db"
    path.write_text("my notes\n" * 200)
    path.chmod(0o600)
    with Terminal(home, "--database", str(path), "--as", "anna") as terminal:
        refused(terminal, NO_DATA, "notes.db")
    assert path.read_text() == "my notes\n" * 200


def test_the_first_person_on_a_new_desk_finds_out_what_to_do(tmp_path, home):
    with Terminal(home, "--database", str(tmp_path / "new.db"), "--as", "anna") as terminal:
        terminal.see("1 Queue", "anna", "No open tickets. N makes one.")
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('[screen]\nthem = "tamdesk-light"\n', ("config.toml", "screen.them", "theme")),
        ('[keys]\n"ticket.claim" = 7\n', ("config.toml", "keys.ticket.claim")),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_file_and_key(demo, home, tmp_path, config, words):
    path = tmp_path / "config.toml"
    path.write_text(config)
    with tamdesk(demo, home, environment={"TAMDESK_CONFIG": str(path)}) as terminal:
        refused(terminal, USAGE, *words)


def test_keys_of_the_configuration_work_and_a_clash_is_reported_at_the_start(demo, home, tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[keys]\n"ticket.claim" = "K"\n"ticket.note" = "r"\n')
    with tamdesk(demo, home, environment={"TAMDESK_CONFIG": str(path)}) as terminal:
        terminal.see("K claim", "The key r is given to both", "ticket.reply", "ticket.note")
        terminal.press("K")
        terminal.see("#1231 is carla's", "take it over")
