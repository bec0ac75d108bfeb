"""The one thread that touches the database: work is handed to it, and changes, whoever made them, are told from it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import Busy, ConnectionLost, DatabaseUnavailable

if TYPE_CHECKING:
    from models.connection import Desk
    from models.journal import ChangeNote

Result = TypeVar("Result")
LONGEST_WAIT_ROUNDS = 24
JOBS_BETWEEN_LOOKS = 20
CACHE_KIB = 256
"""SQLite would keep 2 MiB in each program; the system keeps what was read for all of them."""
_SQLITE_MARK = "PRAGMA data_version"
_POSTGRESQL_MARK = "SELECT count(*), sum(id), sum(at), sum(writing) FROM presence"


class _Job:
    """A call to make, and where its result goes."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.future: Future[Any] = Future()

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            self.future.set_result(self.call())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who asked
            self.future.set_exception(error)


class DatabaseThread:
    """Runs functions one after another on a thread with its own connection, and watches for changes in between.

    Callbacks run on the thread. While the queue is empty it wakes every `poll_seconds` and costs microseconds.
    """

    def __init__(self, address: str, *, poll_seconds: float = 0.4) -> None:
        self.address = address
        self.poll_seconds = poll_seconds
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)
        self._on_change: list[Callable[[list[ChangeNote]], None]] = []
        self._on_state: list[Callable[[DatabaseUnavailable | None], None]] = []
        self._closing = threading.Lock()
        self._closed = False
        self._desk: Desk | None = None
        self._failure: DatabaseUnavailable | None = None
        self._file: tuple[int, int] | None = None
        self._told = 0
        self._data_version: Any = None
        self._wait_rounds = self._rounds_left = 1
        self._unwatched = 0

    def start(self) -> None:
        """Begin; the desk is opened on the thread, so that the caller can go on with other things."""
        self._thread.start()

    def submit(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Future[Result]:
        """Have the function called on the thread; the future has its result, or its error.

        Where the desk cannot be reached, or the thread has been closed, the error is DatabaseUnavailable.
        """
        job = _Job(lambda: function(*args, **kwargs))
        with self._closing:
            if self._closed:
                job.future.set_exception(DatabaseUnavailable("The desk is closed."))
            else:
                self._jobs.put(job)
        return job.future

    def on_change(self, callback: Callable[[list[ChangeNote]], None]) -> None:
        """Have new operations told, oldest first and several at once; this program's own and those of others.

        An empty list tells that others changed what is in no journal: who has which ticket open.
        """
        self._on_change.append(callback)

    def on_state(self, callback: Callable[[DatabaseUnavailable | None], None]) -> None:
        """Have it told when the database goes away (why) and when it is back (None)."""
        self._on_state.append(callback)

    def close(self) -> None:
        """Finish what was submitted, close the connection and end the thread."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._open()
            while self._round():
                pass
        finally:
            self._end()

    def _round(self) -> bool:
        """Do the next job, or look for changes where there is none for a while; False when it is time to end."""
        try:
            job = self._jobs.get(timeout=self.poll_seconds)
        except Empty:
            self._watch()
            return True
        if job is None:
            return False
        self._do(job)
        self._unwatched += 1
        if self._jobs.empty() or self._unwatched >= JOBS_BETWEEN_LOOKS:
            self._unwatched = 0
            self._watch(after_own=True)
        return True

    def _end(self) -> None:
        """Close the connection and leave nobody waiting, however the thread came to its end."""
        with self._closing:
            self._closed = True
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is not None:
                job.future.set_exception(DatabaseUnavailable("The desk is closed."))
        if self._desk is not None:
            from models.connection import current

            self._desk.close()
            current().close()  # opened since by another part of the program, it was read here too

    def _do(self, job: _Job) -> None:
        """Run a job; without a database it gets the reason at once instead of waiting for one."""
        if self._failure is not None:
            self._open_again()
        self._look_for_file()
        if self._failure is not None:
            job.call = self._refuse
        job.run()
        error = None if job.future.cancelled() else job.future.exception()
        if isinstance(error, ConnectionLost) and self._failure is None:
            self._lost(error)

    def _refuse(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _open(self) -> None:
        """Open the desk and remember where its journal stands."""
        from models import journal
        from models.connection import SQLITE, open_desk

        try:
            self._desk = open_desk(self.address, create=self._desk is None)
            if self._desk.kind == SQLITE:
                self._desk.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._file = self._file_now()
            newest = journal.newest()
            self._told = min(self._told or newest, newest)
            self._data_version = self._version()
        except DatabaseUnavailable as error:
            self._lost(error)
        else:
            self._failure, self._wait_rounds = None, 1

    def _file_now(self) -> tuple[int, int] | None:
        """Return which file is at the desk's address; None where there is none, and for a server."""
        from models.connection import SQLITE, sqlite_path

        if self._desk is None or self._desk.kind != SQLITE:
            return None
        with contextlib.suppress(OSError):
            found = sqlite_path(self.address).stat()
            return found.st_dev, found.st_ino
        return None

    def _look_for_file(self) -> None:
        """Let go of a file that is not at its address any more: what is written into it would be lost."""
        if self._failure is None and self._file_now() != self._file:
            self._lost(
                DatabaseUnavailable(
                    f"{self.address} was moved or deleted; nothing is saved until it is back. Put it back, or leave."
                )
            )

    def _lost(self, reason: DatabaseUnavailable) -> None:
        """Let go of a connection that is gone, and say so."""
        if self._desk is not None:
            self._desk.abandon()
        first = self._failure is None
        self._failure = reason
        self._rounds_left = self._wait_rounds
        if first:
            self._tell_state(reason)

    def _open_again(self) -> None:
        """Try to reach the database again, after more and more rounds."""
        self._rounds_left -= 1
        if self._rounds_left > 0:
            return
        self._wait_rounds = min(self._wait_rounds * 2, LONGEST_WAIT_ROUNDS)
        self._open()
        if self._failure is None:
            self._tell_state(None)

    def _tell_state(self, state: DatabaseUnavailable | None) -> None:
        for callback in self._on_state:
            with contextlib.suppress(RuntimeError):  # the listener's event loop may have ended first
                callback(state)

    def _watch(self, *, after_own: bool = False) -> None:
        """Tell what is new in the journal, if anything is."""
        if self._failure is not None:
            self._open_again()
            return
        self._look_for_file()
        if self._failure is not None:
            return
        try:
            self._tell_changes(after_own)
        except Busy:
            return  # someone is writing; there is another look soon
        except DatabaseUnavailable as error:
            self._lost(error)

    def _tell_changes(self, after_own: bool) -> None:
        from models import journal
        from models.connection import SQLITE

        version, seen = self._version(), self._data_version
        if self._desk is not None and self._desk.kind == SQLITE and version == seen and not after_own:
            return
        self._data_version = version
        notes: list[ChangeNote] = []
        if journal.newest() > self._told:
            notes = journal.since(self._told)
            self._told = notes[-1].operation_id
        elif version == seen:
            return
        for callback in self._on_change:
            with contextlib.suppress(RuntimeError):  # the listener's event loop may have ended first
                callback(notes)

    def _version(self) -> Any:
        """A mark that changes when others write without an operation; SQLite has one of every commit by others.

        PostgreSQL has none: its journal is looked at, and the few rows that tell who is where.
        """
        from models.connection import SQLITE

        desk = self._desk
        if desk is None:
            return None
        return desk.execute(_SQLITE_MARK if desk.kind == SQLITE else _POSTGRESQL_MARK).fetchone()
