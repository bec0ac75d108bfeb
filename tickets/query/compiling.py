"""From a query to SQL: names are looked up, and literal predicates choose the index that serves the list's order.

What a person wrote reaches the database only as bound parameters; what is literal is made of numbers and of words of
the language, because SQLite uses a partial index only where its condition is literal.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from contracts.errors import nearest
from models.connection import SQLITE, current
from models.reading import rows, scalar
from models.tickets import CLOSED, OPEN, SOLVED, STATES, WAITING
from tickets.clockwork import WITHOUT_CLOCK
from tickets.paging import Listed
from tickets.query import matching
from tickets.query.fields import ANY, DONE, ME, NONE
from tickets.query.language import Query, QueryError, Term, span_seconds

ACTIVE, FINISHED = frozenset({OPEN, WAITING}), frozenset({SOLVED, CLOSED})
LOOKED_AT = 50_000
"""How many tickets that are done are looked at, newest first, where no index leads to the ones that are wanted."""


class Source(NamedTuple):
    """How a query is read."""

    listed: Listed
    limited: bool
    """Whether only the newest LOOKED_AT tickets are looked at."""


class _Part(NamedTuple):
    sql: str
    parameters: tuple[str | int, ...] = ()


def compiled(query: Query, person_id: int, now: int, *, everywhere: bool = False, bounded: bool = True) -> Source:
    """Say how a query is read for a person at an instant; without a word on state it means what is open.

    `everywhere` lets it mean all tickets instead; not `bounded`, it looks at however many there are. Raises QueryError
    for a name that the desk does not know.
    """
    states = _states(query, frozenset(STATES) if everywhere else ACTIVE)
    parts = [_of_states(states)]
    reader = _Reader(person_id, now)
    for term in query.terms:
        if term.field not in ("state", "text"):
            part = reader.part(term)
            parts.append(_Part(f"({part.sql}) IS NOT TRUE", part.parameters) if term.negated else part)
    parts += [_Part(sql, parameters) for sql, parameters in matching.conditions(query.of("text"))]
    by_number = not states <= ACTIVE
    led = any(term.field in ("customer", "text") and not term.negated for term in query.terms)
    limited = bounded and by_number and not led
    if limited:
        newest = scalar("SELECT max(id) FROM ticket") or 0
        limited = newest > LOOKED_AT
        parts += [_Part(f"t.id > {newest - LOOKED_AT}")] if limited else []
    where = " AND ".join(part.sql for part in parts)
    parameters = tuple(value for part in parts for value in part.parameters)
    return Source(Listed(f"ticket t{_index(query, states)}", where, parameters, by_number), limited)


def _states(query: Query, default: frozenset[str]) -> frozenset[str]:
    wanted = [term for term in query.of("state") if not term.negated]
    found = frozenset(STATES) if wanted else default
    for term in query.of("state"):
        named = frozenset().union(*(_meant(value) for value in term.values))
        found = found - named if term.negated else found & named
    return found


def _meant(value: str) -> frozenset[str]:
    return {ANY: frozenset(STATES), DONE: FINISHED}.get(value, frozenset({value}))


def _of_states(states: frozenset[str]) -> _Part:
    """Literal, so that the partial indexes serve; the words are the language's own."""
    if not states:
        return _Part("1 = 0")
    names = ", ".join(f"'{state}'" for state in sorted(states))
    exact = f"t.state = {names}" if len(states) == 1 else f"t.state IN ({names})"
    for whole, is_open in ((ACTIVE, 1), (FINISHED, 0)):
        if states <= whole:
            return _Part(f"t.is_open = {is_open}" + ("" if states == whole else f" AND {exact}"))
    return _Part("1 = 1" if len(states) == len(STATES) else exact)


def _index(query: Query, states: frozenset[str]) -> str:
    """SQLite guesses where several indexes fit; tell it which one gives few tickets, in the order of the list.

    Where words are searched, those few tickets lead; they are found by number.
    """
    wanted = [term for term in query.terms if not term.negated and term.field != "state"]
    fields = {term.field for term in wanted}
    if current().kind != SQLITE or not states or "text" in fields:
        return ""
    if not states <= ACTIVE:
        return _index_of_done("customer" in fields, states)
    named = {(term.field, term.values[0].lower()) for term in wanted if len(term.values) == 1}
    if "owner" in {field for field, value in named if value != NONE}:
        return " INDEXED BY ticket_owner"
    few = {("is", "escalated"): "ticket_escalated", ("sev", "1"): "ticket_severity_1"}
    index = next((few[each] for each in few if each in named), None)
    return f" INDEXED BY {index or _index_of_one(query, named)}"


