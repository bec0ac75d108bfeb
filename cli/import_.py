"""`tamdesk import`: bring tickets in from a Zendesk export or the documented CSV."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.access import identify
from models.connection import on_server, open_desk, sqlite_path
from tickets.imports.files import FORMS
from tickets.imports.found import BadFile
from tickets.imports.report import Report
from tickets.imports.run import Progress, run_import

DONE, REFUSED, USAGE = 0, 1, 2

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_WORDS = {"landed": ("would land", "landed"), "updated": ("would change", "changed"), "unchanged": ("known", "known")}


def add(subparsers: Any) -> None:
    """Register `import`."""
    parser = subparsers.add_parser("import", help="bring tickets in from a Zendesk export or a CSV")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files of one export, in any order")
    parser.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    parser.add_argument("--source", default="zendesk", metavar="NAME", help="where the ids come from (default zendesk)")
    parser.add_argument("--format", choices=FORMS, help="how to read the files (default: by their names)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import the files and print what came of it; 0 where every record landed, 1 where some did not."""
    if not _SOURCE.fullmatch(args.source):
        return _complain("A source is a short name of letters, digits, dots and dashes, such as zendesk-eu.", USAGE)
    with _desk(args.address, args.dry_run), _bar() as progress:
        at = args.now()
        actor = identify(args.login, at)
        try:
            report = run_import(
                args.files,
                actor=actor.id,
                at=at,
                dry_run=args.dry_run,
                progress=progress,
                source=args.source,
                form=args.format,
            )
        except BadFile as error:
            return _complain(str(error), USAGE)
        except KeyboardInterrupt:
            return _complain("stopped. What landed can be undone as one; the same command goes on from there.", 130)
    _narrate(report)
    if args.json:
        print(json.dumps(report.to_mapping(), indent=2))
    else:
        _print(report)
    return DONE if report.complete else REFUSED


@contextmanager
def _desk(address: str, dry_run: bool) -> Iterator[None]:
    """Open the desk; a rehearsal for a desk that does not exist yet leaves none behind."""
    if not dry_run or on_server(address) or sqlite_path(address).exists():
        desk = open_desk(address)
        try:
            yield
        finally:
            desk.close()
        return
    with TemporaryDirectory() as folder, _desk(str(Path(folder) / "desk.db"), dry_run=False):
        yield


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A progress bar, where somebody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("import", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _narrate(report: Report) -> None:
    """Say on standard error what was put up with and what did not land."""
    from screens.widgets.text import clean

    for sentence, warned in report.warnings.items():
        times = f" ({warned.times:,} times)" if warned.times > 1 else ""
        print(clean(f"warning: {warned.first}: {sentence}{times}"), file=sys.stderr)
    for rejected in report.rejected:
        print(clean(f"rejected: {rejected}"), file=sys.stderr)


def _print(report: Report) -> None:
    for name, count in report.counts().items():
        told = (
            f"{getattr(count, field):,} {words[not report.dry_run]}"
            for field, words in _WORDS.items()
            if getattr(count, field)
        )
        print(f"{name:<10} {', '.join(told) or 'none'}")
    clocks = ", ".join(f"{count:,} {state}" for state, count in report.clocks.items() if count)
    print(f"{'clocks':<10} {clocks or 'none'}")
    if report.credit_days:
        print(f"{'credits':<10} {report.credit_days:,} days owed for missed clocks, for a lead to grant or refuse")
    print(f"{'rejected':<10} {len(report.rejected) or 'none'}")
    if report.dry_run:
        print("Nothing was written.")
    elif report.operation_id is None:
        print("Nothing has changed.")
    else:
        print("u in the app takes it all back.")


def _complain(sentence: str, code: int) -> int:
    print(f"tamdesk: {sentence}", file=sys.stderr)
    return code
