"""Bringing a desk to the revision of this program: made new, backed up and migrated, or refused where it is newer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from models.connection import (
    MIGRATIONS,
    SQLITE,
    Desk,
    applied_migration,
    connect,
    newest_migration,
    public_address,
    sqlite_path,
    use_wal,
)
from models.errors import DatabaseUnavailable
from models.files import FILE_MODE

_LOCK = "SELECT pg_advisory_lock(8267)"
_UNLOCK = "SELECT pg_advisory_unlock(8267)"


def migrate(address: str) -> list[str]:
    """Bring the desk at an address up to date, made new where there is none; return what was applied, in order.

    An older SQLite file is backed up first to `<file>.<revision>.bak`. Raises DatabaseUnavailable where the desk cannot
    be reached or is newer than this program.
    """
    with closing(connect(address)) as desk:
        return bring_up_to_date(desk)


def bring_up_to_date(desk: Desk) -> list[str]:
    """The same for a desk that is connected."""
    with _one_at_a_time(desk):
        applied = applied_migration(desk)
        if applied == newest_migration():
            return []
        if applied is None:
            _refuse_strangers(desk)
        else:
            _refuse_newer(desk)
            if desk.kind == SQLITE:
                back_up(desk, applied)
        use_wal(desk)
        names: list[str] = _runner(desk).up()
        return names


def pending(desk: Desk) -> list[str]:
    """The migrations that this program brings and the desk has not seen."""
    return [each.name for each in _runner(desk).status() if each.path and not each.applied]


def check(address: str) -> list[str]:
    """The problems of the desk at an address, a sentence each; none where it is whole. Changes nothing."""
    from models.checks import check_desk

    return check_desk(address)


def info(address: str) -> dict[str, Any]:
    """What the desk at an address is: its kind, revision and size (bytes), and how much it holds. Changes nothing."""
    from models.checks import describe_desk

    return describe_desk(address)


def _runner(desk: Desk) -> Any:
    from playhouse.migrations import Runner

    return Runner(desk.database, str(MIGRATIONS))


def _refuse_newer(desk: Desk) -> None:
    unknown = [each.name for each in _runner(desk).status() if each.path is None]
    if unknown:
        raise DatabaseUnavailable(
            f"The desk at {public_address(desk.address)} was made by a newer tamdesk ({unknown[-1]}); "
            "install that version or a later one."
        )


def _refuse_strangers(desk: Desk) -> None:
    """A database that holds other tables belongs to another program."""
    tables = set(desk.database.get_tables()) - {"schema_migration"}
    if tables:
        raise DatabaseUnavailable(
            f"{public_address(desk.address)} is another program's database ({sorted(tables)[0]}); name another one."
        )


def back_up(desk: Desk, revision: str) -> Path:
    """Copy a SQLite desk, as it is now, to `<file>.<revision>.bak`, and return the path."""
    import os
    import sqlite3

    path = sqlite_path(desk.address)
    target = path.with_name(f"{path.name}.{revision}.bak")
    unfinished = target.with_suffix(".bak.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))
    unfinished.chmod(FILE_MODE)
    with desk.translating(), closing(sqlite3.connect(unfinished)) as copy:
        desk.database.connection().backup(copy)
        # The copy is one file: a reader without the side files must find everything in it.
        copy.execute("PRAGMA journal_mode = DELETE")
    return unfinished.replace(target)


@contextmanager
def _one_at_a_time(desk: Desk) -> Iterator[None]:
    """Let one program migrate at a time: others wait, and find the work done."""
    if desk.kind != SQLITE:
        desk.execute(_LOCK)
        try:
            yield
        finally:
            desk.execute(_UNLOCK)
        return
    import fcntl
    import os

    # The folder, not the file: closing a second handle of the file would drop the locks that SQLite has on it.
    folder = os.open(sqlite_path(desk.address).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