def _index_of_done(customer: bool, states: frozenset[str]) -> str:
    if customer:
        return " INDEXED BY ticket_customer_id_id"
    return " INDEXED BY ticket_done" if states <= FINISHED else " NOT INDEXED"


def _index_of_one(query: Query, named: set[tuple[str, str]]) -> str:
    """The narrow index of a single condition; any others are read from the wide one that holds what is asked."""
    if not query.terms:
        return "ticket_open"
    if len(query.terms) == 1 and named & {("owner", NONE), ("is", "unowned")}:
        return "ticket_unassigned"
    return "ticket_asked"


_CONDITIONS = {
    "escalated": "t.escalated = 1",
    "late": "t.clock_state = 'missed'",
    "running": f"t.order_at < {WITHOUT_CLOCK}",
    "unowned": "t.owner_id IS NULL",
    "owned": "t.owner_id IS NOT NULL",
}


class _Reader:
    """Turns terms into conditions for a person at an instant."""

    def __init__(self, person_id: int, now: int) -> None:
        self.person_id, self.now = person_id, int(now)

    def part(self, term: Term) -> _Part:
        """The condition of a term, not negated."""
        reading = getattr(self, f"_{term.field}")
        found: _Part = reading(term)
        return found

    def _sev(self, term: Term) -> _Part:
        return _Part(_among("t.severity", sorted({int(value) for value in term.values})))

    def _is(self, term: Term) -> _Part:
        known = _CONDITIONS | {"missed": f"t.order_at < {self.now}"}
        return _Part(_either([known[value] for value in term.values]))

    def _owner(self, term: Term) -> _Part:
        logins = [value for value in term.values if value.lower() not in (ME, NONE)]
        ids = [_found(term, login, "SELECT id FROM person WHERE LOWER(login) = ?", _LOGINS) for login in logins]
        if any(value.lower() == ME for value in term.values):
            ids.append(int(self.person_id))
        ways = [_among("t.owner_id", sorted(set(ids)))] if ids else []
        if any(value.lower() == NONE for value in term.values):
            ways.append("t.owner_id IS NULL")
        return _Part(_either(ways))

    def _customer(self, term: Term) -> _Part:
        return _Part(_among("t.customer_id", sorted({_customer_id(term, value) for value in term.values})))

    def _queue(self, term: Term) -> _Part:
        sql = "SELECT id FROM queue WHERE LOWER(key) = ?"
        found = {_found(term, value, sql, "SELECT key FROM queue ORDER BY key") for value in term.values}
        return _Part(_among("t.queue_id", sorted(found)))

    def _channel(self, term: Term) -> _Part:
        marks = ", ".join("?" for _ in term.values)
        return _Part(f"t.channel IN ({marks})", tuple(value.lower() for value in term.values))

    def _plan(self, term: Term) -> _Part:
        """By the plan, option or badge of today; short forms as the badges are: `ent` is `enterprise-cloud` too."""
        plan = "COALESCE(n.plan, k.plan)"
        option = "CASE WHEN n.id IS NULL THEN k.support_option ELSE n.support_option END"
        one = f"{plan} LIKE ? ESCAPE '\\' OR {option} LIKE ? ESCAPE '\\' OR LOWER(b.badge) = ?"
        ways = _either([one] * len(term.values))
        held = (
            "SELECT k.id FROM contract k JOIN customer b ON b.id = k.customer_id LEFT JOIN adoption n ON n.id ="
            " (SELECT d.id FROM adoption d WHERE d.contract_id = k.id AND d.plan IS NOT NULL"
            f" AND d.effective_at <= {self.now} ORDER BY d.effective_at DESC, d.id DESC LIMIT 1) WHERE {ways}"
        )
        patterns = [(f"{_literal(value.lower())}%", value.lower()) for value in term.values]
        return _Part(
            f"t.contract_id IN ({held})", tuple(v for pattern, value in patterns for v in (pattern, pattern, value))
        )

    def _tag(self, term: Term) -> _Part:
        ways = ["(',' || LOWER(t.tags) || ',') LIKE ? ESCAPE '\\'"] * len(term.values)
        return _Part(
            f"t.tags <> '' AND {_either(ways)}", tuple(f"%,{_literal(value.lower())},%" for value in term.values)
        )

    def _due(self, term: Term) -> _Part:
        return _Part(f"t.order_at < {WITHOUT_CLOCK} AND {self._moment('t.order_at', term, 1)}")

    def _received(self, term: Term) -> _Part:
        return _Part(self._moment("t.received_at", term, -1))

    def _updated(self, term: Term) -> _Part:
        return _Part(self._moment("t.updated_at", term, -1))

    def _age(self, term: Term) -> _Part:
        return _Part(_ago("t.received_at", term, self.now))

    def _waiting(self, term: Term) -> _Part:
        return _Part(f"t.waiting_since IS NOT NULL AND {_ago('t.waiting_since', term, self.now)}")

    def _moment(self, column: str, term: Term, direction: int) -> str:
        """An instant against a span from now (ahead, or back), a day, or a minute of a day."""
        value = term.values[0]
        if value[-1] in "mhdw" and value[:-1].isdecimal():
            return f"{column} {term.sign} {self.now + direction * span_seconds(value)}"
        begin, end = self._range(value)
        if term.sign == ":":
            return f"{column} >= {begin} AND {column} < {end}"
        return {
            "<": f"{column} < {begin}",
            "<=": f"{column} < {end}",
            ">": f"{column} >= {end}",
            ">=": f"{column} >= {begin}",
        }[term.sign]

    def _range(self, value: str) -> tuple[int, int]:
        """First second and the second after the last of a day or a minute, in the person's zone."""
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(scalar("SELECT zone FROM person WHERE id = ?", (self.person_id,)) or "UTC")
        if "T" in value:
            begin = int(datetime.fromisoformat(value).replace(tzinfo=zone).timestamp())
            return begin, begin + 60
        today = datetime.fromtimestamp(self.now, zone).date()
        moved = {"yesterday": -1, "today": 0, "tomorrow": 1}
        day = today + timedelta(days=moved[value]) if value in moved else date.fromisoformat(value)
        begin, end = (
            int(datetime(each.year, each.month, each.day, tzinfo=zone).timestamp())
            for each in (day, day + timedelta(days=1))
        )
        return begin, end


