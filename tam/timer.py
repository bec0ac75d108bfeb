"""The clock that a person has running: a row, so that no restart loses it, and one a person.

A timer can always be stopped: what may not be typed in is still kept where it was measured, as not counting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from models.access import Actor, require
from models.errors import NotFound
from models.journal import transaction
from models.reading import one
from sla.wall import day_bounds, local_of
from tam.activities import activity as activity_of
from tam.entries import Logged, keep, logged_sentence, tell_alerts
from tam.entry_rules import DAY_MINUTES, Book, Wanted
from tam.entry_words import clean_note, day_text, hours_text, whole_minutes
from tickets.errors import RuleRefused
from tickets.rules import WORKERS

if TYPE_CHECKING:
    from models.journal import Transaction

IDLE_MINUTES = 15


class TimerRow(NamedTuple):
    """A running or paused timer; seconds and UTC seconds, see `models.hours.Timer`."""

    id: int
    person_id: int
    customer_id: int
    customer: str
    activity: str
    ticket_id: int | None
    call_id: int | None
    item_id: int | None
    counts: int | None
    billable: int
    note: str
    started_at: int
    running_since: int | None
    seconds: int

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return self.running_since is None

    def elapsed(self, now: int) -> int:
        """Seconds measured until an instant; a clock that was set back takes nothing away."""
        return self.seconds + (0 if self.running_since is None else max(0, now - self.running_since))


class Started(NamedTuple):
    """The timer that runs now, what was kept of the one before, and what its person should know of its time to come."""

    timer: TimerRow
    logged: Logged | None
    warnings: tuple[str, ...] = ()


class Piece(NamedTuple):
    """What a timer measured on one local date: whole minutes between two instants (UTC seconds)."""

    on: str
    minutes: int
    started_at: int
    ended_at: int


def running(person_id: int) -> TimerRow | None:
    """The person's timer, running or paused."""
    return one(
        "SELECT t.id, t.person_id, t.customer_id, c.name, t.activity, t.ticket_id, t.call_id, t.item_id, t.counts,"
        " t.billable, t.note, t.started_at, t.running_since, t.seconds FROM timer t"
        " JOIN customer c ON c.id = t.customer_id WHERE t.person_id = ?",
        (person_id,),
        TimerRow,
    )


def start(
    customer_id: int,
    activity: str,
    actor: int,
    at: int,
    *,
    ticket_id: int | None = None,
    call_id: int | None = None,
    item_id: int | None = None,
    counts: bool | None = None,
    billable: bool | None = None,
    note: str = "",
    switch: bool = False,
) -> Started:
    """Start the actor's timer; with `switch` the one that runs is stopped and kept, else RuleRefused names it."""
    with transaction(actor, at, "timer.start") as tx:
        who = require(actor, *WORKERS)
        book = Book(at, lenient=True)
        name = book.customer(customer_id)
        book.check_links(customer_id, {"ticket_id": ticket_id, "call_id": call_id, "item_id": item_id})
        today = local_of(who.zone, at).date().isoformat()
        links = (ticket_id, call_id, item_id)
        coming = Wanted(customer_id, actor, today, 1, activity, clean_note(note), *links, counts, billable)
        warnings = book.check(coming).warnings
        logged = _stop_other(tx, who, at, switch)
        _insert(tx, coming, at)
        before = f"{logged.sentence} Then {who.name}" if logged else who.name
        tx.say(f"{before} started a timer for {name}: {activity}.")
        return Started(_own(actor), logged, warnings)


def _insert(tx: Transaction, coming: Wanted, at: int) -> None:
    from models.hours import Timer

    billable = activity_of(coming.activity).billable if coming.billable is None else coming.billable
    tx.insert(
        Timer,
        person_id=coming.person_id,
        customer_id=coming.customer_id,
        activity=coming.activity,
        ticket_id=coming.ticket_id,
        call_id=coming.call_id,
        item_id=coming.item_id,
        counts=None if coming.counts is None else int(coming.counts),
        billable=int(billable),
        note=coming.note,
        started_at=at,
        running_since=at,
    )


