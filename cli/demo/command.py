"""`tamdesk demo`: the app on a demo desk that is alive relative to now."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from models.errors import DomainError

DONE = 0
DEFAULT_SEED = 1


class NotADemo(DomainError):
    """The database holds something else, which a demo must not replace."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `demo`."""
    parser = subparsers.add_parser("demo", help="open the app on a demo desk that is alive")
    parser.add_argument("--keep", action="store_true", help="go on with the demo desk of last time, if there is one")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another number makes other tickets")
    parser.add_argument("--now", dest="instant", type=_instant, help="make the demo for this instant; its clock stands")
    parser.add_argument("--no-app", action="store_true", help="make the desk, print its address, and end")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the demo desk where there is none to keep, and open the app on it.

    It stands where --database or --data-dir say, else in a folder of its own: never where the person's own desk is.
    """
    config = args.config
    address = args.address if config.database.source.startswith("--") else default_address()
    instant = args.instant if args.instant is not None else args.now()
    make(address, args.seed, instant, keep=args.keep)
    if args.no_app:
        print(address)
        print(f"Try it: tamdesk --database {address} --as anna", file=sys.stderr)
        return DONE
    from tui.run import run as run_app
    from tui.settings import Settings

    login = config.person.value if config.person.source == "--as" else "anna"
    settings = Settings(
        theme=config.theme.value, keymap=config.keys, mouse=config.mouse.value, editor=config.editor.value
    )
    now = args.now if args.instant is None else lambda: instant
    return run_app(address, login, now=now, settings=settings)


def default_address() -> str:
    """The file of the demo desk, beside the person's own."""
    from platformdirs import user_data_path

    return str(user_data_path("tamdesk") / "demo" / "desk.db")


def make(address: str, seed: int, now: int, *, keep: bool = False) -> None:
    """Make a fresh demo desk at an address, or keep the one that is there.

    Raises NotADemo where something else is there.
    """
    from models.connection import on_server, sqlite_path

    if on_server(address):
        _make_in_place(address, seed, now, keep)
        return
    path = sqlite_path(address)
    if path.exists() and path.stat().st_size:
        _refuse_other_desks(address)
        if keep:
            return
    _make_file(path, seed, now)


def _make_file(path: Path, seed: int, now: int) -> None:
    """Build beside the file and put it in its place when it is whole; who has the old one open keeps that."""
    from cli.demo.build import build
    from models.connection import open_desk

    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        desk = open_desk(str(new))
        try:
            build(desk, seed, now)
        finally:
            desk.close()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        new.replace(path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            new.with_name(new.name + suffix).unlink(missing_ok=True)


def _make_in_place(address: str, seed: int, now: int, keep: bool) -> None:
    from cli.demo.build import build
    from models.connection import open_desk
    from models.reading import scalar

    desk = open_desk(address)
    try:
        if scalar("SELECT 1 FROM person LIMIT 1") is None:
            build(desk, seed, now)
        elif not (keep and _holds_demo()):
            raise NotADemo("This database holds a desk already; name an empty one, or --keep for the demo in it.")
    finally:
        desk.close()


def _refuse_other_desks(address: str) -> None:
    from models.connection import open_desk
    from models.reading import scalar

    desk = open_desk(address, create=False)
    try:
        if not _holds_demo() and scalar("SELECT 1 FROM person LIMIT 1") is not None:
            raise NotADemo(f"{address} holds a desk that is no demo, and stays as it is; name another file.")
    finally:
        desk.close()


def _holds_demo() -> bool:
    from cli.demo.build import SOURCE
    from models.reading import scalar

    return scalar("SELECT 1 FROM ticket WHERE source = ? LIMIT 1", (SOURCE,)) is not None


def _instant(text: str) -> int:
    """Read an ISO 8601 instant that says its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant such as 2024-03-12T13:03:00+01:00") from error
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} needs an offset, such as 2024-03-12T13:03:00+01:00")
    return int(found.timestamp())
