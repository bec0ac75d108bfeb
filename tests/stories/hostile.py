"""A demo desk on which everybody has written what no terminal should be sent."""

from contextlib import closing

from models.base import Table
from models.calls import Action, CallSeries, Feedback, ReviewCall
from models.connection import open_desk
from models.customers import Contact, Customer
from models.hours import TimeEntry, TopUp
from models.journal import Transaction, transaction
from models.onboardings import Criterion, OnboardingItem, Risk, ScopeRequest, Session
from models.people import Person
from models.reading import rows
from models.tickets import Message, Ticket
from tests.stories.desk import NOW

EVIL = "\x1b]52;c;ZXZpbA==\x07"
HOSTILE = f"[bold]x[/] [[ ]] {EVIL} \x1b[2J"
SUBJECTS = (
    HOSTILE,
    "\u202egnp.exe\u202c שלום עולם محمد علي \u2066x\u2069",
    "日本語のとても長い件名がここに来て欄の終わりで切られるはずです、きっと",
    "e\u0301a\u030ao\u0308 z\u0335\u0321a\u0337\u0322l\u0336\u0327g\u0334\u0328o " * 6,
    "👩‍👩‍👧‍👦 family ❤️ 👍🏽 🇨🇭 account",
    "\x9b2J \x90q\x9c \x9d0;title\x9c C1 controls",
    "tab\there\r\nnew line\x0bmore\x0c\x08\x08\x7f",
    "\u200b\ufeff\u00ad\u2028\u2029 invisible \U000e0041\U000e0042",
    "\x1b]0;evil title\x07\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b[6n\x1b[c\x1bP+q544e\x1b\\\x1b#8\x1bc answers",
    "[@click=app.quit]here[/] [link=https://evil.example]x[/link] %s {0} {{x}} ${y}",
)
FORBIDDEN = (
    EVIL.encode(),
    b"ZXZpbA==\x07",
    b"\x1b[2J",
    b"\x1b]0;",
    b"\x1b]8;",
    b"\x1b[6n",
    b"\x1bP",
    b"\x1b#8",
    b"\x1bc",
    *(sign.encode() for sign in "\u202e\u202c\u2066\u2069\u200d\x9b\x9d\x90\x08\x7f"),
)
"""What must never reach a terminal."""


WRITTEN: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (TimeEntry, ("note",)),
    (TopUp, ("note",)),
    (CallSeries, ("title",)),
    (ReviewCall, ("title", "notes", "agenda", "reason")),
    (Action, ("what", "owner")),
    (Feedback, ("what", "why")),
    (OnboardingItem, ("title", "owner", "done_means", "reason")),
    (Criterion, ("what", "measure", "target", "found")),
    (Session, ("title", "audience", "attendance", "note")),
    (ScopeRequest, ("what", "asked_by", "answer")),
    (Risk, ("what", "owner", "next_step")),
)
"""What TAMs and customers write beside tickets."""
MOST = 60
"""So many rows of each of these tables are enough to fill any screen."""


def poison(address: str) -> None:
    """Rewrite names, subjects, tags and messages; every open ticket is Ben's, so that the owner's column is filled."""
    with closing(open_desk(address)), transaction(None, NOW, "test") as tx:
        for number, (row, key) in enumerate(rows("SELECT id, key FROM customer ORDER BY id")):
            tx.update(Customer, row, name=f"{SUBJECTS[number % len(SUBJECTS)]} {key}", badge=HOSTILE)
        for (row,) in rows("SELECT id FROM contact"):
            tx.update(Contact, row, name=HOSTILE, email=HOSTILE)
        (ben,) = rows("SELECT id FROM person WHERE login = 'ben'")[0]
        for row, name in rows("SELECT id, name FROM person"):
            tx.update(Person, row, name=f"{name} {HOSTILE}")
        for number, (row,) in enumerate(rows("SELECT id FROM ticket WHERE is_open = 1 ORDER BY order_at, id")):
            subject = SUBJECTS[number % len(SUBJECTS)]
            tx.update(Ticket, row, subject=subject, owner_id=ben, tags=HOSTILE, impact=HOSTILE)
        for row, kind in rows(
            "SELECT message.id, kind FROM message JOIN ticket ON ticket.id = ticket_id WHERE is_open"
        ):
            tx.update(Message, row, body="\n".join((kind, *SUBJECTS)), author=HOSTILE)
        for table, columns in WRITTEN:
            _poison_rows(tx, table, columns)
        tx.say(f"{HOSTILE} changed everything.")


def _poison_rows(tx: Transaction, table: type[Table], columns: tuple[str, ...]) -> None:
    newest = rows(f"SELECT id FROM {table._meta.table_name} ORDER BY id DESC LIMIT {MOST}")
    for number, (row,) in enumerate(newest):
        said = {name: SUBJECTS[(number + place) % len(SUBJECTS)] for place, name in enumerate(columns)}
        tx.update(table, row, **said)


def assert_harmless(raw: bytes) -> None:
    """Nothing that somebody wrote was sent as what a terminal obeys."""
    for forbidden in FORBIDDEN:
        found = raw.find(forbidden)
        assert found < 0, f"{forbidden!r} was sent: …{raw[max(0, found - 60) : found + 40]!r}…"
