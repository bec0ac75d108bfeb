"""Time that was spent for a customer: logged, changed, taken back. Each is one journalled operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from models.access import Actor, require
from models.journal import transaction
from models.reading import one
from models.words import LEAD, TAM
from tam.entry_reading import EntryRow, entries, entry
from tam.entry_rules import Book, Checked, Wanted
from tam.entry_words import day_text, hours_text
from tickets.errors import RuleRefused
from tickets.rules import WORKERS

if TYPE_CHECKING:
    from models.journal import Transaction

__all__ = ("EntryRow", "Logged", "change", "delete", "entries", "entry", "log")


class Logged(NamedTuple):
    """The entry that was kept (the newest, where `ids` are several), and what its person should know."""

    id: int
    warnings: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    sentence: str = ""


def log(
    customer_id: int,
    minutes: int,
    on: str,
    activity: str,
    actor: int,
    at: int,
    *,
    note: str = "",
    ticket_id: int | None = None,
    call_id: int | None = None,
    item_id: int | None = None,
    counts: bool | None = None,
    billable: bool | None = None,
    started_at: int | None = None,
    ended_at: int | None = None,
    person_id: int | None = None,
    external_id: str | None = None,
) -> Logged:
    """Keep time (1 to 1440 minutes) spent on a local date; a TAM or lead may log it for someone else.

    Raises RuleRefused where the day would be longer than 24 hours or lies ahead, and where it should count but no TAM
    hours are agreed; NotAllowed; NotFound. Entries of a closed period count in the open one.
    """
    whose, links = actor if person_id is None else person_id, (ticket_id, call_id, item_id)
    wanted = Wanted(
        customer_id, whose, on, minutes, activity, note, *links, counts, billable, started_at, ended_at, external_id
    )
    with transaction(actor, at, "hours.log", ticket_id) as tx:
        who = may_touch(actor, wanted.person_id)
        if external_id is not None and one("SELECT 1 FROM time_entry WHERE external_id = ?", (external_id,)):
            raise RuleRefused(f"The entry {external_id!r} is here already; change it, or import it again.")
        book = Book(at)
        checked = book.check(wanted)
        entry_id = keep(tx, checked)
        tell_alerts(tx, at, customer_id)
        tx.say(logged_sentence(who, book, checked))
    return Logged(entry_id, checked.warnings, (entry_id,), tx.sentence)


def change(entry_id: int, actor: int, at: int, version: int, **said: Any) -> Logged:
    """Change what is named of an entry (the fields of `Wanted`); a changed activity brings its own counts and billable.

    Raises StaleRow where it is not at `version` any more, RuleRefused in a closed period and where `log` would, and
    NotAllowed for someone else's unless a TAM or lead asks.
    """
    with transaction(actor, at, "hours.change") as tx:
        was = entry(entry_id)
        who = may_touch(actor, was.person_id)
        if (person_id := said.get("person_id", was.person_id)) != was.person_id:
            may_touch(actor, person_id)
        book = Book(at)
        book.refuse_closed(was)
        checked = alter(tx, book, was, version, said)
        tell_alerts(tx, at, was.customer_id, checked.columns["customer_id"])
        tx.say(f"{who.name} changed time for {was.customer}: {_told(book, was, checked)}.")
    return Logged(entry_id, checked.warnings, (entry_id,), tx.sentence)


def delete(entry_id: int, actor: int, at: int) -> Logged:
    """Take an entry away; raises RuleRefused in a closed period, NotAllowed for someone else's unless a TAM or lead
    asks."""
    from models.hours import TimeEntry

    with transaction(actor, at, "hours.delete") as tx:
        was = entry(entry_id)
        who = may_touch(actor, was.person_id)
        Book(at).refuse_closed(was)
        tx.delete(TimeEntry, entry_id)
        tell_alerts(tx, at, was.customer_id)
        whose = "" if who.id == was.person_id else f" of {was.person}"
        told = f"{hours_text(was.minutes)}{whose} for {was.customer} on {day_text(was.on)}"
        tx.say(f"{who.name} deleted {told}: {was.activity}.")
    return Logged(entry_id, (), (), tx.sentence)


def may_touch(actor: int, person_id: int) -> Actor:
    """The actor, who may keep this person's time: their own, or as TAM or lead anyone's; raises NotAllowed."""
    return require(actor, *(WORKERS if actor == person_id else (TAM, LEAD)))


def keep(tx: Transaction, checked: Checked) -> int:
    """Write a new entry."""
    from models.hours import TimeEntry

    return tx.insert(TimeEntry, **checked.columns)


def alter(tx: Transaction, book: Book, was: EntryRow, version: int | None, said: dict[str, Any]) -> Checked:
    """Write what is said of an entry that stands; `version` None takes it as it is."""
    from models.hours import TimeEntry

    held = {name: getattr(was, name) for name in Wanted._fields}
    if said.get("activity", was.activity) != was.activity:
        held |= {"counts": None, "billable": None}
    checked = book.check(Wanted(**(held | said)), was)
    tx.update(TimeEntry, was.id, version, **checked.columns)
    return checked


def tell_alerts(tx: Transaction, at: int, *customer_ids: int) -> None:
    """Have the budgets looked at again, in the transaction that changed them."""
    from tam.alerts import note

    for customer_id in dict.fromkeys(customer_ids):
        note(tx, customer_id, at)


def logged_sentence(who: Actor, book: Book, checked: Checked) -> str:
    """What the journal says of a new entry."""
    columns = checked.columns
    whose = "" if who.id == columns["person_id"] else f" of {book.person(columns['person_id']).name}"
    counting = "" if columns["counts"] else ", not counting"
    told = f"{hours_text(columns['minutes'])}{whose} for {book.customer(columns['customer_id'])}"
    return f"{who.name} logged {told}: {columns['activity']}{counting}."


def _told(book: Book, was: EntryRow, checked: Checked) -> str:
    columns = checked.columns
    told = f"{hours_text(columns['minutes'])} {columns['activity']} on {day_text(columns['on'])}"
    moved = columns["customer_id"] != was.customer_id
    return f"{told}, now for {book.customer(columns['customer_id'])}" if moved else told