def switch(customer_id: int, activity: str, actor: int, at: int, **said: Any) -> Started:
    """Stop the timer that runs, if one does, keep its time, and start another; `said` as for `start`."""
    return start(customer_id, activity, actor, at, switch=True, **said)


def _stop_other(tx: Transaction, who: Actor, at: int, switching: bool) -> Logged | None:
    other = running(who.id)
    if other is None:
        return None
    if not switching:
        raise RuleRefused(
            f"A timer for {other.customer} ({other.activity}) has {hours_text(whole_minutes(other.elapsed(at)))}"
            " already; stop it first, or switch to the new one."
        )
    return _finish(tx, who, other, at, None, None)


def pause(actor: int, at: int) -> TimerRow:
    """Let the timer stand still; raises RuleRefused where it does already."""
    return _change("pause", actor, at, "paused", lambda held: {"running_since": None, "seconds": held.elapsed(at)})


def resume(actor: int, at: int) -> TimerRow:
    """Let a paused timer go on; raises RuleRefused where it runs."""
    return _change("resume", actor, at, "resumed", lambda _: {"running_since": at})


def note(text: str, actor: int, at: int) -> TimerRow:
    """Say what the time is spent on, while it is."""
    return _change("note", actor, at, "noted something on", lambda _: {"note": clean_note(text)})


def subtract(seconds: int, actor: int, at: int) -> TimerRow:
    """Take the seconds off a timer in which its person was away; it goes on from now."""
    if seconds < 0:
        raise RuleRefused("Only time that was measured can be taken off a timer.")

    def shorter(held: TimerRow) -> dict[str, Any]:
        left = max(0, held.elapsed(at) - seconds)
        return {"seconds": left, "running_since": None if held.is_paused else at}

    return _change("subtract", actor, at, f"took {hours_text(whole_minutes(seconds))} off", shorter)


def _change(kind: str, actor: int, at: int, told: str, to: Callable[[TimerRow], dict[str, Any]]) -> TimerRow:
    from models.hours import Timer

    with transaction(actor, at, f"timer.{kind}") as tx:
        who = require(actor, *WORKERS)
        held = _own(actor)
        if kind in ("pause", "resume") and held.is_paused == (kind == "pause"):
            raise RuleRefused(f"The timer for {held.customer} is {'paused' if held.is_paused else 'running'} already.")
        tx.update(Timer, held.id, **to(held))
        tx.say(f"{who.name} {told} the timer for {held.customer}.")
        return _own(actor)


def stop(actor: int, at: int, note: str | None = None, minutes: int | None = None) -> Logged:
    """Stop the timer and keep its time: half a minute counts as one, and one minute is the least.

    A timer that ran over midnight becomes an entry a day, by the person's zone. `minutes` (1 to 1440) says instead how
    long it was, on the day of the start. One of over 24 hours is cut there, and its note says so.
    """
    with transaction(actor, at, "timer.stop") as tx:
        who = require(actor, *WORKERS)
        logged = _finish(tx, who, _own(actor), at, note, minutes)
        tx.say(logged.sentence)
    return logged


def discard(actor: int, at: int) -> str:
    """Throw the timer away without keeping its time; answers the sentence of the journal."""
    from models.hours import Timer

    with transaction(actor, at, "timer.discard") as tx:
        who = require(actor, *WORKERS)
        held = _own(actor)
        tx.delete(Timer, held.id)
        length = hours_text(whole_minutes(held.elapsed(at)))
        tx.say(f"{who.name} discarded a timer for {held.customer} with {length}: {held.activity}.")
    return tx.sentence


def _own(actor: int) -> TimerRow:
    held = running(actor)
    if held is None:
        raise NotFound("You have no timer; start one first.")
    return held


