"""Queries find the tickets that they name, in the order of the queue, page by page."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import journal
from models.connection import SQLITE, Desk
from models.reading import rows
from models.tickets import Ticket
from tests.tickets.cast import Cast, at, cast, receive
from tickets import operations, tags
from tickets.query import compiling, matching, pages
from tickets.query.language import QueryError, parse

NOW = at("Mon 10:00")


class Desks:
    """A desk with one ticket of each kind, named by what is special about it."""

    def __init__(self) -> None:
        self.who = who = cast()
        self.login = receive(who)
        self.urgent = receive(who, "Mon 08:30", severity=1, subject="All are out")
        self.mail = receive(
            who, "Mon 09:50", severity=3, channel="email", customer_id=who.globex, subject="Token expired early"
        )
        self.free = receive(who, customer_id=who.hobby, channel="community", subject="How do I export?")
        self.onboarding = receive(who, queue="onboarding", customer_id=who.plain, subject="First steps")
        self.waiting = receive(who, subject="Waits for them")
        self.solved = receive(who, "2026-05-04 09:00", subject="Old token trouble")
        operations.claim(self.urgent, who.ben, at("Mon 09:10"), take_over=True)
        operations.reply(self.waiting, "Which version?", who.anna, at("Mon 09:20"))
        operations.reply(self.solved, "Upgrade the proxy.", who.cleo, at("Mon 09:20"), then="solved")
        operations.note(self.login, "The cookie domain?", who.ben, at("Mon 09:30"))
        tags.tag(self.login, ["sso", "big customer"], who.ben, at("Mon 09:30"))
        operations.escalate(self.login, "urgent", "No progress", who.anna, at("Mon 09:40"))
        self.names = {value: name for name, value in vars(self).items() if isinstance(value, int)}

    def found(self, query: str, person: int | None = None, now: int = NOW) -> list[str]:
        """The names of what a query finds, in order."""
        shown = pages.page(parse(query), person or self.who.ben, now)
        assert pages.count(parse(query), person or self.who.ben, now) == len(shown)
        return [self.names[row.id] for row in shown]


@pytest.fixture
def desks(desk: Desk) -> Desks:
    return Desks()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "urgent login onboarding free mail waiting"),
        ("sev:1", "urgent"),
        ("sev:1,2 owner:me", "urgent"),
        ("owner:anna", "waiting"),
        ("-owner:anna", "urgent login onboarding free mail"),
        ("owner:none,ben", "urgent login onboarding free mail"),
        ("is:unowned sev:2", "login onboarding free"),
        ("is:owned", "urgent waiting"),
        ("state:waiting", "waiting"),
        ("-state:waiting", "urgent login onboarding free mail"),
        ("state:solved", "solved"),
        ("state:done", "solved"),
        ("state:open,solved token", "solved mail"),
        ("state:any customer:acme", "solved waiting urgent login"),
        ("state:open -state:open", ""),
        ("customer:GLOBEX", "mail"),
        ('customer:"Acme",plain sev:2', "login onboarding waiting"),
        ("-customer:acme", "onboarding free mail"),
        ("channel:email", "mail"),
        ("queue:onboarding", "onboarding"),
        ("plan:ent", "mail"),
        ("plan:extended", "urgent login waiting"),
        ("tag:sso", "login"),
        ('tag:"big customer"', "login"),
        ("tag:customer", ""),
        ("-tag:sso sev:2", "onboarding free waiting"),
        ("is:escalated", "login"),
        ("is:missed", "urgent"),
        ("is:late state:any", "solved"),
        ("due<2h", "urgent login"),
        ("due>1d", ""),
        ("due<=2026-06-01", "urgent login mail"),
        ("due:today sev:2", "login"),
        ("age>30m", "urgent login onboarding free waiting"),
        ("waiting>30m -sev:1", "login onboarding free"),
        ("received<2026-05-31 state:any", "solved"),
        ("received:2026-06-01 sev:1", "urgent"),
        ("received>=2026-06-01T08:30 received<2026-06-01T08:31", "urgent"),
        ("updated>2026-06-01T09:15 state:any", "solved waiting login mail"),
        ("text:cookie", "login"),
        ('"token expired"', "mail"),
        ('"expired token"', ""),
        ("token state:any", "solved mail"),
        ("token early", "mail"),
        ("-token sev:2", "login onboarding free waiting"),
    ],
)
def test_a_query_finds_what_it_names(desks: Desks, query: str, wanted: str) -> None:
    assert desks.found(query) == _by_clock(desks, wanted)


def _by_clock(desks: Desks, wanted: str) -> list[str]:
    """The same names in the order of their clocks, or of their numbers where done ones are among them."""
    ids = [number for number, name in desks.names.items() if name in wanted.split()]
    order = "-id" if desks.solved in ids else "order_at, id"
    found = rows(f"SELECT id FROM ticket WHERE id IN ({', '.join(map(str, ids)) or 0}) ORDER BY {order}")
    return [desks.names[number] for (number,) in found]


@pytest.mark.parametrize(
    ("query", "close", "sentence"),
    [
        ("customer:acne", "acme", "There is no customer 'acne'.*did you mean 'acme'"),
        ("owner:bem", "ben", "did you mean 'ben'"),
        ("queue:onbording", "onboarding", "did you mean 'onboarding'"),
    ],
)
def test_a_name_that_the_desk_does_not_know_is_refused_with_the_nearest(
    desks: Desks, query: str, close: str, sentence: str
) -> None:
    with pytest.raises(QueryError, match=sentence) as refused:
        desks.found(f"sev:1 {query}")
    assert (refused.value.close, refused.value.at) == (close, 6)


def test_me_is_whoever_looks(desks: Desks) -> None:
    assert desks.found("owner:me", desks.who.anna) == ["waiting"]
    assert desks.found("owner:me", desks.who.ben) == ["urgent"]


def many(who: Cast, count: int, **columns: Any) -> None:
    """Tickets of severities 1 to 4 in turn, several due at the same instant; a fifth is done."""
    names = ("customer", "queue", "subject", "severity", "state", "is_open", *("received_at", "updated_at", "order_at"))
    values = (
        (who.acme, 1, f"Case {n}", n % 4 + 1, *(("closed", 0) if n % 5 == 0 else ("open", 1)), NOW, NOW, NOW + n // 3)
        for n in range(count)
    )
    with journal.transaction(who.anna, NOW, "import") as tx:
        tx.insert_many(Ticket, names, values)
        tx.say("Anna imported tickets.")


@pytest.mark.parametrize(
    "query", ["sev:2,3", "customer:acme", "state:any", "state:closed sev:1", "case", "case state:any"]
)
def test_pages_forwards_and_backwards_hold_each_ticket_once(desk: Desk, query: str) -> None:
    who = cast()
    many(who, 100)
    read = parse(query)
    whole = pages.page(read, who.anna, NOW, limit=1000)
    forwards, after = [], None
    while page := pages.page(read, who.anna, NOW, after=after, limit=3):
        forwards += page
        after = page[-1].key
    backwards = pages.page(read, who.anna, NOW, last=True, limit=3)
    while page := pages.page(read, who.anna, NOW, before=backwards[0].key, limit=3):
        backwards = page + backwards
    assert forwards == backwards == whole
    assert len(whole) == pages.count(read, who.anna, NOW) >= 5
    assert pages.ids(read, who.anna, NOW, 5) == [row.id for row in whole[:5]]


def test_counting_and_looking_stop_at_a_limit_and_say_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    who = cast()
    many(who, 100)
    monkeypatch.setattr(pages, "MOST", 10)
    monkeypatch.setattr(compiling, "LOOKED_AT", 50)
    monkeypatch.setattr(pages, "LOOKED_AT", 50)
    monkeypatch.setattr(matching, "HITS", 30)
    assert pages.count_text(pages.count(parse("sev:2"), who.anna, NOW)) == "10+"
    assert pages.count_text(pages.count(parse("state:closed sev:1"), who.anna, NOW)) == "2"
    assert "newest 50 tickets" in pages.left_out(parse("state:closed sev:1"), who.anna, NOW)
    assert "newest 30 texts" in pages.left_out(parse("case"), who.anna, NOW)
    assert pages.left_out(parse("sev:1"), who.anna, NOW) == ""
    assert len(pages.page(parse("case state:any"), who.anna, NOW)) == 30


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["owner", "customer", "tag", "plan", "queue", "channel", "text", "-text", "-tag"]),
            st.one_of(
                st.text(min_size=1, max_size=15),
                st.sampled_from(
                    ["'; DROP TABLE ticket; --", "%", "_", "a' OR '1'='1", "\\", "NEAR(a b)", "a*", "a:b", "^x"]
                ),
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_no_text_is_ever_syntax_of_the_database(hostile_desk: Cast, parts: list[tuple[str, str]]) -> None:
    before = rows("SELECT COUNT(*) FROM ticket")
    escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for _, value in parts)
    text = " ".join(f'{name}:"{value}"' for (name, _), value in zip(parts, escaped, strict=True))
    try:
        query = parse(text)
        assert len(pages.page(query, hostile_desk.anna, NOW)) == pages.count(query, hostile_desk.anna, NOW) <= 3
    except QueryError as error:
        assert str(error)
    assert rows("SELECT COUNT(*) FROM ticket") == before


@pytest.fixture
def hostile_desk(desk: Desk) -> Cast:
    who = cast()
    for subject in ("100% of users", "a_b", "Login"):
        receive(who, subject=subject)
    return who


INDEXES = {
    "": "ticket_open",
    "sev:1": "ticket_severity_1",
    "is:escalated sev:2": "ticket_escalated",
    "owner:me sev:2": "ticket_owner",
    "is:unowned": "ticket_unassigned",
    "tag:sso": "ticket_asked",
    "-state:waiting sev:2 channel:email": "ticket_asked",
    "state:closed": "ticket_done",
    "state:any customer:acme": "ticket_customer_id_id",
}


def test_each_kind_of_query_is_read_in_the_order_of_an_index(sqlite_desk: Desk) -> None:
    who = cast()
    assert sqlite_desk.kind == SQLITE
    for query, index in INDEXES.items():
        listed = compiling.compiled(parse(query), who.anna, NOW).listed
        sql = f"SELECT t.id FROM {listed.table} WHERE {listed.where} ORDER BY {listed.order()} LIMIT 50"
        told = " | ".join(row[-1] for row in rows(f"EXPLAIN QUERY PLAN {sql}", listed.parameters))
        assert index in told, query
        assert "TEMP B-TREE" not in told, query
