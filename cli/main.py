"""`tamdesk`: reads the arguments, imports the one command group that was asked for, and answers with an exit code.

Exit codes: 0 done, 1 refused by a rule, 2 wrong usage, 3 cannot reach the data. A mail system would send a mail back at
a 2: for `ticket intake-mail` it is 75 (EX_TEMPFAIL), which keeps the mail until the mistake is mended.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

DONE, REFUSED, USAGE, NO_DATA = range(4)
MAIL, TRY_AGAIN = "intake-mail", 75

GROUPS = {
    "demo": ("cli.demo.command", "open the app on a demo desk that is alive"),
    "due": ("cli.due", "say when an answer is due, without a database"),
    "ticket": ("cli.ticket", "list and show tickets"),
    "customer": ("cli.customer", "list, add and change customers and the people on their side"),
    "contract": ("cli.contract", "show what was agreed with a customer, and where it is written"),
    "hours": ("cli.hours", "log time, see what is left of the agreed hours, and close periods"),
    "call": ("cli.call", "plan, prepare, hold and export review calls"),
    "onboarding": ("cli.onboarding", "bring customers on board: checklist, gates, scope, status report"),
    "report": ("cli.report", "print a month for the lead: promises, credits, hours, onboardings"),
    "import": ("cli.import_", "bring tickets in from a Zendesk export or a CSV"),
    "keys": ("cli.keys", "print every command with its keys, and check the key map"),
    "person": ("cli.person", "list and add the people of the desk"),
    "db": ("cli.db", "migrate, check and describe the database"),
    "doctor": ("cli.doctor", "say whether terminal, database and configuration are fine"),
    "config": ("cli.config_command", "show every setting and where it comes from"),
}


def global_options() -> argparse.ArgumentParser:
    """Build the options that stand before or after any command."""
    import argparse

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    group = parser.add_argument_group("options of every command")
    group.add_argument("--database", metavar="ADDRESS", help="the desk's database: a file, or postgresql://…")
    group.add_argument("--data-dir", metavar="FOLDER", help="the folder that holds the desk's database")
    group.add_argument("--as", dest="person", metavar="LOGIN", help="who acts (default: the login name)")
    group.add_argument("--theme", metavar="NAME", help="the app's theme, such as tamdesk-light")
    return parser


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser; only the group that `words` name is imported, the others are a line of help."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="tamdesk",
        description="A service desk in a terminal. Without a command it opens the app.",
        parents=[global_options()],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and end")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    asked = next((word for word in words if word in GROUPS), None)
    for name, (module, summary) in GROUPS.items():
        if name == asked:
            importlib.import_module(module).add(commands)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    return parser


def app_options(words: Sequence[str]) -> SimpleNamespace | None:
    """Read the options where they open the app and nothing else: that needs no parser. None: ask the parser."""
    named = {"--database": "database", "--data-dir": "data_dir", "--as": "person", "--theme": "theme"}
    values = words[1::2]
    if len(words) % 2 or any(not value or value.startswith("-") for value in values):
        return None
    if any(word not in named for word in words[::2]):
        return None
    given = dict.fromkeys(named.values()) | {named[word]: value for word, value in zip(words[::2], values, strict=True)}
    return SimpleNamespace(**given)


def main(argv: Sequence[str] | None = None) -> int:
    """Run `tamdesk` with these arguments; answer its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    app = app_options(words)
    if app is not None:
        return _run(app, SimpleNamespace(command=None))
    mistaken = TRY_AGAIN if MAIL in words else USAGE
    try:
        given, rest = global_options().parse_known_args(words)
        args = parser_for(rest).parse_args(rest)
    except SystemExit as ended:
        raise SystemExit(mistaken if ended.code == USAGE else ended.code) from ended
    if args.version:
        from importlib.metadata import version

        print(f"tamdesk {version('tamdesk')}")
        return DONE
    return _run(given, args, mistaken)


def _run(
    given: argparse.Namespace | SimpleNamespace, args: argparse.Namespace | SimpleNamespace, mistaken: int = USAGE
) -> int:
    """Resolve the configuration and run the command; a refusal is one sentence on stderr."""
    from cli.config import ConfigError, resolve
    from models.errors import DatabaseUnavailable, DomainError

    flags = {"database": given.database, "data-dir": given.data_dir, "as": given.person, "theme": given.theme}
    try:
        args.config = resolve(flags, os.environ)
        args.address, args.login = args.config.database.value, args.config.person.value
        args.now = _now
        _prepare(args)
        code: int = args.run(args) if args.command else _open_app(args)
        sys.stdout.flush()  # a reader that went away is noticed here, not while Python ends
        return code
    except ConfigError as error:
        return _tell(error, mistaken)
    except DomainError as error:
        return _tell(error, REFUSED)
    except DatabaseUnavailable as error:
        return _tell(error, NO_DATA)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _tell("interrupted", 130)


def _prepare(args: argparse.Namespace | SimpleNamespace) -> None:
    """Tell the domain where computed holidays are kept and where the vendor's own catalogue is."""
    from pathlib import Path

    from platformdirs import user_cache_path

    from contracts.current import use_folder
    from sla.holiday_tables import use_cache

    use_cache(Path(user_cache_path("tamdesk")))
    use_folder(args.config.catalogue_folder())


def _open_app(args: argparse.Namespace | SimpleNamespace) -> int:
    from tui.run import run
    from tui.settings import Settings

    config = args.config
    settings = Settings(
        theme=config.theme.value,
        keymap=config.keys,
        mouse=config.mouse.value,
        editor=config.editor.value,
        idle_minutes=config.idle_minutes.value,
    )
    return run(args.address, args.login, now=args.now, settings=settings)


def _now() -> int:
    return int(time.time())


def _tell(error: object, code: int) -> int:
    from screens.widgets.text import clean

    print(f"tamdesk: {clean(str(error))}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
