"""Several programs on one desk: nothing is lost, nothing is done twice, and nobody waits for ever."""

import os
import signal
import subprocess
import sys
from contextlib import closing

import pytest

from models import connection, journal
from models.connection import SQLITE, Desk, open_desk
from models.errors import Busy
from models.migrate import check
from models.reading import rows, scalar
from models.tickets import Ticket
from tests.models.rows import QUEUE, cast, log_ticket, set_severity

PROGRAMS, TICKETS = 8, 400

CLAIM = """
import sys
from models import journal
from models.connection import open_desk
from models.reading import scalar
from models.tickets import Ticket

open_desk(sys.argv[1])
person = int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
claimed = 0
while True:
    with journal.transaction(person, 500, "ticket.claim") as tx:
        number = scalar("SELECT id FROM ticket WHERE is_open = 1 AND owner_id IS NULL ORDER BY order_at, id LIMIT 1")
        if number is None:
            break
        tx.update(Ticket, number, expected_version=1, owner=person)
        tx.ticket_id = number
        tx.say(f"{person} claimed #{number}.")
    claimed += 1
print(claimed)
"""

HOLD = """
import sys
from models import journal
from models.connection import open_desk
from models.customers import Customer

open_desk(sys.argv[1])
with journal.transaction(None, 500, "x") as tx:
    for number in range(200):
        tx.insert(Customer, key=f"half-{number}", name="Half")
    tx.say("Two hundred customers came.")
    print("holding", flush=True)
    sys.stdin.readline()
"""


def program(code: str, *arguments: object) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def hear(told: "subprocess.Popen[str]") -> str:
    """The next line that the program prints."""
    assert told.stdout is not None
    return told.stdout.readline().strip()


def say(told: "subprocess.Popen[str]", line: str) -> None:
    """Type a line to the program."""
    assert told.stdin is not None
    told.stdin.write(f"{line}\n")
    told.stdin.flush()


def test_eight_programs_claim_every_ticket_once_without_an_error(desk: Desk, desk_address: str) -> None:
    anna, _, acme = cast()
    columns = ("customer", "queue", "subject", "severity", "received_at", "updated_at", "order_at")
    with journal.transaction(anna, 100, "import") as tx:
        tx.insert_many(Ticket, columns, [(acme, QUEUE, f"Number {n}", 3, 1, 1, n) for n in range(TICKETS)])
        tx.say("Anna imported.")
    before = journal.newest()
    programs = [program(CLAIM, desk_address, anna) for _ in range(PROGRAMS)]
    assert [hear(each) for each in programs] == ["ready"] * PROGRAMS
    for each in programs:
        say(each, "go")
    told = [each.communicate(timeout=60) for each in programs]
    assert [errors for _, errors in told] == [""] * PROGRAMS
    shares = [int(claimed) for claimed, _ in told]
    assert sum(shares) == TICKETS
    assert max(shares) < TICKETS
    assert rows("SELECT DISTINCT owner_id, version FROM ticket") == [(anna, 2)]
    notes = journal.since(before)
    assert sorted(note.ticket_id or 0 for note in notes) == sorted(
        number for (number,) in rows("SELECT id FROM ticket")
    )


def test_a_program_killed_in_the_middle_leaves_a_whole_desk(desk: Desk, desk_address: str) -> None:
    people = cast()
    victim = program(HOLD, desk_address)
    with victim:
        assert hear(victim) == "holding"
        os.kill(victim.pid, signal.SIGKILL)
    number = log_ticket(people.anna, people.acme)
    assert scalar("SELECT count(*) FROM customer") == 1
    assert journal.history(number, 1)[0].kind == "ticket.create"
    assert check(desk_address) == []


def test_a_desk_that_another_program_holds_is_readable_and_says_busy_to_writers(
    desk_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_desk(desk_address)):
        people = cast()
        number = log_ticket(people.anna, people.acme)
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 1)
    impatient = connection._BEGIN[connection.POSTGRESQL].replace("'5s'", "'100ms'")
    monkeypatch.setitem(connection._BEGIN, connection.POSTGRESQL, impatient)
    holder = program(HOLD, desk_address)
    with holder, closing(open_desk(desk_address)):
        assert hear(holder) == "holding"
        assert scalar("SELECT count(*) FROM customer") == 1
        with pytest.raises(Busy, match="nothing was saved, try again"):
            set_severity(people.anna, number, 1, "Anna set severity 1.")
        say(holder, "go")
        assert holder.wait(20) == 0
        set_severity(people.anna, number, 1, "Anna set severity 1.")
        assert scalar("SELECT severity FROM ticket WHERE id = ?", (number,)) == 1


def test_a_reader_sees_the_desk_as_it_was_when_it_began_to_read(sqlite_address: str) -> None:
    with closing(open_desk(sqlite_address)) as desk:
        assert desk.kind == SQLITE
        people = cast()
        log_ticket(people.anna, people.acme)
        cursor = desk.execute("SELECT id FROM ticket UNION ALL SELECT id FROM person ORDER BY id")
        first = cursor.fetchone()
        log_ticket(people.anna, people.acme)
        assert [first, *cursor.fetchall()] == [(1,), (1,), (2,)]
