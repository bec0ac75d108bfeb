"""What can be typed, pressed or configured is documented, or this fails."""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.config import SHAPE
from contracts.words import POLICIES
from docs.make_keys import document
from screens.commands import ALL_COMMANDS

DOCS = Path(__file__).parent.parent / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def words_of(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
    """Every group, action and option under a parser, as it is typed."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield f"{path} {name}"
                yield from words_of(below, f"{path} {name}")
        else:
            yield from (option for option in action.option_strings if option.startswith("--") and option != "--help")


def command_line() -> list[str]:
    from cli.main import GROUPS, parser_for

    return sorted({word for group in GROUPS for word in words_of(parser_for([group]), "tamdesk")})


@pytest.mark.parametrize("word", command_line())
def test_every_command_and_option_is_documented(word: str) -> None:
    assert f"`{word}" in read("command-line.md")


def test_the_keys_are_documented_as_they_are() -> None:
    assert read("keys.md") == document(), "run python docs/make_keys.py"
    missing = [command.id for command in ALL_COMMANDS if f"`{command.id}`" not in read("keys.md")]
    assert missing == []


@pytest.mark.parametrize("name", [*(f"{section}.{key}" for section, keys in SHAPE.items() for key in keys), "keys"])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}" in read("configuration.md")


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_and_each_of_its_values_is_documented(name: str) -> None:
    told = read("configuration.md")
    assert f"`{name}`" in told
    assert [value for value in POLICIES[name] if f"`{value}`" not in told] == []


def test_every_environment_variable_is_documented() -> None:
    root = DOCS.parent
    folders = ("cli", "tui", "screens", "onboarding", "tam", "tickets", "contracts", "models", "sla")
    sources = [path.read_text(encoding="utf-8") for folder in folders for path in (root / folder).rglob("*.py")]
    found = {name for source in sources for name in re.findall(r"\bTAMDESK_[A-Z]+(?:_[A-Z]+)*\b", source)}
    assert {"TAMDESK_CONFIG", "TAMDESK_DATABASE", "TAMDESK_USER"} <= found
    assert [name for name in sorted(found) if f"`{name}`" not in read("configuration.md")] == []


def test_every_document_begins_with_its_title() -> None:
    untitled = [path.name for path in DOCS.glob("*.md") if not path.read_text(encoding="utf-8").startswith("# ")]
    assert untitled == []


PAGES = sorted([*DOCS.parent.glob("*.md"), *DOCS.glob("*.md")])


def links(page: Path) -> Iterator[Path]:
    for target in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            yield (page.parent / target).resolve()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not target.exists()] == []


def test_every_page_is_found_from_the_readme() -> None:
    assert set(DOCS.glob("*.md")) <= set(links(DOCS.parent / "README.md"))


def test_the_keys_can_be_written_anew_by_a_program_of_its_own(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(DOCS / "make_keys.py"), str(tmp_path / "keys.md")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "keys.md").read_text(encoding="utf-8") == document()