def _finish(tx: Transaction, who: Actor, held: TimerRow, at: int, note: str | None, minutes: int | None) -> Logged:
    from models.hours import Timer

    warnings: list[str] = []
    text = held.note if note is None else note
    if minutes is not None:
        on = local_of(who.zone, held.started_at).date().isoformat()
        wanted = [_wanted(held, on, minutes, text)]
    else:
        pieces, cut = measured(held, at, who.zone)
        if cut:
            warnings.append(
                f"The timer had {hours_text(cut)}; an entry has 24 hours at most, so the first 24 are kept."
                " Stop it with the minutes that are right, or change the entries."
            )
            text = f"{text}\nThe timer had {hours_text(cut)}.".strip()
        wanted = [_wanted(held, each.on, each.minutes, text, each) for each in pieces]
        if len(pieces) > 1:
            days = ", ".join(f"{hours_text(each.minutes)} on {day_text(each.on)}" for each in pieces)
            warnings.append(f"It ran over midnight: {days}.")
    tx.delete(Timer, held.id)
    logged = _keep_all(tx, who, wanted, at)
    return logged._replace(warnings=(*warnings, *logged.warnings))


def _wanted(held: TimerRow, on: str, minutes: int, note: str, piece: Piece | None = None) -> Wanted:
    return Wanted(
        held.customer_id,
        held.person_id,
        on,
        minutes,
        held.activity,
        note,
        held.ticket_id,
        held.call_id,
        held.item_id,
        None if held.counts is None else bool(held.counts),
        bool(held.billable),
        piece.started_at if piece else None,
        piece.ended_at if piece else None,
    )


def _keep_all(tx: Transaction, who: Actor, wanted: list[Wanted], at: int) -> Logged:
    """Keep what was measured, by the lenient rules; the sentence is that of all."""
    book = Book(at, lenient=True)
    ids: list[int] = []
    warnings: list[str] = []
    sentences: list[str] = []
    for each in wanted:
        checked = book.check(each)
        book.took(checked.columns)
        ids.append(keep(tx, checked))
        warnings += checked.warnings
        sentences.append(logged_sentence(who, book, checked))
    tell_alerts(tx, at, wanted[0].customer_id)
    return Logged(ids[-1], tuple(dict.fromkeys(warnings)), tuple(ids), " ".join(sentences))


def measured(held: TimerRow, at: int, zone: str) -> tuple[list[Piece], int]:
    """What a timer has until `at`, a piece a local date, and (where that was over 24 hours) all its minutes, else 0.

    The minutes of the pieces add up to those of the whole. Of the time before the last pause only the sum is known: it
    stands from the start on.
    """
    total = held.elapsed(at)
    kept = min(total, DAY_MINUTES * 60)
    first = min(held.seconds, kept)
    stretches = [(held.started_at, held.started_at + first)]
    if held.running_since is not None:
        begin = max(held.running_since, stretches[0][1])
        stretches.append((begin, begin + kept - first))
    days: dict[str, tuple[int, int, int]] = {}
    for stretch in stretches:
        for on, begin, end in _by_day(*stretch, zone):
            seconds, since, _ = days.get(on, (0, begin, end))
            days[on] = (seconds + end - begin, since, end)
    if not days:
        on = local_of(zone, held.started_at).date().isoformat()
        days[on] = (0, held.started_at, held.started_at)
    return _pieces(days), whole_minutes(total) if total > kept else 0


def _by_day(begin: int, end: int, zone: str) -> list[tuple[str, int, int]]:
    """A stretch of time cut at each local midnight."""
    found = []
    while begin < end:
        day = local_of(zone, begin).date()
        until = min(end, day_bounds(zone, day.toordinal())[1])
        found.append((day.isoformat(), begin, until))
        begin = until
    return found


def _pieces(days: dict[str, tuple[int, int, int]]) -> list[Piece]:
    """Minutes by day that add up to the rounded whole; each piece says when it began and ended."""
    pieces, seconds, given = [], 0, 0
    whole = whole_minutes(sum(each[0] for each in days.values()))
    for number, (on, (length, begin, end)) in enumerate(days.items(), 1):
        seconds += length
        upto = whole if number == len(days) else min(whole, (seconds + 30) // 60)
        if upto > given:
            pieces.append(Piece(on, upto - given, begin, max(end, begin + 1)))
        given = upto
    return pieces


def idle_since(row: TimerRow, last_input: int, now: int, after_minutes: int = IDLE_MINUTES) -> int | None:
    """Since when (UTC seconds) a running timer's person has touched nothing, once that is long enough to ask about.

    `now` less the answer is what `subtract` would take off.
    """
    if row.running_since is None:
        return None
    since = max(last_input, row.running_since)
    return since if now - since >= after_minutes * 60 else None
