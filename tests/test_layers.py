"""What a program pays for at its start: the domain knows no screen, and the first list of tickets no heavy library."""

import subprocess
import sys

import pytest

DOMAIN = ("sla", "models", "contracts", "tickets", "tam", "onboarding")
EVERY_MODULE = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
print(" ".join(sys.modules))
"""
NAMED_MODULES = (
    "import importlib, sys; [importlib.import_module(n) for n in sys.argv[1:]]; print(' '.join(sys.modules))"
)


def imported(script: str, *names: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after the script."""
    ended = subprocess.run(
        [sys.executable, "-c", script, *names], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in ended.stdout.split()}


def test_no_domain_module_imports_a_screen_library() -> None:
    held = imported(EVERY_MODULE, *DOMAIN)
    assert set(DOMAIN) <= held
    assert held.isdisjoint({"textual", "rich", "cli", "tui", "screens"})


@pytest.mark.parametrize("domain", ["models", "sla", "contracts"])
def test_a_lower_package_imports_no_higher_one(domain: str) -> None:
    order = ("sla", "models", "contracts", "tickets", "tam", "onboarding")
    held = imported(EVERY_MODULE, domain)
    assert held.isdisjoint(order[order.index(domain) + 1 :])


def test_the_first_tickets_need_no_heavy_library() -> None:
    modules = ("models.schema", "models.journal", "models.thread", "tickets.reading")
    held = imported(NAMED_MODULES, *modules)
    assert held.isdisjoint({"arrow", "holidays", "msgspec", "psycopg2", "psycopg", "asyncio", "textual"})


def test_the_command_line_imports_only_the_group_that_is_asked_for() -> None:
    held = imported("import sys; from cli.main import parser_for; parser_for(['due']); print(' '.join(sys.modules))")
    assert held.isdisjoint({"peewee", "textual", "arrow", "msgspec"})


def test_reading_the_first_page_and_its_preview_needs_no_tables() -> None:
    held = imported(NAMED_MODULES, "tui.opening", "models.thread", "tickets.cards")
    assert held.isdisjoint({"peewee", "difflib", "hashlib", "textual"})


def test_opening_the_app_needs_no_parser_and_says_the_same() -> None:
    from cli.main import app_options, global_options

    words = ["--as", "anna", "--database", "desk.db"]
    app = app_options(words)
    assert app is not None
    assert vars(app) == vars(global_options().parse_args(words))
    assert [app_options(other) for other in (["--as"], ["--as", "--theme"], ["due"], ["--as=anna"])] == [None] * 4
    held = imported("import sys; from cli.main import app_options; app_options([]); print(' '.join(sys.modules))")
    assert "argparse" not in held