_LOGINS = "SELECT login FROM person ORDER BY login LIMIT 5000"


def _found(term: Term, value: str, sql: str, known: str) -> int:
    """The id behind a name; QueryError names the nearest one."""
    found = scalar(sql, (value.lower(),))
    if found is not None:
        return int(found)
    raise unknown_name(term, value, [str(name) for (name,) in rows(known)])


def _customer_id(term: Term, value: str) -> int:
    found = scalar("SELECT id FROM customer WHERE key = ? OR LOWER(name) = ?", (value.lower(), value.lower()))
    if found is not None:
        return int(found)
    known = rows("SELECT id, key, name FROM customer ORDER BY key")
    wanted = value.casefold()
    for row_id, _, name in known:
        if name.casefold() == wanted:
            return int(row_id)
    raise unknown_name(term, value, [str(key) for _, key, _ in known])


def unknown_name(term: Term, value: str, known: list[str]) -> QueryError:
    """The error for a name that the desk does not know."""
    hint = nearest(value, known[:5000]) if len(known) < 20 or _is_near(value, known) else "look at how it is written"
    close = hint.split("'")[1] if hint.startswith("did") else ""
    end = "" if hint.endswith("?") else "."
    sentence = f"There is no {term.field} {value!r} (sign {term.at + 1}); {hint}{end}"
    return QueryError(sentence, value, term.at, close)


def _is_near(value: str, known: list[str]) -> bool:
    return nearest(value, known[:5000]).startswith("did")


def _among(column: str, numbers: list[int]) -> str:
    """A literal condition over numbers."""
    if len(numbers) == 1:
        return f"{column} = {int(numbers[0])}"
    return f"{column} IN ({', '.join(str(int(number)) for number in numbers)})"


def _either(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _ago(column: str, term: Term, now: int) -> str:
    """A longer time ago is an earlier instant: the sign turns round."""
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[term.sign]
    return f"{column} {turned} {now - span_seconds(term.values[0])}"


def _literal(text: str) -> str:
    """The text as a LIKE pattern that matches nothing but itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
