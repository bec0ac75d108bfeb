"""Whose time a row is, whom it was for and what on, by the names that another program has for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

from contracts.errors import nearest
from models.access import Actor, actor_by_id
from models.errors import NotFound
from models.reading import rows
from models.words import LEAD, TAM
from sla.datetimes import instant_of
from sla.hours import zone_of
from sla.wall import local_of
from tam.activities import ADVICE, named, recognised
from tam.entry_rules import Wanted
from tam.entry_words import clean_note, whole_minutes
from tam.imports.records import TIMEWARRIOR, SourceRow
from tickets.errors import RuleRefused


class Times(NamedTuple):
    """When a row was worked: its local date, its instants where they are known, its seconds, and what is odd."""

    on: str
    started_at: int | None
    ended_at: int | None
    seconds: int
    warning: str = ""


class Names:
    """Who and what is known on the desk by which name, with what the importing person says is meant.

    `mapping` leads from names of clients, projects and tags to customers, `people` from names and addresses to persons.
    With `person_id` every row is that person's.
    """

    def __init__(
        self,
        actor: Actor,
        mapping: Mapping[str, int],
        people: Mapping[str, int],
        person_id: int | None,
    ) -> None:
        self._actor = actor
        self._person = actor_by_id(person_id) if person_id is not None else None
        found = rows("SELECT id, key, name FROM customer ORDER BY id")
        self._customer_names = [name for _, _, name in found]
        self._customers = _known([(name, each) for each, _, name in found], [(key, each) for each, key, _ in found])
        self._customers |= {_plain(name): each for name, each in mapping.items()}
        staff = rows("SELECT id, login, name, email FROM person ORDER BY active, id")
        self._people_names = [name for _, _, name, _ in staff]
        self._people = _known(
            [(name, each) for each, _, name, _ in staff],
            [(login, each) for each, login, _, _ in staff],
            [(email, each) for each, _, _, email in staff if email],
        ) | {_plain(name): each for name, each in people.items()}
        self._held: dict[int, Actor] = {}
        self.unknown: Counter[str] = Counter()

    def person(self, row: SourceRow) -> Actor:
        """Who worked; raises RuleRefused where nobody is called so, or where the actor may not bring in their time."""
        found = self._person or self._named_person(row)
        if found.id != self._actor.id and self._actor.role not in (TAM, LEAD):
            raise RuleRefused(f"It is {found.name}'s; a TAM or a lead imports the time of others.")
        return found

    def _named_person(self, row: SourceRow) -> Actor:
        names = [name for name in (row.email, row.person) if name]
        if not names:
            return self._actor
        for name in names:
            if (found := self._people.get(_plain(name))) is not None:
                return self._held.setdefault(found, actor_by_id(found))
        raise NotFound(f"Nobody on this desk is called {names[-1]!r}; {nearest(names[-1], self._people_names)}")

    def customer(self, row: SourceRow) -> tuple[int, str]:
        """Whom it was for, and the tag that said so, if one did; raises NotFound with the nearest customer."""
        for name in (row.client, f"{row.client}/{row.project}", row.project):
            if (found := self._customers.get(_plain(name))) is not None and name:
                return found, ""
        for tag in row.tags:
            if (found := self._customers.get(_plain(tag))) is not None:
                return found, tag
        names = [name for name in (row.client, row.project, *row.tags) if name]
        if not names:
            raise NotFound("It names no customer: neither client, project nor tag.")
        self.unknown[names[0]] += 1
        near = nearest(names[0], self._customer_names[:5000])
        raise NotFound(f"There is no customer {names[0]!r}; {near} Say which is meant, or add it first.")


def activity_of(row: SourceRow) -> tuple[str, str]:
    """What it was spent on (advice unless a task, tag or project says so), and the tag that said it, if one did."""
    if row.task and (found := recognised(row.task)):
        return found.key, ""
    for tag in row.tags:
        if found := named(tag):
            return found.key, tag
    found = named(row.project) if row.project else None
    return (found.key, "") if found else (ADVICE, "")


def times_of(row: SourceRow, zone: str) -> Times:
    """When it was worked, by the clock on the wall of its person."""
    if row.started_at is not None and row.ended_at is not None:
        on = local_of(zone, row.started_at).date().isoformat()
        return Times(on, row.started_at, row.ended_at, row.ended_at - row.started_at)
    if not row.started:
        return Times(row.day, None, None, row.seconds or 0)
    start, end = datetime.fromisoformat(row.started), datetime.fromisoformat(row.ended)
    begins, ends = _instants(start, zone), _instants(end, zone)
    if not begins or not ends:
        gone = start if not begins else end
        between = _naive_instant(end, zone) - _naive_instant(start, zone)
        told = f"{gone:%H:%M} did not exist that day, since the clocks went forward; it is kept without its times"
        return Times(row.day, None, None, row.seconds if row.seconds is not None else max(0, between), told)
    pairs = [(begin, until) for begin in begins for until in ends if until > begin]
    if not pairs:
        return Times(row.day, None, None, row.seconds or 0)
    begin, until = next((pair for pair in pairs if pair[1] - pair[0] == row.seconds), pairs[0])
    seconds = until - begin if row.seconds is None else row.seconds
    if whole_minutes(seconds) > -((begin - until) // 60):
        return Times(
            row.day, None, None, seconds, "it is longer than from its start to its end; kept without its times"
        )
    return Times(row.day, begin, until, seconds)


def _instants(local: datetime, zone: str) -> list[int]:
    """The instants that a local time stands for: none in the gap of a clock change, two in its fold."""
    found = (instant_of(local.replace(tzinfo=zone_of(zone), fold=fold)) for fold in (0, 1))
    return sorted({instant for instant in found if local_of(zone, instant).replace(tzinfo=None) == local})


def _naive_instant(local: datetime, zone: str) -> int:
    return instant_of(local.replace(tzinfo=zone_of(zone)))


def wanted_of(row: SourceRow, names: Names) -> tuple[Wanted, str]:
    """The entry that a row stands for, without its external id, and a warning; raises DomainError where it cannot."""
    person = names.person(row)
    customer_id, customer_tag = names.customer(row)
    doing, doing_tag = activity_of(row)
    times = times_of(row, person.zone)
    if times.seconds <= 0:
        raise RuleRefused("It has no time at all.")
    tags = [tag for tag in row.tags if tag not in (customer_tag, doing_tag)]
    note = row.description or (", ".join(tags) if row.kind == TIMEWARRIOR else "")
    wanted = Wanted(
        customer_id,
        person.id,
        times.on,
        whole_minutes(times.seconds),
        doing,
        clean_note(note),
        billable=row.billable,
        started_at=times.started_at,
        ended_at=times.ended_at,
    )
    return wanted, times.warning


def external_ids(found: list[tuple[SourceRow, Wanted]]) -> list[str]:
    """A name for each row by which a second import knows it again: its program's id, else what does not change.

    That is who worked and when it began; without a time of day, on which day, for whom and on what. Rows that are alike
    in that are numbered in an order of their own, not that of the file.
    """
    bases = [_base(row, wanted) for row, wanted in found]
    order = sorted(
        range(len(found)), key=lambda at: (found[at][0].ended, found[at][1].minutes, found[at][0].description)
    )
    seen: Counter[str] = Counter()
    ids = [""] * len(found)
    for at in order:
        seen[bases[at]] += 1
        ids[at] = bases[at] if seen[bases[at]] == 1 else f"{bases[at]}~{seen[bases[at]]}"
    return ids


def _base(row: SourceRow, wanted: Wanted) -> str:
    if row.source_id:
        return f"{row.kind}:{row.source_id}"
    who = row.email or row.person or f"#{wanted.person_id}"
    when = str(row.started_at) if row.started_at is not None else row.started
    what = (when,) if when else (row.day, row.client, row.project, row.task, row.description)
    key = "\x1f".join(_plain(part) for part in (who, *what))
    return f"{row.kind}:{blake2b(key.encode(), digest_size=12).hexdigest()}"


def _known(*sources: list[tuple[str, int]]) -> dict[str, int]:
    """Ids by name; a name in a later source is surer than one in an earlier."""
    return {_plain(name): each for source in sources for name, each in source}


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
