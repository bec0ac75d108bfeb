"""The database thread does what it is handed, in order, and tells what changed, whoever changed it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue
from typing import Any

import psycopg2
import pytest

from models import journal
from models.connection import open_desk
from models.errors import ConnectionLost, DatabaseUnavailable
from models.journal import ChangeNote
from models.reading import scalar
from models.thread import DatabaseThread
from models.working import Presence
from tests.models.rows import cast, log_ticket, set_severity

PATIENCE = 20
SOON = 0.02


@pytest.fixture
def thread(desk_address: str) -> Iterator[DatabaseThread]:
    """A database thread at work on an empty desk; the test runs once on each database."""
    worker = DatabaseThread(desk_address, poll_seconds=SOON)
    worker.start()
    yield worker
    worker.close()


def told_by(thread: DatabaseThread) -> "Queue[list[ChangeNote]]":
    told: Queue[list[ChangeNote]] = Queue()
    thread.on_change(told.put)
    return told


def test_work_is_done_in_order_on_one_thread_that_is_not_the_callers(thread: DatabaseThread) -> None:
    seen: list[tuple[int, int]] = []
    futures = [thread.submit(lambda number=n: seen.append((number, threading.get_ident()))) for n in range(50)]
    for future in futures:
        future.result(PATIENCE)
    assert [number for number, _ in seen] == list(range(50))
    assert len({ident for _, ident in seen} - {threading.get_ident()}) == 1


def test_an_answer_and_an_error_both_come_back(thread: DatabaseThread) -> None:
    assert thread.submit(scalar, "SELECT count(*) FROM queue").result(PATIENCE) == 2
    with pytest.raises(ZeroDivisionError):
        thread.submit(lambda: 1 // 0).result(PATIENCE)
    assert thread.submit(journal.newest).result(PATIENCE) == 0


def test_own_changes_are_told_without_waiting_for_the_next_look(desk_address: str) -> None:
    patient = DatabaseThread(desk_address, poll_seconds=PATIENCE)
    told = told_by(patient)
    patient.start()
    with closing(patient):
        people = patient.submit(cast).result(PATIENCE)
        assert [note.sentence for note in told.get(timeout=PATIENCE)][-1] == "The desk was set up."
        number = patient.submit(log_ticket, people.anna, people.acme).result(PATIENCE)
        [note] = told.get(timeout=PATIENCE)
        assert (note.ticket_id, note.person_id, note.tables) == (number, people.anna, {"ticket"})


def test_the_changes_of_another_program_are_told(thread: DatabaseThread, desk_address: str) -> None:
    told = told_by(thread)
    assert thread.submit(journal.newest).result(PATIENCE) == 0
    with closing(open_desk(desk_address)):
        people = cast()
        number = log_ticket(people.ben, people.acme)
    sentences: list[str] = []
    while f"Anna logged #{number}." not in sentences:
        sentences += [note.sentence for note in told.get(timeout=PATIENCE)]
    assert sentences == ["Anna opened the desk and leads it.", "The desk was set up.", f"Anna logged #{number}."]


def test_changes_of_work_that_waits_in_line_are_told_together(thread: DatabaseThread) -> None:
    told = told_by(thread)
    people = thread.submit(cast).result(PATIENCE)
    number = thread.submit(log_ticket, people.anna, people.acme).result(PATIENCE)
    while told.get(timeout=PATIENCE)[-1].ticket_id != number:
        pass
    gate = threading.Event()
    thread.submit(gate.wait, PATIENCE)
    for level in (1, 3, 4):
        thread.submit(set_severity, people.anna, number, level, f"Anna set severity {level}.")
    gate.set()
    assert [note.sentence for note in told.get(timeout=PATIENCE)] == [f"Anna set severity {n}." for n in (1, 3, 4)]


def test_closing_finishes_the_work_that_was_handed_in(desk_address: str) -> None:
    worker = DatabaseThread(desk_address)
    worker.start()
    future = worker.submit(cast)
    worker.close()
    assert future.result(0).anna == 1
    with pytest.raises(DatabaseUnavailable, match="closed"):
        worker.submit(cast).result(0)
    worker.close()


def test_work_that_was_cancelled_is_not_done(thread: DatabaseThread) -> None:
    gate = threading.Event()
    done: list[int] = []
    thread.submit(gate.wait, PATIENCE)
    unwanted = thread.submit(done.append, 1)
    assert unwanted.cancel()
    gate.set()
    thread.submit(done.append, 2).result(PATIENCE)
    assert done == [2]


def test_a_desk_that_cannot_be_opened_is_told_to_everyone_who_asks(tmp_path: Path) -> None:
    states: Queue[Any] = Queue()
    worker = DatabaseThread(str(tmp_path), poll_seconds=SOON)
    worker.on_state(states.put)
    worker.start()
    with closing(worker):
        for _ in range(3):
            with pytest.raises(DatabaseUnavailable, match="is a folder"):
                worker.submit(journal.newest).result(PATIENCE)
    assert "is a folder" in str(states.get(timeout=PATIENCE))
    assert states.empty()


def test_a_file_that_is_taken_away_is_told_instead_of_written_into_nowhere(sqlite_address: str) -> None:
    states: Queue[DatabaseUnavailable | None] = Queue()
    worker = DatabaseThread(sqlite_address, poll_seconds=SOON)
    worker.on_state(states.put)
    worker.start()
    try:
        assert worker.submit(scalar, "SELECT count(*) FROM queue").result(PATIENCE) == 2
        file, elsewhere = Path(sqlite_address), Path(f"{sqlite_address}.elsewhere")
        file.rename(elsewhere)
        with pytest.raises(DatabaseUnavailable, match=r"moved or deleted|no desk at"):
            worker.submit(scalar, "SELECT count(*) FROM queue").result(PATIENCE)
        assert states.get(timeout=PATIENCE) is not None
        assert not file.exists()
        elsewhere.rename(file)
        assert states.get(timeout=PATIENCE) is None
        assert worker.submit(scalar, "SELECT count(*) FROM queue").result(PATIENCE) == 2
    finally:
        worker.close()


def test_a_server_that_hangs_up_is_told_and_found_again(postgresql_address: str) -> None:
    states: Queue[Any] = Queue()
    worker = DatabaseThread(postgresql_address, poll_seconds=SOON)
    worker.on_state(states.put)
    worker.start()
    with closing(worker):
        people = worker.submit(cast).result(PATIENCE)
        with closing(psycopg2.connect(postgresql_address)) as other:
            other.cursor().execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'tamdesk' AND datname = current_database()"
            )
        assert isinstance(states.get(timeout=PATIENCE), ConnectionLost)
        assert states.get(timeout=PATIENCE) is None
        assert worker.submit(log_ticket, people.anna, people.acme).result(PATIENCE) == 1


def test_who_comes_and_goes_elsewhere_is_told_though_no_journal_says_so(
    thread: DatabaseThread, desk_address: str
) -> None:
    people = thread.submit(cast).result(PATIENCE)
    number = thread.submit(log_ticket, people.anna, people.acme).result(PATIENCE)
    assert thread.submit(journal.newest).result(PATIENCE) > 0
    told = told_by(thread)
    with closing(open_desk(desk_address)):
        Presence.create(person=people.ben, ticket=number, writing=0, at=500)
        assert told.get(timeout=PATIENCE) == []
        Presence.update(writing=1).execute()
        assert told.get(timeout=PATIENCE) == []
        Presence.delete().execute()
        assert told.get(timeout=PATIENCE) == []
    assert thread.submit(scalar, "SELECT count(*) FROM presence").result(PATIENCE) == 0
    assert told.empty(), "what is told once is not told again"
